#include "sha1.h"

#include <string.h>

static uint32_t rotate(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static uint32_t mix(int round, uint32_t b, uint32_t c, uint32_t d) {
  if (round < 20) {
    return ((b & c) | (~b & d)) + 0x5a827999;
  }
  if (round < 40) {
    return (b ^ c ^ d) + 0x6ed9eba1;
  }
  if (round < 60) {
    return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  }
  return (b ^ c ^ d) + 0xca62c1d6;
}

static void spread(const uint8_t *block, uint32_t words[80]) {
  for (int i = 0; i < 16; i++, block += 4) {
    words[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               block[3];
  }
  for (int i = 16; i < 80; i++) {
    words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
}

static void add_block(uint32_t state[5], const uint8_t *block) {
  uint32_t words[80];
  spread(block, words);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 80; i++) {
    uint32_t next = rotate(a, 5) + mix(i, b, c, d) + e + words[i];
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

void sha1(const char *text, size_t length, uint8_t digest[20]) {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  uint8_t padded[128] = {0};
  size_t size = length < 56 ? 64 : 128;
  memcpy(padded, text, length);
  padded[length] = 0x80;
  padded[size - 2] = (uint8_t)(length * 8 >> 8);
  padded[size - 1] = (uint8_t)(length * 8);
  for (size_t at = 0; at < size; at += 64) {
    add_block(state, padded + at);
  }
  for (int i = 0; i < 20; i++) {
    digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
  }
}
