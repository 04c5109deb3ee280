#include "base/rng.h"

#include <assert.h>

static uint64_t splitmix64(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t rotate_left(uint64_t x, int bits) {
    return (x << bits) | (x >> (64 - bits));
}

void ht_rng_init(ht_rng *rng, uint64_t seed, uint64_t stream) {
    /* The seed is mixed before the stream is added: neighbouring pairs do not share states. */
    uint64_t state = splitmix64(&seed) + stream;
    state = splitmix64(&state);
    for (int i = 0; i < 4; i++) {
        rng->s[i] = splitmix64(&state);
    }
}

uint64_t ht_rng_next(ht_rng *rng) {
    uint64_t *s = rng->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return result;
}

/* Source: Lemire (2019), "Fast Random Integer Generation in an Interval", ACM TOMACS 29(1). */
int32_t ht_rng_below(ht_rng *rng, int32_t limit) {
    assert(limit >= 1);
    uint32_t range = (uint32_t)limit;
    uint64_t product = (ht_rng_next(rng) >> 32) * range;
    if ((uint32_t)product < range) {
        uint32_t uneven = (0U - range) % range;
        while ((uint32_t)product < uneven) {
            product = (ht_rng_next(rng) >> 32) * range;
        }
    }
    return (int32_t)(product >> 32);
}

double ht_rng_unit(ht_rng *rng) {
    return (double)(ht_rng_next(rng) >> 11) * 0x1.0p-53;
}
