/* The parts of misbehave: what each entry of its table does. */
#ifndef SHM_MISBEHAVE_H
#define SHM_MISBEHAVE_H

#include "behaviours.h"

/* Where one that dies does it. */
enum step {
  SENDING_BEFORE_DATA,
  SENDING_AMID_DATA,
  SENDING_AFTER_DATA,
  SENDING_AFTER_LENGTH,
  SENDING_AFTER_FLAG,
  SENDING_AFTER_EVENT,
  RECEIVING_BEFORE_EVENT,
  RECEIVING_AFTER_EVENT,
  RECEIVING_AFTER_FLAG,
  RECEIVING_AFTER_LENGTH,
  RECEIVING_AFTER_DATA,
  RECEIVING_AFTER_READ
};

/* misbehave_open.c: the objects and the header */
plan_misbehaviour claim_huge_buffer, make_small_section, leave_out_events, leave_out_section, make_manual_events,
    make_event_for_section, make_section_for_event;
do_misbehaviour write_new_header, write_other_header, use_other_layout;

/* misbehave_write.c: what is written, and its wake */
do_misbehaviour overwrite, send_bad_length, send_empty, send_unknown_flag, send_invalid_utf8, send_manually, wake,
    wake_twice, wake_over_and_over, send_without_wake, tear, say_exit, send_and_exit, keep_full;

/* misbehave_die.c */
do_misbehaviour die_sending, die_receiving;

/* Puts text, or random bytes if there is a seed, into the buffer, and returns how many fit. */
size_t compose(const channel *c, const misdeed *how, const char *text);

/* Writes what was composed, and wakes. */
bool write_and_wake(channel *c, const misdeed *how, const char *text);

#endif
