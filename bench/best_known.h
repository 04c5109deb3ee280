/* bench/best_known.h: the best published value of each published instance, with its source.
 *
 * A CSV file: set*, instance*, group* (what a summary puts together), value*, source* (publication or repository, year).
 * Units:  values are parts of HT_BENCH_COST.
 * Errors: HT_EINPUT with file and line, HT_ESYSTEM, HT_ENOMEM.
 */
#ifndef HT_BENCH_BEST_KNOWN_H
#define HT_BENCH_BEST_KNOWN_H

#include "bench/results.h"

typedef struct ht_best_known {
    ht_bench_text set, instance, group, source;
    int64_t value;
} ht_best_known;

/* Appends the file's rows to known (array of ht_best_known). */
ht_status ht_best_known_read(const char *path, ht_array *known, ht_err *err);

/* NULL where it is not known. */
const ht_best_known *ht_best_known_find(const ht_array *known, const char *set, const char *instance);

/* How much more a value costs than the best known, in percent; NAN where one of the two is blank. */
double ht_best_known_gap(int64_t value, int64_t best_known);

/* Whether a value beats the other by more than the rounding of distances in a published cost may make up: 0.01 %. */
bool ht_clearly_better(int64_t value, int64_t than);

#endif
