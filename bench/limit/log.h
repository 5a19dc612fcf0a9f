/*
 * The one log: finished WebSocket frames, one behind the other, in a ring of memory. The ring is
 * mapped twice in a row, so any part of it is contiguous. Positions only grow.
 */
#ifndef LOG_H
#define LOG_H

#include <stddef.h>
#include <stdint.h>

#define LOG_BYTES (64u << 20)
/* A position further behind the head than this may be overwritten by the next message. */
#define LOG_WINDOW (LOG_BYTES - (1u << 20))

void log_open(void);

/* From now on it is in this file, too. */
void log_keep_in(const char *path);

/* Waits until all that was appended is on the disk, where there is a file. */
void log_keep(void);

uint64_t log_head(void);

/* Appends a text message as a frame. */
void log_append(const char *message, size_t length);

const uint8_t *log_at(uint64_t position);

/* The size of the frame that begins here. */
size_t log_frame_size(uint64_t position);

#endif
