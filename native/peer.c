#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "behaviours.h"

void say(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  putchar('\n');
  fflush(stdout);
}

int complain(const char *format, ...) {
  va_list values;
  va_start(values, format);
  fputs("shm-peer: ", stderr);
  vfprintf(stderr, format, values);
  va_end(values);
  fputc('\n', stderr);
  return PEER_ERROR;
}

int status_of(const channel *c, channel_result result) {
  switch (result) {
    case CHANNEL_TIMEOUT: return PEER_TIMEOUT;
    case CHANNEL_EXIT: return PEER_EXIT;
    case CHANNEL_BAD_FLAG: return complain("the peer's flag is %lu, which means nothing", (unsigned long)c->bad_flag);
    case CHANNEL_FAILED: return complain("%s", os_error_text());
    default: return PEER_DONE;
  }
}

int status_of_endless(const channel *c, channel_result result) {
  return result == CHANNEL_EXIT ? PEER_DONE : status_of(c, result);
}

bool fits(const channel *c, uint64_t size) {
  if (size <= c->capacity) return true;
  complain("a message of %llu bytes does not fit into the buffer of %lu", (unsigned long long)size,
           (unsigned long)c->capacity);
  return false;
}

void pause_for(uint64_t milliseconds) {
  uint64_t end = os_now() + milliseconds * 1000000;
  for (uint64_t now = os_now(); now < end && !os_stopping(); now = os_now())
    os_sleep(end - now < 20000000 ? end - now : 20000000);
}

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
  static run_behaviour *const behaviours[] = {
      [BEHAVIOUR_ECHO] = run_echo,   [BEHAVIOUR_SEND] = run_send,         [BEHAVIOUR_RECEIVE] = run_receive,
      [BEHAVIOUR_FLOOD] = run_flood, [BEHAVIOUR_DRAIN] = run_drain,       [BEHAVIOUR_PINGPONG] = run_pingpong,
      [BEHAVIOUR_TALK] = run_talk,   [BEHAVIOUR_MISBEHAVE] = run_misbehave};
  uint8_t *buffer = malloc((size_t)c->capacity + 1);
  if (!buffer) return complain("no memory for a message of %lu bytes", (unsigned long)c->capacity);
  say("ready");
  int status = behaviours[o->behaviour](c, o, buffer);
  free(buffer);
  return status;
}

int peer_main(int argc, char **argv) {
  options o;
  char error[512];
  options_result parsed = options_parse(&o, argc, argv, error, sizeof error);
  if (parsed == OPTIONS_HELP) {
    fputs(options_help, stdout);
    return PEER_DONE;
  }
  if (parsed == OPTIONS_BAD) {
    complain("%s; see --help", error);
    return PEER_USAGE;
  }
  os_catch_signals();
  if (o.until_stdin_closes && !os_watch_stdin()) return complain("%s", os_error_text());
  channel_config config = o.channel;
  if (o.behaviour == BEHAVIOUR_MISBEHAVE) plan_misbehaviour(&o, &config);
  channel c;
  if (!open_channel(&c, &o, &config)) return PEER_ERROR;
  int status = run(&c, &o);
  channel_close(&c);
  return status;
}
