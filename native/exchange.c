/* The plain behaviours: echo, send, greet, receive, drain. */
#include <stdio.h>

#include "behaviours.h"
#include "report.h"

/* How long a last message has to be read before a server's exit replaces it. */
enum { LINGER_MS = 1000 };
/* How often a greeting peer checks for its cue, and whether it should stop. */
enum { TURN_MS = 20 };

int run_echo(channel *c, const options *o, uint8_t *buffer) {
  channel_result result = CHANNEL_OK;
  size_t length;
  for (uint64_t done = 0; o->count == 0 || done < o->count; done++) {
    result = channel_receive(c, CHANNEL_FOREVER, buffer, &length);
    if (result == CHANNEL_OK) result = channel_send(c, buffer, length, CHANNEL_FOREVER);
    if (result != CHANNEL_OK) return status_of_endless(c, result);
  }
  return status_of_endless(c, channel_wait_read(c, LINGER_MS));
}

int run_send(channel *c, const options *o, uint8_t *buffer) {
  (void)buffer;
  for (size_t i = 0; i < o->message_count; i++)
    if (!fits(c, o->messages[i].length)) return PEER_ERROR;
  for (size_t i = 0; i < o->message_count; i++) {
    if (i > 0) pause_for(o->interval_ms);
    channel_result result = channel_put(c, o->messages[i].bytes, o->messages[i].length);
    if (result == CHANNEL_OK) result = channel_wait_read(c, o->timeout_ms);
    if (result != CHANNEL_OK) return status_of(c, result);
  }
  return PEER_DONE;
}

int run_greet(channel *c, const options *o, uint8_t *buffer) {
  message greeting = o->messages[0];
  if (greeting.length > c->capacity) greeting.length = c->capacity;
  channel_result result = CHANNEL_OK;
  size_t length;
  for (bool sent = false; result != CHANNEL_FAILED && !os_stopping();) {
    if (!sent && (!o->on_input || os_heard_stdin())) {
      result = channel_put(c, greeting.bytes, greeting.length);
      if (result == CHANNEL_FAILED) break;
      say("sent");
      sent = true;
    }
    /* What it finds may be in another layout: no reason to leave. */
    result = channel_receive(c, TURN_MS, buffer, &length);
    if (result == CHANNEL_EXIT || result == CHANNEL_BAD_FLAG) pause_for(TURN_MS);
  }
  return result == CHANNEL_FAILED ? status_of(c, result) : PEER_DONE;
}

static void say_message(const uint8_t *bytes, size_t length) {
  static const char digits[] = "0123456789abcdef";
  printf("message %lu ", (unsigned long)length);
  for (size_t i = 0; i < length; i++) {
    putchar(digits[bytes[i] >> 4]);
    putchar(digits[bytes[i] & 15]);
  }
  say("");
}

int run_receive(channel *c, const options *o, uint8_t *buffer) {
  int status = PEER_DONE;
  size_t length;
  for (uint64_t done = 0; o->count == 0 || done < o->count; done++) {
    channel_result result = channel_receive(c, o->timeout_ms, buffer, &length);
    switch (result) {
      case CHANNEL_OK: say_message(buffer, length); break;
      case CHANNEL_TIMEOUT: say("timeout"); status = PEER_TIMEOUT; break;
      case CHANNEL_EXIT: say("exit"); return PEER_EXIT;
      case CHANNEL_BAD_FLAG: say("error %lu", (unsigned long)c->bad_flag); return PEER_ERROR;
      default: return status_of(c, result);
    }
  }
  return status;
}

int run_drain(channel *c, const options *o, uint8_t *buffer) {
  channel_result result = CHANNEL_OK;
  uint64_t done = 0;
  size_t length;
  while (result == CHANNEL_OK && (o->count == 0 || done < o->count)) {
    result = channel_receive(c, CHANNEL_FOREVER, buffer, &length);
    if (result == CHANNEL_OK) done++;
  }
  say("drained %llu", (unsigned long long)done);
  return status_of_endless(c, result);
}
