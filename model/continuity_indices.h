/* model/continuity_indices.h: the measures of one client's visits that need nothing but who came when.
 *
 * Units:  0 .. 1, NAN where there are too few visits; entropy in bits; squares of seconds.
 * Source: model/continuity.h names those of each.
 */
#ifndef HT_MODEL_CONTINUITY_INDICES_H
#define HT_MODEL_CONTINUITY_INDICES_H

#include "model/encounters.h"

typedef struct ht_staff_counts {
    int32_t distinct;
    double upc, coc, entropy; /* upc and entropy NAN for no visit, coc for fewer than two */
} ht_staff_counts;

/* staff is scratch: it has room for the slice's count. */
ht_staff_counts ht_count_staff(ht_slice slice, ht_sym *staff);

/* The share of consecutive visits with the same staff; of a double-staffed visit it is enough that one person stays.
 * NAN for fewer than two visits. */
double ht_secon(ht_slice slice);

/* A start at a recurring slot: its series, else its agreed start, else the nearest hour [own]. */
typedef struct ht_slot_start {
    int64_t slot;
    int32_t start;
} ht_slot_start;

/* Squared distances of starts from the mean of their slot, and what to divide them by: starts less slots, slots with
 * two starts at least. `starts` is scratch: it has room for the slice's count. */
void ht_measure_slots(ht_slice slice, const ht_visit_row *visits, ht_slot_start *starts, double *squares,
                      int64_t *degrees);

#endif
