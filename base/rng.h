/* base/rng.h: a seeded generator of our own, the same numbers on every machine.
 *
 * Source: xoshiro256** 1.0, Blackman and Vigna (2021), ACM Trans. Math. Software 47(4); seeded by splitmix64.
 */
#ifndef HT_BASE_RNG_H
#define HT_BASE_RNG_H

#include <stdint.h>

typedef struct ht_rng {
    uint64_t s[4];
} ht_rng;

/* Different (seed, stream) pairs give independent sequences. */
void ht_rng_init(ht_rng *rng, uint64_t seed, uint64_t stream);
uint64_t ht_rng_next(ht_rng *rng);
/* Uniform in 0 .. limit - 1; limit >= 1. */
int32_t ht_rng_below(ht_rng *rng, int32_t limit);
/* Uniform in [0, 1). */
double ht_rng_unit(ht_rng *rng);

#endif
