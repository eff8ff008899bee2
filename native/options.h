/* The command line of shm-peer. */
#ifndef SHM_OPTIONS_H
#define SHM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channel.h"

typedef enum {
  BEHAVIOUR_ECHO,
  BEHAVIOUR_SEND,
  BEHAVIOUR_GREET,
  BEHAVIOUR_RECEIVE,
  BEHAVIOUR_FLOOD,
  BEHAVIOUR_DRAIN,
  BEHAVIOUR_PINGPONG,
  BEHAVIOUR_TALK,
  BEHAVIOUR_SCRIPT,
  BEHAVIOUR_STRUCT,
  BEHAVIOUR_MISBEHAVE,
  BEHAVIOUR_COUNT
} behaviour;

struct misbehaviour;

typedef struct message {
  const void *bytes; /* an argument's text, or own memory for hex; kept until the process ends */
  size_t length;
} message;

typedef struct options {
  channel_config channel;
  uint64_t wait_ms;         /* how long a client tries to open the channel */
  bool until_stdin_closes;  /* the end of standard input is a stop */
  behaviour behaviour;
  const struct misbehaviour *misbehaviour; /* NULL: none */
  uint64_t count;           /* 0: no limit */
  int64_t timeout_ms;       /* CHANNEL_FOREVER: none */
  uint64_t interval_ms;
  bool on_input;            /* a greeting or misbehaving peer waits for a cue on standard input */
  uint64_t delay_ms;
  double seconds;           /* 0: no limit */
  double rate;              /* messages a second; 0: as fast as possible */
  uint64_t size;            /* bytes a message */
  uint64_t length;          /* what a bad length claims */
  uint64_t seed;            /* for a misbehaviour's random choices; 0: none */
  const message *messages;
  size_t message_count;
} options;

typedef enum { OPTIONS_OK, OPTIONS_HELP, OPTIONS_BAD } options_result;

/* With OPTIONS_BAD, error (size bytes) says what is wrong. */
options_result options_parse(options *o, int argc, char **argv, char *error, size_t size);

/* On standard output. */
void options_print_help(void);

#endif
