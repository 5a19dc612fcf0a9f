#define _GNU_SOURCE
#include "loop.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define READY_MAX 1024

static int epoll;
static Source alarm_clock;

static void ring(Source *self, uint32_t events) {
  (void)events;
  uint64_t times;
  if (read(self->fd, &times, sizeof times) < 0 && errno != EAGAIN) {
    fail("The timer cannot be read: %s", strerror(errno));
  }
}

void loop_open(void) {
  epoll = epoll_create1(EPOLL_CLOEXEC);
  alarm_clock.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  alarm_clock.ready = ring;
  loop_watch(&alarm_clock, EPOLLIN);
}

static void control(int operation, Source *source, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = source};
  if (epoll_ctl(epoll, operation, source->fd, &event) < 0) {
    fail("epoll_ctl: %s", strerror(errno));
  }
}

void loop_watch(Source *source, uint32_t events) { control(EPOLL_CTL_ADD, source, events); }

void loop_change(Source *source, uint32_t events) { control(EPOLL_CTL_MOD, source, events); }

void loop_forget(Source *source) { control(EPOLL_CTL_DEL, source, 0); }

void loop_turn(int timeout_millis) {
  static struct epoll_event ready[READY_MAX];
  int count = epoll_wait(epoll, ready, READY_MAX, timeout_millis);
  if (count < 0 && errno != EINTR) {
    fail("epoll_wait: %s", strerror(errno));
  }
  for (int i = 0; i < count; i++) {
    Source *source = ready[i].data.ptr;
    source->ready(source, ready[i].events);
  }
}

void loop_wake_at(int64_t nanos) {
  struct itimerspec when = {
      .it_value = {.tv_sec = nanos / 1000000000, .tv_nsec = nanos % 1000000000}};
  timerfd_settime(alarm_clock.fd, TFD_TIMER_ABSTIME, &when, NULL);
}

int64_t now_nanos(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

void fail(const char *sentence, ...) {
  va_list values;
  va_start(values, sentence);
  vfprintf(stderr, sentence, values);
  va_end(values);
  fputc('\n', stderr);
  exit(1);
}
