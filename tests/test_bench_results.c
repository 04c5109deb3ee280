/* Results files: what is written is read back, and a file goes on where a killed run left it. */
#include <sys/stat.h>
#include <unistd.h>

#include "bench/results.h"
#include "tests/support.h"

static char folder[] = "/tmp/hemtur-results-XXXXXX";
static char path[64], trace_path[64];
static ht_results results;
static ht_err err;

static void set_up(void) {
    snprintf(folder, sizeof folder, "%s", "/tmp/hemtur-results-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/r.csv", folder);
    snprintf(trace_path, sizeof trace_path, "%s/t.csv", folder);
    ht_err_init(&err);
}

static void tear_down(void) {
    unlink(path);
    unlink(trace_path);
    rmdir(folder);
}

static void open_results(void) {
    ck_assert_msg(ht_results_open(&results, path, trace_path, &err) == HT_OK, "%s", err.text);
}

static ht_bench_row make_row(const char *case_id, int64_t seed) {
    ht_bench_row row;
    ht_bench_row_init(&row);
    ht_bench_set(row.binary, "abcd");
    ht_bench_set(row.commit, "12;\"3");
    ht_bench_set(row.case_id, case_id);
    row.seed = seed;
    row.time_limit = 5;
    row.iterations_per_s = 1234500;
    row.memory_mb = 31 * 1024 + 512;
    ht_bench_set(row.at_end, "0|12|-3");
    return row;
}

static void add(const char *case_id, int64_t seed) {
    ht_bench_row row = make_row(case_id, seed);
    ht_array trace;
    ht_array_init(&trace, sizeof(ht_trace_row), &ht_allocator_system);
    for (int32_t i = 0; i < 3; i++) {
        ht_trace_row *t = ht_array_push(&trace);
        ht_bench_set(t->binary, row.binary);
        ht_bench_set(t->case_id, case_id);
        t->seed = seed;
        t->time_limit = row.time_limit;
        t->work = t->threads = HT_BENCH_BLANK;
        t->seconds = 500 * i;
        ht_bench_set(t->values, "1|2|3");
    }
    ck_assert_int_eq(ht_results_add(&results, &row, &trace, &err), HT_OK);
    ht_array_release(&trace);
}

static int32_t count_trace(void) {
    ht_array rows;
    ht_array_init(&rows, sizeof(ht_trace_row), &ht_allocator_system);
    ck_assert_msg(ht_trace_read(trace_path, &rows, &err) == HT_OK, "%s", err.text);
    int32_t count = rows.count;
    ht_array_release(&rows);
    return count;
}

static off_t size_of(const char *file) {
    struct stat found;
    ck_assert_int_eq(stat(file, &found), 0);
    return found.st_size;
}

START_TEST(rows_are_read_back_as_they_were) {
    open_results();
    add("town", 1);
    add("town", 2);
    ht_results_close(&results);
    open_results();
    ck_assert_int_eq(results.rows.count, 2);
    const ht_bench_row *read = ht_array_at(&results.rows, 0);
    ht_bench_row row = make_row("town", 1);
    ck_assert_str_eq(read->commit, row.commit);
    ck_assert_str_eq(read->at_end, row.at_end);
    ck_assert_int_eq(read->iterations_per_s, row.iterations_per_s);
    ck_assert_int_eq(read->memory_mb, row.memory_mb);
    ck_assert_int_eq(read->work, HT_BENCH_BLANK);
    ck_assert_int_eq(count_trace(), 6);
    ht_results_close(&results);
}
END_TEST

START_TEST(a_run_is_known_by_program_data_seed_and_limits) {
    open_results();
    add("town", 1);
    ht_bench_row row = make_row("town", 1);
    ck_assert(ht_results_hold(&results, &row));
    ht_bench_set(row.measured, "later");
    ck_assert(ht_results_hold(&results, &row));
    row.seed = 2;
    ck_assert(!ht_results_hold(&results, &row));
    row = make_row("village", 1);
    ck_assert(!ht_results_hold(&results, &row));
    row = make_row("town", 1);
    row.time_limit = HT_BENCH_BLANK;
    ck_assert(!ht_results_hold(&results, &row));
    row = make_row("town", 1);
    ht_bench_set(row.binary, "other");
    ck_assert(!ht_results_hold(&results, &row));
    ht_results_close(&results);
}
END_TEST

/* Cut anywhere in the last row, the file goes on with the rows before it. */
START_TEST(a_torn_last_line_is_dropped) {
    open_results();
    add("town", 1);
    off_t whole = size_of(path);
    add("town", 2);
    ht_results_close(&results);
    for (off_t size = size_of(path) - 1; size > whole; size -= 7) {
        ck_assert_int_eq(truncate(path, size), 0);
        open_results();
        ck_assert_int_eq(results.rows.count, 1);
        ck_assert_int_eq(size_of(path), whole);
        ck_assert_int_eq(count_trace(), 3); /* the second run's are of no row */
        add("town", 2);
        ht_results_close(&results);
        ck_assert_int_eq(count_trace(), 6);
    }
}
END_TEST

START_TEST(a_header_that_was_torn_is_written_anew) {
    open_results();
    ht_results_close(&results);
    ck_assert_int_eq(truncate(path, 11), 0);
    open_results();
    add("town", 1);
    ht_results_close(&results);
    open_results();
    ck_assert_int_eq(results.rows.count, 1);
    ht_results_close(&results);
}
END_TEST

START_TEST(a_file_of_other_columns_is_left_alone) {
    FILE *file = fopen(path, "w");
    fputs("commit;dirty;something\r\n1;2;3\r\n", file);
    fclose(file);
    off_t size = size_of(path);
    ck_assert_int_eq(ht_results_open(&results, path, trace_path, &err), HT_EINPUT);
    ck_assert_str_ne(err.text, "");
    ht_results_close(&results);
    ck_assert_int_eq(size_of(path), size);
}
END_TEST

static const struct {
    const char *text;
    int32_t levels; /* -1: no list */
} LISTS[] = {{"", 0}, {"5", 1}, {"0|12|-3", 3}, {"1|x", -1}, {"1||2", -1}, {"1|2|3|4|5|6|7|8|9", -1}, {"1,5", -1}};

START_TEST(level_values_in_a_cell) {
    int64_t value[HT_LEVELS_MAX];
    char out[HT_BENCH_TEXT];
    int32_t levels = ht_levels_parse(LISTS[_i].text, value);
    ck_assert_int_eq(levels, LISTS[_i].levels);
    if (levels < 0)
        return;
    ht_levels_print(value, levels, out);
    ck_assert_str_eq(out, LISTS[_i].text);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_results");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, rows_are_read_back_as_they_were);
    tcase_add_test(tests, a_run_is_known_by_program_data_seed_and_limits);
    tcase_add_test(tests, a_torn_last_line_is_dropped);
    tcase_add_test(tests, a_header_that_was_torn_is_written_anew);
    tcase_add_test(tests, a_file_of_other_columns_is_left_alone);
    tcase_add_loop_test(tests, level_values_in_a_cell, 0, sizeof LISTS / sizeof LISTS[0]);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
