/*
 * What the server costs: CPU time of its process and all below it, memory, and what the kernel
 * holds for its sockets.
 *
 * CPU time is what the kernel counts as utime + stime of all threads, the ended ones too, read from
 * the processes' CPU clocks because /proc/PID/stat rounds it to 10 ms. ksoftirqd works for
 * everybody; all of it is told, so that a server gains nothing by having its work done there.
 */
#ifndef COSTS_H
#define COSTS_H

#include <stdint.h>

typedef struct {
  int64_t server;
  int64_t ksoftirqd;
  int64_t generator;
} CpuNanos;

typedef struct {
  int64_t resident;
  int64_t user; /* the part that is no file */
} MemoryKib;

typedef struct {
  int64_t user_kib;
  int64_t socket_bytes;
} Peaks;

void costs_open(int server_pid);

CpuNanos costs_cpu(void);

MemoryKib costs_memory(void);

/* Once a second, looks for peaks; only where clients are stalled, as it is not free. */
void costs_sample(void);

Peaks costs_peaks(void);

#endif
