/*
 * The changes in flight: when the next one is due, when one ends, and what that took.
 *
 * Without a rate a change is due as soon as there is room in flight. With a rate it is due at its
 * own time, whatever became of those before it, and its latency counts from that time.
 */
#ifndef FLIGHT_H
#define FLIGHT_H

#include "latency.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  uint64_t sent;
  uint64_t refused;
  Latency told;     /* from due to each client */
  Latency answered; /* from due to the answer */
  int64_t began;
  int64_t ended; /* when the last delivery or answer came */
  bool gave_up;  /* nothing came for so long, so often, that it was ended early */
} FlightResult;

/* Opens the clients, and makes sure that each is told of changes by now. */
void flight_open(void);

/* Sends up to so many changes for up to so long, and waits until all that was sent has ended. */
void flight_run(int changes, double seconds);

/* Lets things be for so long. */
void flight_rest(double seconds);

/* Of the latest flight_run. */
const FlightResult *flight_result(void);

#endif
