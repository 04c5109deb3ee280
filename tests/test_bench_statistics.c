/* The benchmarks' statistics: figures worked out by hand. */
#include <math.h>

#include "bench/statistics.h"
#include "tests/support.h"

START_TEST(medians_and_quantiles) {
    double odd[] = {5, 1, 3}, even[] = {4, 1, 3, 2}, one[] = {7};
    ck_assert_double_eq(ht_median(odd, 3), 3);
    ck_assert_double_eq(ht_median(even, 4), 2.5);
    ck_assert_double_eq(ht_median(one, 1), 7);
    ck_assert_double_eq(odd[0], 1); /* sorted */
    ck_assert_double_eq(odd[2], 5);
    double five[] = {0, 10, 20, 30, 40};
    ck_assert_double_eq(ht_quantile(five, 5, 0), 0);
    ck_assert_double_eq(ht_quantile(five, 5, 0.25), 10);
    ck_assert_double_eq(ht_quantile(five, 5, 0.625), 25);
    ck_assert_double_eq(ht_quantile(five, 5, 1), 40);
}
END_TEST

START_TEST(the_geometric_mean_takes_a_doubling_and_a_halving_as_equal) {
    const double both[] = {2, 0.5}, tenfold[] = {1, 10, 100}, same[] = {1, 1, 1, 1};
    ck_assert_double_eq_tol(ht_geometric_mean(both, 2), 1, 1e-12);
    ck_assert_double_eq_tol(ht_geometric_mean(tenfold, 3), 10, 1e-9);
    ck_assert_double_eq(ht_geometric_mean(same, 4), 1);
}
END_TEST

/* Binomial tables: 2 * P(at most `fewer` heads of n throws). */
static const struct {
    int32_t better, worse;
    double chance;
} SIGNS[] = {{0, 0, 1},           {1, 0, 1},         {5, 0, 0.0625},       {0, 6, 0.03125},
             {8, 1, 0.0390625},   {7, 2, 0.1796875}, {10, 0, 0.001953125}, {3, 3, 1},
             {15, 5, 0.04138947}, {1000, 1000, 1}};

START_TEST(sign_test) {
    ck_assert_double_eq_tol(ht_sign_test(SIGNS[_i].better, SIGNS[_i].worse), SIGNS[_i].chance, 1e-7);
    ck_assert_double_eq_tol(ht_sign_test(SIGNS[_i].worse, SIGNS[_i].better), SIGNS[_i].chance, 1e-7);
}
END_TEST

START_TEST(the_interval_holds_the_mean_and_is_the_same_each_time) {
    const double ratio[] = {1.1, 1.2, 1.05, 1.3, 1.15, 1.25};
    double mean = ht_geometric_mean(ratio, 6);
    ht_interval first = ht_geometric_interval(ratio, 6), again = ht_geometric_interval(ratio, 6);
    ck_assert_double_eq(first.low, again.low);
    ck_assert_double_eq(first.high, again.high);
    ck_assert_double_gt(first.low, 1.05); /* narrower than the values */
    ck_assert_double_lt(first.high, 1.3);
    ck_assert_double_lt(first.low, mean);
    ck_assert_double_gt(first.high, mean);
}
END_TEST

START_TEST(equal_values_have_an_interval_of_no_width) {
    const double same[] = {1, 1, 1}, one[] = {2};
    ht_interval i = ht_geometric_interval(same, 3);
    ck_assert_double_eq(i.low, 1);
    ck_assert_double_eq(i.high, 1);
    i = ht_geometric_interval(one, 1);
    ck_assert_double_eq_tol(i.low, 2, 1e-12);
    ck_assert_double_eq_tol(i.high, 2, 1e-12);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_statistics");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, medians_and_quantiles);
    tcase_add_test(tests, the_geometric_mean_takes_a_doubling_and_a_halving_as_equal);
    tcase_add_loop_test(tests, sign_test, 0, sizeof SIGNS / sizeof SIGNS[0]);
    tcase_add_test(tests, the_interval_holds_the_mean_and_is_the_same_each_time);
    tcase_add_test(tests, equal_values_have_an_interval_of_no_width);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
