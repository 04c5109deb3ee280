/* The working plan where whole shifts are counted and tasks have two windows: what is kept of it is what a timing from
 * nothing says, what an insertion promises is what it costs, and changes can be taken back. */
#include "solver/routes.h"

#include "tests/support.h"
#include "tests/support_search.h"

enum { STEPS = 8, EACH = 25, LOOPS = 12 };

static search s;

static void same_plan(const ht_snapshot *a, const ht_snapshot *b) {
    const ht_problem *p = s.problem;
    ck_assert_mem_eq(a->shift, b->shift, (size_t)p->tasks * sizeof(int32_t));
    for (int32_t t = 0; t < p->tasks; t++)
        if (a->shift[t] != HT_NOBODY) {
            ck_assert_msg(a->start[t] == b->start[t], "seed %d: task %d starts at %d, then at %d", (int)s.seed, t,
                          a->start[t], b->start[t]);
            ck_assert_int_eq(a->next[t], b->next[t]);
        }
    ck_assert_mem_eq(a->break_after, b->break_after, (size_t)p->shifts * sizeof(int32_t));
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        ck_assert_msg(a->values.component[c] == b->values.component[c], "seed %d: %s is %ld, then %ld", (int)s.seed,
                      ht_component_name(c), (long)a->values.component[c], (long)b->values.component[c]);
    ck_assert_msg(a->cost == b->cost, "seed %d: %ld, then %ld", (int)s.seed, (long)a->cost, (long)b->cost);
}

/* The cost that is kept is that of the values. */
static void cost_of_values(const ht_snapshot *plan) {
    ht_cost cost = 0;
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        cost += s.routes->weights->component[c] * plan->values.component[c];
    ck_assert_msg(plan->cost == cost, "seed %d: kept %ld, by its values %ld", (int)s.seed, (long)plan->cost,
                  (long)cost);
}

/* Another working plan, of the same stops, timed from nothing. */
static void same_from_nothing(const ht_snapshot *plan) {
    ht_arena arena;
    ht_snapshot fresh;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_routes *r = ht_routes_create(s.problem, &s.tuning.anneal, &arena);
    ck_assert_ptr_nonnull(r);
    ht_routes_load(r, plan);
    ck_assert(ht_snapshot_init(&fresh, r, &arena));
    same_plan(plan, &fresh);
    ht_arena_release(&arena);
}

static void check_changes(uint64_t seed) {
    ht_snapshot before, after;
    search_draw(&s, seed, &problem_whole);
    ck_assert(ht_snapshot_init(&before, s.routes, &s.arena));
    ck_assert(ht_snapshot_init(&after, s.routes, &s.arena));
    for (int32_t step = 0; step < STEPS; step++) {
        search_shake(&s, 1);
        ht_routes_begin(s.routes);
        ht_routes_save(s.routes, &before);
        cost_of_values(&before);
        same_from_nothing(&before);
        ht_ruin(&s.ruiner);
        search_recreate(&s);
        ht_routes_rollback(s.routes);
        ht_routes_save(s.routes, &after);
        same_plan(&before, &after);
    }
    search_end(&s);
}

START_TEST(plans_are_kept_right_and_changes_taken_back) {
    for (int32_t i = 0; i < EACH; i++)
        check_changes((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("routes_whole");
    TCase *tests = tcase_create("routes_whole");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, plans_are_kept_right_and_changes_taken_back, 0, LOOPS);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
