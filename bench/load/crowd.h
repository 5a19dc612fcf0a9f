/*
 * The clients: WebSockets that are opened, greeted, and then read.
 *
 *   CONNECTING -> GREETING -> OPEN -> CLOSED
 *
 * The first `stalled` ones are never read once they are open.
 */
#ifndef CROWD_H
#define CROWD_H

#include <stdint.h>

typedef struct {
  uint64_t messages; /* with a number */
  uint64_t others;   /* without one */
  uint64_t bytes;    /* of messages with a number, as they came over the wire */
  uint64_t pings;
  int closed;
} CrowdCounts;

/* Called for each message about a change. */
typedef void (*CrowdTold)(int client, int change, int64_t nanos);

/* Opens all clients and returns when every handshake is done. */
void crowd_open(CrowdTold told);

/* How many clients that read are open. */
int crowd_readers(void);

CrowdCounts crowd_counts(void);

#endif
