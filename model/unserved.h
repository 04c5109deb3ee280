/* model/unserved.h: why a visit of a published instance that must be made is in no route, told from the instance alone.
 *
 * All but HT_UNSERVED_NO_ROOM are so even if nothing else were to be done.
 */
#ifndef HT_MODEL_UNSERVED_H
#define HT_MODEL_UNSERVED_H

#include "model/uhhc.h"
#include "model/vrptw.h"

/* X(identifier, stable name, words) */
#define HT_UNSERVED_LIST(X)                                                                                            \
    X(NOBODY_ABLE, "nobody_able", N_("no caregiver is able and may come"))                                             \
    X(OUT_OF_SHIFT, "out_of_shift", N_("no caregiver who is able could be there in time and back in the shift"))       \
    X(NO_SECOND, "no_second", N_("it takes two caregivers, and only one could come"))                                  \
    X(TOO_LARGE, "too_large", N_("the demand exceeds the capacity of a vehicle"))                                      \
    X(OUT_OF_REACH, "out_of_reach", N_("no vehicle could be there in time and back before the depot closes"))          \
    X(NO_ROOM, "no_room", N_("no route that was found has room for it"))

typedef enum ht_unserved_reason {
#define X(id, name, words) HT_UNSERVED_##id,
    HT_UNSERVED_LIST(X)
#undef X
} ht_unserved_reason;

const char *ht_unserved_name(ht_unserved_reason reason);
/* In the reader's language. */
const char *ht_unserved_words(ht_unserved_reason reason);

ht_unserved_reason ht_uhhc_unserved(const ht_uhhc *instance, int32_t patient);
ht_unserved_reason ht_vrptw_unserved(const ht_vrptw *instance, int32_t customer);

#endif
