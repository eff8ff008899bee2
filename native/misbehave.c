/* Departures from the protocol, each of which a good endpoint must notice. docs/faults.md says what Shmscope shows. */
#include "misbehave.h"

#include <string.h>

#include "report.h"

const struct misbehaviour misbehaviours[] = {
    {.name = "overwrite", .help = "sends twice without waiting, or --interval MS apart", .act = overwrite,
     .at_once = true},
    {.name = "bad-length", .help = "a message that claims --length N bytes (4294967295)", .act = send_bad_length},
    {.name = "empty", .help = "a message that claims 0 bytes, with data", .act = send_empty},
    {.name = "invalid-utf8", .help = "a message that is not valid UTF-8", .act = send_invalid_utf8},
    {.name = "unknown-flag", .help = "flag 4", .act = send_unknown_flag},
    {.name = "spurious-wake", .help = "sets the event and nothing else", .act = wake},
    {.name = "double-wake", .help = "a message, and its event once more when it was read", .act = wake_twice},
    {.name = "wake-loop", .help = "sets the event over and over, for --seconds S (1)", .act = wake_over_and_over},
    {.name = "lost-wake", .help = "a message without its event", .act = send_without_wake},
    {.name = "torn", .help = "changes length and data while the message can be read, for --seconds S (1)", .act = tear},
    {.name = "exit", .help = "says exit", .act = say_exit},
    {.name = "send-exit", .help = "a message, and says exit before it can be read", .act = send_and_exit},
    {.name = "hold", .help = "nothing: what it gets is never read"},
    {.name = "keep-full", .help = "marks the other end's slot as sent and unread", .act = keep_full},
    {.name = "new-header", .help = "a message, then a fresh header of the same layout and size", .act = write_new_header},
    {.name = "other-header", .help = "a fresh header with another buffer size", .act = write_other_header},
    {.name = "other-layout", .help = "a message where another layout has it", .act = use_other_layout,
     .at_once = true},
    {.name = "huge-header", .help = "server: the header claims buffers of 4294967280 bytes (sized)",
     .plan = claim_huge_buffer, .server_only = true, .sized_only = true},
    {.name = "small-section", .help = "server: a section smaller than its layout needs",
     .plan = make_small_section, .server_only = true},
    {.name = "no-events", .help = "server: a section and no events", .plan = leave_out_events, .server_only = true},
    {.name = "no-section-events-only", .help = "server: events and no section",
     .plan = leave_out_section, .server_only = true},
    {.name = "event-for-section", .help = "server: an event by the name of the section, and no section",
     .plan = make_event_for_section, .server_only = true},
    {.name = "section-for-event", .help = "server: a section by the name of the event server to client, and nothing else",
     .plan = make_section_for_event, .server_only = true},
    {.name = "manual-events", .help = "server: events that stay set until they are reset, and a message (Windows)",
     .plan = make_manual_events, .act = send_manually, .server_only = true},
    {.name = "die-sending-before-data", .help = "dies before it writes a message", .act = die_sending,
     .step = SENDING_BEFORE_DATA},
    {.name = "die-sending-amid-data", .help = "dies when half of its data is written", .act = die_sending,
     .step = SENDING_AMID_DATA},
    {.name = "die-sending-after-data", .help = "dies after the data", .act = die_sending, .step = SENDING_AFTER_DATA},
    {.name = "die-sending-after-length", .help = "dies after the length", .act = die_sending,
     .step = SENDING_AFTER_LENGTH},
    {.name = "die-sending-after-flag", .help = "dies after the flag", .act = die_sending, .step = SENDING_AFTER_FLAG},
    {.name = "die-sending-after-event", .help = "dies after the event", .act = die_sending, .step = SENDING_AFTER_EVENT},
    {.name = "die-receiving-before-event", .help = "dies before it waits for the message that was sent to it",
     .act = die_receiving, .step = RECEIVING_BEFORE_EVENT},
    {.name = "die-receiving-after-event", .help = "dies after its wait", .act = die_receiving,
     .step = RECEIVING_AFTER_EVENT},
    {.name = "die-receiving-after-flag", .help = "dies after it has read the flag", .act = die_receiving,
     .step = RECEIVING_AFTER_FLAG},
    {.name = "die-receiving-after-length", .help = "dies after it has read the length", .act = die_receiving,
     .step = RECEIVING_AFTER_LENGTH},
    {.name = "die-receiving-after-data", .help = "dies after it has copied the data", .act = die_receiving,
     .step = RECEIVING_AFTER_DATA},
    {.name = "die-receiving-after-read", .help = "dies after it has marked the message as read", .act = die_receiving,
     .step = RECEIVING_AFTER_READ},
    {.name = NULL},
};

size_t compose(const channel *c, const misdeed *how, const char *text) {
  size_t most = c->capacity < 4096 ? c->capacity : 4096, length = strlen(text);
  if (how->o->seed) {
    length = (size_t)chance_between(how->luck, 1, most);
    chance_fill(how->luck, how->buffer, length);
    return length;
  }
  if (length > most) length = most;
  memcpy(how->buffer, text, length);
  return length;
}

bool write_and_wake(channel *c, const misdeed *how, const char *text) {
  return channel_put(c, how->buffer, compose(c, how, text)) == CHANNEL_OK;
}

/* With a seed: up to 3 messages, each read before the next, and a pause. False if the system refused. */
static bool begin_properly(channel *c, const misdeed *how) {
  if (!how->o->seed || how->o->timeout_ms == 0 || how->o->misbehaviour->at_once) return true;
  for (uint64_t left = chance_between(how->luck, 0, 3); left > 0; left--) {
    if (!write_and_wake(c, how, "")) return false;
    if (channel_wait_read(c, how->o->timeout_ms) != CHANNEL_OK) break;
  }
  pause_for(chance_between(how->luck, 0, 20));
  return true;
}

int run_misbehave(channel *c, const options *o, uint8_t *buffer) {
  if (!o->until_stdin_closes && !os_watch_stdin()) return complain("%s", os_error_text());
  chance luck = {o->seed};
  const misdeed how = {o, &luck, buffer};
  do_misbehaviour *act = o->misbehaviour->act;
  while (o->on_input && !os_heard_stdin() && !os_stopping()) os_sleep(1000000);
  pause_for(o->delay_ms);
  if (act && !begin_properly(c, &how)) return complain("%s", os_error_text());
  if (os_stopping()) return PEER_DONE;
  if (act && !act(c, &how)) return complain("%s", os_error_text());
  say("done");
  while (!os_stopping()) pause_for(1000);
  return PEER_DONE;
}
