/* One end of a channel: a section with a slot for each direction, and an event for each. */
#ifndef SHM_CHANNEL_H
#define SHM_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "os.h"

typedef enum { ROLE_SERVER, ROLE_CLIENT } channel_role;
typedef enum { LAYOUT_FIXED64, LAYOUT_FIXED, LAYOUT_SIZED } channel_layout;

typedef struct channel_config {
  channel_role role;
  channel_layout layout;
  const char *section;
  const char *event_s2c;
  const char *event_c2s;
  uint32_t buffer_size; /* bytes a direction; a server's choice in the sized layout, otherwise given by the channel */
  bool take_over;       /* a server starts over on an existing section, as the crate does */
  bool say_exit;        /* a client says exit when it closes, as a server always does */
  bool unchecked;       /* a client takes what it finds for its buffer size, as the crate does, even 0 */

  /* How a misbehaving server departs from the protocol. */
  uint32_t claimed_size; /* header's buffer size unless 0 */
  uint64_t section_size; /* section's bytes unless 0 */
  bool without_section;
  bool without_events;
  bool manual_events;
} channel_config;

typedef struct channel_direction {
  uint32_t *flag;
  void *length; /* u32, or u64 in LAYOUT_FIXED64 */
  uint8_t *data;
  os_event *event;
} channel_direction;

typedef struct channel {
  channel_role role;
  bool say_exit;
  channel_layout layout;
  uint32_t capacity; /* bytes a message can have */
  uint32_t bad_flag; /* what the last CHANNEL_BAD_FLAG found */
  os_section *section;
  os_event *event_s2c;
  os_event *event_c2s;
  channel_direction out;
  channel_direction in;
} channel;

typedef enum {
  CHANNEL_OK,
  CHANNEL_TIMEOUT,
  CHANNEL_EXIT,     /* the peer has closed */
  CHANNEL_BAD_FLAG, /* the peer's flag isn't valid */
  CHANNEL_STOPPED,  /* a stop was requested */
  CHANNEL_FAILED    /* the operating system refused: os_error_text() */
} channel_result;

#define CHANNEL_FOREVER INT64_MAX

/* False if it fails: nothing is left open, and error (size bytes) says what happened and why. */
bool channel_open(channel *c, const channel_config *config, char *error, size_t size);

/* Says exit if that is this end's job, then releases everything. */
void channel_close(channel *c);

/* Waits up to milliseconds until the last message sent was read. CHANNEL_OK, TIMEOUT, EXIT or STOPPED. */
channel_result channel_wait_read(const channel *c, int64_t milliseconds);

/* Puts a message of up to capacity bytes into the slot and wakes the peer, whether the last was read or not. */
channel_result channel_put(channel *c, const void *bytes, size_t length);

/* channel_wait_read, then channel_put. */
channel_result channel_send(channel *c, const void *bytes, size_t length, int64_t milliseconds);

/* Takes the next message: up to capacity bytes into buffer, how many into length. */
channel_result channel_receive(channel *c, int64_t milliseconds, uint8_t *buffer, size_t *length);

/* For misbehaviours: the protocol's steps one by one. */

/* channel_put without the wake, with any length and flag. */
void channel_write(channel *c, const void *bytes, size_t length, uint64_t claimed_length, uint32_t flag);
/* Its first two steps: the data followed by zeros, and the length. */
void channel_write_data(channel *c, const void *bytes, size_t length);
void channel_write_length(channel *c, uint64_t length);
/* The length of what came in, limited to the capacity, and its data. */
size_t channel_incoming_length(const channel *c);
void channel_copy(const channel *c, uint8_t *buffer, size_t length);

/* A section's bytes in a layout; buffer_size counts in the sized one. */
uint64_t channel_section_bytes(channel_layout layout, uint32_t buffer_size);
/* Writes a fresh header and zeroes both buffers, where the channel has them. buffer_size is for the sized layout. */
void channel_write_header(channel *c, uint32_t buffer_size);
/* From now on slots are where that layout has them, with buffers of the channel's capacity. */
void channel_use_layout(channel *c, channel_layout layout);

#endif
