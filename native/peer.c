#include <stdio.h>
#include <stdlib.h>

#include "behaviours.h"
#include "report.h"

/* Opens the channel; a client tries again until its wait is over. */
static bool open_channel(channel *c, const options *o, const channel_config *config) {
  char error[1400];
  uint64_t deadline = os_now() + (config->role == ROLE_CLIENT ? o->wait_ms * 1000000 : 0);
  while (!channel_open(c, config, error, sizeof error)) {
    if (os_now() >= deadline || os_stopping()) {
      complain("%s", error);
      return false;
    }
    pause_for(10);
  }
  return true;
}

static int run(channel *c, const options *o) {
  uint8_t *buffer = malloc((size_t)c->capacity + 1);
  if (!buffer) return complain("no memory for a message of %lu bytes", (unsigned long)c->capacity);
  say("ready");
  int status = behaviours[o->behaviour].run(c, o, buffer);
  free(buffer);
  return status;
}

int peer_main(int argc, char **argv) {
  options o;
  char error[512];
  options_result parsed = options_parse(&o, argc, argv, error, sizeof error);
  if (parsed == OPTIONS_HELP) {
    options_print_help();
    return PEER_DONE;
  }
  if (parsed == OPTIONS_BAD) {
    complain("%s; see --help", error);
    return PEER_USAGE;
  }
  os_catch_signals();
  /* A script is read from it. */
  if (o.until_stdin_closes && o.behaviour != BEHAVIOUR_SCRIPT && !os_watch_stdin()) return complain("%s", os_error_text());
  channel_config config = o.channel;
  if (o.misbehaviour && o.misbehaviour->plan) o.misbehaviour->plan(&config);
  channel c;
  if (!open_channel(&c, &o, &config)) return PEER_ERROR;
  int status = run(&c, &o);
  channel_close(&c);
  return status;
}
