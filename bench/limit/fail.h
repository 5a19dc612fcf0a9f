#ifndef FAIL_H
#define FAIL_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the program with a sentence. */
static inline _Noreturn void fail(const char *sentence) {
  perror(sentence);
  exit(1);
}

#endif
