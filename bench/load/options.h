/* What the generator is asked to do; README.md in the folder above has the table. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  int port;
  const char *watch; /* the path whose changes are watched */
  const char *write; /* the path that changes are sent to */
  const char *read;  /* the path that is read in place of writing */
  const char *type;  /* of what is written */
  int pid;           /* of the server, whose children are counted with it */
  int clients;
  int stalled; /* how many of the clients never read */
  int size;    /* bytes of a written resource */
  int in_flight;
  double rate;       /* changes each second; 0: the next one as soon as one ends */
  const char *until; /* a change ends when it is "told" to all, or only "answered" */
  int warm;          /* changes that are not measured */
  double warm_seconds;
  int changes; /* changes that are measured */
  double seconds;
  double settle; /* seconds of silence that are not measured */
  double idle; /* seconds of silence to measure behind all that */
  double patience_seconds;
  int sample; /* 1: look for peaks of memory now and then */
  int hold;   /* 1: wait for a line on stdin before and behind what is measured */
} Options;

extern Options options;

void options_read(int count, char **arguments);

/* True where a change ends only when all clients have it. */
bool options_until_told(void);

#endif
