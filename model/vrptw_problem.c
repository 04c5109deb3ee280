#include "model/vrptw_problem.h"

/* Parts that the weight of an unplanned customer is told in: it leaves the range of a visit's weight otherwise. */
enum { UNPLANNED_PARTS = 1000 };

/* ---- the problem ---- */

/* More than any plan costs that serves each customer on a journey of its own. */
static int32_t weight_of_customer(const ht_vrptw *instance) {
    int64_t sum = 0;
    for (int32_t i = 1; i < instance->places; i++)
        sum += 2 * (int64_t)ht_vrptw_distance(instance, 0, i);
    int64_t weight = 1 + sum / UNPLANNED_PARTS;
    return weight < HT_WEIGHT_MAX ? (int32_t)weight : HT_WEIGHT_MAX;
}

static bool fill_visits(const ht_vrptw *instance, ht_problem *q, ht_arena *arena) {
    ht_visit *visit = HT_ARENA_NEW(arena, q->visits, ht_visit);
    int32_t *visit_of_task = HT_ARENA_NEW(arena, q->visits, int32_t), weight = weight_of_customer(instance);
    if (!visit || !visit_of_task)
        return false;
    for (int32_t v = 0; v < q->visits; v++) {
        const ht_vrptw_place *place = &instance->place[v + 1];
        visit[v] = (ht_visit){.client = v,
                              .place = v + 1,
                              .service = place->service,
                              .earliest = place->ready,
                              .latest = place->due,
                              .agreed = place->ready,
                              .due = place->due,
                              .need = 1,
                              .weight = weight,
                              .load = place->demand,
                              .first_task = v};
        visit_of_task[v] = v;
    }
    q->visit = visit;
    q->visit_of_task = visit_of_task;
    return true;
}

static bool fill_shifts(const ht_vrptw *instance, ht_problem *q, ht_arena *arena) {
    const ht_vrptw_place *depot = &instance->place[0];
    ht_shift *shift = HT_ARENA_NEW(arena, q->shifts, ht_shift);
    for (int32_t i = 0; shift && i < q->shifts; i++)
        shift[i] = (ht_shift){.staff = i,
                              .start = depot->ready + depot->service,
                              .end = depot->due,
                              .latest_end = depot->due,
                              .capacity = instance->capacity};
    q->shift = shift;
    return shift != NULL;
}

static bool fill_travel(const ht_vrptw *instance, ht_problem *q, ht_arena *arena) {
    size_t places = (size_t)instance->places;
    int32_t *travel = HT_ARENA_NEW(arena, places * places, int32_t);
    for (int32_t a = 0; travel && a < instance->places; a++)
        for (int32_t b = 0; b < instance->places; b++)
            travel[(size_t)a * places + (size_t)b] = ht_vrptw_distance(instance, a, b);
    q->travel[0] = travel;
    return travel != NULL;
}

/* Any vehicle serves any customer, and none is missed. */
static bool fill_pairs(ht_problem *q, ht_arena *arena) {
    size_t pairs = (size_t)q->visits * (size_t)q->shifts;
    uint8_t *able = HT_ARENA_NEW(arena, pairs, uint8_t);
    int32_t *cap = HT_ARENA_NEW(arena, q->visits, int32_t);
    q->points_first = q->points_again = HT_ARENA_NEW(arena, pairs, int32_t);
    q->wishes_unmet = q->seen = HT_ARENA_NEW(arena, pairs, uint8_t);
    if (!able || !cap || !q->points_first || !q->wishes_unmet)
        return false;
    memset(able, 1, pairs);
    for (int32_t c = 0; c < q->visits; c++)
        cap[c] = INT32_MAX;
    q->able = able;
    q->cap = cap;
    return true;
}

static void fill_objective(ht_objective *o) {
    o->levels = 1;
    snprintf(o->profile, sizeof o->profile, "published");
    snprintf(o->level[0].name, sizeof o->level[0].name, "cost");
    o->level[0].weight[HT_C_UNPLANNED] = UNPLANNED_PARTS;
    o->level[0].weight[HT_C_TRAVEL] = 1;
}

ht_status ht_vrptw_problem_build(const ht_vrptw *instance, ht_arena *arena, ht_vrptw_problem *built, ht_err *err) {
    int32_t customers = instance->places - 1, vehicles = instance->vehicles;
    *built = (ht_vrptw_problem){.instance = instance,
                                .problem = {.visits = customers,
                                            .tasks = customers,
                                            .clients = customers,
                                            .shifts = vehicles,
                                            .staff = vehicles,
                                            .places = instance->places}};
    ht_problem *q = &built->problem;
    fill_objective(&q->objective);
    bool whole = fill_visits(instance, q, arena) && fill_shifts(instance, q, arena) &&
                 fill_travel(instance, q, arena) && fill_pairs(q, arena);
    return whole ? HT_OK : ht_fail_memory(err);
}

/* ---- and back ---- */

typedef struct stop {
    int32_t shift, start, visit;
} stop;

/* Of two stops at one time the first in the instance is no better and no worse: a service of no length at one place. */
static int by_shift_and_start(const void *a, const void *b) {
    const stop *x = a, *y = b;
    if (x->shift != y->shift)
        return x->shift < y->shift ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->visit > y->visit) - (x->visit < y->visit);
}

bool ht_vrptw_problem_solution(const ht_vrptw_problem *built, const ht_solution *solution, ht_arena *arena,
                               ht_vrptw_solution *out) {
    const ht_problem *q = &built->problem;
    stop *list = HT_ARENA_NEW(arena, q->visits, stop);
    int32_t *first = HT_ARENA_NEW(arena, q->shifts + 1, int32_t), *visit = HT_ARENA_NEW(arena, q->visits, int32_t);
    int32_t stops = 0;
    if (!list || !first || !visit)
        return false;
    for (int32_t v = 0; v < q->visits; v++)
        if (solution->shift[v] != HT_NOBODY)
            list[stops++] = (stop){solution->shift[v], solution->start[v], v};
    if (stops > 1)
        qsort(list, (size_t)stops, sizeof *list, by_shift_and_start);
    *out = (ht_vrptw_solution){.first = first, .stop = visit};
    for (int32_t i = 0; i < stops; i++) {
        if (i == 0 || list[i].shift != list[i - 1].shift)
            first[out->routes++] = i;
        visit[i] = list[i].visit + 1;
    }
    first[out->routes] = stops;
    return true;
}
