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

typedef struct {
  struct nlmsghdr header;
  struct inet_diag_req_v2 question;
} Request;

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

/* Adds what one message tells. False at the end of the dump. */
static int add(struct nlmsghdr *message, int port, int64_t *sum) {
  if (message->nlmsg_type == NLMSG_DONE || message->nlmsg_type == NLMSG_ERROR) {
    return 0;
  }
  struct inet_diag_msg *socket = NLMSG_DATA(message);
  if (ntohs(socket->id.idiag_sport) == port) {
    *sum += queued(socket, (int)NLMSG_PAYLOAD(message, 0));
  }
  return 1;
}

static int64_t sum_of(int fd, int port) {
  static _Alignas(struct nlmsghdr) char buffer[1 << 16];
  int64_t sum = 0;
  for (;;) {
    ssize_t count = recv(fd, buffer, sizeof buffer, 0);
    int left = (int)count;
    struct nlmsghdr *message = (struct nlmsghdr *)buffer;
    for (; NLMSG_OK(message, (uint32_t)left); message = NLMSG_NEXT(message, left)) {
      if (!add(message, port, &sum)) {
        return sum;
      }
    }
    if (count <= 0) {
      return sum;
    }
  }
}

int64_t sockets_queued_bytes(int port) {
  int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  int64_t sum = 0;
  const int families[] = {AF_INET, AF_INET6};
  for (int i = 0; i < 2; i++) {
    ask(fd, families[i]);
    sum += sum_of(fd, port);
  }
  close(fd);
  return sum;
}
