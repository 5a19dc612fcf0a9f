/* HTTP/1.1 connections that are kept, each with one request at a time. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

/* A request was answered with 2xx, or was not. */
typedef void (*RequestsAnswered)(int change, bool well, int64_t nanos);

void requests_open(int connections, RequestsAnswered answered);

/* Sends the write of this change (or the read). False if no connection is free. */
bool requests_send(int change);

#endif
