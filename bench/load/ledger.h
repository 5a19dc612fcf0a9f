/*
 * What each client was told, held against one common order.
 *
 * Changes that are in flight together may be committed in any order, but all clients must see the
 * same one. So the first client to get a change gives it the next place in that order, behind all
 * changes that were answered before this one was sent. Every client is a next place in that order.
 * A change at a later place leaves a gap, which stays missing until it is filled (that one then
 * came out of order). A change at an earlier place that is not missing came twice.
 *
 * So what is lost or doubled is always told exactly. What is out of order is exact as long as
 * nothing is lost to the client that was the first to get what was in flight beside it.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  uint64_t delivered;
  uint64_t doubled;
  uint64_t out_of_order;
} Tally;

/* One more client has this change or is past it; `clients` says how many there are now. */
typedef void (*LedgerPassed)(int change, int clients);

void ledger_open(int clients, int changes_max, LedgerPassed passed);

/* This change is sent to the server now. */
void ledger_sent(int change);

/* This client got this change. False if it had it already. */
bool ledger_got(int client, int change);

/* The server answered now that it has taken this change, so everybody has to get it. */
void ledger_accepted(int change);

Tally ledger_tally(void);

/* How many deliveries are missing by now to the clients from this one on. */
uint64_t ledger_lost(int first_client);

#endif
