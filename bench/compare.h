/* bench/compare.h: two results files, paired by case and seed: ratios of speed and size, and how often a plan is better.
 *
 * A verdict needs six pairs at least: with fewer not even a clean sweep is surer than 95 %.
 * Errors: HT_EINPUT where no run is in both files.
 */
#ifndef HT_BENCH_COMPARE_H
#define HT_BENCH_COMPARE_H

#include "base/array.h"
#include "base/status.h"
#include "bench/results.h"
#include "bench/statistics.h"

typedef enum ht_verdict { HT_TOO_FEW, HT_NOT_SHOWN, HT_EQUAL, HT_BETTER, HT_WORSE } ht_verdict;

/* "too few pairs", "not shown", "equal", "better", "worse". */
const char *ht_verdict_name(ht_verdict verdict);

/* One figure of one case (or of all, "all"): new / old. */
typedef struct ht_ratio {
    ht_bench_text case_id;
    const char *figure;
    int32_t pairs;
    double old_median, new_median;
    double of_medians, geometric_mean; /* of the pairs' ratios */
    ht_interval interval;              /* of the geometric mean, 95 % */
    ht_verdict verdict;
} ht_ratio;

/* One level at one time; or the whole plan, all levels in their order. */
typedef struct ht_level_comparison {
    ht_bench_text case_id;
    const char *at; /* "5 s", "end" */
    char level[HT_LEVEL_NAME];
    int32_t better, equal, worse;
    double old_median, new_median, difference_percent; /* NAN for the whole plan */
    double chance;                                     /* ht_sign_test() */
    ht_verdict verdict;
} ht_level_comparison;

typedef struct ht_comparison {
    ht_array ratios;   /* of ht_ratio */
    ht_array levels;   /* of ht_level_comparison */
    ht_array warnings; /* of ht_bench_warning */
} ht_comparison;

typedef struct ht_bench_warning {
    char text[3 * HT_BENCH_TEXT];
} ht_bench_warning;

/* older, newer: arrays of ht_bench_row. Release the comparison always. */
ht_status ht_compare(const ht_array *older, const ht_array *newer, ht_comparison *comparison, ht_err *err);
void ht_comparison_release(ht_comparison *comparison);

#endif
