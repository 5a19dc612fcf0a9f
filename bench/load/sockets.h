/* What the kernel holds in the send queues of a server's sockets, on the way to some clients. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdint.h>

typedef struct {
  int64_t max_bytes;
  double mean_bytes;
} SocketPeaks;

/* Looks at the other end of this client's connection from now on. */
void sockets_watch(int client_fd);

/* Notes what the send queues hold now; the port is the server's. */
void sockets_sample(int port);

/*
 * Of each connection the most that a sample saw, in bytes of kernel memory, not of data: the
 * greatest of these and their mean.
 */
SocketPeaks sockets_peaks(void);

#endif
