/* model/on_shift.h: who is on shift when, over many days: what continuity was possible with the roster.
 *
 * Ownership: in the arena given.
 * Cost:      O(n log n) once; O(log n) a question, O(shifts of the period) for ht_on_shift_most().
 */
#ifndef HT_MODEL_ON_SHIFT_H
#define HT_MODEL_ON_SHIFT_H

#include "model/dataset.h"

/* A piece of a shift that absences leave. */
typedef struct ht_staffed_shift {
    int32_t date, start, end;
    int32_t last_end; /* the latest end of the date's shifts that begin no later */
    ht_sym staff;
} ht_staffed_shift;

typedef struct ht_on_shift {
    ht_staffed_shift *by_date;  /* by date, start */
    ht_staffed_shift *by_staff; /* by staff symbol, date, start */
    int32_t *times;             /* by staff symbol, all 0 but while ht_on_shift_most() counts */
    int32_t count;
} ht_on_shift;

/* The work rows of days [from, to]. False when memory is out. */
bool ht_on_shift_read(ht_on_shift *all, const ht_dataset *data, int32_t from, int32_t to, ht_arena *arena);

/* How many shifts of days [from, to] the person with most of them has. */
int32_t ht_on_shift_most(const ht_on_shift *all, int32_t from, int32_t to);

/* The latest end of the shifts of the date that begin no later than start; -1 where there is none. */
int32_t ht_on_shift_reach(const ht_on_shift *all, int32_t date, int32_t start);

/* True where one shift of the person holds [start, end]. */
bool ht_on_shift_covers(const ht_on_shift *all, ht_sym staff, int32_t date, int32_t start, int32_t end);

#endif
