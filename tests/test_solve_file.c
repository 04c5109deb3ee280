/* A published instance from the file to the written solution: what is told is what the evaluator counts of that file, the
 * same whatever the threads; stopped, limited and infeasible runs end as they should. */
#include "app/solve_file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "io/vrptw_read.h"
#include "tests/support.h"
#include "tests/support_store.h"

#define DATA HT_SOURCE_DIR "/tests/golden/data/solve/"

static ht_test_folder place;
static ht_arena arena;
static ht_err err;
static char out[128];

static void set_up(void) {
    test_folder_make(&place);
    snprintf(out, sizeof out, "%s/solution", place.path);
    ht_arena_init(&arena, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_arena_release(&arena);
    test_folder_remove(&place);
}

static ht_solve_file_job job_of(const char *path, int64_t work) {
    return (ht_solve_file_job){
        .path = path, .kind = HT_INSTANCE_DETECT, .out = out, .solve = {.seed = 1, .work = work, .threads = 1}};
}

/* ---- what is told, and what is written ---- */

static const struct {
    const char *path;
    ht_instance_kind kind;
    int64_t cost; /* of the best solution there is: worked out by hand */
    int32_t visits, staff;
    const char *text;
} INSTANCES[] = {{DATA "uhhc.json", HT_INSTANCE_UHHC, 72, 3, 2, "72"},
                 {DATA "mankowska.txt", HT_INSTANCE_MANKOWSKA, 417082, 3, 2, "13.9027"},
                 {DATA "vrptw.txt", HT_INSTANCE_VRPTW, 868, 4, 2, "86.8"}};

static void assert_patients_cost(const ht_uhhc *u, int64_t cost) {
    ht_uhhc_solution written;
    ht_uhhc_cost counted;
    ck_assert_msg(ht_uhhc_solution_read(out, u, &arena, &written, &err) == HT_OK, "%s", err.text);
    written.tolerance = 0;
    ck_assert_int_eq(ht_uhhc_evaluate(u, &written, &counted, &err), HT_OK);
    ck_assert_str_eq(counted.first, "");
    ck_assert_int_eq(counted.total, cost);
}

static void assert_customers_cost(const ht_vrptw *v, int64_t cost) {
    ht_vrptw_solution written;
    ht_vrptw_cost counted;
    ck_assert_msg(ht_vrptw_solution_read(out, v, &arena, &written, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_vrptw_evaluate(v, &written, &counted, &err), HT_OK);
    ck_assert_str_eq(counted.first, "");
    ck_assert_int_eq(counted.distance, cost);
}

/* Of the written file alone, read anew. */
static void assert_written_cost(const char *path, ht_instance_kind kind, int64_t cost) {
    ht_uhhc u;
    ht_vrptw v;
    if (kind == HT_INSTANCE_VRPTW) {
        ck_assert_int_eq(ht_vrptw_read(path, &v, &err), HT_OK);
        assert_customers_cost(&v, cost);
        ht_vrptw_release(&v);
        return;
    }
    ck_assert_int_eq(kind == HT_INSTANCE_UHHC ? ht_uhhc_read(path, &u, &err) : ht_mankowska_read(path, &u, &err),
                     HT_OK);
    assert_patients_cost(&u, cost);
    ht_uhhc_release(&u);
}

START_TEST(the_best_solution_is_found_told_and_written) {
    ht_solve_file_job job = job_of(INSTANCES[_i].path, 2000);
    ht_solved_file solved;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(solved.kind, INSTANCES[_i].kind);
    ck_assert(solved.feasible && solved.written);
    ck_assert_str_eq(solved.note, "");
    ck_assert_int_eq(solved.cost, INSTANCES[_i].cost);
    ck_assert_str_eq(solved.cost_text, INSTANCES[_i].text);
    ck_assert_int_eq(solved.visits, INSTANCES[_i].visits);
    ck_assert_int_eq(solved.staff, INSTANCES[_i].staff);
    ck_assert_int_eq(solved.routes, 2);
    ck_assert_int_eq(solved.unserved_count + solved.left_out, 0);
    ck_assert_int_eq(solved.work, 2000);
    ck_assert(solved.first_full_s < 0); /* no clock was read for it */
    assert_written_cost(INSTANCES[_i].path, solved.kind, solved.cost);
    ht_solved_file_release(&solved);
}
END_TEST

/* cost = sum of weight * value, the hard ones 0. */
START_TEST(the_parts_add_up_to_the_cost) {
    ht_solve_file_job job = job_of(INSTANCES[_i].path, 100);
    ht_solved_file solved;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    double sum = 0;
    for (int32_t i = 0; i < solved.parts; i++) {
        const ht_solved_part *part = &solved.part[i];
        sum += (double)part->value / (double)part->scale * part->weight;
        ck_assert(!part->hard || part->value == 0);
    }
    double divisor = solved.kind == HT_INSTANCE_MANKOWSKA ? 3 : 1;
    ck_assert_double_eq_tol(sum / divisor, (double)solved.cost / (double)solved.cost_scale, 1e-9);
    ht_solved_file_release(&solved);
}
END_TEST

static int64_t published_cost(const char *path, int32_t threads, int64_t seed) {
    ht_solve_file_job job = job_of(path, 3000);
    ht_solved_file solved;
    job.solve.threads = threads;
    job.solve.seed = seed;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert(solved.feasible);
    int64_t cost = solved.cost;
    assert_written_cost(path, solved.kind, cost);
    ht_solved_file_release(&solved);
    return cost;
}

#define SETS HT_SOURCE_DIR "/../shared/benchmarks/"
static const char *const PUBLISHED[] = {SETS "hhcrsp-mankowska/instances/InstanzCPLEX_HCSRP_25_6.txt",
                                        SETS "vrptw/solomon/RC101.txt"};

START_TEST(published_instances_cost_the_same_whatever_the_threads) {
    if (access(PUBLISHED[_i], R_OK) != 0) {
        printf("skipped: there is no %s\n", PUBLISHED[_i]);
        return;
    }
    ck_assert_int_eq(published_cost(PUBLISHED[_i], 1, 1), published_cost(PUBLISHED[_i], 3, 1));
    ck_assert_int_gt(published_cost(PUBLISHED[_i], 1, 2), 0);
}
END_TEST

/* ---- how a run ends ---- */

typedef struct seen {
    int32_t calls;
    bool falls;
    ht_solve_file_progress last;
} seen;

static void look(void *context, const ht_solve_file_progress *progress) {
    seen *s = context;
    if (s->calls++ > 0)
        s->falls = s->falls && progress->cost <= s->last.cost && progress->seconds >= s->last.seconds;
    s->last = *progress;
}

START_TEST(progress_tells_the_cost_as_the_set_counts_it) {
    seen s = {.falls = true};
    ht_solve_file_job job = job_of(INSTANCES[_i].path, 0);
    ht_solved_file solved;
    job.solve.time_limit = 1.5;
    job.progress = look;
    job.context = &s;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert_int_gt(s.calls, 0);
    ck_assert(s.falls && s.last.feasible);
    ck_assert_int_eq(s.last.cost, solved.cost);
    ck_assert_int_eq(s.last.cost_scale, solved.cost_scale);
    ck_assert_int_eq(s.last.unplanned, 0);
    ck_assert(solved.first_full_s >= 0 && solved.first_full_s < 1.5);
    ck_assert(solved.wall_s < 5);
    ht_solved_file_release(&solved);
}
END_TEST

START_TEST(a_stopped_run_keeps_the_best_so_far) {
    static atomic_int stop;
    atomic_store(&stop, 1);
    ht_solve_file_job job = job_of(INSTANCES[_i].path, 0);
    ht_solved_file solved;
    job.solve.time_limit = 60;
    job.solve.stop = &stop;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert(solved.wall_s < 5);
    ck_assert(solved.written == solved.feasible);
    ck_assert(solved.feasible == (solved.unserved_count == 0));
    ht_solved_file_release(&solved);
}
END_TEST

/* The instance with every `from` replaced. */
static const char *changed(const char *path, const char *from, const char *to) {
    static char text[1 << 14], name[128];
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    snprintf(name, sizeof name, "%s/changed", place.path);
    file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    const char *at = text;
    for (const char *hit; (hit = strstr(at, from)) != NULL; at = hit + strlen(from))
        fprintf(file, "%.*s%s", (int)(hit - at), at, to);
    ck_assert_ptr_ne(at, text);
    fputs(at, file);
    fclose(file);
    return name;
}

static const struct {
    const char *path, *from, *to, *id;
    ht_unserved_reason reason;
} INFEASIBLE[] = {
    {DATA "uhhc.json", "[\"c2\"]", "[\"c1\", \"c2\"]", "p1", HT_UNSERVED_NOBODY_ABLE},
    {DATA "mankowska.txt", "1 0\n0 1\nx", "1 0\n0 0\nx", "p2", HT_UNSERVED_NOBODY_ABLE},
    {DATA "vrptw.txt", "68         10", "68         21", "1", HT_UNSERVED_TOO_LARGE},
};

START_TEST(what_cannot_be_done_is_told_and_nothing_is_written) {
    const char *path = changed(INFEASIBLE[_i].path, INFEASIBLE[_i].from, INFEASIBLE[_i].to);
    ht_solve_file_job job = job_of(path, 2000);
    ht_solved_file solved;
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert(!solved.feasible && !solved.written);
    ck_assert_str_eq(solved.cost_text, "infeasible");
    ck_assert_int_ge(solved.unserved_count, 1);
    ck_assert_str_eq(solved.unserved[0].id, INFEASIBLE[_i].id);
    ck_assert_int_eq(solved.unserved[0].reason, INFEASIBLE[_i].reason);
    ck_assert_str_eq(solved.note, "");
    ht_solved_file_release(&solved);
    char list[256];
    ck_assert_str_eq(test_folder_list(&place, list, sizeof list), "changed"); /* no temporary file either */
}
END_TEST

START_TEST(a_place_that_cannot_be_written_is_told_before_the_search) {
    static const char *const PLACES[] = {"/nowhere/at/all", "/tmp", "/dev/full", DATA "uhhc.json"};
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        ht_solve_file_job job = job_of(DATA "uhhc.json", 0);
        ht_solved_file solved;
        job.out = PLACES[i];
        job.solve.time_limit = 60;
        double began = ht_clock_wall();
        ck_assert_int_eq(ht_solve_file(&job, &solved, &err), HT_ESYSTEM);
        ck_assert_msg(strstr(err.text, "cannot be written") != NULL, "%s", err.text);
        ck_assert(ht_clock_wall() - began < 5);
        ht_solved_file_release(&solved);
    }
}
END_TEST

START_TEST(one_visit_is_enough) {
    const char *path =
        changed(DATA "vrptw.txt", "    2      45         70         10        625        870         90   ", "");
    ht_solved_file solved;
    ht_solve_file_job job = job_of(path, 100);
    ck_assert_int_eq(ht_solve_file(&job, &solved, &err), HT_EINPUT); /* customer 3 without customer 2 */
    ck_assert_msg(strstr(err.text, "'3': expected a number from 2 to 2") != NULL, "%s", err.text);
    ht_solved_file_release(&solved);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs("one\n\nVEHICLE\nNUMBER CAPACITY\n1 5\n\nCUSTOMER\nCUST X Y\n\n0 0 0 0 0 100 0\n1 3 4 5 0 50 10\n", file);
    fclose(file);
    ck_assert_msg(ht_solve_file(&job, &solved, &err) == HT_OK, "%s", err.text);
    ck_assert_str_eq(solved.cost_text, "10.0");
    ht_solved_file_release(&solved);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("solve_file");
    TCase *tests = tcase_create("instances");
    int count = (int)(sizeof INSTANCES / sizeof INSTANCES[0]);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, the_best_solution_is_found_told_and_written, 0, count);
    tcase_add_loop_test(tests, the_parts_add_up_to_the_cost, 0, count);
    tcase_add_loop_test(tests, published_instances_cost_the_same_whatever_the_threads, 0,
                        (int)(sizeof PUBLISHED / sizeof PUBLISHED[0]));
    tcase_add_loop_test(tests, progress_tells_the_cost_as_the_set_counts_it, 0, count);
    tcase_add_loop_test(tests, a_stopped_run_keeps_the_best_so_far, 0, count);
    tcase_add_loop_test(tests, what_cannot_be_done_is_told_and_nothing_is_written, 0,
                        (int)(sizeof INFEASIBLE / sizeof INFEASIBLE[0]));
    tcase_add_test(tests, a_place_that_cannot_be_written_is_told_before_the_search);
    tcase_add_test(tests, one_visit_is_enough);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
