/* Behaviours that measure: flood and pingpong. */
#include <stdlib.h>
#include <string.h>

#include "behaviours.h"
#include "report.h"

/* The counter as u64, little-endian, in the first 8 bytes (fewer in a smaller message). */
static void stamp(uint8_t *bytes, size_t size, uint64_t counter) {
  for (size_t i = 0; i < 8 && i < size; i++) bytes[i] = (uint8_t)(counter >> (8 * i));
}

static void number(uint8_t *bytes, size_t size, uint64_t counter) {
  uint8_t first = (uint8_t)(counter * 31);
  for (size_t i = 8; i < size; i++) bytes[i] = (uint8_t)(first + i);
  stamp(bytes, size, counter);
}

static double seconds_since(uint64_t start) { return (double)(os_now() - start) / 1e9; }

static bool goes_on(const options *o, uint64_t done, uint64_t start) {
  return !os_stopping() && (o->count == 0 || done < o->count) && (o->seconds <= 0 || seconds_since(start) < o->seconds);
}

/* Message number n is due n / rate seconds after the start. */
static void pace(const options *o, uint64_t done, uint64_t start) {
  double ahead = (double)done / o->rate - seconds_since(start);
  if (ahead > 0.02) pause_for((uint64_t)(ahead * 1e3));
  else if (ahead > 0) os_sleep((uint64_t)(ahead * 1e9));
}

int run_flood(channel *c, const options *o, uint8_t *buffer) {
  if (!fits(c, o->size)) return PEER_ERROR;
  channel_result result = CHANNEL_OK;
  uint64_t acknowledged = 0, start = os_now();
  while (result == CHANNEL_OK && goes_on(o, acknowledged, start)) {
    number(buffer, (size_t)o->size, acknowledged);
    result = channel_put(c, buffer, (size_t)o->size);
    /* Before the look at the flag: the reader's time is slept through, where a look would spin. */
    if (result == CHANNEL_OK && o->rate > 0) pace(o, acknowledged + 1, start);
    if (result == CHANNEL_OK) result = channel_wait_read(c, o->timeout_ms);
    if (result == CHANNEL_OK) acknowledged++;
  }
  say("acknowledged %llu in %.3f", (unsigned long long)acknowledged, seconds_since(start));
  return status_of(c, result);
}

/* One message there and back. */
static channel_result round_trip(channel *c, const options *o, const uint8_t *sent, uint8_t *buffer, size_t *length) {
  channel_result result = channel_send(c, sent, (size_t)o->size, o->timeout_ms);
  return result == CHANNEL_OK ? channel_receive(c, o->timeout_ms, buffer, length) : result;
}

int run_pingpong(channel *c, const options *o, uint8_t *buffer) {
  if (!fits(c, o->size)) return PEER_ERROR;
  size_t size = (size_t)o->size, length = 0;
  uint8_t *sent = malloc(size + 1);
  if (!sent) return complain("no memory for a message of %lu bytes", (unsigned long)size);
  number(sent, size, 0);
  bool same = true;
  channel_result result = CHANNEL_OK;
  uint64_t done = 0, start = os_now();
  while (same && result == CHANNEL_OK && goes_on(o, done, start)) {
    stamp(sent, size, done);
    result = round_trip(c, o, sent, buffer, &length);
    same = result != CHANNEL_OK || (length == size && memcmp(sent, buffer, size) == 0);
    if (same && result == CHANNEL_OK) done++;
  }
  double seconds = seconds_since(start);
  free(sent);
  if (!same) return complain("the answer to round trip %llu is not what was sent", (unsigned long long)done);
  say("round-trips %llu in %.3f = %.0f/s", (unsigned long long)done, seconds, (double)done / seconds);
  return status_of(c, result);
}
