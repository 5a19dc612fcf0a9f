#include "net.h"

#include "loop.h"
#include "options.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define SOURCES 8

static struct sockaddr_in loopback(int last, int port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(0x7f000000u + (uint32_t)last),
  };
}

int net_connect(int number) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    fail("No socket: %s (ulimit -n has to be above the number of clients)", strerror(errno));
  }
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  struct sockaddr_in source = loopback(1 + number % SOURCES, 0);
  struct sockaddr_in server = loopback(1, options.port);
  if (bind(fd, (struct sockaddr *)&source, sizeof source) < 0) {
    fail("No source address: %s", strerror(errno));
  }
  if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS) {
    fail("connect: %s", strerror(errno));
  }
  return fd;
}

void net_check_connected(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) {
    fail("The server at port %d does not answer: %s", options.port, strerror(error));
  }
}

void net_send_all(int fd, const char *bytes, size_t count) {
  if (send(fd, bytes, count, MSG_NOSIGNAL) != (ssize_t)count) {
    fail("A request could not be sent: %s", strerror(errno));
  }
}
