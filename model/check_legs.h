/* model/check_legs.h: the travel times of the legs that a set of routes needs, found in one pass over travel.csv.
 *
 * Not for other files than the check's: first ask for each leg, then fill, then read.
 * Cost: O(rows of travel.csv + legs).
 */
#ifndef HT_MODEL_CHECK_LEGS_H
#define HT_MODEL_CHECK_LEGS_H

#include "model/check_internal.h"

typedef struct ht_leg {
    int32_t from, to, mode;
    int32_t seconds; /* -1: no row gave it yet */
    bool used;
} ht_leg;

typedef struct ht_legs {
    ht_leg *slot;  /* open addressing */
    int32_t slots; /* a power of two */
} ht_legs;

/* Room for `most` different legs. False when memory is out. */
bool ht_legs_init(ht_legs *legs, int32_t most, ht_arena *arena);
void ht_legs_ask(ht_legs *legs, int32_t from, int32_t to, int32_t mode);
/* False when memory is out. */
bool ht_legs_fill(ht_legs *legs, const ht_facts *facts);
/* 0 from or to home and between two stops at one place. */
int32_t ht_legs_seconds(const ht_legs *legs, int32_t from, int32_t to, int32_t mode);

#endif
