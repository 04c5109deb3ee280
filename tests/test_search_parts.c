/* Parts of the search that are left out: names are read, and without any of them plans keep every rule but are looked for in
 * another way. */
#include "solver/search_parts.h"

#include "solver/solve.h"
#include "tests/support.h"
#include "tests/support_plain.h"

enum { PROBLEMS = 12, WORK = 800 };

static ht_arena arena;
static ht_err err;

static void set_up(void) {
    ht_arena_init(&arena, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

static const struct {
    const char *names;
    bool known;
    ht_search_parts parts;
} NAMES[] = {{"", true, 0},
             {"blinks", true, 1u << HT_PART_BLINKS},
             {"exchange|set-partitioning", true, 1u << HT_PART_EXCHANGE | 1u << HT_PART_SET_PARTITIONING},
             {"blink", false, 0},
             {"blinks,exchange", false, 0},
             {"blinks||exchange", false, 0},
             {"|", false, 0}};

START_TEST(names_are_read) {
    ht_search_parts parts = 0;
    ck_assert_int_eq(ht_search_parts_parse(NAMES[_i].names, &parts), NAMES[_i].known);
    if (NAMES[_i].known)
        ck_assert_uint_eq(parts, NAMES[_i].parts);
}
END_TEST

START_TEST(each_name_is_its_part) {
    ht_search_parts parts = 0;
    ck_assert(ht_search_parts_parse(ht_search_part_name((ht_search_part)_i), &parts));
    ck_assert_uint_eq(parts, 1u << _i);
}
END_TEST

/* How many places were weighed in all: another way of searching weighs others. */
static int64_t search(const ht_problem *problem, ht_search_parts without) {
    ht_solve_options options = {.seed = 1, .work = WORK, .threads = 1, .without = without};
    ht_solve_result result;
    plain_plan plan;
    ht_values values;
    ck_assert_msg(ht_solve(problem, &options, &arena, &result, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(plain_from_solution(&plan, problem, &result.best), "a hard rule is broken");
    plain_values(&plan, &values);
    ck_assert_int_eq(ht_values_compare(&values, &result.best.values, &problem->objective), 0);
    return result.evaluations;
}

START_TEST(without_a_part_it_searches_in_another_way) {
    bool other = false;
    for (uint64_t seed = 0; seed < PROBLEMS && !other; seed++) {
        const ht_problem *problem = problem_draw(seed, &problem_any, &arena);
        other = search(problem, 1u << _i) != search(problem, 0);
        ht_arena_clear(&arena);
    }
    ck_assert_msg(other, "without %s nothing is different", ht_search_part_name((ht_search_part)_i));
}
END_TEST

int main(void) {
    Suite *suite = suite_create("search_parts");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, names_are_read, 0, sizeof NAMES / sizeof NAMES[0]);
    tcase_add_loop_test(tests, each_name_is_its_part, 0, HT_SEARCH_PARTS);
    tcase_add_loop_test(tests, without_a_part_it_searches_in_another_way, 0, HT_SEARCH_PARTS);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
