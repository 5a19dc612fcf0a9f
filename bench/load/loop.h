/* One epoll loop, and the clock that everything is timed with. */
#ifndef LOOP_H
#define LOOP_H

#include <stdint.h>
#include <sys/epoll.h>

/* Something with a descriptor; stands first in what it belongs to. */
typedef struct source Source;
struct source {
  int fd;
  void (*ready)(Source *self, uint32_t events);
};

void loop_open(void);
void loop_watch(Source *source, uint32_t events);
void loop_change(Source *source, uint32_t events);
void loop_forget(Source *source);

/* Waits for what is ready, up to this long, and lets each have its turn. */
void loop_turn(int timeout_millis);

/* Makes loop_turn return at this time, once. */
void loop_wake_at(int64_t nanos);

int64_t now_nanos(void);

/* Ends the program with a sentence. */
_Noreturn void fail(const char *sentence, ...);

#endif
