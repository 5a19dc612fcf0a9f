#include "latency.h"

/* Below 64 each value is its own step; above, the six bits behind the leading one choose. */
static int step_of(uint64_t value) {
  if (value < 64) {
    return (int)value;
  }
  int shift = 57 - __builtin_clzll(value);
  return 64 * shift + (int)(value >> shift);
}

static double value_of(int step) {
  if (step < 128) {
    return step;
  }
  int shift = step / 64 - 1;
  return (double)((uint64_t)(step - 64 * shift) << shift);
}

void latency_add(Latency *latency, int64_t nanos) {
  int step = step_of(nanos < 0 ? 0 : (uint64_t)nanos);
  latency->steps[step < LATENCY_STEPS ? step : LATENCY_STEPS - 1]++;
  latency->count++;
}

double latency_quantile(const Latency *latency, double quantile) {
  uint64_t wanted = (uint64_t)(quantile * (double)latency->count);
  uint64_t seen = 0;
  for (int step = 0; step < LATENCY_STEPS; step++) {
    seen += latency->steps[step];
    if (seen > wanted) {
      return value_of(step) / 1000;
    }
  }
  return 0;
}
