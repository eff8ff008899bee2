/* A lively peer for trying things out: requests, texts, small binaries, sometimes a blob; answers what it receives. */
#include <stdio.h>
#include <string.h>

#include "behaviours.h"
#include "report.h"

enum { BLOB_BYTES = 12000, ANSWER_MS = 1000 };

static const char *const texts[] = {
    "Grüße aus der Prüfstation 7",
    "温度センサー: 23.4 °C",
    "Привет, канал",
    "line 1\nline 2\ttabbed",
    "ready \xE2\x9C\x93 3 of 3 self-tests passed \xF0\x9F\x94\xA7",
};

static uint32_t random_below(uint32_t limit) {
  static uint32_t state = 2463534242u;
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % limit;
}

static size_t compose_request(uint8_t *buffer, size_t room, uint32_t sequence) {
  static const char *const commands[] = {"read", "write", "status"};
  uint32_t which = random_below(3), reg = random_below(0x1000);
  char text[120];
  if (which == 1)
    snprintf(text, sizeof text, "{\"cmd\":\"write\",\"reg\":\"0x%04x\",\"value\":%u,\"seq\":%u}", (unsigned)reg,
             (unsigned)random_below(65536), (unsigned)sequence);
  else
    snprintf(text, sizeof text, "{\"cmd\":\"%s\",\"reg\":\"0x%04x\",\"seq\":%u}", commands[which], (unsigned)reg,
             (unsigned)sequence);
  size_t length = strlen(text) < room ? strlen(text) : room;
  memcpy(buffer, text, length);
  return length;
}

static size_t compose_binary(uint8_t *buffer, size_t length, uint32_t sequence) {
  for (size_t i = 0; i < length; i++) buffer[i] = (uint8_t)(i * 7 + random_below(4) + sequence);
  return length;
}

/* The next message into buffer, never more than room. */
static size_t compose(uint8_t *buffer, size_t room, uint32_t sequence) {
  uint32_t dice = random_below(40);
  if (dice < 24) return compose_request(buffer, room, sequence);
  if (dice < 32) {
    const char *text = texts[random_below(sizeof texts / sizeof *texts)];
    size_t length = strlen(text) < room ? strlen(text) : room;
    memcpy(buffer, text, length);
    return length;
  }
  size_t wanted = dice < 39 ? 8 + random_below(56) : BLOB_BYTES;
  return compose_binary(buffer, wanted < room ? wanted : room, sequence);
}

static bool is_answer(const uint8_t *bytes, size_t length) {
  static const char start[] = "{\"reply\"";
  return length >= sizeof start - 1 && memcmp(bytes, start, sizeof start - 1) == 0;
}

/* Answers a message, unless it is an answer itself: two that talk to each other would never end. */
static channel_result answer(channel *c, const uint8_t *received, size_t length) {
  static uint32_t replies;
  if (is_answer(received, length)) return CHANNEL_OK;
  char text[80];
  snprintf(text, sizeof text, "{\"reply\":%u,\"ok\":true,\"bytes\":%lu}", (unsigned)++replies, (unsigned long)length);
  if (strlen(text) > c->capacity) return CHANNEL_OK;
  channel_result result = channel_send(c, text, strlen(text), ANSWER_MS);
  if (result == CHANNEL_TIMEOUT) complain("answer %u left out: the last message was not read", (unsigned)replies);
  return result == CHANNEL_TIMEOUT ? CHANNEL_OK : result;
}

int run_talk(channel *c, const options *o, uint8_t *buffer) {
  channel_result result = CHANNEL_OK;
  uint64_t due = os_now();
  for (uint32_t sequence = 1; result == CHANNEL_OK && !os_stopping();) {
    uint64_t now = os_now();
    size_t length;
    if (now >= due) {
      due = now + o->interval_ms * 1000000 * (25 + random_below(150)) / 100;
      if (channel_wait_read(c, 0) == CHANNEL_OK)
        result = channel_put(c, buffer, compose(buffer, c->capacity, sequence++));
    } else {
      result = channel_receive(c, (int64_t)((due - now) / 1000000 + 1), buffer, &length);
      if (result == CHANNEL_OK) result = answer(c, buffer, length);
      else if (result == CHANNEL_TIMEOUT) result = CHANNEL_OK;
    }
  }
  return status_of_endless(c, result);
}
