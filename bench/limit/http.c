#define _GNU_SOURCE
#include "http.h"

#include "sha1.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_LENGTH 24
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/* Where the value of a field begins; NULL if it is not in the head. */
static const char *value_of(const char *head, size_t length, const char *field) {
  size_t name = strlen(field);
  for (const char *at = head; at != NULL && at < head + length - name; at++) {
    at = memmem(at, length - (size_t)(at - head), "\r\n", 2);
    if (at == NULL) {
      return NULL;
    }
    if (strncasecmp(at + 2, field, name) == 0) {
      return at + 2 + name + strspn(at + 2 + name, " ");
    }
  }
  return NULL;
}

bool http_parse(const char *bytes, size_t count, Request *request) {
  const char *end = memmem(bytes, count, "\r\n\r\n", 4);
  if (end == NULL) {
    return false;
  }
  size_t head = (size_t)(end + 4 - bytes);
  const char *length = value_of(bytes, head, "content-length:");
  request->is_post = strncmp(bytes, "POST ", 5) == 0;
  request->key = value_of(bytes, head, "sec-websocket-key:");
  request->body = end + 4;
  request->body_length = length == NULL ? 0 : strtoul(length, NULL, 10);
  request->size = head + request->body_length;
  return request->size <= count;
}

static void base64(const uint8_t digest[20], char text[29]) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  uint8_t bytes[21] = {0};
  memcpy(bytes, digest, 20);
  for (int i = 0; i < 28; i++) {
    int bit = i * 6;
    int pair = bytes[bit / 8] << 8 | (bit / 8 < 20 ? bytes[bit / 8 + 1] : 0);
    text[i] = letters[pair >> (10 - bit % 8) & 63];
  }
  text[27] = '=';
  text[28] = 0;
}

size_t http_greeting(const char *key, char *answer, size_t size) {
  char text[KEY_LENGTH + sizeof GUID];
  uint8_t digest[20];
  char accept[29];
  memcpy(text, key, KEY_LENGTH);
  memcpy(text + KEY_LENGTH, GUID, sizeof GUID);
  sha1(text, KEY_LENGTH + sizeof GUID - 1, digest);
  base64(digest, accept);
  return (size_t)snprintf(answer, size,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                          accept);
}
