#include "channel.h"

#include <stdio.h>
#include <string.h>

#include "flag.h"
#include "shm_wire.h"

/* A wait is split into slices, so that a stop is noticed and a message whose wake was lost is found. */
enum { SLICE_MS = 100 };

uint64_t channel_section_bytes(channel_layout layout, uint32_t buffer_size) {
  switch (layout) {
    case LAYOUT_FIXED64: return sizeof(shm_fixed64);
    case LAYOUT_FIXED: return sizeof(shm_fixed);
    default: return SHM_SIZED_SECTION(buffer_size);
  }
}

static void place(channel *c, channel_direction *s2c, channel_direction *c2s) {
  uint8_t *view = c->section->view;
  if (c->layout == LAYOUT_FIXED64) {
    shm_fixed64 *wire = (shm_fixed64 *)view;
    *s2c = (channel_direction){&wire->server_flag, &wire->length_s2c, wire->data_s2c, c->event_s2c};
    *c2s = (channel_direction){&wire->client_flag, &wire->length_c2s, wire->data_c2s, c->event_c2s};
  } else if (c->layout == LAYOUT_FIXED) {
    shm_fixed *wire = (shm_fixed *)view;
    *s2c = (channel_direction){&wire->server_flag, &wire->length_s2c, wire->data_s2c, c->event_s2c};
    *c2s = (channel_direction){&wire->client_flag, &wire->length_c2s, wire->data_c2s, c->event_c2s};
  } else {
    shm_sized *wire = (shm_sized *)view;
    uint8_t *data_s2c = view + SHM_SIZED_DATA_S2C;
    uint8_t *data_c2s = view + SHM_SIZED_DATA_C2S(c->capacity);
    *s2c = (channel_direction){&wire->server_flag, &wire->length_s2c, data_s2c, c->event_s2c};
    *c2s = (channel_direction){&wire->client_flag, &wire->length_c2s, data_c2s, c->event_c2s};
  }
}

void channel_use_layout(channel *c, channel_layout layout) {
  bool server = c->role == ROLE_SERVER;
  c->layout = layout;
  place(c, server ? &c->out : &c->in, server ? &c->in : &c->out);
}

void channel_write_header(channel *c, uint32_t buffer_size) {
  uint64_t bytes = channel_section_bytes(c->layout, c->capacity);
  memset(c->section->view, 0, (size_t)(bytes < c->section->extent ? bytes : c->section->extent));
  if (c->layout == LAYOUT_SIZED) ((shm_sized *)c->section->view)->buffer_size = buffer_size;
}

static void release(channel *c) {
  os_event_close(c->event_c2s);
  os_event_close(c->event_s2c);
  os_section_close(c->section);
  *c = (channel){0};
}

static os_event *get_event(const channel_config *config, const char *name) {
  return config->role == ROLE_SERVER ? os_event_create(name, config->manual_events) : os_event_open(name);
}

static bool open_events(channel *c, const channel_config *config, char *error, size_t size) {
  const char *verb = config->role == ROLE_SERVER ? "create" : "open";
  c->event_s2c = get_event(config, config->event_s2c);
  if (c->event_s2c) c->event_c2s = get_event(config, config->event_c2s);
  if (c->event_c2s) return true;
  const char *name = c->event_s2c ? config->event_c2s : config->event_s2c;
  snprintf(error, size, "can't %s the event %s: %s", verb, name, os_error_text());
  return false;
}

static bool create_section(channel *c, const channel_config *config, char *error, size_t size) {
  uint64_t wanted = channel_section_bytes(config->layout, config->buffer_size);
  if (config->section_size) wanted = config->section_size;
  bool existed = false;
  c->section = os_section_create(config->section, wanted, &existed);
  if (!c->section) {
    snprintf(error, size, "can't create the section %s: %s", config->section, os_error_text());
    return false;
  }
  if (existed && !config->take_over) {
    snprintf(error, size, "the section %s exists already: error %d; close its owner or use --take-over",
             config->section, OS_ALREADY_EXISTS);
    return false;
  }
  if (c->section->extent < wanted) {
    snprintf(error, size, "can't take over the section %s: it has %llu bytes and %llu are needed", config->section,
             (unsigned long long)c->section->extent, (unsigned long long)wanted);
    return false;
  }
  c->capacity = config->buffer_size;
  channel_write_header(c, config->claimed_size ? config->claimed_size : c->capacity);
  return true;
}

static bool open_section(channel *c, const channel_config *config, char *error, size_t size) {
  c->section = os_section_open(config->section);
  if (!c->section) {
    snprintf(error, size, "can't open the section %s: %s", config->section, os_error_text());
    return false;
  }
  c->capacity = SHM_BUFFER_SIZE;
  if (config->layout == LAYOUT_SIZED) c->capacity = flag_load(&((shm_sized *)c->section->view)->buffer_size);
  uint64_t needed = channel_section_bytes(config->layout, c->capacity);
  if (c->capacity == 0 && !config->unchecked) {
    snprintf(error, size, "the section %s has no buffer size in its header: its layout is not sized", config->section);
    return false;
  }
  if (c->section->extent < needed) {
    snprintf(error, size, "the section %s has %llu bytes, but its layout with buffers of %lu needs %llu",
             config->section, (unsigned long long)c->section->extent, (unsigned long)c->capacity,
             (unsigned long long)needed);
    return false;
  }
  return true;
}

bool channel_open(channel *c, const channel_config *config, char *error, size_t size) {
  *c = (channel){.role = config->role, .layout = config->layout, .say_exit = config->role == ROLE_SERVER || config->say_exit};
  bool server = config->role == ROLE_SERVER;
  /* The header is written before the events exist: a client opens them last, so it never sees half of it. */
  if ((config->without_section || (server ? create_section : open_section)(c, config, error, size)) &&
      (config->without_events || open_events(c, config, error, size))) {
    if (c->section) channel_use_layout(c, config->layout);
    return true;
  }
  release(c);
  return false;
}

void channel_close(channel *c) {
  if (c->say_exit && c->out.flag) {
    flag_store(c->out.flag, SHM_EXIT);
    if (c->out.event) os_event_set(c->out.event);
  }
  release(c);
}

static uint64_t deadline_after(int64_t milliseconds) {
  return milliseconds == CHANNEL_FOREVER ? UINT64_MAX : os_now() + (uint64_t)milliseconds * 1000000;
}

channel_result channel_wait_read(const channel *c, int64_t milliseconds) {
  if (flag_load(c->out.flag) != SHM_SENT) return CHANNEL_OK;
  uint64_t deadline = deadline_after(milliseconds);
  for (unsigned turn = 0; flag_load(c->out.flag) == SHM_SENT; turn++) {
    if (flag_load(c->in.flag) == SHM_EXIT) return CHANNEL_EXIT;
    if (os_stopping()) return CHANNEL_STOPPED;
    if (deadline != UINT64_MAX && os_now() >= deadline) return CHANNEL_TIMEOUT;
    os_relax(turn);
  }
  return CHANNEL_OK;
}

void channel_write_data(channel *c, const void *bytes, size_t length) {
  memcpy(c->out.data, bytes, length);
  memset(c->out.data + length, 0, c->capacity - length);
}

void channel_write_length(channel *c, uint64_t length) {
  if (c->layout == LAYOUT_FIXED64)
    *(volatile uint64_t *)c->out.length = length;
  else
    *(volatile uint32_t *)c->out.length = (uint32_t)length;
}

void channel_write(channel *c, const void *bytes, size_t length, uint64_t claimed_length, uint32_t flag) {
  channel_write_data(c, bytes, length);
  channel_write_length(c, claimed_length);
  flag_store(c->out.flag, flag);
}

channel_result channel_put(channel *c, const void *bytes, size_t length) {
  channel_write(c, bytes, length, length, SHM_SENT);
  return os_event_set(c->out.event) ? CHANNEL_OK : CHANNEL_FAILED;
}

channel_result channel_send(channel *c, const void *bytes, size_t length, int64_t milliseconds) {
  channel_result result = channel_wait_read(c, milliseconds);
  return result == CHANNEL_OK ? channel_put(c, bytes, length) : result;
}

size_t channel_incoming_length(const channel *c) {
  bool wide = c->layout == LAYOUT_FIXED64;
  uint64_t claimed = wide ? *(volatile uint64_t *)c->in.length : *(volatile uint32_t *)c->in.length;
  return claimed < c->capacity ? (size_t)claimed : c->capacity;
}

void channel_copy(const channel *c, uint8_t *buffer, size_t length) { memcpy(buffer, c->in.data, length); }

static void take(channel *c, uint8_t *buffer, size_t *length) {
  *length = channel_incoming_length(c);
  channel_copy(c, buffer, *length);
  flag_store(c->in.flag, SHM_READ);
}

channel_result channel_receive(channel *c, int64_t milliseconds, uint8_t *buffer, size_t *length) {
  uint64_t deadline = deadline_after(milliseconds);
  for (;;) {
    /* One that never has to wait must notice it too. */
    if (os_stopping()) return CHANNEL_STOPPED;
    uint32_t slice = SLICE_MS;
    if (deadline != UINT64_MAX) {
      uint64_t now = os_now();
      uint64_t left = now < deadline ? (deadline - now + 999999) / 1000000 : 0;
      if (left < slice) slice = (uint32_t)left;
    }
    os_wait wait = os_event_wait(c->in.event, slice);
    if (wait == OS_WAIT_FAILED) return CHANNEL_FAILED;
    uint32_t flag = flag_load(c->in.flag);
    switch (flag) {
      case SHM_SENT: take(c, buffer, length); return CHANNEL_OK;
      case SHM_EXIT: return CHANNEL_EXIT;
      case SHM_WAITING:
      case SHM_READ: break;
      default: c->bad_flag = flag; return CHANNEL_BAD_FLAG;
    }
    if (wait == OS_WAIT_TIMEOUT && deadline != UINT64_MAX && os_now() >= deadline) return CHANNEL_TIMEOUT;
  }
}
