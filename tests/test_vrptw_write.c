/* Routes of vehicles as CVRPLIB writes them: the text itself, and read again they are the same. */
#include "io/vrptw_write.h"

#include <stdio.h>
#include <string.h>

#include "io/vrptw_read.h"
#include "tests/support.h"
#include "tests/support_store.h"

static const int32_t FIRST[] = {0, 2, 2, 4}, STOP[] = {2, 1, 3, 4};
static const ht_vrptw_solution ROUTES = {3, FIRST, STOP};

static ht_test_folder place;
static ht_arena arena;
static ht_text text;
static ht_err err;

static void set_up(void) {
    test_folder_make(&place);
    ht_arena_init(&arena, &ht_allocator_system);
    ht_text_init(&text, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_text_release(&text);
    ht_arena_release(&arena);
    test_folder_remove(&place);
}

START_TEST(used_routes_are_numbered_and_the_cost_has_one_decimal) {
    ck_assert_int_eq(ht_vrptw_solution_write(&ROUTES, 8270, &text, &err), HT_OK);
    ck_assert_str_eq(ht_text_get(&text), "Route #1: 2 1\nRoute #2: 3 4\nCost 827.0\n");
}
END_TEST

START_TEST(written_routes_are_read_as_they_were) {
    ht_vrptw v;
    ht_vrptw_solution again;
    char path[256];
    ck_assert_int_eq(ht_vrptw_solution_write(&ROUTES, 868, &text, &err), HT_OK);
    snprintf(path, sizeof path, "%s/routes.sol", place.path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(ht_text_get(&text), file);
    fclose(file);
    ck_assert_msg(ht_vrptw_read(HT_SOURCE_DIR "/tests/golden/data/solve/vrptw.txt", &v, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_vrptw_solution_read(path, &v, &arena, &again, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(again.routes, 2);
    ck_assert_int_eq(again.first[1], 2);
    ck_assert_int_eq(again.first[2], 4);
    ck_assert_mem_eq(again.stop, STOP, sizeof STOP);
    ht_vrptw_release(&v);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("vrptw_write");
    TCase *tests = tcase_create("solutions");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, used_routes_are_numbered_and_the_cost_has_one_decimal);
    tcase_add_test(tests, written_routes_are_read_as_they_were);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
