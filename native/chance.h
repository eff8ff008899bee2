/* Numbers that look random and are the same for a seed on every system and bitness (SplitMix64). */
#ifndef SHM_CHANCE_H
#define SHM_CHANCE_H

#include <stddef.h>
#include <stdint.h>

typedef struct chance {
  uint64_t state;
} chance;

static inline uint64_t chance_next(chance *luck) {
  uint64_t mixed = luck->state += 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

/* From least to most. */
static inline uint64_t chance_between(chance *luck, uint64_t least, uint64_t most) {
  uint64_t span = most - least + 1;
  return span ? least + chance_next(luck) % span : chance_next(luck);
}

static inline void chance_fill(chance *luck, uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) bytes[i] = (uint8_t)chance_next(luck);
}

#endif
