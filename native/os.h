/*
 * What a channel needs from the operating system: named sections, named auto-reset events, time, stopping.
 * Two adapters: os_win32.c over kernel32, os_posix.c over the mapping in docs/posix-objects.md. Names are UTF-8.
 */
#ifndef SHM_OS_H
#define SHM_OS_H

#include <stdbool.h>
#include <stdint.h>

/* Windows error codes that both adapters use. */
enum os_code {
  OS_FILE_NOT_FOUND = 2,
  OS_PATH_NOT_FOUND = 3,
  OS_ACCESS_DENIED = 5,
  OS_INVALID_HANDLE = 6,
  OS_NOT_ENOUGH_MEMORY = 8,
  OS_INVALID_PARAMETER = 87,
  OS_INVALID_NAME = 123,
  OS_ALREADY_EXISTS = 183,
  OS_FILENAME_EXCED_RANGE = 206
};

/* Why the last failed call failed, as "error 2 (The system cannot find the file specified)". */
const char *os_error_text(void);

typedef struct os_section {
  uint8_t *view;
  uint64_t extent; /* bytes mapped: whole pages, whatever was requested */
  void *handle;
} os_section;

typedef struct os_event os_event;

/* NULL if it fails. existed says that the object existed: it is then opened as it is. */
os_section *os_section_create(const char *name, uint64_t bytes, bool *existed);
os_section *os_section_open(const char *name);
void os_section_close(os_section *section);

/* manual: a wait leaves it set. */
os_event *os_event_create(const char *name, bool manual);
os_event *os_event_open(const char *name);
void os_event_close(os_event *event);
bool os_event_set(os_event *event);

typedef enum { OS_WAIT_SIGNALLED, OS_WAIT_TIMEOUT, OS_WAIT_FAILED } os_wait;

/* Waits up to milliseconds and resets the event. May time out early: whoever needs the rest waits again. */
os_wait os_event_wait(os_event *event, uint32_t milliseconds);

/* Monotonic, in nanoseconds. */
uint64_t os_now(void);
void os_sleep(uint64_t nanoseconds);

/* One turn of a spin: first on the processor, then yielding it, then sleeping. turn counts from 0. */
void os_relax(unsigned turn);

/* From now on SIGTERM, SIGINT and Ctrl+C request a stop instead of killing the process. */
void os_catch_signals(void);
/* From now on the end of standard input requests a stop too. False if no thread can be created. */
bool os_watch_stdin(void);
/* Something arrived on the watched standard input. */
bool os_heard_stdin(void);
bool os_stopping(void);
void os_request_stop(void);
/* Ends the process at once, like a crash: on Windows with the code of an access violation. */
void os_die(void);

/* Sets os_error_text() and returns false. */
bool os_fail(uint32_t code, const char *text);

/* Where the adapter's main() goes, with UTF-8 arguments. Returns the exit status. */
int peer_main(int argc, char **argv);

#endif
