/* As much HTTP/1.1 as the load generator speaks. */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  bool is_post;
  const char *key; /* of a WebSocket handshake; NULL if it is none */
  const char *body;
  size_t body_length;
  size_t size; /* of all of it */
} Request;

/* Takes the first request of these bytes apart. False if not all of it is there. */
bool http_parse(const char *bytes, size_t count, Request *request);

/* Writes the answer to a handshake with this key, and returns its length. */
size_t http_greeting(const char *key, char *answer, size_t size);

#endif
