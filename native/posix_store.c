#include "posix_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os.h"

static char error_text[512] = "no error";

const char *os_error_text(void) { return error_text; }

bool os_fail(uint32_t code, const char *text) {
  snprintf(error_text, sizeof error_text, "error %lu (%s)", (unsigned long)code, text);
  return false;
}

bool os_fail_errno(const char *what) {
  int code = errno;
  snprintf(error_text, sizeof error_text, "%s: errno %d (%s)", what, code, strerror(code));
  return false;
}

/* Writes the object's file name, at most 255 bytes. */
static bool encode(const char *name, char file[256]) {
  const char *prefix = "L.";
  if (strncmp(name, "Global\\", 7) == 0) {
    prefix = "G.";
    name += 7;
  } else if (strncmp(name, "Local\\", 6) == 0) {
    name += 6;
  }
  if (!*name) return os_fail(OS_INVALID_NAME, "the name is empty");
  if (strchr(name, '\\')) return os_fail(OS_PATH_NOT_FOUND, "only Local\\ and Global\\ may come before a name");
  memcpy(file, prefix, 2);
  size_t length = 2;
  for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
    bool plain = (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_' ||
                 *p == '-';
    if (length + (plain ? 1 : 3) > 255) return os_fail(OS_FILENAME_EXCED_RANGE, "the name is too long");
    length += (size_t)snprintf(file + length, 256 - length, plain ? "%c" : "%%%02X", *p);
  }
  return true;
}

static const char *directory_path(char *buffer, size_t size) {
  const char *chosen = getenv("SHMSCOPE_RUNTIME_DIR");
  if (chosen && *chosen) return chosen;
#ifdef __linux__
  const char *parent = "/dev/shm";
#else
  const char *parent = "/tmp";
#endif
  snprintf(buffer, size, "%s/shmscope-%lu", parent, (unsigned long)geteuid());
  return buffer;
}

static bool refuse_directory(int directory, const char *why) {
  close(directory);
  return os_fail(OS_ACCESS_DENIED, why);
}

/* Opens the runtime directory, once a process. */
static bool open_directory(int *directory) {
  static int opened = -1;
  if (opened < 0) {
    char buffer[64];
    const char *path = directory_path(buffer, sizeof buffer);
    if (mkdir(path, 0700) != 0 && errno != EEXIST) return os_fail_errno(path);
    int found = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (found < 0) return os_fail_errno(path);
    struct stat status;
    if (fstat(found, &status) != 0 || status.st_uid != geteuid())
      return refuse_directory(found, "the runtime directory is another user's");
    if (status.st_mode & 077) return refuse_directory(found, "the runtime directory is open to others; chmod 700 it");
    opened = found;
  }
  *directory = opened;
  return true;
}

/* Takes the directory lock. Returns its descriptor, to be closed for releasing it. -1 if it fails. */
static int lock_directory(int directory) {
  int lock = openat(directory, ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  while (lock >= 0 && flock(lock, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    close(lock);
    lock = -1;
  }
  if (lock < 0) os_fail_errno(".lock in the runtime directory");
  return lock;
}

/* A descriptor of an existing file; -1 with errno if there is none. Never blocks, not even on a FIFO. */
static int open_file(int directory, const char *file) {
  return openat(directory, file, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
}

static bool is_alive(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) != 0; }

/* Holds a live object of that kind. absent says that there is none: what a crash left over is removed. */
static bool hold_live(int directory, store_object *object, store_kind kind, bool *absent) {
  *absent = false;
  int descriptor = open_file(directory, object->file);
  if (descriptor < 0) {
    *absent = errno == ENOENT;
    return os_fail_errno(object->file);
  }
  struct stat status;
  if (!is_alive(descriptor)) {
    unlinkat(directory, object->file, 0);
    close(descriptor);
    *absent = true;
    return false;
  }
  bool same = fstat(descriptor, &status) == 0 &&
              (kind == STORE_SECTION ? S_ISREG(status.st_mode) : S_ISFIFO(status.st_mode));
  if (!same || flock(descriptor, LOCK_SH | LOCK_NB) != 0) {
    close(descriptor);
    return same ? os_fail_errno(object->file) : os_fail(OS_INVALID_HANDLE, "the name is held by another kind of object");
  }
  object->descriptor = descriptor;
  return true;
}

static bool make(int directory, store_object *object, store_kind kind, uint64_t bytes) {
  int descriptor = -1;
  if (kind == STORE_SECTION)
    descriptor = openat(directory, object->file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  else if (mkfifoat(directory, object->file, 0600) == 0)
    descriptor = open_file(directory, object->file);
  if (descriptor < 0) return os_fail_errno(object->file);
  if ((kind == STORE_EVENT || ftruncate(descriptor, (off_t)bytes) == 0) && flock(descriptor, LOCK_SH | LOCK_NB) == 0) {
    object->descriptor = descriptor;
    return true;
  }
  os_fail_errno(object->file);
  unlinkat(directory, object->file, 0);
  close(descriptor);
  return false;
}

bool store_create(store_object *object, store_kind kind, const char *name, uint64_t bytes, bool *existed) {
  int directory, lock;
  bool absent;
  if (!encode(name, object->file) || !open_directory(&directory)) return false;
  if ((lock = lock_directory(directory)) < 0) return false;
  *existed = hold_live(directory, object, kind, &absent);
  bool held = *existed || (absent && make(directory, object, kind, bytes));
  close(lock);
  return held;
}

bool store_open(store_object *object, store_kind kind, const char *name) {
  int directory, lock;
  bool absent;
  if (!encode(name, object->file) || !open_directory(&directory)) return false;
  if ((lock = lock_directory(directory)) < 0) return false;
  bool held = hold_live(directory, object, kind, &absent);
  close(lock);
  if (absent) return os_fail(OS_FILE_NOT_FOUND, "no object of this name");
  return held;
}

void store_close(const store_object *object) {
  int directory, lock = -1;
  if (open_directory(&directory)) lock = lock_directory(directory);
  close(object->descriptor);
  if (lock < 0) return;
  int descriptor = open_file(directory, object->file);
  if (descriptor >= 0) {
    if (!is_alive(descriptor)) unlinkat(directory, object->file, 0);
    close(descriptor);
  }
  close(lock);
}
