/* Departures from the protocol, each of which a good endpoint must notice. */
#include <string.h>

#include "behaviours.h"
#include "flag.h"
#include "report.h"
#include "shm_wire.h"

static const uint32_t huge_buffer = 0xFFFFFFF0u;
static const uint64_t small_section = 64;

static void claim_huge_buffer(channel_config *config) { config->claimed_size = huge_buffer; }
static void make_small_section(channel_config *config) { config->section_size = small_section; }
static void leave_out_events(channel_config *config) { config->without_events = true; }
static void leave_out_section(channel_config *config) { config->without_section = true; }
static void make_manual_events(channel_config *config) { config->manual_events = true; }

static bool write_and_wake(channel *c, const char *text, uint64_t claimed_length, uint32_t flag) {
  size_t length = strlen(text) < c->capacity ? strlen(text) : c->capacity;
  channel_write(c, text, length, claimed_length, flag);
  return os_event_set(c->out.event);
}

/* Writes ever new lengths and data under a flag that says sent, and wakes each time the last was read. */
static bool tear(channel *c, const options *o, uint8_t *buffer) {
  uint64_t end = os_now() + (uint64_t)(o->seconds * 1e9);
  for (uint32_t turn = 0; os_now() < end && !os_stopping(); turn++) {
    bool was_read = flag_load(c->out.flag) != SHM_SENT;
    size_t length = 1 + turn % c->capacity;
    memset(buffer, (int)(turn & 0xFF), length);
    channel_write(c, buffer, length, length, SHM_SENT);
    if (was_read && !os_event_set(c->out.event)) return false;
  }
  return true;
}

static bool wake_over_and_over(channel *c, const options *o, uint8_t *buffer) {
  (void)buffer;
  uint64_t end = os_now() + (uint64_t)(o->seconds * 1e9);
  while (os_now() < end && !os_stopping())
    if (!os_event_set(c->out.event)) return false;
  return true;
}

static bool overwrite(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  return write_and_wake(c, "first", 5, SHM_SENT) && write_and_wake(c, "second", 6, SHM_SENT);
}

static bool send_bad_length(channel *c, const options *o, uint8_t *buffer) {
  (void)buffer;
  return write_and_wake(c, "bad length", o->length, SHM_SENT);
}

static bool send_unknown_flag(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  return write_and_wake(c, "unknown flag", 12, SHM_EXIT + 1);
}

static bool wake(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  return os_event_set(c->out.event);
}

static bool send_without_wake(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  channel_write(c, "lost wake", 9, 9, SHM_SENT);
  return true;
}

static bool say_exit(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  flag_store(c->out.flag, SHM_EXIT);
  return os_event_set(c->out.event);
}

static bool send_and_exit(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  channel_write(c, "last words", 10, 10, SHM_EXIT);
  return os_event_set(c->out.event);
}

static bool send_by_manual_event(channel *c, const options *o, uint8_t *buffer) {
  (void)o, (void)buffer;
  return write_and_wake(c, "manual", 6, SHM_SENT);
}

const struct misbehaviour misbehaviours[] = {
    {.name = "overwrite", .help = "sends twice without waiting", .act = overwrite},
    {.name = "bad-length", .help = "a message that claims --length N bytes (4294967295)", .act = send_bad_length},
    {.name = "unknown-flag", .help = "flag 4", .act = send_unknown_flag},
    {.name = "spurious-wake", .help = "sets the event and nothing else", .act = wake},
    {.name = "wake-loop", .help = "sets the event over and over, for --seconds S (1)", .act = wake_over_and_over},
    {.name = "lost-wake", .help = "a message without its event", .act = send_without_wake},
    {.name = "torn", .help = "changes length and data while the message can be read, for --seconds S (1)", .act = tear},
    {.name = "exit", .help = "says exit", .act = say_exit},
    {.name = "send-exit", .help = "a message, and says exit before it can be read", .act = send_and_exit},
    {.name = "hold", .help = "nothing"},
    {.name = "huge-header", .help = "server: the header claims buffers of 4294967280 bytes (sized)",
     .plan = claim_huge_buffer, .server_only = true, .sized_only = true},
    {.name = "small-section", .help = "server: a section smaller than its layout needs",
     .plan = make_small_section, .server_only = true},
    {.name = "no-events", .help = "server: a section and no events", .plan = leave_out_events, .server_only = true},
    {.name = "no-section-events-only", .help = "server: events and no section",
     .plan = leave_out_section, .server_only = true},
    {.name = "manual-events", .help = "server: events that stay set until they are reset, and a message (Windows)",
     .plan = make_manual_events, .act = send_by_manual_event, .server_only = true},
    {.name = NULL},
};

int run_misbehave(channel *c, const options *o, uint8_t *buffer) {
  if (!o->until_stdin_closes && !os_watch_stdin()) return complain("%s", os_error_text());
  pause_for(o->delay_ms);
  if (os_stopping()) return PEER_DONE;
  if (o->misbehaviour->act && !o->misbehaviour->act(c, o, buffer)) return complain("%s", os_error_text());
  say("done");
  while (!os_stopping()) pause_for(1000);
  return PEER_DONE;
}
