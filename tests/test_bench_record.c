/* Records: routes that are printed are read back to the same cost, what is no solution of the instance is refused, and only a
 * better one takes the place of another. */
#include <sys/stat.h>
#include <unistd.h>

#include "bench/record.h"
#include "io/uhhc_read.h"
#include "io/vrptw_read.h"
#include "tests/support.h"

#define INSTANCES HT_SOURCE_DIR "/tests/fuzz/corpus/fuzz_published/"

/* Two customers behind each other; capacity is for one of them only. */
static const char VEHICLES[] = "toy\n\nVEHICLE\nNUMBER CAPACITY\n 2 10\n\nCUSTOMER\nCUST NO. X Y D\n\n"
                               "0 0 0 0 0 100 0\n1 3 4 6 0 50 5\n2 6 8 6 30 40 5\n";

static char folder[] = "/tmp/hemtur-records-XXXXXX";
static char instance[64], path[128];
static ht_err err;
static ht_text text;
static ht_solved_file solved;

static void write_file(const char *name, const char *bytes) {
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(bytes, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

static void set_up(void) {
    snprintf(folder, sizeof folder, "%s", "/tmp/hemtur-records-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(instance, sizeof instance, "%s/instance", folder);
    snprintf(path, sizeof path, "%s/solomon-toy.csv", folder);
    write_file(instance, VEHICLES);
    ht_err_init(&err);
    ht_text_init(&text, &ht_allocator_system);
    solved = (ht_solved_file){.kind = HT_INSTANCE_VRPTW};
}

static void tear_down(void) {
    ht_text_release(&text);
    unlink(path);
    unlink(instance);
    ck_assert_int_eq(rmdir(folder), 0); /* nothing else is left in it */
}

static void print_vehicles(int64_t value) {
    static const int32_t FIRST[] = {0, 1, 1, 2}, STOP[] = {2, 1};
    solved.solution.vrptw = (ht_vrptw_solution){3, FIRST, STOP};
    ht_text_empty(&text);
    ck_assert_msg(ht_record_print(&solved, "solomon", "toy", value, &text, &err) == HT_OK, "%s", err.text);
}

static ht_status read_and_evaluate(const char *name, const char *of, int64_t *value) {
    ht_record record;
    ht_status status = ht_record_read(name, &record, &err);
    if (!status)
        status = ht_record_evaluate(&record, of, value, &err);
    ht_record_release(&record);
    return status;
}

START_TEST(routes_of_vehicles_are_read_back) {
    int64_t value = 0;
    print_vehicles(30 * HT_BENCH_COST);
    write_file(path, ht_text_get(&text));
    ck_assert_str_eq(ht_text_get(&text),
                     "set;instance;value;route;stops\r\nsolomon;toy;30;1;2\r\nsolomon;toy;30;2;1\r\n");
    ck_assert_msg(read_and_evaluate(path, instance, &value) == HT_OK, "%s", err.text);
    ck_assert_int_eq(value, 30 * HT_BENCH_COST);
}
END_TEST

START_TEST(routes_of_caregivers_are_read_back_with_their_times) {
    static const ht_uhhc_stop ONE[] = {{0, 0, 10, 20}, {0, HT_UHHC_BREAK, 30, 40}, {1, 0, 60, 70}},
                              TWO[] = {{0, 1, 15, 35}};
    static const ht_uhhc_route ROUTES[] = {{0, 3, ONE}, {1, 1, TWO}};
    int64_t value = 0;
    ht_uhhc_cost cost;
    solved.kind = HT_INSTANCE_UHHC;
    ck_assert_msg(ht_uhhc_read(INSTANCES "uhhc", &solved.instance.uhhc, &err) == HT_OK, "%s", err.text);
    solved.solution.uhhc = (ht_uhhc_solution){.routes = 2, .route = ROUTES};
    ck_assert_int_eq(ht_uhhc_evaluate(&solved.instance.uhhc, &solved.solution.uhhc, &cost, &err), HT_OK);
    ck_assert_int_eq(cost.broken, 0);
    ck_assert_msg(ht_record_print(&solved, "uhhc", "small", cost.total * HT_BENCH_COST, &text, &err) == HT_OK, "%s",
                  err.text);
    ck_assert_ptr_nonnull(strstr(ht_text_get(&text), ";c1;p0:s0@10-20|p0:lunch_break@30-40|p1:s0@60-70\r\n"));
    write_file(path, ht_text_get(&text));
    ck_assert_msg(read_and_evaluate(path, INSTANCES "uhhc", &value) == HT_OK, "%s", err.text);
    ck_assert_int_eq(value, cost.total * HT_BENCH_COST);
    ht_uhhc_release(&solved.instance.uhhc);
}
END_TEST

static const struct {
    const char *of, *rows; /* behind the header */
    ht_status status;
    const char *message;
} BAD[] = {
    {NULL, "solomon;toy;30;1;2|1\r\n", HT_ERULE, "rules are broken"},
    {NULL, "solomon;toy;30;1;2\r\n", HT_ERULE, "rules are broken"},
    {NULL, "solomon;toy;30;1;2|9\r\n", HT_EINPUT, "route 1: '9' is no stop"},
    {NULL, "solomon;toy;30;1;2|0\r\n", HT_EINPUT, "'0' is no stop"},
    {NULL, "solomon;toy;30;1;2|\r\nsolomon;toy;30;2;1\r\n", HT_OK, ""}, /* nothing behind the last '|' */
    {NULL, "solomon;toy;30;1;2||1\r\n", HT_EINPUT, "'' is no stop"},
    {NULL, "solomon;toy;x;1;2\r\n", HT_EINPUT, ":2: value: 'x' is no number"},
    {NULL, "solomon;toy;30;1;2\r\nsolomon;toy;31;2;1\r\n", HT_EINPUT, ":3: instance: set, instance and value"},
    {NULL, "solomon;toy;30;1;\r\n", HT_EINPUT, ":2: stops"},
    {NULL, "", HT_EINPUT, "no route"},
    {INSTANCES "uhhc", "uhhc;small;30;c9;p0:s0@10-20\r\n", HT_EINPUT, "route c9: there is no such caregiver"},
    {INSTANCES "uhhc", "uhhc;small;30;c1;p0:s0@10\r\n", HT_EINPUT, "'p0:s0@10' is no stop"},
    {INSTANCES "uhhc", "uhhc;small;30;c1;p0:s9@10-20\r\n", HT_EINPUT, "is no stop"},
    {INSTANCES "uhhc", "uhhc;small;30;c1;p7:s0@10-20\r\n", HT_EINPUT, "is no stop"},
    {INSTANCES "uhhc", "uhhc;small;30;c1;p0:s0@ten-20\r\n", HT_EINPUT, "is no stop"},
    {INSTANCES "uhhc", "uhhc;small;30;c1;p0:s0@10-20\r\n", HT_ERULE, "p0 is not served"},
};

START_TEST(what_is_no_solution_is_refused) {
    char file[512];
    int64_t value = 0;
    snprintf(file, sizeof file, "set;instance;value;route;stops\r\n%s", BAD[_i].rows);
    write_file(path, file);
    ck_assert_int_eq(read_and_evaluate(path, BAD[_i].of != NULL ? BAD[_i].of : instance, &value), BAD[_i].status);
    if (BAD[_i].status != HT_OK)
        ck_assert_msg(strstr(err.text, BAD[_i].message) != NULL, "%s", err.text);
}
END_TEST

static int64_t value_kept(void) {
    ht_record record;
    ck_assert_msg(ht_record_read(path, &record, &err) == HT_OK, "%s", err.text);
    int64_t value = record.value;
    ht_record_release(&record);
    return value;
}

static bool keep(int64_t value, int64_t best_known) {
    bool kept = false;
    print_vehicles(value);
    ck_assert_msg(ht_record_keep(folder, "solomon", "toy", value, best_known, &text, &kept, &err) == HT_OK, "%s",
                  err.text);
    return kept;
}

START_TEST(only_what_is_better_is_kept) {
    const int64_t best = 100 * HT_BENCH_COST;
    ck_assert(!keep(best, best));
    ck_assert(!keep(best - best / 20000, best)); /* less than the rounding of a published cost */
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert(keep(best - 2000, best));
    ck_assert(!keep(best - 2000, best));
    ck_assert(!keep(best - 1500, best));
    ck_assert_int_eq(value_kept(), best - 2000);
    ck_assert(keep(best - 2001, best));
    ck_assert_int_eq(value_kept(), best - 2001);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("bench_record");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, routes_of_vehicles_are_read_back);
    tcase_add_test(tests, routes_of_caregivers_are_read_back_with_their_times);
    tcase_add_loop_test(tests, what_is_no_solution_is_refused, 0, sizeof BAD / sizeof BAD[0]);
    tcase_add_test(tests, only_what_is_better_is_kept);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
