#include "flight.h"

#include "costs.h"
#include "crowd.h"
#include "ledger.h"
#include "loop.h"
#include "options.h"
#include "requests.h"

#include <stdlib.h>
#include <string.h>

#define SECOND 1000000000LL
#define TURN_MILLIS 50
#define STALLS_MAX 3
/* This one is no change: it only shows that a client is told of changes. */
#define PROBE 0

enum { ANSWERED = 1, TOLD = 2, ENDED = 4 };

typedef struct {
  int64_t due;
  uint8_t state;
} Change;

static Change *changes;
static int last_sent;
static int oldest; /* all before it have ended */
static int in_flight;
static int stalls;
static int64_t progress_at;
static bool *is_ready; /* of each client */
static int ready_count;
static FlightResult result;

static void mark(int number, int what) {
  Change *change = &changes[number];
  int needed = options_until_told() ? ANSWERED | TOLD : ANSWERED;
  change->state |= (uint8_t)what;
  if (!(change->state & ENDED) && (change->state & needed) == needed) {
    change->state |= ENDED;
    in_flight--;
  }
}

static void on_answer(int number, bool well, int64_t now) {
  if (number == PROBE) {
    return;
  }
  progress_at = now;
  result.refused += !well;
  latency_add(&result.answered, now - changes[number].due);
  if (well && options.read == NULL) {
    ledger_accepted(number);
  }
  mark(number, well ? ANSWERED : ANSWERED | TOLD);
}

static void on_passed(int number, int clients) {
  if (clients >= crowd_readers()) {
    mark(number, TOLD);
  }
}

static void on_told(int client, int number, int64_t now) {
  if (number == PROBE) {
    ready_count += !is_ready[client];
    is_ready[client] = true;
    return;
  }
  if (ledger_got(client, number)) {
    progress_at = now;
    latency_add(&result.told, now - changes[number].due);
  }
}

/* Nothing will come any more of what is in flight: room is made for others. */
static void write_off(void) {
  for (; oldest <= last_sent; oldest++) {
    changes[oldest].state |= ENDED;
  }
  in_flight = 0;
  progress_at = now_nanos();
  result.gave_up = ++stalls >= STALLS_MAX;
}

static bool is_patience_over(void) {
  return now_nanos() - progress_at > (int64_t)(options.patience_seconds * SECOND);
}

/* False where no connection is free for it. */
static bool send_next(int64_t due) {
  changes[last_sent + 1].due = due;
  if (!requests_send(last_sent + 1)) {
    return false;
  }
  ledger_sent(++last_sent);
  in_flight++;
  result.sent++;
  return true;
}

static void fill_room(int until) {
  while (last_sent < until && in_flight < options.in_flight && send_next(now_nanos())) {
  }
}

static int64_t due_of_next(void) {
  return result.began + (int64_t)((double)result.sent / options.rate * SECOND);
}

static void send_what_is_due(int until) {
  while (last_sent < until && due_of_next() <= now_nanos()) {
    if (!send_next(due_of_next())) {
      return;
    }
  }
  loop_wake_at(due_of_next());
}

static void send_all(int until, int64_t end) {
  while (last_sent < until && now_nanos() < end && !result.gave_up) {
    if (options.rate > 0) {
      send_what_is_due(until);
    } else {
      fill_room(until);
    }
    loop_turn(TURN_MILLIS);
    costs_sample();
    if (in_flight > 0 && is_patience_over()) {
      write_off();
    }
  }
}

static bool is_all_told(void) {
  return in_flight == 0 && (options.read != NULL || ledger_lost(options.stalled) == 0);
}

void flight_run(int count, double seconds) {
  memset(&result, 0, sizeof result);
  stalls = 0;
  oldest = last_sent + 1;
  progress_at = result.began = now_nanos();
  send_all(last_sent + count, result.began + (int64_t)(seconds * SECOND));
  while (!is_all_told() && !is_patience_over()) {
    loop_turn(TURN_MILLIS);
  }
  result.ended = progress_at;
  write_off();
}

void flight_rest(double seconds) {
  int64_t end = now_nanos() + (int64_t)(seconds * SECOND);
  while (now_nanos() < end) {
    loop_turn(TURN_MILLIS);
  }
}

const FlightResult *flight_result(void) { return &result; }

/* Some servers let a client in after they have answered its handshake. */
static void await_ready(void) {
  int64_t end = now_nanos() + 30 * SECOND;
  int64_t next = 0;
  while (ready_count < crowd_readers()) {
    if (now_nanos() >= next && requests_send(PROBE)) {
      next = now_nanos() + SECOND / 2;
    }
    loop_turn(TURN_MILLIS);
    if (now_nanos() > end) {
      fail("Only %d of %d clients were told of a change.", ready_count, crowd_readers());
    }
  }
}

void flight_open(void) {
  int total = options.warm + options.changes;
  changes = calloc((size_t)total + 2, sizeof *changes);
  is_ready = calloc((size_t)options.clients + 1, sizeof *is_ready);
  ledger_open(options.clients, total, on_passed);
  crowd_open(on_told);
  if (total > 0) {
    requests_open(options.in_flight, on_answer);
  }
  if (total > 0 && options.read == NULL) {
    await_ready();
  }
}
