/* What a peer does with its open channel. */
#ifndef SHM_BEHAVIOURS_H
#define SHM_BEHAVIOURS_H

#include "chance.h"
#include "channel.h"
#include "options.h"

/* Returns the process's exit status. buffer has room for a message of the channel's capacity. */
typedef int run_behaviour(channel *c, const options *o, uint8_t *buffer);

run_behaviour run_echo, run_send, run_greet, run_receive, run_drain; /* exchange.c */
run_behaviour run_flood, run_pingpong;                    /* traffic.c */
run_behaviour run_talk;                                   /* talk.c */
run_behaviour run_script;                                   /* script.c */
run_behaviour run_struct;                                 /* order.c */
run_behaviour run_misbehave;                              /* misbehave.c */

struct behaviour_entry {
  const char *name;
  run_behaviour *run;
  const char *help; /* its lines of --help */
};
/* By behaviour. */
extern const struct behaviour_entry behaviours[BEHAVIOUR_COUNT];

/* What a misbehaviour has to work with. */
typedef struct misdeed {
  const options *o;
  chance *luck;    /* seeded */
  uint8_t *buffer; /* has room for a message of the channel's capacity */
} misdeed;

typedef void plan_misbehaviour(channel_config *config);
/* False with os_error_text() if the system refused. */
typedef bool do_misbehaviour(channel *c, const misdeed *how);

struct misbehaviour {
  const char *name;
  const char *help;
  plan_misbehaviour *plan; /* how a server opens its channel; NULL: normally */
  do_misbehaviour *act;    /* on the open channel; NULL: nothing */
  int step;                /* where one that dies does it: misbehave.h */
  bool server_only, sized_only;
  bool at_once; /* without normal messages before */
};
/* Ends with an entry without a name. */
extern const struct misbehaviour misbehaviours[];

#endif
