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
    /* Before checking the flag: sleeps while the reader reads, where checking would spin. */
    if (result == CHANNEL_OK && o->rate > 0) pace(o, acknowledged + 1, start);
    if (result == CHANNEL_OK) result = channel_wait_read(c, o->timeout_ms);
    if (result == CHANNEL_OK) acknowledged++;
  }
  say("acknowledged %llu in %.3f", (unsigned long long)acknowledged, seconds_since(start));
  return status_of(c, result);
}

/* How long round trips took: counted in steps of 50 ns, those longer than 2 ms together. */
enum { STEP_NS = 50, STEPS = 40000 };
typedef struct durations {
  uint32_t counts[STEPS + 1];
} durations;

static void note(durations *all, uint64_t nanoseconds) {
  uint64_t step = nanoseconds / STEP_NS;
  all->counts[step < STEPS ? step : STEPS]++;
}

/* The duration that this share of all are below, in microseconds. */
static double quantile(const durations *all, double share, uint64_t total) {
  uint64_t below = 0, step = 0;
  while (step < STEPS && (double)(below += all->counts[step]) < share * (double)total) step++;
  return (double)(step * STEP_NS) / 1e3;
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
  durations *all = calloc(1, sizeof *all);
  if (!sent || !all) return complain("no memory for a message of %lu bytes", (unsigned long)size);
  number(sent, size, 0);
  bool same = true;
  channel_result result = CHANNEL_OK;
  uint64_t done = 0, start = os_now();
  while (same && result == CHANNEL_OK && goes_on(o, done, start)) {
    stamp(sent, size, done);
    uint64_t began = os_now();
    result = round_trip(c, o, sent, buffer, &length);
    note(all, os_now() - began);
    same = result != CHANNEL_OK || (length == size && memcmp(sent, buffer, size) == 0);
    if (same && result == CHANNEL_OK) done++;
  }
  double seconds = seconds_since(start);
  if (same)
    say("round-trips %llu in %.3f = %.0f/s, p50 %.2f us, p99 %.2f us", (unsigned long long)done, seconds,
        (double)done / seconds, quantile(all, 0.5, done), quantile(all, 0.99, done));
  free(sent);
  free(all);
  if (!same) return complain("the answer to round trip %llu is not what was sent", (unsigned long long)done);
  return status_of(c, result);
}
