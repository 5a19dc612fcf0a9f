/* What the kernel holds in the send queues of a server's sockets. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdint.h>

/* Bytes of kernel memory, not of data, over all sockets whose own port is this one. */
int64_t sockets_queued_bytes(int port);

#endif
