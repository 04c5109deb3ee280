/* model/series.h: series of visits, and the visits that they are on each day.
 *
 * An occurrence is a visit of its own, whose id is the series' with the date behind it: "R7.20260310". A row of
 * visits.csv with that id stands for it: that is how a planner changes a single day.
 *
 * Cost:   days x series, and 14 days back at most for an occurrence that follows another series.
 * Source: model/README.md, "Series".
 */
#ifndef HT_MODEL_SERIES_H
#define HT_MODEL_SERIES_H

#include "model/dataset.h"
#include "model/recurrence.h"

enum { HT_SERIES_ID_MAX = 23, HT_OCCURRENCE_ID = 34 /* room for an id and its NUL */, HT_SERIES_LINK_DAYS = 14 };

/* The series of a dataset, ready to be asked. Borrows the dataset, whose series must stay. */
typedef struct ht_series {
    const ht_dataset *data;
    const ht_series_row *row;
    int32_t count;
    ht_index index;            /* by series_id */
    ht_recurrence *recurrence; /* by row */
} ht_series;

typedef struct ht_occurrence {
    int32_t series; /* a row; -1: none */
    int32_t date;
} ht_occurrence;

/* False when memory is out. */
bool ht_series_build(ht_series *series, const ht_dataset *data, ht_arena *arena);

/* Whether the series has an occurrence on the date. */
bool ht_series_comes_on(const ht_series *series, int32_t row, int32_t date);

/* What an occurrence follows: of the series that its after_visit names, the occurrence of the same date, else the
 * latest of the 14 days before. */
ht_occurrence ht_series_before(const ht_series *series, ht_occurrence occurrence);

/* The series and date that an id names, whether or not the series comes on that date. */
ht_occurrence ht_series_find(const ht_series *series, const char *visit_id);

/* Writes "R7.20260310". */
void ht_occurrence_print(const ht_series *series, ht_occurrence occurrence, char out[HT_OCCURRENCE_ID]);

/* The series as a visit of the date, with the series' own line and id; after_visit still names a series. */
ht_visit_row ht_series_visit(const ht_series_row *row, int32_t date);

/* Adds to HT_VISITS all occurrences of the dates [from, to], line 0, by date and then in the order of the series, with
 * series, usual_staff and usual_start set. One that a visit of the dataset stands for is not added; that visit gets
 * these three. False when memory is out. */
bool ht_series_expand(ht_dataset *data, int32_t from, int32_t to);

#endif
