/* The peer that does what it is told, one line of standard input after another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "behaviours.h"
#include "flag.h"
#include "report.h"
#include "shm_wire.h"

/* Bytes shown in a line of output: a reader may split longer lines. */
enum { TOLD = 1024 };

static int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Converts pairs of digits into buffer and returns the number of bytes; SIZE_MAX if they are invalid or don't fit. */
static size_t bytes_of(const char *hex, uint8_t *buffer, size_t capacity) {
  size_t length = strlen(hex) / 2;
  if (strlen(hex) % 2 != 0 || length > capacity) return SIZE_MAX;
  for (size_t i = 0; i < length; i++) {
    int high = digit_of(hex[2 * i]), low = digit_of(hex[2 * i + 1]);
    if (high < 0 || low < 0) return SIZE_MAX;
    buffer[i] = (uint8_t)(high * 16 + low);
  }
  return length;
}

static void say_bytes(const uint8_t *bytes, size_t length) {
  static const char digits[] = "0123456789abcdef";
  for (size_t from = 0; from < length; from += TOLD) {
    fputs("data ", stdout);
    for (size_t i = from; i < length && i < from + TOLD; i++) {
      putchar(digits[bytes[i] >> 4]);
      putchar(digits[bytes[i] & 15]);
    }
    putchar('\n');
  }
  say("message %lu", (unsigned long)length);
}

static void say_result(const channel *c, channel_result result, const char *good) {
  switch (result) {
    case CHANNEL_OK: say("%s", good); break;
    case CHANNEL_TIMEOUT: say("timeout"); break;
    case CHANNEL_EXIT: say("exit"); break;
    case CHANNEL_BAD_FLAG: say("error %lu", (unsigned long)c->bad_flag); break;
    default: say("failed"); break;
  }
}

static void script_receive(channel *c, const char *limit, uint8_t *buffer) {
  size_t length = 0;
  channel_result result = channel_receive(c, atol(limit), buffer, &length);
  if (result == CHANNEL_OK) say_bytes(buffer, length);
  else say_result(c, result, "");
}

static void script_send(channel *c, const options *o, const char *hex, uint8_t *buffer) {
  size_t length = bytes_of(hex, buffer, c->capacity);
  if (length == SIZE_MAX) say("failed");
  else say_result(c, channel_send(c, buffer, length, o->timeout_ms), "sent");
}

static void script_exit(channel *c, const options *o) {
  channel_wait_read(c, o->timeout_ms);
  flag_store(c->out.flag, SHM_EXIT);
  say(os_event_set(c->out.event) ? "sent" : "failed");
}

int run_script(channel *c, const options *o, uint8_t *buffer) {
  /* The longest is "send " with two digits per byte. */
  size_t size = 2 * (size_t)c->capacity + 16;
  char *line = malloc(size);
  if (!line) return complain("no memory for a line of %lu characters", (unsigned long)size);
  while (!os_stopping() && fgets(line, (int)size, stdin)) {
    line[strcspn(line, "\r\n")] = '\0';
    if (strncmp(line, "send ", 5) == 0) script_send(c, o, line + 5, buffer);
    else if (strncmp(line, "receive ", 8) == 0) script_receive(c, line + 8, buffer);
    else if (strcmp(line, "exit") == 0) script_exit(c, o);
    else say("failed");
  }
  free(line);
  return PEER_DONE;
}
