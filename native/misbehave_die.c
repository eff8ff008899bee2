/* Misbehaviours that end the process at a step of the protocol, with everything left as it is. */
#include "flag.h"
#include "misbehave.h"
#include "report.h"
#include "shm_wire.h"

/* How often one that waits for a message checks whether it should stop. */
enum { SLICE_MS = 100 };

static void die_at(const misdeed *how, int step) {
  if (how->o->misbehaviour->step == step) os_die();
}

bool die_sending(channel *c, const misdeed *how) {
  size_t length = compose(c, how, "dying words");
  die_at(how, SENDING_BEFORE_DATA);
  channel_write_data(c, how->buffer, length / 2);
  die_at(how, SENDING_AMID_DATA);
  channel_write_data(c, how->buffer, length);
  die_at(how, SENDING_AFTER_DATA);
  channel_write_length(c, length);
  die_at(how, SENDING_AFTER_LENGTH);
  flag_store(c->out.flag, SHM_SENT);
  die_at(how, SENDING_AFTER_FLAG);
  os_event_set(c->out.event);
  os_die();
  return false;
}

static bool await_message(const channel *c) {
  while (!os_stopping() && flag_load(c->in.flag) != SHM_SENT) os_sleep(1000000);
  return !os_stopping();
}

static bool await_event(const channel *c) {
  while (!os_stopping())
    if (os_event_wait(c->in.event, SLICE_MS) == OS_WAIT_SIGNALLED) return true;
  return false;
}

/* If nobody sends, it lives until it is stopped. */
bool die_receiving(channel *c, const misdeed *how) {
  size_t length;
  if (!await_message(c)) return true;
  die_at(how, RECEIVING_BEFORE_EVENT);
  if (!await_event(c)) return true;
  die_at(how, RECEIVING_AFTER_EVENT);
  if (flag_load(c->in.flag) != SHM_SENT) return true;
  die_at(how, RECEIVING_AFTER_FLAG);
  length = channel_incoming_length(c);
  die_at(how, RECEIVING_AFTER_LENGTH);
  channel_copy(c, how->buffer, length);
  die_at(how, RECEIVING_AFTER_DATA);
  flag_store(c->in.flag, SHM_READ);
  os_die();
  return false;
}
