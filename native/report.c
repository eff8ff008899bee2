#include "report.h"

#include <stdarg.h>
#include <stdio.h>

void say(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  putchar('\n');
  fflush(stdout);
}

int complain(const char *format, ...) {
  va_list values;
  va_start(values, format);
  fputs("shm-peer: ", stderr);
  vfprintf(stderr, format, values);
  va_end(values);
  fputc('\n', stderr);
  return PEER_ERROR;
}

int status_of(const channel *c, channel_result result) {
  switch (result) {
    case CHANNEL_TIMEOUT: return PEER_TIMEOUT;
    case CHANNEL_EXIT: return PEER_EXIT;
    case CHANNEL_BAD_FLAG: return complain("the peer's flag is %lu, which means nothing", (unsigned long)c->bad_flag);
    case CHANNEL_FAILED: return complain("%s", os_error_text());
    default: return PEER_DONE;
  }
}

int status_of_endless(const channel *c, channel_result result) {
  return result == CHANNEL_EXIT ? PEER_DONE : status_of(c, result);
}

bool fits(const channel *c, uint64_t size) {
  if (size <= c->capacity) return true;
  complain("a message of %llu bytes does not fit into the buffer of %lu", (unsigned long long)size,
           (unsigned long)c->capacity);
  return false;
}

void pause_for(uint64_t milliseconds) {
  uint64_t end = os_now() + milliseconds * 1000000;
  for (uint64_t now = os_now(); now < end && !os_stopping(); now = os_now())
    os_sleep(end - now < 20000000 ? end - now : 20000000);
}
