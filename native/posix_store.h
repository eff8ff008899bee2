/* The object namespace of docs/posix-objects.md: files in the runtime directory, alive while locked. */
#ifndef SHM_POSIX_STORE_H
#define SHM_POSIX_STORE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { STORE_SECTION, STORE_EVENT } store_kind;

/* A held object. file is its name in the runtime directory. */
typedef struct store_object {
  int descriptor;
  char file[256];
} store_object;

/* Both return false with os_error_text() if they fail. bytes is a new section's length. */
bool store_create(store_object *object, store_kind kind, const char *name, uint64_t bytes, bool *existed);
bool store_open(store_object *object, store_kind kind, const char *name);

/* Releases the object and removes its file if nobody else holds it. Unmap it first: a mapping keeps its lock. */
void store_close(const store_object *object);

/* os_fail with errno's own words. */
bool os_fail_errno(const char *what);

#endif
