/* Sockets to the server. */
#ifndef NET_H
#define NET_H

#include <stddef.h>

/* Begins to connect, without blocking. Numbers are spread over source addresses, so ports last. */
int net_connect(int number);

void net_check_connected(int fd);

/* For requests, which are small: a socket that does not take one at once is a failure. */
void net_send_all(int fd, const char *bytes, size_t count);

#endif
