/* Misbehaviours with what is written into a slot, and with its wake. */
#include <string.h>

#include "flag.h"
#include "misbehave.h"
#include "report.h"
#include "shm_wire.h"

static bool write_wrongly(channel *c, const misdeed *how, size_t length, uint64_t claimed, uint32_t flag) {
  channel_write(c, how->buffer, length, claimed, flag);
  return os_event_set(c->out.event);
}

bool overwrite(channel *c, const misdeed *how) {
  if (!write_and_wake(c, how, "first")) return false;
  pause_for(how->o->interval_ms);
  return write_and_wake(c, how, "second");
}

bool send_bad_length(channel *c, const misdeed *how) {
  size_t length = compose(c, how, "bad length");
  uint64_t claimed = how->o->length;
  if (how->o->seed)
    claimed = chance_between(how->luck, (uint64_t)c->capacity + 1, c->layout == LAYOUT_FIXED64 ? UINT64_MAX : UINT32_MAX);
  return write_wrongly(c, how, length, claimed, SHM_SENT);
}

bool send_empty(channel *c, const misdeed *how) {
  return write_wrongly(c, how, compose(c, how, "not empty"), 0, SHM_SENT);
}

bool send_unknown_flag(channel *c, const misdeed *how) {
  uint32_t flag = SHM_EXIT + 1;
  size_t length = compose(c, how, "unknown flag");
  if (how->o->seed) flag = (uint32_t)chance_between(how->luck, flag, UINT32_MAX);
  return write_wrongly(c, how, length, length, flag);
}

bool send_invalid_utf8(channel *c, const misdeed *how) {
  size_t length = compose(c, how, "\xC3( is no text");
  how->buffer[0] = 0xFF; /* never occurs in UTF-8 */
  return write_wrongly(c, how, length, length, SHM_SENT);
}

bool send_manually(channel *c, const misdeed *how) { return write_and_wake(c, how, "manual"); }

bool wake(channel *c, const misdeed *how) {
  (void)how;
  return os_event_set(c->out.event);
}

bool wake_twice(channel *c, const misdeed *how) {
  if (!write_and_wake(c, how, "two wakes")) return false;
  channel_wait_read(c, how->o->timeout_ms);
  return os_event_set(c->out.event);
}

static bool goes_on(uint64_t end) { return os_now() < end && !os_stopping(); }

bool wake_over_and_over(channel *c, const misdeed *how) {
  uint64_t end = os_now() + (uint64_t)(how->o->seconds * 1e9);
  while (goes_on(end))
    if (!os_event_set(c->out.event)) return false;
  return true;
}

bool send_without_wake(channel *c, const misdeed *how) {
  size_t length = compose(c, how, "lost wake");
  channel_write(c, how->buffer, length, length, SHM_SENT);
  return true;
}

/* Keeps writing new lengths and data under a flag that says sent, and wakes each time the last was read. */
bool tear(channel *c, const misdeed *how) {
  uint64_t end = os_now() + (uint64_t)(how->o->seconds * 1e9);
  for (uint32_t turn = (uint32_t)how->o->seed; goes_on(end); turn++) {
    bool was_read = flag_load(c->out.flag) != SHM_SENT;
    size_t length = 1 + turn % c->capacity;
    memset(how->buffer, (int)(turn & 0xFF), length);
    channel_write(c, how->buffer, length, length, SHM_SENT);
    if (was_read && !os_event_set(c->out.event)) return false;
  }
  return true;
}

bool say_exit(channel *c, const misdeed *how) {
  (void)how;
  flag_store(c->out.flag, SHM_EXIT);
  return os_event_set(c->out.event);
}

bool send_and_exit(channel *c, const misdeed *how) {
  size_t length = compose(c, how, "last words");
  return write_wrongly(c, how, length, length, SHM_EXIT);
}

bool keep_full(channel *c, const misdeed *how) {
  (void)how;
  flag_store(c->in.flag, SHM_SENT);
  return true;
}
