/*
 * A load generator for servers that tell WebSocket clients about changes: opens the clients, sends
 * the changes, checks what every client was told, and prints one line of JSON with what it saw and
 * what the server spent.
 */
#include "costs.h"
#include "crowd.h"
#include "flight.h"
#include "ledger.h"
#include "loop.h"
#include "options.h"
#include "sockets.h"

#include <stdio.h>
#include <sys/resource.h>

/* What was so at one moment; the difference of two is what happened between them. */
typedef struct {
  int64_t nanos;
  CpuNanos cpu;
  MemoryKib memory;
  Tally tally;
  CrowdCounts crowd;
} Moment;

static Moment moment(void) {
  return (Moment){now_nanos(), costs_cpu(), costs_memory(), ledger_tally(), crowd_counts()};
}

static void allow_many_files(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static void print_number(const char *name, double value) { printf("\"%s\":%.10g,", name, value); }

static void print_latency(const char *name, const Latency *latency) {
  const double quantiles[] = {0.5, 0.99, 0.999};
  const char *names[] = {"p50", "p99", "p999"};
  for (int i = 0; i < 3; i++) {
    printf("\"%s_%s_us\":%.10g,", name, names[i], latency_quantile(latency, quantiles[i]));
  }
}

static void print_cpu(const Moment *from, const Moment *to) {
  print_number("server_cpu_us", (double)(to->cpu.server - from->cpu.server) / 1000);
  print_number("ksoftirqd_cpu_us", (double)(to->cpu.ksoftirqd - from->cpu.ksoftirqd) / 1000);
  print_number("generator_cpu_us", (double)(to->cpu.generator - from->cpu.generator) / 1000);
}

static void print_run(const Moment *from, const Moment *to) {
  const FlightResult *result = flight_result();
  print_number("changes", (double)result->sent);
  print_number("refused", (double)result->refused);
  print_number("gave_up", result->gave_up);
  print_number("seconds", (double)(result->ended - result->began) / 1e9);
  print_number("deliveries", (double)(to->tally.delivered - from->tally.delivered));
  print_number("messages", (double)(to->crowd.messages - from->crowd.messages));
  print_number("message_bytes", (double)(to->crowd.bytes - from->crowd.bytes));
  print_cpu(from, to);
  print_latency("told", &result->told);
  print_latency("answered", &result->answered);
}

/* Of all changes, the warming ones too. */
static void print_ledger(void) {
  Tally tally = ledger_tally();
  print_number("delivered", (double)tally.delivered);
  print_number("lost", (double)ledger_lost(options.stalled));
  print_number("doubled", (double)tally.doubled);
  print_number("out_of_order", (double)tally.out_of_order);
  print_number("others", (double)crowd_counts().others);
  print_number("closed", crowd_counts().closed);
}

static void print_memory(const char *when, MemoryKib memory) {
  printf("\"rss_%s_kib\":%lld,\"user_%s_kib\":%lld,", when, (long long)memory.resident, when,
         (long long)memory.user);
}

/* First it may tidy up behind so many handshakes, and compile what they made hot. */
static void print_idle(void) {
  flight_rest(options.settle);
  Moment from = moment();
  flight_rest(options.idle);
  Moment to = moment();
  double nanos = (double)(to.nanos - from.nanos);
  double cpu = (double)(to.cpu.server - from.cpu.server + to.cpu.ksoftirqd - from.cpu.ksoftirqd);
  print_number("idle_seconds", nanos / 1e9);
  print_number("idle_core_share", cpu / nanos);
  print_number("idle_pings", (double)(to.crowd.pings - from.crowd.pings));
  print_memory("idle", to.memory);
}

/* Has whoever started the generator look at the server while nothing is sent to it. */
static void hold(const char *moment) {
  char line[8];
  if (!options.hold) {
    return;
  }
  printf("%s\n", moment);
  fflush(stdout);
  if (fgets(line, sizeof line, stdin) == NULL) {
    fail("Nobody says that it may go on.");
  }
}

static void print_peaks(void) {
  SocketPeaks sockets = sockets_peaks();
  print_memory("peak", costs_peaks());
  print_number("socket_max_bytes", (double)sockets.max_bytes);
  printf("\"socket_mean_bytes\":%.10g}\n", sockets.mean_bytes);
}

int main(int count, char **arguments) {
  options_read(count, arguments);
  allow_many_files();
  loop_open();
  costs_open(options.pid);
  MemoryKib before = costs_memory();
  flight_open();
  flight_run(options.warm, options.warm_seconds);
  hold("begin");
  Moment from = moment();
  flight_run(options.changes, options.seconds);
  Moment to = moment();
  hold("end");
  costs_look();
  flight_rest(0.1);
  printf("{\"clients\":%d,\"stalled\":%d,", options.clients, options.stalled);
  print_memory("before", before);
  print_memory("began", from.memory);
  print_memory("ended", to.memory);
  print_run(&from, &to);
  print_ledger();
  if (options.idle > 0) {
    print_idle();
  }
  print_peaks();
  return 0;
}
