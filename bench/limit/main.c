/*
 * The limit: the least that a server can do which tells WebSocket clients about changes. One epoll
 * loop, one log, a cursor for each watcher. It keeps nothing on a disk unless it is told where, checks
 * nothing, and its answers are canned. What a real server costs is told as a multiple of what this one
 * costs.
 */
#define _GNU_SOURCE
#include "fail.h"
#include "http.h"
#include "log.h"
#include "watchers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS_MAX 65536
#define REQUEST_MAX 65536
#define READY_MAX 1024
#define PING_MILLIS 250

/* The beginning of a request, for a connection that has not sent all of it. */
typedef struct {
  char *bytes;
  size_t length;
} Rest;

static int epoll;
static int port;
static Rest rests[CONNECTIONS_MAX];
static char buffer[REQUEST_MAX];
static char canned_body[256];

static void end_connection(int fd) {
  watchers_remove(fd);
  free(rests[fd].bytes);
  rests[fd] = (Rest){0};
  close(fd);
}

static void answer(int fd, const char *text, size_t length) {
  if (send(fd, text, length, MSG_NOSIGNAL) != (ssize_t)length) {
    shutdown(fd, SHUT_RDWR);
  }
}

static void answer_with(int fd, const char *status, const char *body, size_t length) {
  char text[REQUEST_MAX + 128];
  int head = snprintf(text, sizeof text,
                      "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                      "Content-Length: %zu\r\n\r\n",
                      status, length);
  memcpy(text + head, body, length);
  answer(fd, text, (size_t)head + length);
}

static void greet(int fd, const char *key) {
  char text[256];
  answer(fd, text, http_greeting(key, text, sizeof text));
  watchers_add(fd);
}

static void act(int fd, const Request *request) {
  if (request->key != NULL) {
    greet(fd, request->key);
  } else if (request->is_post) {
    log_append(request->body, request->body_length);
    answer_with(fd, "201 Created", request->body, request->body_length);
  } else {
    answer_with(fd, "200 OK", canned_body, sizeof canned_body);
  }
}

static void keep_rest(int fd, const char *bytes, size_t length) {
  Rest *rest = &rests[fd];
  char *kept = length == 0 ? NULL : memcpy(malloc(length), bytes, length);
  free(rest->bytes);
  *rest = (Rest){kept, length};
}

/* What a watcher sends is pongs, which nobody here needs. */
static void take(int fd, size_t count) {
  size_t at = 0;
  Request request;
  while (!watchers_has(fd) && http_parse(buffer + at, count - at, &request)) {
    act(fd, &request);
    at += request.size;
  }
  keep_rest(fd, buffer + at, watchers_has(fd) ? 0 : count - at);
}

static void read_some(int fd) {
  size_t had = rests[fd].length;
  if (had > 0) {
    memcpy(buffer, rests[fd].bytes, had);
  }
  ssize_t count = recv(fd, buffer + had, sizeof buffer - had, MSG_DONTWAIT);
  if (count > 0) {
    take(fd, had + (size_t)count);
  } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
    end_connection(fd);
  }
}

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static void accept_all(int listener) {
  int on = 1;
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    if (fd >= CONNECTIONS_MAX) {
      close(fd);
      continue;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    watch(fd);
  }
}

static int listen_on_loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, size) < 0 || listen(fd, 4096) < 0) {
    fail("Cannot listen");
  }
  getsockname(fd, (struct sockaddr *)&address, &size);
  printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return fd;
}

static void handle(const struct epoll_event *event, int listener) {
  int fd = event->data.fd;
  if (fd == listener) {
    accept_all(fd);
    return;
  }
  if (event->events & EPOLLOUT) {
    watchers_writable(fd);
  }
  if (event->events & (EPOLLIN | EPOLLERR | EPOLLHUP)) {
    read_some(fd);
  }
}

static int64_t now_millis(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void serve(int listener) {
  static struct epoll_event ready[READY_MAX];
  int64_t next_ping = 0;
  for (;;) {
    int count = epoll_wait(epoll, ready, READY_MAX, PING_MILLIS);
    for (int i = 0; i < count; i++) {
      handle(&ready[i], listener);
    }
    log_keep();
    watchers_walk();
    if (now_millis() >= next_ping) {
      watchers_ping();
      next_ping = now_millis() + PING_MILLIS;
    }
  }
}

static bool is_number(const char *argument, const char *name, int *value) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0) {
    return false;
  }
  *value = atoi(argument + length);
  return true;
}

static Delivery read_options(int count, char **arguments) {
  Delivery delivery = {0};
  for (int i = 1; i < count; i++) {
    const char *argument = arguments[i];
    if (strcmp(argument, "--each") == 0) {
      delivery.each = true;
    } else if (strncmp(argument, "--log=", 6) == 0) {
      log_keep_in(argument + 6);
    } else if (is_number(argument, "--drop=", &delivery.every)) {
      delivery.fault = DROP;
    } else if (is_number(argument, "--double=", &delivery.every)) {
      delivery.fault = DOUBLE;
    } else if (is_number(argument, "--swap=", &delivery.every)) {
      delivery.fault = SWAP;
    } else if (!is_number(argument, "--port=", &port)) {
      fprintf(stderr, "limit [--port=N] [--log=FILE] [--each [--drop=N | --double=N | --swap=N]]\n");
      exit(2);
    }
  }
  return delivery;
}

int main(int count, char **arguments) {
  Delivery delivery = read_options(count, arguments);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  epoll = epoll_create1(EPOLL_CLOEXEC);
  memset(canned_body, 'x', sizeof canned_body);
  log_open();
  watchers_open(epoll, delivery);
  int listener = listen_on_loopback();
  watch(listener);
  serve(listener);
}
