#define _GNU_SOURCE
#include "frames.h"

#include "loop.h"

#include <string.h>

#define MARK "\"seq\":\""
#define MARK_LENGTH 7
#define DIGITS 10

static bool has_header(const uint8_t *bytes, size_t count, size_t header) {
  if ((bytes[0] & 0x70) != 0 || (bytes[0] & 0x80) == 0 || (bytes[0] & 15) == 0) {
    fail("A frame is compressed or a fragment, which the generator does not read.");
  }
  return count >= header;
}

bool frame_parse(const uint8_t *bytes, size_t count, Frame *frame) {
  if (count < 2) {
    return false;
  }
  size_t length = bytes[1];
  size_t header = length < 126 ? 2 : length == 126 ? 4 : 10;
  if (!has_header(bytes, count, header)) {
    return false;
  }
  if (header > 2) {
    length = 0;
    for (size_t i = 2; i < header; i++) {
      length = length << 8 | bytes[i];
    }
  }
  *frame = (Frame){bytes[0] & 15, header + length, bytes + header, length};
  return count >= header + length;
}

/* The mark mostly stands where it stood in the message before. */
static const uint8_t *find_mark(const Frame *frame) {
  static size_t usual;
  if (usual + MARK_LENGTH + DIGITS <= frame->length &&
      memcmp(frame->payload + usual, MARK, MARK_LENGTH) == 0) {
    return frame->payload + usual;
  }
  const uint8_t *found = memmem(frame->payload, frame->length, MARK, MARK_LENGTH);
  if (found != NULL) {
    usual = (size_t)(found - frame->payload);
  }
  return found;
}

int frame_number(const Frame *frame) {
  const uint8_t *mark = find_mark(frame);
  if (mark == NULL || mark + MARK_LENGTH + DIGITS > frame->payload + frame->length) {
    return -1;
  }
  int number = 0;
  for (int i = 0; i < DIGITS; i++) {
    number = number * 10 + (mark[MARK_LENGTH + i] - '0');
  }
  return number;
}
