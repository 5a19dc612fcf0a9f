#include "watchers.h"

#include "log.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define WATCHERS_MAX 65536
#define SEND_MAX (256 << 10)
#define SLICES 100

static int epoll;
static Delivery delivery;
static int count;
static int fds[WATCHERS_MAX];
static uint64_t cursors[WATCHERS_MAX];
static uint64_t frame_ends[WATCHERS_MAX]; /* of the frame that is being sent; `each` only */
static bool busy[WATCHERS_MAX];
static int index_of[WATCHERS_MAX]; /* by descriptor, one too high; 0: no watcher */
static uint64_t walked;
static unsigned deliveries;

void watchers_open(int loop, Delivery how) {
  epoll = loop;
  delivery = how;
}

void watchers_add(int fd) {
  fds[count] = fd;
  cursors[count] = frame_ends[count] = log_head();
  busy[count] = false;
  index_of[fd] = ++count;
}

bool watchers_has(int fd) { return index_of[fd] > 0; }

void watchers_remove(int fd) {
  int index = index_of[fd] - 1;
  if (index < 0) {
    return;
  }
  index_of[fd] = 0;
  count--;
  if (index != count) {
    fds[index] = fds[count];
    cursors[index] = cursors[count];
    frame_ends[index] = frame_ends[count];
    busy[index] = busy[count];
    index_of[fds[index]] = index + 1;
  }
}

static void set_busy(int index, bool now) {
  if (busy[index] != now) {
    busy[index] = now;
    uint32_t events = now ? EPOLLIN | EPOLLOUT : EPOLLIN;
    struct epoll_event event = {.events = events, .data.fd = fds[index]};
    epoll_ctl(epoll, EPOLL_CTL_MOD, fds[index], &event);
  }
}

/* False if the socket took less than everything. A broken one is found when it is read. */
static bool send_up_to(int index, uint64_t end) {
  size_t length = (size_t)(end - cursors[index]);
  ssize_t sent = send(fds[index], log_at(cursors[index]), length, MSG_DONTWAIT | MSG_NOSIGNAL);
  cursors[index] += sent > 0 ? (uint64_t)sent : 0;
  set_busy(index, sent != (ssize_t)length);
  return !busy[index];
}

static void send_coalesced(int index) {
  uint64_t head = log_head();
  while (cursors[index] < head) {
    uint64_t end = head - cursors[index] > SEND_MAX ? cursors[index] + SEND_MAX : head;
    if (!send_up_to(index, end)) {
      return;
    }
  }
}

static void send_part(int index, uint64_t start, uint64_t end) {
  cursors[index] = start;
  send_up_to(index, end);
}

/* The frame behind this one is sent before it. False if there is none. */
static bool swap(int index, uint64_t start, uint64_t end) {
  if (end == log_head()) {
    deliveries--; /* the next delivery, then */
    return false;
  }
  uint64_t next_end = end + log_frame_size(end);
  send_part(index, end, next_end);
  send_part(index, start, end);
  cursors[index] = next_end;
  return true;
}

/* True if the next frame was done away with. Only tests plant faults, and they fill no socket. */
static bool plant(int index, uint64_t start, uint64_t end) {
  if (delivery.fault == NONE || ++deliveries % (unsigned)delivery.every != 0) {
    return false;
  }
  if (delivery.fault == SWAP) {
    return swap(index, start, end);
  }
  if (delivery.fault == DOUBLE) {
    send_part(index, start, end);
    cursors[index] = start;
    return false;
  }
  cursors[index] = end;
  return true;
}

static void send_each(int index) {
  while (cursors[index] < log_head()) {
    if (cursors[index] == frame_ends[index]) {
      frame_ends[index] += log_frame_size(cursors[index]);
      if (plant(index, cursors[index], frame_ends[index])) {
        frame_ends[index] = cursors[index];
        continue;
      }
    }
    if (!send_up_to(index, frame_ends[index])) {
      return;
    }
  }
}

static void deliver(int index) {
  if (log_head() - cursors[index] > LOG_WINDOW) {
    shutdown(fds[index], SHUT_RDWR); /* too slow; the loop sees the end and removes it */
  } else if (delivery.each) {
    send_each(index);
  } else {
    send_coalesced(index);
  }
}

void watchers_writable(int fd) {
  if (index_of[fd] > 0) {
    deliver(index_of[fd] - 1);
  }
}

void watchers_walk(void) {
  if (walked == log_head()) {
    return;
  }
  for (int i = 0; i < count; i++) {
    if (!busy[i] || log_head() - cursors[i] > LOG_WINDOW) {
      deliver(i);
    }
  }
  walked = log_head();
}

/* One that is not busy stands between two frames. */
void watchers_ping(void) {
  static int slice;
  for (int i = slice; i < count; i += SLICES) {
    if (!busy[i]) {
      send(fds[i], "\x89\x00", 2, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
  }
  slice = (slice + 1) % SLICES;
}
