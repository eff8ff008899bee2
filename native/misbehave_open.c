/* Misbehaviours with the objects of a channel and with its header. */
#include <string.h>

#include "flag.h"
#include "misbehave.h"
#include "report.h"
#include "shm_wire.h"

static const uint32_t huge_buffer = 0xFFFFFFF0u;
static const uint64_t small_section = 64;
/* A size below this could be a flag. */
static const uint32_t least_buffer = 64;

void claim_huge_buffer(channel_config *config) { config->claimed_size = huge_buffer; }
void make_small_section(channel_config *config) { config->section_size = small_section; }
void leave_out_events(channel_config *config) { config->without_events = true; }
void leave_out_section(channel_config *config) { config->without_section = true; }
void make_manual_events(channel_config *config) { config->manual_events = true; }

void make_event_for_section(channel_config *config) {
  config->event_s2c = config->section;
  config->without_section = true;
}

void make_section_for_event(channel_config *config) {
  config->section = config->event_s2c;
  config->without_events = true;
}

/* The flag of a read message reveals that the header has changed. */
bool write_new_header(channel *c, const misdeed *how) {
  if (!write_and_wake(c, how, "the last of this header")) return false;
  channel_wait_read(c, how->o->timeout_ms);
  channel_write_header(c, c->capacity);
  return true;
}

bool write_other_header(channel *c, const misdeed *how) {
  uint32_t size = c->capacity / 2;
  if (how->o->seed) size = (uint32_t)chance_between(how->luck, least_buffer, c->capacity - 1);
  if (c->capacity <= 2 * least_buffer) return os_fail(OS_INVALID_PARAMETER, "other-header needs a buffer over 128 bytes");
  channel_write_header(c, size);
  /* The layouts without a size get one, where they have a flag. */
  flag_store((uint32_t *)(void *)c->section->view, size);
  return true;
}

bool use_other_layout(channel *c, const misdeed *how) {
  channel_layout other = c->layout == LAYOUT_FIXED ? LAYOUT_FIXED64 : LAYOUT_FIXED;
  if (c->layout == LAYOUT_SIZED && how->o->seed && chance_between(how->luck, 0, 1)) other = LAYOUT_FIXED64;
  if (c->section->extent < channel_section_bytes(other, SHM_BUFFER_SIZE))
    return os_fail(OS_INVALID_PARAMETER, "other-layout needs buffers of 16384 bytes");
  c->capacity = SHM_BUFFER_SIZE;
  channel_use_layout(c, other);
  return write_and_wake(c, how, "another layout");
}
