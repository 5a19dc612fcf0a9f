/* A histogram of times: 64 steps for each doubling, so a quantile is off by 1.6 % at most. */
#ifndef LATENCY_H
#define LATENCY_H

#include <stdint.h>

#define LATENCY_STEPS (64 * 58)

typedef struct {
  uint64_t count;
  uint64_t steps[LATENCY_STEPS];
} Latency;

void latency_add(Latency *latency, int64_t nanos);

/* In microseconds; 0 where nothing was added. */
double latency_quantile(const Latency *latency, double quantile);

#endif
