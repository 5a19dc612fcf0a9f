#include "ledger.h"

#include "loop.h"

#include <stdlib.h>

typedef struct {
  int next;         /* its next place in the common order */
  uint64_t missing; /* how many places below `next` it did not get */
  uint64_t *gaps;   /* a bit for each place; most clients never need one */
} Progress;

static int clients;
static int changes;
static int placed;    /* how many changes have a place */
static int *place_of; /* of a change; -1 if nobody got it yet */
static int *change_at;
static int *passed_by;
static int *accepted; /* in the order of the answers */
static int accepted_count;
static int *fences; /* how many were accepted when this change was sent */
static int fenced;  /* how many accepted ones surely have their place */
static Progress *progress;
static Tally tally;
static LedgerPassed passed;

static void *zeroed(int count, size_t size) {
  void *memory = calloc((size_t)count, size);
  if (memory == NULL) {
    fail("There is no memory for the ledger.");
  }
  return memory;
}

void ledger_open(int client_count, int changes_max, LedgerPassed listener) {
  passed = listener;
  clients = client_count;
  changes = changes_max + 1;
  place_of = zeroed(changes, sizeof *place_of);
  change_at = zeroed(changes, sizeof *change_at);
  passed_by = zeroed(changes, sizeof *passed_by);
  accepted = zeroed(changes, sizeof *accepted);
  fences = zeroed(changes, sizeof *fences);
  progress = zeroed(clients + 1, sizeof *progress);
  for (int i = 0; i < changes; i++) {
    place_of[i] = -1;
  }
}

static void give_place(int change) {
  if (place_of[change] < 0) {
    change_at[placed] = change;
    place_of[change] = placed++;
  }
}

static int place(int change) {
  while (place_of[change] < 0 && fenced < fences[change]) {
    give_place(accepted[fenced++]);
  }
  give_place(change);
  return place_of[change];
}

static void pass(int change) { passed(change, ++passed_by[change]); }

static void miss(Progress *mine, int at) {
  if (mine->gaps == NULL) {
    mine->gaps = zeroed(changes / 64 + 1, sizeof *mine->gaps);
  }
  mine->gaps[at / 64] |= 1ULL << (at % 64);
  mine->missing++;
  pass(change_at[at]);
}

static bool fill(Progress *mine, int at) {
  uint64_t bit = 1ULL << (at % 64);
  if (mine->gaps == NULL || !(mine->gaps[at / 64] & bit)) {
    tally.doubled++;
    return false;
  }
  mine->gaps[at / 64] &= ~bit;
  mine->missing--;
  tally.out_of_order++;
  tally.delivered++;
  return true;
}

bool ledger_got(int client, int change) {
  if (change < 1 || change >= changes) {
    fail("A message has the number %d, which was never sent.", change);
  }
  Progress *mine = &progress[client];
  int at = place(change);
  if (at < mine->next) {
    return fill(mine, at);
  }
  for (int skipped = mine->next; skipped < at; skipped++) {
    miss(mine, skipped);
  }
  mine->next = at + 1;
  tally.delivered++;
  pass(change);
  return true;
}

void ledger_sent(int change) { fences[change] = accepted_count; }

void ledger_accepted(int change) { accepted[accepted_count++] = change; }

Tally ledger_tally(void) { return tally; }

uint64_t ledger_lost(int first_client) {
  uint64_t lost = 0;
  for (int i = first_client; i < clients; i++) {
    lost += progress[i].missing + (uint64_t)(placed - progress[i].next);
  }
  for (int i = fenced; i < accepted_count; i++) {
    if (place_of[accepted[i]] < 0) {
      lost += (uint64_t)(clients - first_client);
    }
  }
  return lost;
}
