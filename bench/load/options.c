#include "options.h"

#include "loop.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

Options options = {
    .watch = "/watch",
    .write = "/publish",
    .type = "application/json",
    .size = 256,
    .in_flight = 1,
    .until = "told",
    .warm_seconds = 3600,
    .seconds = 3600,
    .patience_seconds = 5,
};

typedef struct {
  const char *name;
  enum { WORD, WHOLE, NUMBER } kind;
  size_t place;
} Option;

static const Option known[] = {
    {"port", WHOLE, offsetof(Options, port)},
    {"watch", WORD, offsetof(Options, watch)},
    {"write", WORD, offsetof(Options, write)},
    {"read", WORD, offsetof(Options, read)},
    {"type", WORD, offsetof(Options, type)},
    {"pid", WHOLE, offsetof(Options, pid)},
    {"clients", WHOLE, offsetof(Options, clients)},
    {"stalled", WHOLE, offsetof(Options, stalled)},
    {"size", WHOLE, offsetof(Options, size)},
    {"in-flight", WHOLE, offsetof(Options, in_flight)},
    {"rate", NUMBER, offsetof(Options, rate)},
    {"until", WORD, offsetof(Options, until)},
    {"warm", WHOLE, offsetof(Options, warm)},
    {"warm-seconds", NUMBER, offsetof(Options, warm_seconds)},
    {"changes", WHOLE, offsetof(Options, changes)},
    {"seconds", NUMBER, offsetof(Options, seconds)},
    {"settle", NUMBER, offsetof(Options, settle)},
    {"idle", NUMBER, offsetof(Options, idle)},
    {"patience", NUMBER, offsetof(Options, patience_seconds)},
    {"sample", WHOLE, offsetof(Options, sample)},
    {"hold", WHOLE, offsetof(Options, hold)},
};

static void set(const Option *option, const char *value) {
  char *place = (char *)&options + option->place;
  char *end = "";
  switch (option->kind) {
    case WORD:
      *(const char **)place = value;
      break;
    case WHOLE:
      *(int *)place = (int)strtol(value, &end, 10);
      break;
    case NUMBER:
      *(double *)place = strtod(value, &end);
      break;
  }
  if (*end != 0) {
    fail("--%s is '%s'; it must be a number.", option->name, value);
  }
}

static void read_one(const char *argument) {
  const char *equals = strchr(argument, '=');
  if (strncmp(argument, "--", 2) == 0 && equals != NULL) {
    size_t length = (size_t)(equals - argument - 2);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
      if (strlen(known[i].name) == length && strncmp(known[i].name, argument + 2, length) == 0) {
        set(&known[i], equals + 1);
        return;
      }
    }
  }
  fail("%s is no option; options are written --name=value.", argument);
}

void options_read(int count, char **arguments) {
  for (int i = 1; i < count; i++) {
    read_one(arguments[i]);
  }
  if (options.port == 0 || options.pid == 0) {
    fail("--port and --pid of the server are needed.");
  }
  if (options.stalled > options.clients || options.size < 64 || options.in_flight < 1) {
    fail("Needed: stalled <= clients, size >= 64, in-flight >= 1.");
  }
}

bool options_until_told(void) { return strcmp(options.until, "told") == 0; }
