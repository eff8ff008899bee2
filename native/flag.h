/* Flags are shared with another process: what was written before a store is seen after the load that finds it. */
#ifndef SHM_FLAG_H
#define SHM_FLAG_H

#include <stdint.h>

#ifdef _MSC_VER
#include <intrin.h>

static inline uint32_t flag_load(const uint32_t *flag) {
  return (uint32_t)_InterlockedCompareExchange((volatile long *)flag, 0, 0);
}

static inline void flag_store(uint32_t *flag, uint32_t value) { _InterlockedExchange((volatile long *)flag, (long)value); }

#else

static inline uint32_t flag_load(const uint32_t *flag) { return __atomic_load_n(flag, __ATOMIC_ACQUIRE); }

static inline void flag_store(uint32_t *flag, uint32_t value) { __atomic_store_n(flag, value, __ATOMIC_RELEASE); }

#endif

#endif
