/* The server's side of a WebSocket, taken apart: frames without a mask, messages of one frame. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

typedef struct {
  int opcode;
  size_t size; /* of all of it, its header too */
  const uint8_t *payload;
  size_t length;
} Frame;

/* Takes the first frame of these bytes apart. False if not all of it is there. */
bool frame_parse(const uint8_t *bytes, size_t count, Frame *frame);

/* The number of the change in this message; -1 if it is about no change. */
int frame_number(const Frame *frame);

#endif
