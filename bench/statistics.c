#include "bench/statistics.h"

#include <math.h>
#include <stdlib.h>

#include "base/rng.h"

enum { DRAWS = 2000 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

void ht_sort_numbers(double *values, int32_t count) {
    qsort(values, (size_t)count, sizeof *values, by_size);
}

double ht_quantile(const double *sorted, int32_t count, double part) {
    double at = part * (count - 1);
    int32_t below = (int32_t)at;
    int32_t above = below + 1 < count ? below + 1 : below;
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

double ht_median(double *values, int32_t count) {
    ht_sort_numbers(values, count);
    return ht_quantile(values, count, 0.5);
}

double ht_geometric_mean(const double *values, int32_t count) {
    double sum = 0;
    for (int32_t i = 0; i < count; i++)
        sum += log(values[i]);
    return exp(sum / count);
}

/* The binomial coefficients are summed by their logarithms: they overflow early. */
double ht_sign_test(int32_t better, int32_t worse) {
    int32_t pairs = better + worse, fewer = better < worse ? better : worse;
    double tail = 0;
    for (int32_t k = 0; k <= fewer; k++)
        tail += exp(lgamma(pairs + 1.0) - lgamma(k + 1.0) - lgamma(pairs - k + 1.0) - pairs * log(2.0));
    return fmin(1, 2 * tail);
}

ht_interval ht_geometric_interval(const double *values, int32_t count) {
    double mean[DRAWS];
    ht_rng rng;
    ht_rng_init(&rng, 1, 0);
    for (int32_t i = 0; i < DRAWS; i++) {
        double sum = 0;
        for (int32_t k = 0; k < count; k++)
            sum += log(values[ht_rng_below(&rng, count)]);
        mean[i] = exp(sum / count);
    }
    ht_sort_numbers(mean, DRAWS);
    return (ht_interval){ht_quantile(mean, DRAWS, 0.025), ht_quantile(mean, DRAWS, 0.975)};
}
