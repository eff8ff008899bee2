/* What a peer prints, and the resulting exit status. */
#ifndef SHM_REPORT_H
#define SHM_REPORT_H

#include "channel.h"

enum peer_status { PEER_DONE = 0, PEER_ERROR = 1, PEER_USAGE = 2, PEER_TIMEOUT = 3, PEER_EXIT = 4 };

/* A line on standard output, at once. */
void say(const char *format, ...);
/* A line on standard error. Gives PEER_ERROR. */
int complain(const char *format, ...);

/* The exit status for a result that ended a behaviour before it was done; complains where it is an error. */
int status_of(const channel *c, channel_result result);
/* The same for a behaviour that has no end of its own: the peer's exit is its normal end. */
int status_of_endless(const channel *c, channel_result result);

/* False, with a complaint, when a message of that size does not fit. */
bool fits(const channel *c, uint64_t size);

/* Sleeps, but no longer than until a stop. */
void pause_for(uint64_t milliseconds);

#endif
