#define _GNU_SOURCE
#include "costs.h"

#include "loop.h"
#include "options.h"
#include "sockets.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PROCESSES_MAX 256
#define SECOND 1000000000LL
#define SAMPLE_SECONDS 3

typedef struct {
  int count;
  int pids[PROCESSES_MAX];
} Processes;

static int server;
static Processes softirqs;
static MemoryKib peaks;

/* Reads a small file of /proc/PID. False if the process is gone. */
static int read_file(int pid, const char *name, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    return 0;
  }
  size_t count = fread(text, 1, size - 1, file);
  text[count] = 0;
  fclose(file);
  return count > 0;
}

static int parent_of(int pid) {
  char text[1024];
  int parent = 0;
  if (read_file(pid, "stat", text, sizeof text)) {
    sscanf(strrchr(text, ')') + 1, " %*c %d", &parent);
  }
  return parent;
}

static void add(Processes *processes, int pid) {
  if (processes->count < PROCESSES_MAX) {
    processes->pids[processes->count++] = pid;
  }
}

/* All processes for which the question is answered with yes. */
static void find(Processes *found, int (*belongs)(int pid)) {
  DIR *proc = opendir("/proc");
  for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
    int pid = atoi(entry->d_name);
    if (pid > 0 && belongs(pid)) {
      add(found, pid);
    }
  }
  closedir(proc);
}

static int is_of_server(int pid) {
  while (pid > 1 && pid != server) {
    pid = parent_of(pid);
  }
  return pid == server;
}

static int is_softirq(int pid) {
  char name[64];
  return read_file(pid, "comm", name, sizeof name) && strncmp(name, "ksoftirqd/", 10) == 0;
}

static int64_t nanos_of(clockid_t clock) {
  struct timespec time = {0};
  clock_gettime(clock, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static int64_t sum_nanos(const Processes *processes) {
  int64_t sum = 0;
  for (int i = 0; i < processes->count; i++) {
    clockid_t clock;
    if (clock_getcpuclockid(processes->pids[i], &clock) == 0) {
      sum += nanos_of(clock);
    }
  }
  return sum;
}

static int64_t field_kib(const char *status, const char *name) {
  const char *field = strstr(status, name);
  return field == NULL ? 0 : strtoll(field + strlen(name), NULL, 10);
}

void costs_open(int server_pid) {
  server = server_pid;
  if (parent_of(server) == 0) {
    fail("There is no process %d.", server);
  }
  find(&softirqs, is_softirq);
}

CpuNanos costs_cpu(void) {
  Processes processes = {0};
  find(&processes, is_of_server);
  return (CpuNanos){sum_nanos(&processes), sum_nanos(&softirqs),
                    nanos_of(CLOCK_PROCESS_CPUTIME_ID)};
}

MemoryKib costs_memory(void) {
  Processes processes = {0};
  MemoryKib sum = {0};
  find(&processes, is_of_server);
  for (int i = 0; i < processes.count; i++) {
    char status[4096];
    if (read_file(processes.pids[i], "status", status, sizeof status)) {
      sum.resident += field_kib(status, "VmRSS:");
      sum.user += field_kib(status, "RssAnon:") + field_kib(status, "RssShmem:");
    }
  }
  return sum;
}

static int64_t larger(int64_t one, int64_t other) { return one > other ? one : other; }

void costs_sample(void) {
  static int64_t next;
  if (options.sample && now_nanos() >= next) {
    next = now_nanos() + SAMPLE_SECONDS * SECOND;
    costs_look();
  }
}

void costs_look(void) {
  MemoryKib now = costs_memory();
  peaks.user = larger(peaks.user, now.user);
  peaks.resident = larger(peaks.resident, now.resident);
  sockets_sample(options.port);
}

MemoryKib costs_peaks(void) { return peaks; }
