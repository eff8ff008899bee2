/* What a peer does with its open channel. Each returns the process's exit status. */
#ifndef SHM_BEHAVIOURS_H
#define SHM_BEHAVIOURS_H

#include "channel.h"
#include "options.h"

enum peer_status { PEER_DONE = 0, PEER_ERROR = 1, PEER_USAGE = 2, PEER_TIMEOUT = 3, PEER_EXIT = 4 };

/* buffer has room for a message of the channel's capacity. */
typedef int run_behaviour(channel *c, const options *o, uint8_t *buffer);

run_behaviour run_echo, run_send, run_receive, run_drain; /* exchange.c */
run_behaviour run_flood, run_pingpong;                    /* traffic.c */
run_behaviour run_talk;                                   /* talk.c */
run_behaviour run_misbehave;                              /* misbehave.c */

/* How a server that misbehaves opens its channel. */
void plan_misbehaviour(const options *o, channel_config *config);

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
