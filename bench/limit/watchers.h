/*
 * The watchers: for each a descriptor and a cursor in the log, in arrays that a walk goes through.
 *
 * A walk sends to each watcher what is between its cursor and the head: all of it with one send(),
 * or each message with its own. A socket that takes no more is left alone until it can be written
 * to again; its cursor stays.
 */
#ifndef WATCHERS_H
#define WATCHERS_H

#include <stdbool.h>

typedef enum { NONE, DROP, DOUBLE, SWAP } Fault;

typedef struct {
  bool each;   /* each message its own send() */
  Fault fault; /* what is done wrong on purpose, to see that it is noticed */
  int every;   /* with each so manieth delivery */
} Delivery;

void watchers_open(int epoll, Delivery delivery);

/* From now on this descriptor is told what is appended. */
void watchers_add(int fd);

bool watchers_has(int fd);

/* To be called before the descriptor is closed. Nothing happens if it is no watcher. */
void watchers_remove(int fd);

/* The socket takes bytes again. */
void watchers_writable(int fd);

/* Sends what is new. */
void watchers_walk(void);

/* To be called every 250 ms: pings one watcher in a hundred, so each one every 25 s. */
void watchers_ping(void);

#endif
