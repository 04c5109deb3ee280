/* Drawings of gaps: a point for each mark at which every run has a solution, a step for each run that has one. */
#include <unistd.h>

#include "bench/gap_plot.h"
#include "bench/results.h"
#include "tests/support.h"

static ht_gap_file file;
static ht_err err;
static char path[] = "/tmp/hemtur-gaps-XXXXXX";
static char drawing[1 << 16];

static void set_up(void) {
    snprintf(path, sizeof path, "%s", "/tmp/hemtur-gaps-XXXXXX");
    int made = mkstemp(path);
    ck_assert_int_ge(made, 0);
    close(made);
    ht_err_init(&err);
    file.name = "results";
    ht_array_init(&file.rows, sizeof(ht_bench_row), &ht_allocator_system);
}

static void tear_down(void) {
    ht_array_release(&file.rows);
    unlink(path);
}

/* A run of an instance whose best known value is 100; at: its values at the marks from the first on, NULL behind them. */
static ht_bench_row *add(const char *set, int64_t value, const char *const *at) {
    ht_bench_row *row = ht_array_push(&file.rows);
    ht_bench_row_init(row);
    ht_bench_set(row->set, set);
    row->best_known = 100 * HT_BENCH_COST;
    row->value = value == HT_BENCH_BLANK ? value : value * HT_BENCH_COST;
    for (int32_t i = 0; at[i] != NULL; i++)
        ht_bench_set_mark(row, i, at[i]);
    return row;
}

static void draw(ht_gap_drawing what) {
    ck_assert_msg(ht_plot_gaps(&file, 1, what, path, &err) == HT_OK, "%s", err.text);
    FILE *stream = fopen(path, "rb");
    ck_assert_ptr_nonnull(stream);
    drawing[fread(drawing, 1, sizeof drawing - 1, stream)] = '\0';
    fclose(stream);
}

/* Of the first line in the drawing. */
static int32_t points(void) {
    const char *at = strstr(drawing, "class=\"line\"");
    at = at != NULL ? strstr(at, " d=\"M") : NULL;
    if (at == NULL)
        return 0;
    int32_t count = 1;
    for (at += strlen(" d=\""); *at != '"'; at++)
        count += *at == 'L';
    return count;
}

START_TEST(a_mark_counts_where_every_run_has_a_solution) {
    add("solomon", 101, (const char *const[]){"0|1200000", "0|1100000", "0|1010000", NULL});
    add("solomon", 99, (const char *const[]){"2|0", "0|1100000", "0|990000", "0|990000", NULL}); /* it lasted longer */
    ht_bench_set(add("solomon", 99, (const char *const[]){NULL})->without, "blinks");
    draw(HT_GAP_OVER_TIME);
    ck_assert_int_eq(points(), 2);
    ck_assert_ptr_nonnull(strstr(drawing, ">solomon<"));
}
END_TEST

START_TEST(a_run_without_a_solution_is_no_step_of_the_profile) {
    add("uhhc", 101, (const char *const[]){NULL});
    add("uhhc", HT_BENCH_BLANK, (const char *const[]){NULL});
    add("uhhc", 103, (const char *const[]){NULL});
    draw(HT_GAP_PROFILE);
    ck_assert_int_eq(points(), 4);
}
END_TEST

START_TEST(each_set_has_a_panel) {
    add("uhhc", 101, (const char *const[]){NULL});
    add("solomon", 102, (const char *const[]){NULL});
    add("", 102, (const char *const[]){NULL}); /* a day */
    draw(HT_GAP_PROFILE);
    int32_t panels = 0;
    for (const char *at = drawing; (at = strstr(at, "class=\"panel\"")) != NULL; at++)
        panels++;
    ck_assert_int_eq(panels, 2);
}
END_TEST

START_TEST(days_alone_are_nothing_to_draw) {
    add("", 102, (const char *const[]){"0|5", NULL});
    ck_assert_int_eq(ht_plot_gaps(&file, 1, HT_GAP_OVER_TIME, path, &err), HT_EINPUT);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_gap_plot");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_mark_counts_where_every_run_has_a_solution);
    tcase_add_test(tests, a_run_without_a_solution_is_no_step_of_the_profile);
    tcase_add_test(tests, each_set_has_a_panel);
    tcase_add_test(tests, days_alone_are_nothing_to_draw);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
