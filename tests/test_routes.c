/* The working plan: its costs, times and slack are what a plain recomputation says, and changes can be taken back. */
#include "solver/routes.h"

#include "tests/support.h"
#include "tests/support_search.h"

enum { STEPS = 12, EACH = 24, LOOPS = 24 }; /* a test draws EACH problems, and runs LOOPS times */

static const ht_component SUMS[] = {HT_C_UNPLANNED, HT_C_LATE,   HT_C_CONTINUITY,
                                    HT_C_WISHES,    HT_C_TRAVEL, HT_C_OVERTIME};

static search s;
static plain_plan plan;

/* Each kind of problem in turn. */
static const problem_shape *shape_of(uint64_t seed) {
    static const problem_shape *const SHAPE[] = {&problem_any,   &problem_any,   &problem_usual,
                                                 &problem_plain, &problem_apart, &problem_apart};
    return SHAPE[seed % 6];
}

/* ---- comparing with the plain plan ---- */

static bool sums_over_stops(ht_component c) {
    for (size_t i = 0; i < sizeof SUMS / sizeof SUMS[0]; i++)
        if (SUMS[i] == c)
            return true;
    return false;
}

static bool weighs(const ht_problem *p, ht_component c) {
    for (int32_t l = 0; l < p->objective.levels; l++)
        if (p->objective.level[l].weight[c] > 0)
            return true;
    return false;
}

static void same_starts(const ht_routes *r) {
    const ht_problem *p = r->problem;
    for (int32_t t = 0; t < p->tasks; t++) {
        ck_assert_int_eq(r->shift[t], plan.shift[t]);
        if (r->shift[t] != HT_NOBODY)
            ck_assert_msg(r->start[t] == plan.start[t], "seed %d: task %d starts at %d, plainly at %d", (int)s.seed, t,
                          r->start[t], plan.start[t]);
    }
    for (int32_t i = 0; i < p->shifts; i++)
        if (plain_uses(&plan, i))
            ck_assert_int_eq(r->start[ht_routes_last(r, i)], plan.end[i]);
}

/* The planned starts are the earliest with the windows narrowed to the usual starts that the calm reaches; they cost no
 * lateness or overtime, and no start becomes moved that the earliest times leave as usual. */
static void same_planned(const ht_routes *r) {
    const ht_problem *p = r->problem;
    ht_values earliest, planned;
    bool weighed = weighs(p, HT_C_MOVED) && p->usual_start;
    ck_assert_int_eq(weighed, r->planned_ready != NULL);
    plain_values(&plan, &earliest);
    for (int32_t v = 0; v < p->visits && weighed; v++) {
        int32_t task = p->visit[v].first_task;
        bool has_usual = r->shift[task] != HT_NOBODY && p->usual_start[v] != HT_BLANK;
        if (has_usual && p->usual_start[v] - 15 * 60 <= r->calm[task])
            plan.floor[task] = p->usual_start[v] - 15 * 60;
    }
    ck_assert(plain_time(&plan));
    for (int32_t t = 0; t < p->tasks; t++)
        if (r->shift[t] != HT_NOBODY)
            ck_assert_msg(r->planned[t] == plan.start[t], "seed %d: task %d is planned at %d, plainly at %d",
                          (int)s.seed, t, r->planned[t], plan.start[t]);
    plain_values(&plan, &planned);
    ck_assert_int_eq(planned.component[HT_C_LATE], earliest.component[HT_C_LATE]);
    ck_assert_int_eq(planned.component[HT_C_OVERTIME], earliest.component[HT_C_OVERTIME]);
    ck_assert_int_le(planned.component[HT_C_MOVED], earliest.component[HT_C_MOVED]);
}

static void same_values(const ht_routes *r) {
    ht_values plain, values;
    ht_cost cost = 0;
    plain_values(&plan, &plain);
    ht_routes_values(r, &values);
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        const char *name = ht_component_name(c);
        bool counted = sums_over_stops(c) || weighs(r->problem, c);
        int64_t expected = counted ? plain.component[c] : values.component[c];
        ck_assert_msg(values.component[c] == expected, "%s is %ld, plainly %ld", name, (long)values.component[c],
                      (long)expected);
        if (!sums_over_stops(c) && !(counted && (c == HT_C_MOVED || c == HT_C_UNUSUAL || c == HT_C_LATE_MAX)))
            continue;
        ck_assert_msg(r->component[c] == plain.component[c], "%s is kept as %ld, plainly %ld", name,
                      (long)r->component[c], (long)plain.component[c]);
        cost += r->weights->component[c] * plain.component[c];
    }
    for (int32_t l = 0; l < r->problem->objective.levels; l++)
        ck_assert_int_eq(values.level[l], plain.level[l]);
    ck_assert_int_eq(r->cost, cost);
}

/* Of each class every member once, the used ones first; and how many are used. */
static void same_classes(const ht_routes *r, const int32_t *stops) {
    const ht_problem *p = r->problem;
    int32_t used_in_all = 0, tasks = 0;
    for (int32_t c = 0; c < r->classes.classes; c++) {
        int32_t used = 0;
        for (int32_t i = r->classes.first[c]; i < r->classes.first[c + 1]; i++) {
            ck_assert_int_eq(r->classes.of_shift[r->member[i]], c);
            ck_assert_int_eq(r->member_at[r->member[i]], i);
            ck_assert_int_eq(stops[r->member[i]] > 0, i < r->classes.first[c] + r->used[c]);
            used += stops[r->member[i]] > 0;
        }
        ck_assert_int_eq(r->used[c], used);
        used_in_all += used;
    }
    for (int32_t i = 0; i < p->shifts; i++)
        tasks += stops[i];
    ck_assert_int_eq(r->routes_used, used_in_all);
    ck_assert_int_eq(r->tasks_planned, tasks);
}

static void same_counts(const ht_routes *r) {
    const ht_problem *p = r->problem;
    int32_t absents = 0, stops[PROBLEM_SHIFTS] = {0}, load[PROBLEM_SHIFTS] = {0};
    int32_t *meetings = HT_ARENA_NEW(&s.arena, p->clients * p->staff, int32_t);
    for (int32_t t = 0; t < p->tasks; t++) {
        const ht_visit *v = &p->visit[p->visit_of_task[t]];
        if (plan.shift[t] == HT_NOBODY)
            continue;
        stops[plan.shift[t]]++;
        load[plan.shift[t]] += v->load;
        meetings[v->client * p->staff + p->shift[plan.shift[t]].staff] += v->counts;
    }
    for (int32_t i = 0; i < p->shifts; i++) {
        ck_assert_int_eq(r->stops[i], stops[i]);
        ck_assert_int_eq(r->load[i], load[i]);
    }
    same_classes(r, stops);
    for (int32_t c = 0; c < p->clients; c++) {
        int32_t faces = 0;
        for (int32_t staff = 0; staff < p->staff; staff++) {
            ck_assert_int_eq(r->meetings[c * p->staff + staff], meetings[c * p->staff + staff]);
            faces += meetings[c * p->staff + staff] > 0 && !p->seen[c * p->staff + staff];
        }
        ck_assert_int_eq(r->faces[c], faces);
    }
    for (int32_t v = 0; v < p->visits; v++)
        absents += !plain_is_planned(&plan, v);
    ck_assert_int_eq(r->absents, absents);
    for (int32_t i = 0; i < absents; i++) {
        ck_assert(!plain_is_planned(&plan, r->absent[i]));
        for (int32_t k = 0; k < i; k++)
            ck_assert_int_ne(r->absent[i], r->absent[k]);
    }
}

static void same_as_plain(const ht_routes *r) {
    search_plain(r, &plan);
    ck_assert_msg(plain_allowed(&plan) && plain_time(&plan), "seed %d: a hard rule is broken", (int)s.seed);
    same_starts(r);
    same_planned(r);
    same_values(r);
    same_counts(r);
}

/* ---- random changes ---- */

/* Positions anywhere for an absent visit, at persons who may make it; false where the draw has none. */
static bool draw_positions(int32_t visit, ht_insertion *in) {
    const ht_problem *p = s.problem;
    search_plain(s.routes, &plan);
    for (int32_t i = 0; i < p->visit[visit].need; i++) {
        int32_t shift = ht_rng_below(&s.rng, p->shifts), at = ht_rng_below(&s.rng, plan.route[shift].count + 1);
        int32_t n = ht_routes_first(s.routes, shift);
        if (s.routes->closed[shift])
            return false;
        plain_insert(&plan, p->visit[visit].first_task + i, shift, at);
        while (at-- > 0)
            n = s.routes->next[n];
        in->at[i] = (ht_position){.shift = shift, .after = n, .break_after = s.routes->break_after[shift]};
    }
    return plain_allowed(&plan);
}

/* How many legs of the route end at the node or before. */
static int32_t legs_before(int32_t shift, int32_t node) {
    int32_t legs = 0;
    for (int32_t n = ht_routes_first(s.routes, shift); n != node; n = s.routes->next[n])
        legs++;
    return legs;
}

/* The working plan and the plain one agree whether the visit fits there; where it does not, the plan is as it was. */
static void insert_anywhere(int32_t visit) {
    ht_insertion in;
    int32_t absents = s.routes->absents;
    if (!draw_positions(visit, &in))
        return;
    bool fits = ht_insertion_apply(s.routes, visit, &in);
    search_plain(s.routes, &plan);
    if (fits) {
        ck_assert(plain_time(&plan));
        return;
    }
    ck_assert_msg(s.routes->absents == absents, "seed %d: refusing visit %d cost others their place", (int)s.seed,
                  visit);
    for (int32_t i = 0; i < s.problem->visit[visit].need; i++) {
        int32_t shift = in.at[i].shift, at = legs_before(shift, in.at[i].after);
        if (in.at[i].break_after >= 0) /* that of an unused route does not come back */
            plan.route[shift].break_leg = legs_before(shift, in.at[i].break_after);
        plain_insert(&plan, s.problem->visit[visit].first_task + i, shift, at);
        plan.route[shift].break_leg += plan.route[shift].break_leg > at;
    }
    ck_assert_msg(!plain_time(&plan), "seed %d: visit %d was refused where it fits", (int)s.seed, visit);
}

static void change(void) {
    int32_t visit = ht_rng_below(&s.rng, s.problem->visits);
    if (ht_rng_below(&s.rng, 3) == 0) {
        ht_ruin(&s.ruiner);
        same_as_plain(s.routes);
        search_recreate(&s);
    } else if (s.routes->shift[s.problem->visit[visit].first_task] == HT_NOBODY) {
        insert_anywhere(visit);
    } else {
        ht_routes_unlink_visit(s.routes, visit);
        ht_routes_repair(s.routes);
    }
}

static void check_recomputation(uint64_t seed) {
    search_draw(&s, seed, shape_of(seed));
    same_as_plain(s.routes);
    for (int32_t step = 0; step < STEPS; step++) {
        if (step % 4 == 0)
            ht_routes_begin(s.routes);
        change();
        same_as_plain(s.routes);
    }
    search_end(&s);
}

START_TEST(costs_and_times_are_those_of_a_plain_recomputation) {
    for (int32_t i = 0; i < EACH; i++)
        check_recomputation((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

static void check_weights(uint64_t seed) {
    search_draw(&s, seed, shape_of(seed));
    search_shake(&s, 3);
    ht_routes_set_weights(s.routes, &s.tuning.fill);
    same_as_plain(s.routes);
    search_shake(&s, 3);
    same_as_plain(s.routes);
    ht_weights odd;
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        odd.component[c] = ht_rng_below(&s.rng, 1000);
    ht_routes_set_weights(s.routes, &odd);
    same_as_plain(s.routes);
    search_shake(&s, 3);
    same_as_plain(s.routes);
    search_end(&s);
}

START_TEST(other_weights_give_the_cost_they_say) {
    for (int32_t i = 0; i < EACH; i++)
        check_weights((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

/* ---- taking back ---- */

/* All that a plan is, with what is kept of it. Of unplanned tasks only that they are unplanned. */
typedef struct whole {
    int32_t *node[9]; /* prev, next, start, ready, latest, calm, own_latest, own_calm, planned */
    int32_t *break_after, *stops, *faces, *shift;
    int64_t *travel, *late, *overtime;
    int16_t *meetings;
    ht_cost cost;
    int64_t component[HT_COMPONENTS];
    uint8_t *absent;
} whole;

static void *copy(const void *from, int32_t count, size_t size) {
    void *to = ht_arena_alloc(&s.arena, (size_t)count, size);
    memcpy(to, from, (size_t)count * size);
    return to;
}

static void keep_whole(const ht_routes *r, whole *w) {
    const ht_problem *p = r->problem;
    const int32_t *of_node[] = {r->prev, r->next,       r->start,    r->ready,  r->latest,
                                r->calm, r->own_latest, r->own_calm, r->planned};
    for (int32_t i = 0; i < 9; i++)
        w->node[i] = copy(of_node[i], r->nodes, sizeof(int32_t));
    w->shift = copy(r->shift, r->nodes, sizeof(int32_t));
    w->break_after = copy(r->break_after, p->shifts, sizeof(int32_t));
    w->stops = copy(r->stops, p->shifts, sizeof(int32_t));
    w->faces = copy(r->faces, p->clients, sizeof(int32_t));
    w->travel = copy(r->travel, p->shifts, sizeof(int64_t));
    w->late = copy(r->late, p->shifts, sizeof(int64_t));
    w->overtime = copy(r->overtime, p->shifts, sizeof(int64_t));
    w->meetings = copy(r->meetings, p->clients * p->staff, sizeof(int16_t));
    w->cost = r->cost;
    memcpy(w->component, r->component, sizeof w->component);
    w->absent = HT_ARENA_NEW(&s.arena, p->visits, uint8_t);
    for (int32_t i = 0; i < r->absents; i++)
        w->absent[r->absent[i]] = 1;
}

static void same_whole(const whole *a, const whole *b, const ht_routes *r) {
    const ht_problem *p = r->problem;
    size_t shifts = (size_t)p->shifts;
    ck_assert_mem_eq(a->shift, b->shift, (size_t)r->nodes * sizeof(int32_t));
    for (int32_t n = 0; n < r->nodes; n++)
        for (int32_t i = 0; i < 9 && a->shift[n] != HT_NOBODY; i++)
            ck_assert_msg(a->node[i][n] == b->node[i][n], "array %d of node %d: %d, then %d", i, n, a->node[i][n],
                          b->node[i][n]);
    ck_assert_mem_eq(a->break_after, b->break_after, shifts * sizeof(int32_t));
    ck_assert_mem_eq(a->stops, b->stops, shifts * sizeof(int32_t));
    ck_assert_mem_eq(a->travel, b->travel, shifts * sizeof(int64_t));
    ck_assert_mem_eq(a->late, b->late, shifts * sizeof(int64_t));
    ck_assert_mem_eq(a->overtime, b->overtime, shifts * sizeof(int64_t));
    ck_assert_mem_eq(a->faces, b->faces, (size_t)p->clients * sizeof(int32_t));
    ck_assert_mem_eq(a->meetings, b->meetings, (size_t)(p->clients * p->staff) * sizeof(int16_t));
    ck_assert_mem_eq(a->component, b->component, sizeof a->component);
    ck_assert_int_eq(a->cost, b->cost);
    ck_assert_mem_eq(a->absent, b->absent, (size_t)p->visits);
}

static void check_taking_back(uint64_t seed) {
    whole before, after;
    search_draw(&s, seed, shape_of(seed));
    search_recreate(&s);
    for (int32_t step = 0; step < STEPS; step++) {
        ht_arena_mark mark = ht_arena_get_mark(&s.arena);
        ht_routes_begin(s.routes);
        keep_whole(s.routes, &before);
        ht_ruin(&s.ruiner);
        search_recreate(&s);
        change();
        ht_routes_rollback(s.routes);
        keep_whole(s.routes, &after);
        same_whole(&before, &after, s.routes);
        ht_arena_rewind(&s.arena, mark);
        change();
        same_as_plain(s.routes);
    }
    search_end(&s);
}

START_TEST(a_change_taken_back_leaves_no_trace) {
    for (int32_t i = 0; i < EACH; i++)
        check_taking_back((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

/* ---- slack ---- */

static int64_t too_late_to_be_usual(void) {
    const ht_problem *p = plan.problem;
    int64_t count = 0;
    for (int32_t v = 0; v < p->visits && s.routes->planned_ready; v++)
        count += plain_is_planned(&plan, v) && p->usual_start[v] != HT_BLANK &&
                 plan.start[p->visit[v].first_task] > p->usual_start[v] + 15 * 60;
    return count;
}

/* In all that a later start can only raise; overtime where it costs something or visits wait. */
static int64_t lateness(void) {
    ht_values values;
    plain_values(&plan, &values);
    bool counts_overtime = s.routes->weights->component[HT_C_OVERTIME] > 0 || s.routes->planned_ready;
    return values.component[HT_C_LATE] + (counts_overtime ? values.component[HT_C_OVERTIME] : 0) +
           too_late_to_be_usual();
}

/* Whether the plan holds with the task starting no earlier than that. */
static bool holds_from(int32_t task, int32_t start) {
    plan.floor[task] = start;
    bool holds = plain_time(&plan);
    plan.floor[task] = 0;
    return holds;
}

static void slack_is_exact(int32_t task) {
    const ht_routes *r = s.routes;
    int32_t latest = r->latest[task], calm = r->calm[task];
    ck_assert(plain_time(&plan));
    int64_t late = lateness();
    ck_assert_msg(r->start[task] <= calm && calm <= latest, "seed %d: task %d starts at %d, calm %d, latest %d",
                  (int)s.seed, task, r->start[task], calm, latest);
    ck_assert_msg(holds_from(task, latest), "seed %d: task %d cannot start at its latest", (int)s.seed, task);
    ck_assert_msg(latest == HT_NEVER || !holds_from(task, latest + 1), "seed %d: task %d can start after its latest",
                  (int)s.seed, task);
    ck_assert(holds_from(task, calm));
    ck_assert_msg(lateness() == late, "seed %d: task %d starts late or makes late at its calm", (int)s.seed, task);
    if (calm < latest) {
        ck_assert(holds_from(task, calm + 1));
        ck_assert_msg(lateness() > late, "seed %d: task %d is not late after its calm", (int)s.seed, task);
    }
}

static void check_slack(uint64_t seed) {
    search_draw(&s, seed, shape_of(seed));
    for (int32_t step = 0; step < 3; step++) {
        search_shake(&s, 2);
        search_plain(s.routes, &plan);
        for (int32_t t = 0; t < s.problem->tasks; t++)
            if (s.routes->shift[t] != HT_NOBODY)
                slack_is_exact(t);
    }
    search_end(&s);
}

START_TEST(slack_is_the_last_start_that_holds) {
    for (int32_t i = 0; i < EACH; i++)
        check_slack((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

/* ---- kept plans ---- */

static void check_kept_plan(uint64_t seed) {
    search_draw(&s, seed, shape_of(seed));
    ht_snapshot kept, again;
    ck_assert(ht_snapshot_init(&kept, s.routes, &s.arena));
    ck_assert(ht_snapshot_init(&again, s.routes, &s.arena));
    search_shake(&s, 3);
    ht_routes_save(s.routes, &kept);
    search_shake(&s, 4);
    ht_routes_load(s.routes, &kept);
    same_as_plain(s.routes);
    ht_routes_save(s.routes, &again);
    ck_assert_mem_eq(&kept.values, &again.values, sizeof kept.values);
    ck_assert_int_eq(kept.cost, again.cost);
    ck_assert_mem_eq(kept.shift, again.shift, (size_t)s.problem->tasks * sizeof(int32_t));
    ck_assert_mem_eq(kept.break_after, again.break_after, (size_t)s.problem->shifts * sizeof(int32_t));
    for (int32_t t = 0; t < s.problem->tasks; t++)
        if (kept.shift[t] != HT_NOBODY) {
            ck_assert_int_eq(kept.start[t], again.start[t]);
            ck_assert_int_eq(kept.next[t], again.next[t]);
        }
    search_end(&s);
}

START_TEST(a_kept_plan_comes_back) {
    for (int32_t i = 0; i < EACH; i++)
        check_kept_plan((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

/* Visits wait for their agreed time as far as it costs nothing: what is planned are the earliest times of windows that
 * begin there, and neither lateness, overtime nor anything but waiting and moved starts differs. */
static void check_settled_starts(uint64_t seed) {
    search_draw(&s, seed, shape_of(seed));
    search_shake(&s, 3);
    ht_routes *r = s.routes;
    const ht_problem *p = s.problem;
    ht_values before, after;
    ht_routes_values(r, &before);
    ck_assert(ht_routes_settle_starts(r, &s.arena));
    ht_routes_values(r, &after);
    for (ht_component c = 0; c < HT_COMPONENTS; c++)
        if (c != HT_C_WAITING && c != HT_C_IDLE_MAX && c != HT_C_MOVED)
            ck_assert_int_eq(before.component[c], after.component[c]);
    search_plain(r, &plan);
    for (int32_t v = 0; v < p->visits; v++) {
        int32_t task = p->visit[v].first_task;
        if (r->shift[task] != HT_NOBODY)
            plan.floor[task] = p->visit[v].agreed < r->calm[task] ? p->visit[v].agreed : r->calm[task];
    }
    ck_assert_msg(plain_time(&plan), "seed %d: a hard rule is broken", (int)seed);
    for (int32_t t = 0; t < p->tasks; t++)
        if (r->shift[t] != HT_NOBODY)
            ck_assert_msg(r->planned[t] == plan.start[t], "seed %d: task %d settles at %d, plainly at %d", (int)seed, t,
                          r->planned[t], plan.start[t]);
    search_end(&s);
}

START_TEST(starts_settle_at_the_agreed_times) {
    for (int32_t i = 0; i < EACH; i++)
        check_settled_starts((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

/* Waiting is not weighed here: it counts a break between stops, not one on the way out, so moving it changes it. */
static void check_solution(uint64_t seed) {
    problem_shape shape = problem_any;
    shape.profile = problem_profiles;
    search_draw(&s, seed, &shape);
    search_shake(&s, 4);
    ht_snapshot kept;
    ht_values values;
    ck_assert(ht_snapshot_init(&kept, s.routes, &s.arena));
    ht_solution solution = {.shift = kept.shift, .start = kept.start, .values = kept.values};
    ht_routes *read = ht_routes_create(s.problem, &s.tuning.anneal, &s.arena);
    ck_assert_ptr_nonnull(read);
    ht_routes_load_solution(read, &solution);
    same_as_plain(read);
    ht_routes_values(read, &values);
    ck_assert_int_le(ht_values_compare(&values, &kept.values, &s.problem->objective), 0);
    search_end(&s);
}

START_TEST(a_solution_read_back_is_no_worse) {
    for (int32_t i = 0; i < EACH; i++)
        check_solution((uint64_t)_i * EACH + (uint64_t)i);
}
END_TEST

START_TEST(memory_runs_out) {
    search_draw(&s, 7, &problem_any);
    bool made = false;
    for (int32_t calls = 0; !made; calls++) {
        ht_limited_memory memory;
        ht_arena arena;
        ht_snapshot kept;
        ck_assert_int_lt(calls, 100);
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&arena, &memory.allocator);
        ht_routes *r = ht_routes_create(s.problem, &s.tuning.anneal, &arena);
        made = r && ht_snapshot_init(&kept, r, &arena);
        ht_arena_release(&arena);
        ck_assert(calls > 0 || !made);
    }
    search_end(&s);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("routes");
    TCase *tests = tcase_create("routes");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, costs_and_times_are_those_of_a_plain_recomputation, 0, LOOPS);
    tcase_add_loop_test(tests, other_weights_give_the_cost_they_say, 0, LOOPS);
    tcase_add_loop_test(tests, a_change_taken_back_leaves_no_trace, LOOPS, 2 * LOOPS + 2);
    tcase_add_loop_test(tests, slack_is_the_last_start_that_holds, 0, LOOPS);
    tcase_add_loop_test(tests, a_kept_plan_comes_back, 0, LOOPS);
    tcase_add_loop_test(tests, starts_settle_at_the_agreed_times, 0, LOOPS);
    tcase_add_loop_test(tests, a_solution_read_back_is_no_worse, 0, LOOPS);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
