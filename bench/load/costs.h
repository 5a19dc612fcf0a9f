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

void costs_open(int server_pid);

CpuNanos costs_cpu(void);

MemoryKib costs_memory(void);

/*
 * Looks for peaks where that was asked for, so seldom that what it delays is no hundredth of what is
 * measured.
 */
void costs_sample(void);

/* Looks for peaks now. */
void costs_look(void);

/* The most of each that a sample saw. */
MemoryKib costs_peaks(void);

#endif
