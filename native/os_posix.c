#include "os.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "posix_store.h"

struct os_event {
  store_object object;
};

static bool map(os_section *section, const store_object *object) {
  struct stat status;
  if (fstat(object->descriptor, &status) != 0) return os_fail_errno(object->file);
  uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
  uint64_t bytes = (uint64_t)status.st_size;
  if (bytes > SIZE_MAX - page) return os_fail(OS_NOT_ENOUGH_MEMORY, "the section is larger than this program's memory");
  void *view = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_SHARED, object->descriptor, 0);
  if (view == MAP_FAILED) return os_fail_errno(object->file);
  section->view = view;
  section->extent = (bytes + page - 1) / page * page;
  return true;
}

/* Wraps a held object into a section, or releases it. */
static os_section *new_section(const store_object *object) {
  os_section *section = calloc(1, sizeof *section);
  store_object *kept = malloc(sizeof *kept);
  if (section && kept && map(section, object)) {
    *kept = *object;
    section->handle = kept;
    return section;
  }
  store_close(object);
  free(kept);
  free(section);
  return NULL;
}

os_section *os_section_create(const char *name, uint64_t bytes, bool *existed) {
  store_object object;
  return store_create(&object, STORE_SECTION, name, bytes, existed) ? new_section(&object) : NULL;
}

os_section *os_section_open(const char *name) {
  store_object object;
  return store_open(&object, STORE_SECTION, name) ? new_section(&object) : NULL;
}

void os_section_close(os_section *section) {
  if (!section) return;
  munmap(section->view, (size_t)section->extent);
  store_close(section->handle);
  free(section->handle);
  free(section);
}

static os_event *new_event(const store_object *object) {
  os_event *event = malloc(sizeof *event);
  if (event)
    event->object = *object;
  else
    store_close(object);
  return event;
}

os_event *os_event_create(const char *name, bool manual) {
  store_object object;
  bool existed;
  if (manual) {
    os_fail(OS_INVALID_PARAMETER, "events are auto-reset here");
    return NULL;
  }
  return store_create(&object, STORE_EVENT, name, 0, &existed) ? new_event(&object) : NULL;
}

os_event *os_event_open(const char *name) {
  store_object object;
  return store_open(&object, STORE_EVENT, name) ? new_event(&object) : NULL;
}

void os_event_close(os_event *event) {
  if (!event) return;
  store_close(&event->object);
  free(event);
}

bool os_event_set(os_event *event) {
  struct pollfd state = {.fd = event->object.descriptor, .events = POLLIN};
  if (poll(&state, 1, 0) > 0) return true;
  if (write(event->object.descriptor, "", 1) == 1 || errno == EAGAIN) return true;
  return os_fail_errno("setting an event");
}

os_wait os_event_wait(os_event *event, uint32_t milliseconds) {
  struct pollfd state = {.fd = event->object.descriptor, .events = POLLIN};
  int ready = poll(&state, 1, (int)milliseconds);
  if (ready == 0) return OS_WAIT_TIMEOUT;
  char bytes[64];
  if (ready > 0 && read(event->object.descriptor, bytes, sizeof bytes) > 0) return OS_WAIT_SIGNALLED;
  if (errno == EINTR || errno == EAGAIN) return OS_WAIT_TIMEOUT;
  os_fail_errno("waiting for an event");
  return OS_WAIT_FAILED;
}

uint64_t os_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void os_sleep(uint64_t nanoseconds) {
  struct timespec pause = {.tv_sec = (time_t)(nanoseconds / 1000000000), .tv_nsec = (long)(nanoseconds % 1000000000)};
  nanosleep(&pause, NULL);
}

void os_relax(unsigned turn) {
  if (turn < 64) return;
  if (turn < 256)
    sched_yield();
  else
    os_sleep(20000);
}

static volatile sig_atomic_t stopping, heard;

static void on_signal(int number) {
  (void)number;
  stopping = 1;
}

void os_catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
}

static void *watch_stdin(void *unused) {
  (void)unused;
  char bytes[256];
  ssize_t count;
  do {
    count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count > 0) heard = 1;
  } while (count > 0 || (count < 0 && errno == EINTR));
  stopping = 1;
  return NULL;
}

bool os_watch_stdin(void) {
  pthread_t thread;
  errno = pthread_create(&thread, NULL, watch_stdin, NULL);
  if (errno) return os_fail_errno("watching standard input");
  pthread_detach(thread);
  return true;
}

bool os_heard_stdin(void) { return heard != 0; }

bool os_stopping(void) { return stopping != 0; }

void os_request_stop(void) { stopping = 1; }

void os_die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

int main(int argc, char **argv) { return peer_main(argc, argv); }
