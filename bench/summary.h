/* bench/summary.h: what a results file says of the published sets: gaps to the best known by set and group, the figures that
 * must hold, and what each part of the search is worth.
 *
 * The last of several rows of a case, seed and parts of the search counts: files grow at their end.
 * Units:  gaps in percent; a gap is blank (NAN) where nothing is measured.
 * Errors: HT_EINPUT where no row is of a published instance and no part of the search was left out; HT_ENOMEM.
 */
#ifndef HT_BENCH_SUMMARY_H
#define HT_BENCH_SUMMARY_H

#include "bench/best_known.h"

/* Of some runs. */
typedef struct ht_gap_figures {
    int32_t runs, instances;
    int32_t unsolved;    /* runs without a feasible solution */
    int32_t solved;      /* runs with a value and a best known one: the gaps are theirs */
    int32_t at_or_below; /* runs with a gap of at most 0 */
    int32_t above;       /* runs with a gap of more than 0.01 %: less may come from rounded distances */
    double mean_gap, worst_gap;
    double speed;     /* mean of the iterations per second and thread */
    double memory_mb; /* the most */
} ht_gap_figures;

typedef struct ht_summary_line {
    const char *set, *group; /* group "": the whole set */
    int64_t seconds;         /* HT_BENCH_BLANK: they differ, or are not limited */
    ht_gap_figures figures;
} ht_summary_line;

typedef enum ht_holding { HT_NOT_MEASURED, HT_NOT_ALL_MEASURED, HT_HOLDS, HT_DOES_NOT_HOLD } ht_holding;

/* "not measured", "not all measured", "yes", "no". */
const char *ht_holding_name(ht_holding holding);

/* A figure that must hold, and what is reached. */
typedef struct ht_target_line {
    const char *set, *where, *figure;
    int64_t seconds;
    const char *relation;   /* "at most", "at least" */
    double wanted, reached; /* of the instances that are measured; infinite where one of them has no solution */
    int32_t instances, known;
    ht_holding holding;
} ht_target_line;

/* The search without a part beside the whole search, in the same cases and seeds. */
typedef struct ht_ablation_line {
    const char *without;                 /* "": the whole search */
    int32_t pairs, better, equal, worse; /* by all levels in their order; days too */
    int32_t gaps;                        /* pairs with a gap */
    double mean_gap, difference;         /* of the mean gaps, in points of a percent */
    double speed;                        /* of the geometric mean, in parts of the whole search's */
} ht_ablation_line;

/* Pointers into rows (array of ht_bench_row) and known (of ht_best_known), which must last as long. */
typedef struct ht_summary {
    ht_array lines;    /* of ht_summary_line: runs of the whole search */
    ht_array targets;  /* of ht_target_line */
    ht_array ablation; /* of ht_ablation_line; empty where no part was switched off */
} ht_summary;

/* Release the summary always. */
ht_status ht_summarise(const ht_array *rows, const ht_array *known, ht_summary *summary, ht_err *err);
void ht_summary_release(ht_summary *summary);

#endif
