#define _GNU_SOURCE
#include "log.h"

#include "fail.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static uint8_t *ring;
static uint64_t head;
static uint64_t kept;
static int file = -1;

static void map(int fd, uint8_t *place) {
  void *mapped = mmap(place, LOG_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
  if (mapped != place) {
    fail("The log cannot be mapped.");
  }
}

void log_open(void) {
  int fd = memfd_create("log", MFD_CLOEXEC);
  ring = mmap(NULL, 2ul * LOG_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (fd < 0 || ring == MAP_FAILED || ftruncate(fd, LOG_BYTES) < 0) {
    fail("There is no memory for the log.");
  }
  map(fd, ring);
  map(fd, ring + LOG_BYTES);
  close(fd);
}

void log_keep_in(const char *path) {
  file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) {
    fail("The file of the log cannot be made.");
  }
}

void log_keep(void) {
  size_t length = (size_t)(head - kept);
  if (file < 0 || length == 0) {
    return;
  }
  if (pwrite(file, log_at(kept), length, (off_t)kept) != (ssize_t)length || fdatasync(file) < 0) {
    fail("The disk does not take the log.");
  }
  kept = head;
}

uint64_t log_head(void) { return head; }

const uint8_t *log_at(uint64_t position) { return ring + position % LOG_BYTES; }

void log_append(const char *message, size_t length) {
  uint8_t *frame = ring + head % LOG_BYTES;
  size_t header = length < 126 ? 2 : 4;
  if (length > 0xffff) {
    fail("A message is longer than the log takes.");
  }
  frame[0] = 0x81;
  if (header == 2) {
    frame[1] = (uint8_t)length;
  } else {
    frame[1] = 126;
    frame[2] = (uint8_t)(length >> 8);
    frame[3] = (uint8_t)length;
  }
  memcpy(frame + header, message, length);
  head += header + length;
}

size_t log_frame_size(uint64_t position) {
  const uint8_t *frame = log_at(position);
  return frame[1] < 126 ? 2u + frame[1] : 4u + (size_t)(frame[2] << 8 | frame[3]);
}
