/*
 * The channel of the Rust crate windows_shared_memory as it lies in memory, by crate version.
 * Integers are little-endian. Each direction has one flag, one length and one slot for data.
 */
#ifndef SHM_WIRE_H
#define SHM_WIRE_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#define SHM_DEFAULT_SECTION "Local\\MySharedMemory"
#define SHM_DEFAULT_EVENT_S2C "Local\\MyEventS2C"
#define SHM_DEFAULT_EVENT_C2S "Local\\MyEventC2S"

/* Bytes a direction: always in the fixed layouts, the default in the sized one. */
#define SHM_BUFFER_SIZE 16384

enum shm_flag {
  SHM_WAITING = 0, /* never used yet */
  SHM_SENT = 1,    /* sent, not yet read */
  SHM_READ = 2,    /* read */
  SHM_EXIT = 3     /* the sender has closed */
};

/* Crate 0.1.1 and early 0.1.2, 64-bit build: lengths are pointer-sized. */
typedef struct shm_fixed64 {
  uint32_t server_flag;
  uint32_t client_flag;
  uint64_t length_s2c;
  uint64_t length_c2s;
  uint8_t data_s2c[SHM_BUFFER_SIZE];
  uint8_t data_c2s[SHM_BUFFER_SIZE];
} shm_fixed64;

static_assert(offsetof(shm_fixed64, server_flag) == 0, "fixed64 server flag");
static_assert(offsetof(shm_fixed64, client_flag) == 4, "fixed64 client flag");
static_assert(offsetof(shm_fixed64, length_s2c) == 8, "fixed64 length server to client");
static_assert(offsetof(shm_fixed64, length_c2s) == 16, "fixed64 length client to server");
static_assert(offsetof(shm_fixed64, data_s2c) == 24, "fixed64 data server to client");
static_assert(offsetof(shm_fixed64, data_c2s) == 24 + 16384, "fixed64 data client to server");
static_assert(sizeof(shm_fixed64) == 32792, "fixed64 section");

/* Crate 0.1.1 and early 0.1.2, 32-bit build, and late 0.1.2 to 0.1.4 on both. */
typedef struct shm_fixed {
  uint32_t server_flag;
  uint32_t client_flag;
  uint32_t length_s2c;
  uint32_t length_c2s;
  uint8_t data_s2c[SHM_BUFFER_SIZE];
  uint8_t data_c2s[SHM_BUFFER_SIZE];
} shm_fixed;

static_assert(offsetof(shm_fixed, server_flag) == 0, "fixed server flag");
static_assert(offsetof(shm_fixed, client_flag) == 4, "fixed client flag");
static_assert(offsetof(shm_fixed, length_s2c) == 8, "fixed length server to client");
static_assert(offsetof(shm_fixed, length_c2s) == 12, "fixed length client to server");
static_assert(offsetof(shm_fixed, data_s2c) == 16, "fixed data server to client");
static_assert(offsetof(shm_fixed, data_c2s) == 16 + 16384, "fixed data client to server");
static_assert(sizeof(shm_fixed) == 32784, "fixed section");

/* Crate 0.1.5 on both: this header, then the slot server to client, then the slot client to server. */
typedef struct shm_sized {
  uint32_t buffer_size;
  uint32_t server_flag;
  uint32_t client_flag;
  uint32_t length_s2c;
  uint32_t length_c2s;
  uint32_t padding;
} shm_sized;

#define SHM_SIZED_DATA_S2C ((uint64_t)sizeof(shm_sized))
#define SHM_SIZED_DATA_C2S(n) ((uint64_t)sizeof(shm_sized) + (n))
#define SHM_SIZED_SECTION(n) ((uint64_t)sizeof(shm_sized) + 2 * (uint64_t)(n))

static_assert(offsetof(shm_sized, buffer_size) == 0, "sized buffer size");
static_assert(offsetof(shm_sized, server_flag) == 4, "sized server flag");
static_assert(offsetof(shm_sized, client_flag) == 8, "sized client flag");
static_assert(offsetof(shm_sized, length_s2c) == 12, "sized length server to client");
static_assert(offsetof(shm_sized, length_c2s) == 16, "sized length client to server");
static_assert(offsetof(shm_sized, padding) == 20, "sized padding");
static_assert(sizeof(shm_sized) == 24, "sized header");
static_assert(SHM_SIZED_DATA_S2C == 24, "sized data server to client");
static_assert(SHM_SIZED_DATA_C2S(16384) == 24 + 16384, "sized data client to server");
static_assert(SHM_SIZED_SECTION(16384) == 32792, "sized section of the default size");
static_assert(SHM_SIZED_SECTION(0xFFFFFFF0u) == 24 + 2 * 0xFFFFFFF0ull, "sized section beyond 32 bits");

#endif
