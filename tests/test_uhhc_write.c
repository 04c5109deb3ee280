/* A solution of home health care that is written and read again is the same, to the last part of the scale. */
#include "io/uhhc_write.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "tests/support.h"
#include "tests/support_store.h"

#define DATA HT_SOURCE_DIR "/tests/golden/data/solve/"
enum { STOPS = 4 };

static ht_test_folder place;
static ht_arena arena;
static ht_err err;
static ht_uhhc u;

static void set_up(void) {
    test_folder_make(&place);
    ht_arena_init(&arena, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_uhhc_release(&u);
    ht_arena_release(&arena);
    test_folder_remove(&place);
}

static void write_and_read(const ht_uhhc_solution *solution, ht_uhhc_solution *again) {
    char path[256];
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ck_assert_int_eq(ht_uhhc_solution_write(&u, solution, &text, &err), HT_OK);
    snprintf(path, sizeof path, "%s/solution.json", place.path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(ht_text_get(&text), file);
    fclose(file);
    ht_text_release(&text);
    ck_assert_msg(ht_uhhc_solution_read(path, &u, &arena, again, &err) == HT_OK, "%s", err.text);
}

/* Stops in order of time: the reader sorts by it. */
static void draw_route(ht_rng *rng, int32_t caregiver, ht_uhhc_stop stop[STOPS], ht_uhhc_route *route) {
    int32_t time = 0, step = 1000 * u.scale;
    for (int32_t i = 0; i < STOPS; i++) {
        stop[i].patient = ht_rng_below(rng, u.patients);
        stop[i].service = ht_rng_below(rng, u.services + 1) - 1;
        stop[i].start = time += 1 + ht_rng_below(rng, step);
        stop[i].end = time += ht_rng_below(rng, step);
    }
    *route = (ht_uhhc_route){caregiver, STOPS, stop};
}

static void compare_routes(const ht_uhhc_route *route, const ht_uhhc_route *again) {
    ck_assert_int_eq(again->caregiver, route->caregiver);
    ck_assert_int_eq(again->stops, route->stops);
    for (int32_t i = 0; i < route->stops; i++) {
        ck_assert_int_eq(again->stop[i].patient, route->stop[i].patient);
        ck_assert_int_eq(again->stop[i].service, route->stop[i].service);
        ck_assert_int_eq(again->stop[i].start, route->stop[i].start);
        ck_assert_int_eq(again->stop[i].end, route->stop[i].end);
    }
}

static void compare_drawn(int32_t rounds) {
    ht_rng rng;
    ht_rng_init(&rng, 1, 1);
    for (int32_t i = 0; i < rounds; i++) {
        ht_uhhc_stop stop[2][STOPS];
        ht_uhhc_route route[2];
        ht_uhhc_solution again, solution = {.routes = 2, .route = route};
        draw_route(&rng, 1, stop[0], &route[0]);
        draw_route(&rng, 0, stop[1], &route[1]);
        write_and_read(&solution, &again);
        ck_assert_int_eq(again.routes, 2);
        compare_routes(&route[0], &again.route[0]);
        compare_routes(&route[1], &again.route[1]);
    }
}

START_TEST(a_solution_in_whole_minutes_is_read_as_it_was) {
    ck_assert_msg(ht_uhhc_read(DATA "uhhc.json", &u, &err) == HT_OK, "%s", err.text);
    compare_drawn(test_rounds(20, 2000));
}
END_TEST

START_TEST(a_solution_with_decimals_is_read_as_it_was) {
    ck_assert_msg(ht_mankowska_read(DATA "mankowska.txt", &u, &err) == HT_OK, "%s", err.text);
    compare_drawn(test_rounds(20, 2000));
}
END_TEST

START_TEST(an_unused_caregiver_has_no_route) {
    static const ht_uhhc_stop STOP = {1, 0, 30, 40};
    const ht_uhhc_route route[] = {{1, 0, NULL}, {0, 1, &STOP}};
    ht_uhhc_solution again, solution = {.routes = 2, .route = route};
    ck_assert_msg(ht_uhhc_read(DATA "uhhc.json", &u, &err) == HT_OK, "%s", err.text);
    write_and_read(&solution, &again);
    ck_assert_int_eq(again.routes, 1);
    compare_routes(&route[1], &again.route[0]);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("uhhc_write");
    TCase *tests = tcase_create("solutions");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_solution_in_whole_minutes_is_read_as_it_was);
    tcase_add_test(tests, a_solution_with_decimals_is_read_as_it_was);
    tcase_add_test(tests, an_unused_caregiver_has_no_route);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
