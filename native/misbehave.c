/* Departures from the protocol, each of which a good endpoint must notice. */
#include <string.h>

#include "behaviours.h"
#include "flag.h"
#include "shm_wire.h"

static const uint32_t huge_buffer = 0xFFFFFFF0u;
static const uint64_t small_section = 64;

void plan_misbehaviour(const options *o, channel_config *config) {
  if (o->kind == KIND_HUGE_HEADER) config->claimed_size = huge_buffer;
  if (o->kind == KIND_SMALL_SECTION) config->section_size = small_section;
  if (o->kind == KIND_NO_EVENTS) config->without_events = true;
  if (o->kind == KIND_NO_SECTION) config->without_section = true;
  if (o->kind == KIND_MANUAL_EVENTS) config->manual_events = true;
}

static bool write_and_wake(channel *c, const char *text, uint64_t claimed_length, uint32_t flag) {
  size_t length = strlen(text) < c->capacity ? strlen(text) : c->capacity;
  channel_write(c, text, length, claimed_length, flag);
  return os_event_set(c->out.event);
}

/* Writes ever new lengths and data under a flag that says sent, and wakes each time the last was read. */
static bool tear(channel *c, double seconds, uint8_t *buffer) {
  uint64_t end = os_now() + (uint64_t)(seconds * 1e9);
  for (uint32_t turn = 0; os_now() < end && !os_stopping(); turn++) {
    bool was_read = flag_load(c->out.flag) != SHM_SENT;
    size_t length = 1 + turn % c->capacity;
    memset(buffer, (int)(turn & 0xFF), length);
    channel_write(c, buffer, length, length, SHM_SENT);
    if (was_read && !os_event_set(c->out.event)) return false;
  }
  return true;
}

static bool wake_for(const channel *c, double seconds) {
  uint64_t end = os_now() + (uint64_t)(seconds * 1e9);
  while (os_now() < end && !os_stopping())
    if (!os_event_set(c->out.event)) return false;
  return true;
}

static bool act(channel *c, const options *o, uint8_t *buffer) {
  switch (o->kind) {
    case KIND_OVERWRITE: return write_and_wake(c, "first", 5, SHM_SENT) && write_and_wake(c, "second", 6, SHM_SENT);
    case KIND_BAD_LENGTH: return write_and_wake(c, "bad length", o->length, SHM_SENT);
    case KIND_UNKNOWN_FLAG: return write_and_wake(c, "unknown flag", 12, SHM_EXIT + 1);
    case KIND_SPURIOUS_WAKE: return os_event_set(c->out.event);
    case KIND_WAKE_LOOP: return wake_for(c, o->seconds);
    case KIND_LOST_WAKE: channel_write(c, "lost wake", 9, 9, SHM_SENT); return true;
    case KIND_TORN: return tear(c, o->seconds, buffer);
    case KIND_EXIT: flag_store(c->out.flag, SHM_EXIT); return os_event_set(c->out.event);
    case KIND_SEND_EXIT: channel_write(c, "last words", 10, 10, SHM_EXIT); return os_event_set(c->out.event);
    case KIND_MANUAL_EVENTS: return write_and_wake(c, "manual", 6, SHM_SENT);
    default: return true;
  }
}

int run_misbehave(channel *c, const options *o, uint8_t *buffer) {
  if (!o->until_stdin_closes && !os_watch_stdin()) return complain("%s", os_error_text());
  pause_for(o->delay_ms);
  if (os_stopping()) return PEER_DONE;
  if (!act(c, o, buffer)) return complain("%s", os_error_text());
  say("done");
  while (!os_stopping()) pause_for(1000);
  return PEER_DONE;
}
