#define _GNU_SOURCE
#include "crowd.h"

#include "frames.h"
#include "loop.h"
#include "net.h"
#include "options.h"
#include "sockets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_BYTES (1 << 20)
#define CONTROL_MAX 125
/* So many handshakes at a time, so that no server's backlog overflows. */
#define GREETINGS_MAX 128
/* The example of RFC 6455, 1.3, so that the right answer is known beforehand. */
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

typedef enum { CONNECTING, GREETING, OPEN, CLOSED } State;

typedef struct {
  Source source;
  State state;
  uint8_t *rest; /* the beginning of a frame whose end has not come yet */
  size_t rest_length;
} Client;

static Client *clients;
static int greetings;
static int readers;
static CrowdCounts counts;
static CrowdTold told;
static uint8_t buffer[BUFFER_BYTES];
static char request[512];

static int number_of(const Client *client) { return (int)(client - clients); }

static void close_client(Client *client) {
  if (client->state != OPEN) {
    fail("The server closed client %d in its handshake.", number_of(client));
  }
  client->state = CLOSED;
  counts.closed++;
  readers--;
  loop_forget(&client->source);
  close(client->source.fd);
}

/* A pong has to be masked; a mask of zeros leaves the bytes as they are. */
static void pong(Client *client, const Frame *ping) {
  if (ping->length > CONTROL_MAX) {
    fail("A ping is longer than a control frame may be.");
  }
  uint8_t frame[6 + CONTROL_MAX] = {0x80 | PONG, (uint8_t)(0x80 | ping->length)};
  memcpy(frame + 6, ping->payload, ping->length);
  counts.pings++;
  if (send(client->source.fd, frame, 6 + ping->length, MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
    close_client(client);
  }
}

static void take_message(Client *client, const Frame *frame, int64_t now) {
  int change = frame_number(frame);
  if (change < 0) {
    counts.others++;
    return;
  }
  counts.messages++;
  counts.bytes += frame->size;
  told(number_of(client), change, now);
}

static void take(Client *client, const Frame *frame, int64_t now) {
  if (frame->opcode == TEXT || frame->opcode == BINARY) {
    take_message(client, frame, now);
  } else if (frame->opcode == PING) {
    pong(client, frame);
  } else if (frame->opcode == CLOSE) {
    close_client(client);
  }
}

static void keep_rest(Client *client, const uint8_t *bytes, size_t count) {
  if (client->rest_length == 0 && count == 0) {
    return;
  }
  if (count > BUFFER_BYTES / 2) {
    fail("A message is longer than the generator takes.");
  }
  uint8_t *rest = NULL;
  if (count > 0) {
    rest = malloc(count);
    memcpy(rest, bytes, count);
  }
  free(client->rest);
  client->rest = rest;
  client->rest_length = count;
}

static void take_frames(Client *client, const uint8_t *bytes, size_t count) {
  int64_t now = now_nanos();
  Frame frame;
  while (client->state == OPEN && frame_parse(bytes, count, &frame)) {
    take(client, &frame, now);
    bytes += frame.size;
    count -= frame.size;
  }
  keep_rest(client, bytes, count);
}

static void open_up(Client *client, char *head, size_t count) {
  char *end = memmem(head, count, "\r\n\r\n", 4);
  if (end == NULL) {
    keep_rest(client, (uint8_t *)head, count);
    return;
  }
  *end = 0;
  if (strncmp(head, "HTTP/1.1 101 ", 13) != 0 || strstr(head, ACCEPT) == NULL) {
    fail("The server refused a WebSocket:\n%s", head);
  }
  client->state = OPEN;
  greetings--;
  if (number_of(client) < options.stalled) {
    loop_forget(&client->source);
    sockets_watch(client->source.fd);
    return;
  }
  readers++;
  size_t length = (size_t)(end + 4 - head);
  take_frames(client, (uint8_t *)end + 4, count - length);
}

static void read_some(Client *client) {
  memcpy(buffer, client->rest == NULL ? buffer : client->rest, client->rest_length);
  size_t space = BUFFER_BYTES - client->rest_length;
  ssize_t count = recv(client->source.fd, buffer + client->rest_length, space, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (count <= 0) {
    close_client(client);
    return;
  }
  size_t length = client->rest_length + (size_t)count;
  if (client->state == GREETING) {
    open_up(client, (char *)buffer, length);
  } else {
    take_frames(client, buffer, length);
  }
}

static void greet(Client *client) {
  net_check_connected(client->source.fd);
  net_send_all(client->source.fd, request, strlen(request));
  client->state = GREETING;
  loop_change(&client->source, EPOLLIN);
}

static void ready(Source *self, uint32_t events) {
  Client *client = (Client *)self;
  if (client->state == CONNECTING) {
    greet(client);
  } else if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) {
    read_some(client);
  }
}

static void start(Client *client) {
  client->source = (Source){net_connect(number_of(client)), ready};
  client->state = CONNECTING;
  greetings++;
  loop_watch(&client->source, EPOLLOUT);
}

static void await_greetings(int allowed) {
  int64_t end = now_nanos() + 30 * 1000000000LL;
  while (greetings > allowed) {
    loop_turn(1000);
    if (now_nanos() > end) {
      fail("%d WebSockets were not opened in 30 s.", greetings);
    }
  }
}

void crowd_open(CrowdTold listener) {
  told = listener;
  clients = calloc((size_t)options.clients + 1, sizeof *clients);
  snprintf(request, sizeof request,
           "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
           "Connection: Upgrade\r\nSec-WebSocket-Key: " KEY "\r\n"
           "Sec-WebSocket-Version: 13\r\n\r\n",
           options.watch, options.port);
  for (int i = 0; i < options.clients; i++) {
    start(&clients[i]);
    await_greetings(GREETINGS_MAX - 1);
  }
  await_greetings(0);
}

int crowd_readers(void) { return readers; }

CrowdCounts crowd_counts(void) { return counts; }
