/* Two results files compared: pairs, ratios and verdicts. */
#include "bench/compare.h"
#include "tests/support.h"

static ht_array older, newer;
static ht_comparison comparison;
static ht_err err;

static void set_up(void) {
    ht_array_init(&older, sizeof(ht_bench_row), &ht_allocator_system);
    ht_array_init(&newer, sizeof(ht_bench_row), &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_comparison_release(&comparison);
    ht_array_release(&older);
    ht_array_release(&newer);
}

static ht_bench_row *add(ht_array *rows, const char *case_id, int64_t seed, int64_t iterations_per_s,
                         const char *at_end) {
    ht_bench_row *row = ht_array_push(rows);
    ht_bench_row_init(row);
    ht_bench_set(row->case_id, case_id);
    ht_bench_set(row->levels, "coverage|cost");
    ht_bench_set(row->at_end, at_end);
    row->seed = seed;
    row->iterations_per_s = iterations_per_s * 1000;
    return row;
}

static void compare(void) {
    ck_assert_msg(ht_compare(&older, &newer, &comparison, &err) == HT_OK, "%s", err.text);
}

static const ht_ratio *ratio(const char *case_id, const char *figure) {
    for (int32_t i = 0; i < comparison.ratios.count; i++) {
        const ht_ratio *r = ht_array_at(&comparison.ratios, i);
        if (strcmp(r->case_id, case_id) == 0 && strcmp(r->figure, figure) == 0)
            return r;
    }
    return NULL;
}

static const ht_level_comparison *level(const char *case_id, const char *name) {
    for (int32_t i = 0; i < comparison.levels.count; i++) {
        const ht_level_comparison *c = ht_array_at(&comparison.levels, i);
        if (strcmp(c->case_id, case_id) == 0 && strcmp(c->level, name) == 0)
            return c;
    }
    ck_abort_msg("no row of %s %s", case_id, name);
}

START_TEST(twice_the_speed_in_every_pair_is_better) {
    for (int64_t seed = 1; seed <= 6; seed++) {
        add(&older, "town", seed, 100 + seed, "0|50");
        add(&newer, "town", seed, 2 * (100 + seed), "0|49");
    }
    compare();
    const ht_ratio *r = ratio("town", "iterations_per_s");
    ck_assert_ptr_nonnull(r);
    ck_assert_int_eq(r->pairs, 6);
    ck_assert_double_eq_tol(r->geometric_mean, 2, 1e-9);
    ck_assert_double_eq_tol(r->of_medians, 2, 1e-9);
    ck_assert_int_eq(r->verdict, HT_BETTER);
    ck_assert_ptr_null(ratio("town", "memory_mb")); /* not measured */
    ck_assert_int_eq(level("town", "cost")->better, 6);
    ck_assert_double_eq_tol(level("town", "cost")->difference_percent, -2, 1e-9);
    ck_assert_int_eq(level("town", "cost")->verdict, HT_BETTER);
    ck_assert_int_eq(level("town", "coverage")->verdict, HT_EQUAL);
    ck_assert_int_eq(comparison.warnings.count, 0);
}
END_TEST

START_TEST(five_pairs_are_too_few_for_a_verdict) {
    for (int64_t seed = 1; seed <= 5; seed++) {
        add(&older, "town", seed, 100, "0|50");
        add(&newer, "town", seed, 300, "0|70");
    }
    compare();
    ck_assert_int_eq(ratio("town", "iterations_per_s")->verdict, HT_TOO_FEW);
    ck_assert_int_eq(level("town", "cost")->verdict, HT_TOO_FEW);
    ck_assert_int_eq(level("town", "cost")->worse, 5);
}
END_TEST

START_TEST(a_higher_level_decides_the_whole_plan) {
    for (int64_t seed = 1; seed <= 6; seed++) {
        add(&older, "town", seed, 100, "0|50");
        add(&newer, "town", seed, 100, "1|0");
    }
    compare();
    ck_assert_int_eq(level("town", "cost")->verdict, HT_BETTER);
    ck_assert_int_eq(level("town", "whole plan")->verdict, HT_WORSE);
}
END_TEST

START_TEST(only_runs_in_both_files_are_paired_and_the_last_of_equals_counts) {
    add(&older, "town", 1, 100, "0|50");
    add(&older, "town", 1, 200, "0|50");
    add(&older, "town", 2, 100, "0|50");
    add(&older, "other", 1, 100, "0|50");
    add(&newer, "town", 1, 200, "0|50");
    add(&newer, "third", 1, 100, "0|50");
    compare();
    ck_assert_int_eq(comparison.ratios.count, 1);
    ck_assert_int_eq(ratio("town", "iterations_per_s")->pairs, 1);
    ck_assert_double_eq(ratio("town", "iterations_per_s")->geometric_mean, 1);
}
END_TEST

START_TEST(cases_are_pooled_when_there_are_several) {
    for (int64_t seed = 1; seed <= 3; seed++) {
        add(&older, "town", seed, 100, "0|50");
        add(&newer, "town", seed, 200, "0|40");
        add(&older, "village", seed, 10, "0|7");
        add(&newer, "village", seed, 20, "0|6");
    }
    compare();
    ck_assert_int_eq(ratio("all", "iterations_per_s")->pairs, 6);
    ck_assert_int_eq(ratio("all", "iterations_per_s")->verdict, HT_BETTER);
    ck_assert_int_eq(ratio("town", "iterations_per_s")->verdict, HT_TOO_FEW);
    ck_assert_int_eq(level("all", "whole plan")->better, 6);
}
END_TEST

START_TEST(other_conditions_are_warned_of) {
    ht_bench_set(add(&older, "town", 1, 100, "0|50")->processor, "one");
    ht_bench_row *row = add(&newer, "town", 1, 100, "0|50");
    ht_bench_set(row->processor, "another");
    row->time_limit = 5;
    compare();
    ck_assert_int_eq(comparison.warnings.count, 2);
    const ht_bench_warning *warning = comparison.warnings.items;
    ck_assert_str_eq(warning[0].text, "processor differs: 'one' and 'another'");
}
END_TEST

START_TEST(files_without_a_common_run_are_refused) {
    add(&older, "town", 1, 100, "0|50");
    add(&newer, "town", 2, 100, "0|50");
    ck_assert_int_eq(ht_compare(&older, &newer, &comparison, &err), HT_EINPUT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_compare");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, twice_the_speed_in_every_pair_is_better);
    tcase_add_test(tests, five_pairs_are_too_few_for_a_verdict);
    tcase_add_test(tests, a_higher_level_decides_the_whole_plan);
    tcase_add_test(tests, only_runs_in_both_files_are_paired_and_the_last_of_equals_counts);
    tcase_add_test(tests, cases_are_pooled_when_there_are_several);
    tcase_add_test(tests, other_conditions_are_warned_of);
    tcase_add_test(tests, files_without_a_common_run_are_refused);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
