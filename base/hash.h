/* base/hash.h: hashes of sequences of numbers, for tables in memory; nothing that is stored may rely on them.
 *
 * Source: the multiplier of MurmurHash3's finalizer: Appleby (2011), public domain.
 */
#ifndef HT_BASE_HASH_H
#define HT_BASE_HASH_H

#include <stdint.h>

/* The hash of a sequence with one number more; that of an empty one is 0. */
static inline uint64_t ht_hash_add(uint64_t hash, int32_t value) {
    hash ^= (uint64_t)(uint32_t)value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdu;
}

#endif
