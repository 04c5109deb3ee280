/* Each record in bench/records is a solution of its instance, costs what it says, and beats the best published value; the
 * suites and the best known values of bench/ are of the same instances. The published data is read beside the repository: the
 * tests that need it are skipped where it is not there. */
#include <glob.h>
#include <unistd.h>

#include "bench/best_known.h"
#include "bench/record.h"
#include "bench/suite.h"
#include "tests/support.h"

#define BENCH HT_SOURCE_DIR "/bench/"
#define DATA HT_SOURCE_DIR "/../shared/benchmarks"

static const char *const SETS[] = {"mankowska", "uhhc", "solomon", "gehring-homberger"};
static ht_array known, cases;
static ht_err err;

static void set_up(void) {
    ht_err_init(&err);
    ht_array_init(&known, sizeof(ht_best_known), &ht_allocator_system);
    ht_array_init(&cases, sizeof(ht_bench_case), &ht_allocator_system);
    ck_assert_msg(ht_best_known_read(BENCH "best_known.csv", &known, &err) == HT_OK, "%s", err.text);
    for (size_t i = 0; i < sizeof SETS / sizeof SETS[0]; i++) {
        char path[512];
        snprintf(path, sizeof path, BENCH "suites/%s.csv", SETS[i]);
        ck_assert_msg(ht_suite_read(path, &cases, &err) == HT_OK, "%s", err.text);
    }
}

static void tear_down(void) {
    ht_array_release(&known);
    ht_array_release(&cases);
}

static const ht_bench_case *find_case(const char *set, const char *instance) {
    for (int32_t i = 0; i < cases.count; i++) {
        const ht_bench_case *c = ht_array_at(&cases, i);
        if (strcmp(c->set, set) == 0 && strcmp(c->case_id, instance) == 0)
            return c;
    }
    return NULL;
}

START_TEST(every_case_of_a_suite_has_a_best_known_value) {
    ck_assert_int_eq(cases.count, known.count);
    for (int32_t i = 0; i < cases.count; i++) {
        const ht_bench_case *c = ht_array_at(&cases, i);
        ck_assert_msg(ht_best_known_find(&known, c->set, c->case_id) != NULL, "%s %s", c->set, c->case_id);
    }
}
END_TEST

/* The instance of the record as a file at `to`; false where its data is not there. */
static bool prepare(const ht_bench_case *c, const char *to) {
    char missing[HT_BENCH_PATH];
    ht_bench_text fingerprint;
    if (!ht_case_is_there(c, DATA, missing)) {
        printf("skipped: there is no %s\n", missing);
        return false;
    }
    ck_assert_msg(ht_case_prepare(c, DATA, to, fingerprint, &err) == HT_OK, "%s", err.text);
    return true;
}

static void check_record(const char *path, const char *file) {
    ht_record record;
    int64_t value = 0;
    ck_assert_msg(ht_record_read(path, &record, &err) == HT_OK, "%s", err.text);
    const ht_best_known *best = ht_best_known_find(&known, record.set, record.instance);
    const ht_bench_case *c = find_case(record.set, record.instance);
    ck_assert_msg(best != NULL && c != NULL, "%s: it is of no instance that is known", path);
    ck_assert_msg(ht_clearly_better(record.value, best->value), "%s: %lld is not better than %lld", path,
                  (long long)record.value, (long long)best->value);
    if (prepare(c, file)) {
        ck_assert_msg(ht_record_evaluate(&record, file, &value, &err) == HT_OK, "%s: %s", path, err.text);
        ck_assert_msg(value == record.value, "%s: it costs %lld", path, (long long)value);
        unlink(file);
    }
    ht_record_release(&record);
}

START_TEST(every_record_costs_what_it_says_and_beats_what_is_published) {
    char folder[] = "/tmp/hemtur-kept-XXXXXX", file[64];
    glob_t found;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/instance", folder);
    if (glob(BENCH "records/*.csv", 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            check_record(found.gl_pathv[i], file);
        globfree(&found);
    }
    ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("records");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, every_case_of_a_suite_has_a_best_known_value);
    tcase_add_test(tests, every_record_costs_what_it_says_and_beats_what_is_published);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
