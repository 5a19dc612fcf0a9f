#include "sockets.h"

#include "loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WATCHED_MAX 1024

/* The address and port of a client, as the server's socket has them for its other end. */
typedef struct {
  uint32_t address;
  uint16_t port;
  int64_t peak_bytes;
} Watched;

typedef struct {
  struct nlmsghdr header;
  struct inet_diag_req_v2 question;
} Request;

static Watched watched[WATCHED_MAX];
static int count;

void sockets_watch(int client_fd) {
  struct sockaddr_in name = {0};
  socklen_t size = sizeof name;
  getsockname(client_fd, (struct sockaddr *)&name, &size);
  if (count < WATCHED_MAX) {
    watched[count++] = (Watched){name.sin_addr.s_addr, name.sin_port, 0};
  }
}

/* Servers may listen on IPv6 for both kinds, so each kind is asked about. */
static void ask(int fd, int family) {
  Request request = {
      .header = {.nlmsg_len = sizeof request,
                 .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                 .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
      .question = {.sdiag_family = (uint8_t)family,
                   .sdiag_protocol = IPPROTO_TCP,
                   .idiag_ext = 1 << (INET_DIAG_SKMEMINFO - 1),
                   .idiag_states = ~0u},
  };
  if (send(fd, &request, sizeof request, 0) < 0) {
    fail("The kernel tells nothing about sockets: %s", strerror(errno));
  }
}

static int64_t queued(const struct inet_diag_msg *socket, int length) {
  struct rtattr *attribute = (struct rtattr *)(socket + 1);
  length -= (int)sizeof *socket;
  for (; RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length)) {
    if (attribute->rta_type == INET_DIAG_SKMEMINFO) {
      return ((uint32_t *)RTA_DATA(attribute))[SK_MEMINFO_WMEM_QUEUED];
    }
  }
  return 0;
}

/* An address of IPv4 is the last part of one of IPv6. */
static Watched *watched_at(const struct inet_diag_msg *socket) {
  uint32_t address = socket->id.idiag_dst[socket->idiag_family == AF_INET6 ? 3 : 0];
  for (int i = 0; i < count; i++) {
    if (watched[i].port == socket->id.idiag_dport && watched[i].address == address) {
      return &watched[i];
    }
  }
  return NULL;
}

static void note(const struct inet_diag_msg *socket, int length) {
  Watched *found = watched_at(socket);
  int64_t bytes = found == NULL ? 0 : queued(socket, length);
  if (found != NULL && bytes > found->peak_bytes) {
    found->peak_bytes = bytes;
  }
}

/* Notes what one message tells. False at the end of the dump. */
static int take(struct nlmsghdr *message, int port) {
  if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
    return 0;
  }
  struct inet_diag_msg *socket = NLMSG_DATA(message);
  if (ntohs(socket->id.idiag_sport) == port) {
    note(socket, (int)NLMSG_PAYLOAD(message, 0));
  }
  return 1;
}

static void take_all(int fd, int port) {
  static _Alignas(struct nlmsghdr) char buffer[1 << 16];
  for (;;) {
    ssize_t length = recv(fd, buffer, sizeof buffer, 0);
    int left = (int)length;
    struct nlmsghdr *message = (struct nlmsghdr *)buffer;
    for (; NLMSG_OK(message, (uint32_t)left); message = NLMSG_NEXT(message, left)) {
      if (!take(message, port)) {
        return;
      }
    }
    if (length <= 0) {
      return;
    }
  }
}

void sockets_sample(int port) {
  const int families[] = {AF_INET, AF_INET6};
  if (count == 0) {
    return;
  }
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  for (int i = 0; i < 2; i++) {
    ask(fd, families[i]);
    take_all(fd, port);
  }
  close(fd);
}

SocketPeaks sockets_peaks(void) {
  SocketPeaks peaks = {0};
  double sum = 0;
  for (int i = 0; i < count; i++) {
    sum += (double)watched[i].peak_bytes;
    if (watched[i].peak_bytes > peaks.max_bytes) {
      peaks.max_bytes = watched[i].peak_bytes;
    }
  }
  peaks.mean_bytes = count == 0 ? 0 : sum / count;
  return peaks;
}
