/* What is said of results of published sets: gaps by set and group, the figures that must hold, parts of the search. */
#include <math.h>

#include "bench/summary.h"
#include "tests/support.h"

static ht_array rows, known;
static ht_summary summary;
static ht_err err;

static void add_known(const char *set, const char *instance, const char *group, int64_t value) {
    ht_best_known *k = ht_array_push(&known);
    ht_bench_set(k->set, set);
    ht_bench_set(k->instance, instance);
    ht_bench_set(k->group, group);
    k->value = value * HT_BENCH_COST;
}

static void set_up(void) {
    ht_array_init(&rows, sizeof(ht_bench_row), &ht_allocator_system);
    ht_array_init(&known, sizeof(ht_best_known), &ht_allocator_system);
    ht_err_init(&err);
    summary = (ht_summary){.lines = {.count = 0}};
    add_known("mankowska", "A1", "A", 100);
    add_known("mankowska", "B1", "B", 200);
    add_known("mankowska", "B2", "B", 1000);
    add_known("uhhc", "i-1", "small", 50);
}

static void tear_down(void) {
    ht_summary_release(&summary);
    ht_array_release(&rows);
    ht_array_release(&known);
}

/* value: HT_BENCH_BLANK: unsolved. */
static ht_bench_row *add(const char *set, const char *instance, int64_t seed, int64_t value) {
    ht_bench_row *row = ht_array_push(&rows);
    const ht_best_known *best = ht_best_known_find(&known, set, instance);
    ht_bench_row_init(row);
    ht_bench_set(row->set, set);
    ht_bench_set(row->case_id, instance);
    row->seed = seed;
    row->time_limit = 60;
    row->threads = 2;
    row->iterations_per_s = 1000 * 1000;
    snprintf(row->at_end, sizeof row->at_end, "%d|%lld", value == HT_BENCH_BLANK,
             value == HT_BENCH_BLANK ? 0 : (long long)value);
    row->value = value == HT_BENCH_BLANK ? value : value * HT_BENCH_COST;
    row->best_known = best != NULL ? best->value : HT_BENCH_BLANK;
    return row;
}

static void summarise(void) {
    ck_assert_msg(ht_summarise(&rows, &known, &summary, &err) == HT_OK, "%s", err.text);
}

static const ht_gap_figures *figures(const char *set, const char *group) {
    for (int32_t i = 0; i < summary.lines.count; i++) {
        const ht_summary_line *line = ht_array_at(&summary.lines, i);
        if (strcmp(line->set, set) == 0 && strcmp(line->group, group) == 0)
            return &line->figures;
    }
    ck_abort_msg("no line of %s %s", set, group);
}

static const ht_target_line *target(const char *set, const char *where, const char *figure) {
    for (int32_t i = 0; i < summary.targets.count; i++) {
        const ht_target_line *line = ht_array_at(&summary.targets, i);
        if (strcmp(line->set, set) == 0 && strcmp(line->where, where) == 0 && strcmp(line->figure, figure) == 0)
            return line;
    }
    ck_abort_msg("no line of %s %s %s", set, where, figure);
}

static bool near(double a, double b) {
    return fabs(a - b) < 1e-9;
}

START_TEST(gaps_are_put_together_by_group_and_set) {
    add("mankowska", "A1", 1, 101);
    add("mankowska", "B1", 1, 196);
    add("mankowska", "B2", 1, 1000);
    add("mankowska", "B2", 2, 1020);
    summarise();
    const ht_gap_figures *b = figures("mankowska", "B"), *all = figures("mankowska", "");
    ck_assert_int_eq(summary.lines.count, 3);
    ck_assert_int_eq(b->instances, 2);
    ck_assert_int_eq(b->runs, 3);
    ck_assert(near(b->mean_gap, 0));
    ck_assert(near(b->worst_gap, 2));
    ck_assert_int_eq(b->at_or_below, 2);
    ck_assert_int_eq(b->above, 1);
    ck_assert(near(b->speed, 500));
    ck_assert_int_eq(all->instances, 3);
    ck_assert(near(all->mean_gap, 0.25));
    ck_assert_int_eq(all->above, 2);
}
END_TEST

START_TEST(the_last_row_of_a_run_counts) {
    add("uhhc", "i-1", 1, 100);
    add("uhhc", "i-1", 1, 50);
    summarise();
    ck_assert_int_eq(figures("uhhc", "")->runs, 1);
    ck_assert(near(figures("uhhc", "")->mean_gap, 0));
}
END_TEST

START_TEST(what_must_hold_is_judged_where_all_is_measured) {
    add("mankowska", "B1", 1, 190);
    summarise();
    const ht_target_line *line = target("mankowska", "B|C|D|E|F|G", "mean gap %");
    ck_assert_int_eq(line->holding, HT_NOT_ALL_MEASURED);
    ck_assert_int_eq(line->instances, 1);
    ck_assert_int_eq(line->known, 2);
    ck_assert_int_eq(target("mankowska", "G", "iterations per second and thread")->holding, HT_NOT_MEASURED);
    ht_summary_release(&summary);

    add("mankowska", "B2", 1, 989); /* -5 and -1.1 % */
    summarise();
    line = target("mankowska", "B|C|D|E|F|G", "mean gap %");
    ck_assert_int_eq(line->holding, HT_HOLDS);
    ck_assert(near(line->reached, -3.05));
}
END_TEST

START_TEST(a_run_without_a_solution_holds_nothing) {
    add("mankowska", "B1", 1, 100);
    add("mankowska", "B2", 1, HT_BENCH_BLANK);
    summarise();
    ck_assert_int_eq(figures("mankowska", "B")->unsolved, 1);
    ck_assert_int_eq(target("mankowska", "B|C|D|E|F|G", "mean gap %")->holding, HT_DOES_NOT_HOLD);
}
END_TEST

START_TEST(runs_of_another_length_are_not_what_must_hold) {
    add("uhhc", "i-1", 1, 40)->time_limit = 5;
    summarise();
    ck_assert_int_eq(target("uhhc", "", "mean gap %")->holding, HT_NOT_MEASURED);
    ck_assert(near(figures("uhhc", "")->mean_gap, -20));
}
END_TEST

START_TEST(a_part_is_worth_what_its_absence_costs) {
    add("mankowska", "A1", 1, 100);
    add("mankowska", "B1", 1, 200);
    ht_bench_set(add("mankowska", "A1", 1, 102)->without, "exchange");
    ht_bench_row *row = add("mankowska", "B1", 1, 200);
    ht_bench_set(row->without, "exchange");
    row->iterations_per_s *= 4;
    ht_bench_set(add("mankowska", "B2", 1, 1)->without, "exchange"); /* of no pair */
    summarise();
    ck_assert_int_eq(summary.ablation.count, 2);
    const ht_ablation_line *line = ht_array_at(&summary.ablation, 1);
    ck_assert_str_eq(line->without, "exchange");
    ck_assert_int_eq(line->pairs, 2);
    ck_assert_int_eq(line->worse, 1);
    ck_assert_int_eq(line->equal, 1);
    ck_assert(near(line->difference, 1));
    ck_assert(near(line->speed, 2));
    ck_assert_int_eq(figures("mankowska", "")->runs, 2); /* the whole search alone */
}
END_TEST

START_TEST(days_are_compared_by_their_levels) {
    ht_bench_set(add("", "town", 1, HT_BENCH_BLANK)->at_end, "0|5|30");
    ht_bench_row *row = add("", "town", 1, HT_BENCH_BLANK);
    ht_bench_set(row->at_end, "0|4|90");
    ht_bench_set(row->without, "blinks");
    summarise();
    const ht_ablation_line *line = ht_array_at(&summary.ablation, 1);
    ck_assert_int_eq(line->better, 1);
    ck_assert_int_eq(line->gaps, 0);
    ck_assert(isnan(line->difference));
    ck_assert_int_eq(summary.lines.count, 0);
}
END_TEST

START_TEST(results_of_days_alone_are_refused) {
    add("", "town", 1, 5);
    ck_assert_int_eq(ht_summarise(&rows, &known, &summary, &err), HT_EINPUT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_summary");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, gaps_are_put_together_by_group_and_set);
    tcase_add_test(tests, the_last_row_of_a_run_counts);
    tcase_add_test(tests, what_must_hold_is_judged_where_all_is_measured);
    tcase_add_test(tests, a_run_without_a_solution_holds_nothing);
    tcase_add_test(tests, runs_of_another_length_are_not_what_must_hold);
    tcase_add_test(tests, a_part_is_worth_what_its_absence_costs);
    tcase_add_test(tests, days_are_compared_by_their_levels);
    tcase_add_test(tests, results_of_days_alone_are_refused);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
