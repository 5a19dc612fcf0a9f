#define _GNU_SOURCE
#include "requests.h"

#include "loop.h"
#include "net.h"
#include "options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWER_MAX 16384
/* Far from the numbers of the clients, only for the choice of the source address. */
#define FIRST_NUMBER 3

typedef enum { CONNECTING, FREE, BUSY } State;

typedef struct {
  Source source;
  State state;
  int change;
  size_t length;
  char answer[ANSWER_MAX + 1];
} Connection;

static Connection *connections;
static int total;
static RequestsAnswered answered;
static char *request;
static size_t request_length;
static char *digits; /* where the number of the change stands in the request */

static void connect_to_server(Connection *connection);

static void reconnect(Connection *connection) {
  loop_forget(&connection->source);
  close(connection->source.fd);
  connect_to_server(connection);
}

static void end_request(Connection *connection, bool well) {
  connection->state = FREE;
  connection->length = 0;
  answered(connection->change, well, now_nanos());
}

static size_t body_length(const char *head, int status) {
  const char *field = strcasestr(head, "\r\ncontent-length:");
  if (field != NULL) {
    return strtoul(field + 17, NULL, 10);
  }
  if (status != 204 && status != 304) {
    fail("An answer has no Content-Length, and the generator reads no other kind:\n%s", head);
  }
  return 0;
}

static void take_answer(Connection *connection) {
  char *end = memmem(connection->answer, connection->length, "\r\n\r\n", 4);
  if (end == NULL) {
    return;
  }
  int status = atoi(connection->answer + 9);
  char after = end[2];
  end[2] = 0;
  size_t head = (size_t)(end + 4 - connection->answer);
  size_t length = head + body_length(connection->answer, status);
  bool last = strcasestr(connection->answer, "\r\nconnection: close") != NULL;
  end[2] = after;
  if (length > ANSWER_MAX) {
    fail("An answer is longer than the generator takes.");
  }
  if (connection->length < length) {
    return;
  }
  end_request(connection, status / 100 == 2);
  if (last) {
    reconnect(connection);
  }
}

static void read_some(Connection *connection) {
  size_t space = ANSWER_MAX - connection->length;
  char *place = connection->answer + connection->length;
  ssize_t count = recv(connection->source.fd, place, space, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (count <= 0) {
    if (connection->state == BUSY) {
      end_request(connection, false);
    }
    reconnect(connection);
    return;
  }
  connection->length += (size_t)count;
  connection->answer[connection->length] = 0;
  take_answer(connection);
}

static void ready(Source *self, uint32_t events) {
  (void)events;
  Connection *connection = (Connection *)self;
  if (connection->state == CONNECTING) {
    net_check_connected(self->fd);
    connection->state = FREE;
    loop_change(self, EPOLLIN);
  } else {
    read_some(connection);
  }
}

static void connect_to_server(Connection *connection) {
  connection->source = (Source){net_connect(FIRST_NUMBER), ready};
  connection->state = CONNECTING;
  connection->length = 0;
  loop_watch(&connection->source, EPOLLOUT);
}

/* A body of exactly the size: {"seq":"0000000000","fill":"xxx"}. */
static void make_write(void) {
  int fill = options.size - (int)strlen("{\"seq\":\"0000000000\",\"fill\":\"\"}");
  char *filling = malloc((size_t)fill + 1);
  memset(filling, 'x', (size_t)fill);
  filling[fill] = 0;
  request_length = (size_t)asprintf(
      &request,
      "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: %s\r\n"
      "Content-Length: %d\r\n\r\n{\"seq\":\"0000000000\",\"fill\":\"%s\"}",
      options.write, options.port, options.type, options.size, filling);
  digits = strstr(request, "0000000000\"");
  free(filling);
}

static void make_read(void) {
  request_length = (size_t)asprintf(&request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n",
                                    options.read, options.port);
}

void requests_open(int connection_count, RequestsAnswered listener) {
  total = connection_count;
  answered = listener;
  connections = calloc((size_t)total, sizeof *connections);
  if (options.read == NULL) {
    make_write();
  } else {
    make_read();
  }
  for (int i = 0; i < total; i++) {
    connect_to_server(&connections[i]);
  }
}

static void write_digits(int change) {
  for (int i = 9; i >= 0; i--, change /= 10) {
    digits[i] = (char)('0' + change % 10);
  }
}

/* Each in its turn, so that all are used alike. */
static Connection *next_free(void) {
  static int turn;
  for (int i = 0; i < total; i++) {
    turn = (turn + 1) % total;
    if (connections[turn].state == FREE) {
      return &connections[turn];
    }
  }
  return NULL;
}

bool requests_send(int change) {
  Connection *connection = next_free();
  if (connection == NULL) {
    return false;
  }
  if (digits != NULL) {
    write_digits(change);
  }
  connection->state = BUSY;
  connection->change = change;
  net_send_all(connection->source.fd, request, request_length);
  return true;
}
