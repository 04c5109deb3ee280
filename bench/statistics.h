/* bench/statistics.h: what a handful of measurements say, and how sure that is.
 *
 * Source: sign test: Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.4; bootstrap percentile
 *         interval: Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
 */
#ifndef HT_BENCH_STATISTICS_H
#define HT_BENCH_STATISTICS_H

#include <stdint.h>

/* Sorts values ascending. */
void ht_sort_numbers(double *values, int32_t count);

/* The part (0 .. 1) of the sorted values that lies below, linear between two of them; 0.5 is the median. count >= 1. */
double ht_quantile(const double *sorted, int32_t count, double part);

/* The median; sorts values. count >= 1. */
double ht_median(double *values, int32_t count);

/* Of positive values; count >= 1. */
double ht_geometric_mean(const double *values, int32_t count);

/* How likely it is that, of so many pairs that differ, one side wins so rarely or often as this if neither were better
 * (two-sided, ties left out). 1 where no pair differs. */
double ht_sign_test(int32_t better, int32_t worse);

typedef struct ht_interval {
    double low, high;
} ht_interval;

/* The 95 % bootstrap interval of the geometric mean of positive values; drawn with a seed of its own, so that it is the
 * same each time. count >= 1. */
ht_interval ht_geometric_interval(const double *values, int32_t count);

#endif
