/* SHA-1 (RFC 3174) of a short text, as the WebSocket handshake needs it. */
#ifndef SHA1_H
#define SHA1_H

#include <stddef.h>
#include <stdint.h>

#define SHA1_TEXT_MAX 119

void sha1(const char *text, size_t length, uint8_t digest[20]);

#endif
