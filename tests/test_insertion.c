/* Insertions: the cost that is promised is the cost that comes, and no place is better than the one found. */
#include "solver/insertion_joint.h"

#include "tests/support.h"
#include "tests/support_search.h"

enum { STEPS = 8, SEEDS = 150 };

static search s;

/* How many in a hundred promises may be off: none, whatever ties routes to each other, but for what a promise leaves out:
 * that two new persons come to one client with a staff_cap, that a stop makes the next one sooner (crooked travel). */
static const struct {
    const char *what;
    const problem_shape *base;
    int32_t several, linked, bounded, caps, crooked, off;
} SHAPE[] = {
    {"one person each", &problem_any, 0, 0, 0, 40, 0, 0},
    {"crooked travel", &problem_any, 0, 0, 0, 40, 10, 1},
    {"several persons", &problem_any, 40, 0, 0, 0, 0, 0},
    {"links", &problem_any, 0, 40, 0, 40, 0, 0},
    {"links with a largest gap", &problem_any, 0, 40, 100, 40, 0, 0},
    {"all of that", &problem_any, 20, 20, 30, 40, 10, 2},
    {"persons that start apart", &problem_apart, 60, 0, 0, 0, 0, 0},
    {"persons that start apart, links", &problem_apart, 60, 30, 50, 0, 0, 0},
    {"all of that, apart", &problem_apart, 40, 20, 30, 40, 10, 2},
};

static problem_shape shape_of(int32_t i) {
    problem_shape shape = *SHAPE[i].base;
    shape.several = SHAPE[i].several;
    shape.linked = SHAPE[i].linked;
    shape.bounded = SHAPE[i].bounded;
    shape.caps = SHAPE[i].caps;
    shape.crooked = SHAPE[i].crooked;
    if (SHAPE[i].several == 0)
        shape.tags = 0;
    return shape;
}

/* Visits may be held back by what is behind them. */
static bool is_bounded(int32_t i) {
    return SHAPE[i].bounded > 0 || SHAPE[i].base == &problem_apart;
}

static ht_cost weight_of(int32_t visit) {
    const ht_visit *v = &s.problem->visit[visit];
    return s.routes->weights->component[HT_C_UNPLANNED] * v->weight * v->need;
}

/* ---- the promise ---- */

typedef struct promises {
    int32_t made, off, broken; /* kept to the last unit or not; visits that could not be put in after all */
} promises;

/* Ruins, and puts back every absent visit where it is cheapest. */
static void count_promises(promises *count) {
    for (int32_t step = 0; step < STEPS; step++) {
        ht_routes_begin(s.routes);
        ht_ruin(&s.ruiner);
        for (int32_t i = s.routes->absents - 1; i >= 0; i--) {
            ht_insertion in;
            int32_t visit = s.routes->absent[i];
            ht_cost before = s.routes->cost;
            if (!ht_insertion_find(&s.inserter, visit, HT_COST_NONE, &in))
                continue;
            count->made++;
            if (ht_insertion_apply(s.routes, visit, &in))
                count->off += in.cost != s.routes->cost - before + weight_of(visit);
            else
                count->broken++;
        }
    }
}

START_TEST(a_visit_costs_what_was_promised) {
    promises count = {0};
    problem_shape shape = shape_of(_i);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        search_draw(&s, seed, &shape);
        count_promises(&count);
        search_end(&s);
    }
    ck_assert_int_gt(count.made, 1000);
    ck_assert_msg(100 * count.off <= SHAPE[_i].off * count.made, "%s: %d of %d promises are off", SHAPE[_i].what,
                  count.off, count.made);
    /* a visit of one person may lie on a circle of bounded gaps */
    ck_assert_msg(1000 * count.broken <= (is_bounded(_i) ? count.made : 0), "%s: %d of %d visits could not be put in",
                  SHAPE[_i].what, count.broken, count.made);
}
END_TEST

/* ---- every position tried ---- */

static ht_cost plain_cost(const plain_plan *plan) {
    ht_values values;
    ht_cost cost = 0;
    plain_values(plan, &values);
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        cost += s.routes->weights->component[c] * values.component[c];
    return cost;
}

static ht_cost try_tasks(plain_plan *plan, int32_t task, int32_t end);

/* With the task at a place of a route, the break where it was: before or behind on that leg. */
static ht_cost try_place(plain_plan *plan, int32_t task, int32_t end, int32_t shift, int32_t at) {
    ht_cost best = HT_COST_NONE;
    int32_t leg = plan->route[shift].break_leg;
    plain_insert(plan, task, shift, at);
    for (int32_t moved = leg > at; moved <= (leg >= at); moved++) {
        plan->route[shift].break_leg = leg + moved;
        ht_cost cost = try_tasks(plan, task + 1, end);
        best = cost < best ? cost : best;
    }
    plan->route[shift].break_leg = leg;
    plain_remove(plan, shift, at);
    return best;
}

/* The plan's least cost with the tasks up to `end` anywhere. */
static ht_cost try_tasks(plain_plan *plan, int32_t task, int32_t end) {
    const ht_problem *p = s.problem;
    ht_cost best = HT_COST_NONE;
    if (task == end)
        return plain_allowed(plan) && plain_time(plan) ? plain_cost(plan) : HT_COST_NONE;
    for (int32_t i = 0; i < p->shifts; i++) {
        if (!p->able[task * p->staff + p->shift[i].staff] || s.routes->closed[i])
            continue;
        for (int32_t at = 0; at <= plan->route[i].count; at++) {
            ht_cost cost = try_place(plan, task, end, i, at);
            best = cost < best ? cost : best;
        }
    }
    return best;
}

/* The least cost of the plan as it stands with the visit anywhere. */
static ht_cost try_all(plain_plan *plan, int32_t visit) {
    const ht_visit *v = &s.problem->visit[visit];
    return try_tasks(plan, v->first_task, v->first_task + v->need);
}

/* What costs no less than the bound is not found, what costs less is. */
static void find_within_bounds(int32_t visit, ht_cost cost) {
    ht_insertion in;
    ck_assert(!ht_insertion_find(&s.inserter, visit, cost, &in));
    ck_assert(ht_insertion_find(&s.inserter, visit, cost + 1, &in));
    ck_assert_int_eq(in.cost, cost);
}

/* Compares with the plain plan for every absent visit; counts the visits, and those that do not cost the least. */
static void find_as_plainly(plain_plan *plan, promises *count) {
    search_plain(s.routes, plan);
    ck_assert(plain_time(plan));
    ht_cost before = plain_cost(plan);
    for (int32_t i = 0; i < s.routes->absents; i++) {
        ht_insertion in;
        int32_t visit = s.routes->absent[i];
        ht_cost best = try_all(plan, visit) - before + weight_of(visit);
        bool found = ht_insertion_find(&s.inserter, visit, HT_COST_NONE, &in);
        ck_assert_msg(found == (best < HT_COST_NONE / 2), "seed %d: visit %d: found %d", (int)s.seed, visit, found);
        ck_assert_msg(!found || in.cost >= best, "seed %d: visit %d: %ld, plainly %ld", (int)s.seed, visit,
                      (long)in.cost, (long)best);
        if (found)
            find_within_bounds(visit, in.cost);
        count->made += found;
        count->off += found && in.cost > best;
    }
}

/* Where travel is crooked a place may make the stops behind it sooner: what that gains is not promised. */
START_TEST(no_place_is_better_than_the_one_found) {
    plain_plan plan;
    promises count = {0};
    problem_shape shape = problem_plain;
    shape.crooked = _i == 0 ? 0 : problem_plain.crooked;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        search_draw(&s, seed, &shape);
        search_shake(&s, 3);
        for (int32_t step = 0; step < 2; step++) {
            ht_routes_begin(s.routes);
            ht_ruin(&s.ruiner);
            find_as_plainly(&plan, &count);
            search_recreate(&s);
        }
        search_end(&s);
    }
    ck_assert_int_gt(count.made, 500);
    ck_assert_msg(200 * count.off <= _i * count.made, "%d of %d are off", count.off, count.made);
}
END_TEST

/* ---- visits of several ---- */

typedef struct finds {
    int32_t tried, best, missed; /* visits that have a place; those at their cheapest; those that found none */
} finds;

/* A place that is promised costs what it says, so that it can never be cheaper than the cheapest. */
static void count_found(plain_plan *plan, finds *count) {
    search_plain(s.routes, plan);
    ck_assert(plain_time(plan));
    ht_cost before = plain_cost(plan);
    for (int32_t i = 0; i < s.routes->absents; i++) {
        ht_insertion in;
        int32_t visit = s.routes->absent[i];
        ht_cost best = try_all(plan, visit);
        bool found = ht_insertion_find(&s.inserter, visit, HT_COST_NONE, &in);
        if (!s.routes->coupled[s.problem->visit[visit].first_task] || best == HT_COST_NONE) {
            ck_assert_msg(found == (best < HT_COST_NONE), "seed %d: visit %d: found %d", (int)s.seed, visit, found);
            continue;
        }
        best += weight_of(visit) - before;
        ck_assert_msg(!found || in.cost >= best, "seed %d: visit %d: %ld, at least %ld", (int)s.seed, visit,
                      (long)in.cost, (long)best);
        count->tried++;
        count->best += found && in.cost == best;
        count->missed += !found;
    }
}

START_TEST(several_find_nearly_always_their_cheapest_places) {
    static const problem_shape *const BASE[] = {&problem_any, &problem_apart};
    static const char *const *const PROFILE[] = {problem_profiles, problem_profiles_of_sums};
    problem_shape shape = *BASE[_i];
    plain_plan plan;
    finds count = {0};
    shape.visits_most = 9;
    shape.shifts_least = 2;
    shape.shifts_most = 4;
    shape.several = 60;
    shape.crooked = shape.caps = 0;
    shape.profile = PROFILE[_i];
    for (uint64_t seed = 0; seed < 2 * SEEDS; seed++) {
        search_draw(&s, seed, &shape);
        search_shake(&s, 3);
        ht_routes_begin(s.routes);
        ht_ruin(&s.ruiner);
        count_found(&plan, &count);
        search_end(&s);
    }
    ck_assert_int_gt(count.tried, 150);
    ck_assert_msg(100 * count.best >= 99 * count.tried && count.missed == 0,
                  "of %d visits %d are at their best, %d nowhere", count.tried, count.best, count.missed);
}
END_TEST

/* ---- bounds ---- */

/* Each place that a scan gives costs its `least` or more, and what it is weighed at, and is refused where it is weighed at
 * nothing. Returns how many were compared. */
static int32_t weigh_places(int32_t visit) {
    int32_t task = s.problem->visit[visit].first_task, compared = 0;
    int32_t shifts = ht_insertion_list_shifts(&s.inserter, visit);
    ht_position *at = HT_ARENA_NEW(&s.arena, 2 * s.routes->nodes, ht_position);
    for (int32_t i = 0; i < shifts; i++) {
        int32_t count = ht_scan(&s.inserter.scanner, task, s.inserter.shift[i], HT_COST_NONE, at);
        for (int32_t k = 0; k < count; k++, compared++) {
            ht_insertion in = {.at = {at[k]}};
            ht_cost before = s.routes->cost;
            in.cost = ht_insertion_weigh(&s.inserter, visit, in.at, at[k].start, HT_DELAYS_ALL, HT_COST_NONE);
            ht_routes_begin(s.routes);
            bool fits = ht_insertion_apply(s.routes, visit, &in);
            ht_cost cost = s.routes->cost - before + weight_of(visit);
            ht_routes_rollback(s.routes);
            ck_assert_msg(fits == (in.cost < HT_COST_NONE), "seed %d: visit %d: fits %d", (int)s.seed, visit, fits);
            if (!fits)
                continue;
            ck_assert_msg(at[k].least <= cost, "seed %d: visit %d: at least %ld, costs %ld", (int)s.seed, visit,
                          (long)at[k].least, (long)cost);
            ck_assert_msg(in.cost == cost, "seed %d: visit %d: weighed %ld, costs %ld", (int)s.seed, visit,
                          (long)in.cost, (long)cost);
        }
    }
    return compared;
}

START_TEST(no_place_costs_less_than_its_bound) {
    static const problem_shape *const BASE[] = {&problem_any, &problem_apart};
    problem_shape shape = *BASE[_i];
    int32_t compared = 0;
    shape.crooked = shape.caps = 0;
    for (uint64_t seed = 0; seed < SEEDS + SEEDS / 10; seed++) {
        search_draw(&s, seed, &shape);
        search_shake(&s, 3);
        ht_routes_begin(s.routes);
        ht_ruin(&s.ruiner);
        for (int32_t i = 0; i < s.routes->absents; i++)
            if (!s.routes->coupled[s.problem->visit[s.routes->absent[i]].first_task])
                compared += weigh_places(s.routes->absent[i]);
        search_end(&s);
    }
    ck_assert_int_gt(compared, 800);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("insertion");
    TCase *tests = tcase_create("insertion");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_visit_costs_what_was_promised, 0, (int)(sizeof SHAPE / sizeof SHAPE[0]));
    tcase_add_loop_test(tests, no_place_is_better_than_the_one_found, 0, 2);
    tcase_add_loop_test(tests, several_find_nearly_always_their_cheapest_places, 0, 2);
    tcase_add_loop_test(tests, no_place_costs_less_than_its_bound, 0, 2);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
