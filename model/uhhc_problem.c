#include "model/uhhc_problem.h"

#include "base/numbers.h"

/* What breaks a hard part weighs so many units of the set's time, a patient who must be served so many a service, or as
 * many as a weight can hold: more than that ever saves. */
enum { HARD = 20000, MANDATORY = 1000000 };

typedef struct building {
    const ht_uhhc *u;
    ht_arena *arena;
    ht_uhhc_problem *out;
    ht_visit *visit;
    ht_task *task;
    int32_t *visit_of_task;
} building;

static bool stays_together(const ht_uhhc_patient *patient) {
    return patient->needs == 2 && (patient->pair != HT_UHHC_INDEPENDENT || patient->optional);
}

static int32_t weight_of(const ht_uhhc *u, const ht_uhhc_patient *patient, int32_t need) {
    if (!patient->optional)
        return ht_min32(MANDATORY, INT32_MAX / 2 / u->scale) * u->scale;
    return u->weight[HT_UHHC_OPTIONAL] * u->scale / need;
}

static void add_task(building *b, int32_t patient, int32_t need, int32_t lag_min, int32_t lag_max) {
    const ht_uhhc_patient *p = &b->u->patient[patient];
    ht_problem *q = &b->out->problem;
    int32_t duration = p->need[need].duration;
    int32_t met = b->u->met == HT_UHHC_MET_AT_END ? duration : 0;
    ht_uhhc_window first = p->window[0], second = p->windows > 1 ? p->window[1] : (ht_uhhc_window){0, met};
    bool hard = b->u->hard[HT_UHHC_TARDINESS] || b->u->hard[HT_UHHC_HIGHEST_TARDINESS];
    b->task[q->tasks] = (ht_task){.service = duration,
                                  .due = first.end - met,
                                  .latest = hard ? first.end - met : INT32_MAX,
                                  .lag_min = lag_min,
                                  .lag_max = lag_max,
                                  .counts_late = true,
                                  .second_earliest = second.start,
                                  .second_due = second.end - met,
                                  .second_latest = hard ? second.end - met : INT32_MAX};
    b->out->patient_of_task[q->tasks] = patient;
    b->out->need_of_task[q->tasks] = need;
    b->visit_of_task[q->tasks++] = q->visits - 1;
}

static void add_visit(building *b, int32_t patient, int32_t need, int32_t first_need) {
    const ht_uhhc_patient *p = &b->u->patient[patient];
    ht_problem *q = &b->out->problem;
    b->visit[q->visits++] = (ht_visit){.client = patient,
                                       .place = p->place,
                                       .service = p->need[first_need].duration,
                                       .earliest = p->window[0].start,
                                       .latest = INT32_MAX,
                                       .due = p->window[0].end,
                                       .need = need,
                                       .weight = weight_of(b->u, p, need),
                                       .first_task = q->tasks,
                                       .counts = false};
    add_task(b, patient, first_need, 0, 0);
}

static void add_patient(building *b, int32_t index) {
    const ht_uhhc_patient *p = &b->u->patient[index];
    if (!stays_together(p)) {
        for (int32_t i = 0; i < p->needs; i++)
            add_visit(b, index, 1, i);
        return;
    }
    bool apart = p->pair == HT_UHHC_INDEPENDENT, gap = p->pair == HT_UHHC_SEQUENTIAL;
    add_visit(b, index, 2, 0);
    add_task(b, index, 1, apart ? -HT_LAG_NONE : gap ? p->gap_min : 0, apart ? HT_LAG_NONE : gap ? p->gap_max : 0);
}

static bool fill_visits(building *b) {
    const ht_uhhc *u = b->u;
    int32_t most = 2 * u->patients;
    b->visit = HT_ARENA_NEW(b->arena, most, ht_visit);
    b->task = HT_ARENA_NEW(b->arena, most, ht_task);
    b->visit_of_task = HT_ARENA_NEW(b->arena, most, int32_t);
    b->out->patient_of_task = HT_ARENA_NEW(b->arena, most, int32_t);
    b->out->need_of_task = HT_ARENA_NEW(b->arena, most, int32_t);
    if (!b->visit || !b->task || !b->visit_of_task || !b->out->patient_of_task || !b->out->need_of_task)
        return false;
    for (int32_t i = 0; i < u->patients; i++)
        add_patient(b, i);
    b->out->problem.visit = b->visit;
    b->out->problem.task = b->task;
    b->out->problem.visit_of_task = b->visit_of_task;
    return true;
}

static int32_t last_lunch(const ht_uhhc *u) {
    return u->lunch.end - (u->met == HT_UHHC_MET_AT_END ? u->lunch_length : 0);
}

static bool fill_shifts(building *b) {
    const ht_uhhc *u = b->u;
    ht_problem *q = &b->out->problem;
    ht_shift *shift = HT_ARENA_NEW(b->arena, u->caregivers, ht_shift);
    if (!shift)
        return false;
    for (int32_t i = 0; i < u->caregivers; i++) {
        const ht_uhhc_caregiver *c = &u->caregiver[i];
        shift[i] = (ht_shift){.staff = i,
                              .start_place = c->departs,
                              .end_place = c->arrives,
                              .start = c->shift_start,
                              .end = c->shift_end,
                              .latest_end = u->hard[HT_UHHC_EXTRA] ? c->shift_end : INT32_MAX,
                              .break_length = c->lunch ? u->lunch_length : 0,
                              .break_earliest = u->lunch.start,
                              .break_latest = last_lunch(u),
                              .break_at_visit = true,
                              .break_optional = !u->hard[HT_UHHC_LUNCH]};
    }
    q->shift = shift;
    q->shifts = q->staff = u->caregivers;
    return true;
}

/* Who may do what, whom a patient prefers. */
static bool fill_pairs(building *b) {
    const ht_uhhc *u = b->u;
    ht_problem *q = &b->out->problem;
    size_t pairs = (size_t)u->patients * (size_t)u->caregivers, staff = (size_t)u->caregivers;
    uint8_t *able = HT_ARENA_NEW(b->arena, (size_t)q->tasks * staff, uint8_t);
    uint8_t *unmet = HT_ARENA_NEW(b->arena, pairs, uint8_t);
    int32_t *none = HT_ARENA_NEW(b->arena, pairs, int32_t);
    int32_t *cap = HT_ARENA_NEW(b->arena, u->patients, int32_t);
    q->one_held = HT_ARENA_NEW(b->arena, (size_t)q->visits * staff, uint8_t);
    q->seen = HT_ARENA_NEW(b->arena, pairs, uint8_t);
    if (!able || !unmet || !none || !cap || !q->one_held || !q->seen)
        return false;
    for (int32_t t = 0; t < q->tasks; t++) {
        int32_t patient = b->out->patient_of_task[t];
        int32_t service = u->patient[patient].need[b->out->need_of_task[t]].service;
        for (size_t s = 0; s < staff; s++)
            able[(size_t)t * staff + s] =
                u->able[s * (size_t)u->services + (size_t)service] && !u->incompatible[(size_t)patient * staff + s];
    }
    for (size_t i = 0; i < pairs; i++)
        unmet[i] = u->patient[i / staff].has_preference && !u->preferred[i];
    for (int32_t i = 0; i < u->patients; i++)
        cap[i] = INT32_MAX;
    q->able = able;
    q->wishes_unmet = unmet;
    q->points_first = q->points_again = none;
    q->cap = cap;
    return true;
}

/* What the search counts of each part. Persons and visits are counts: whole units of time weigh them. */
static const struct {
    ht_uhhc_part part;
    ht_component component;
} PARTS[] = {
    {HT_UHHC_TRAVEL, HT_C_TRAVEL},      {HT_UHHC_TARDINESS, HT_C_LATE},     {HT_UHHC_HIGHEST_TARDINESS, HT_C_LATE_MAX},
    {HT_UHHC_WAITING, HT_C_WAITING},    {HT_UHHC_EXTRA, HT_C_OVERTIME},     {HT_UHHC_IDLE, HT_C_IDLE_MAX},
    {HT_UHHC_PREFERENCES, HT_C_WISHES}, {HT_UHHC_LUNCH, HT_C_MISSED_BREAKS}};

/* One level: all must be weighed against each other. */
static void fill_objective(const ht_uhhc *u, ht_objective *o) {
    o->levels = 1;
    snprintf(o->profile, sizeof o->profile, "published");
    snprintf(o->level[0].name, sizeof o->level[0].name, "cost");
    o->level[0].weight[HT_C_UNPLANNED] = 1;
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        o->level[0].weight[PARTS[i].component] = (u->hard[PARTS[i].part] ? HARD : u->weight[PARTS[i].part]) *
                                                 (ht_uhhc_part_is_count(PARTS[i].part) ? u->scale : 1);
}

/* Parts that only whole shifts tell. */
static bool counts_whole_shifts(const ht_uhhc *u) {
    static const ht_uhhc_part OF[] = {HT_UHHC_WAITING, HT_UHHC_IDLE, HT_UHHC_LUNCH};
    bool some = false;
    for (size_t i = 0; i < sizeof OF / sizeof OF[0]; i++)
        some = some || u->hard[OF[i]] || u->weight[OF[i]] != 0;
    return some;
}

ht_status ht_uhhc_problem_build(const ht_uhhc *instance, ht_arena *arena, ht_uhhc_problem *built, ht_err *err) {
    *built = (ht_uhhc_problem){.instance = instance};
    building b = {.u = instance, .arena = arena, .out = built};
    built->problem.clients = instance->patients;
    built->problem.places = instance->places;
    built->problem.travel[0] = instance->distance;
    built->problem.whole_shifts = counts_whole_shifts(instance);
    fill_objective(instance, &built->problem.objective);
    if (!fill_visits(&b) || !fill_shifts(&b) || !fill_pairs(&b))
        return ht_fail_memory(err);
    return HT_OK;
}

/* ---- and back ---- */

static int by_start(const void *a, const void *b) {
    const ht_uhhc_stop *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

/* A break on the leg from the stop before it (NULL: it opens the route) to the stop after it (NULL: it ends the route): at
 * one of them, as early as it may begin. */
static ht_uhhc_stop break_between(const ht_uhhc *u, const ht_uhhc_caregiver *c, const ht_uhhc_stop *before,
                                  const ht_uhhc_stop *after) {
    int32_t leave = before ? before->end : c->shift_start,
            from = before ? u->patient[before->patient].place : c->departs;
    int32_t travel = after ? ht_uhhc_distance(u, from, u->patient[after->patient].place) : 0;
    int32_t here = ht_max32(leave, u->lunch.start), there = ht_max32(leave + travel, u->lunch.start);
    bool leaving = before && here <= last_lunch(u) && (!after || here + u->lunch_length + travel <= after->start);
    int32_t start = leaving ? here : there;
    return (ht_uhhc_stop){(leaving ? before : after)->patient, HT_UHHC_BREAK, start, start + u->lunch_length};
}

/* Puts the break of a route behind `at` of its stops. */
static void put_break(const ht_uhhc *u, ht_uhhc_route *route, ht_uhhc_stop *stop, int32_t at) {
    ht_uhhc_stop rest = break_between(u, &u->caregiver[route->caregiver], at > 0 ? &stop[at - 1] : NULL,
                                      at < route->stops ? &stop[at] : NULL);
    memmove(&stop[at + 1], &stop[at], (size_t)(route->stops - at) * sizeof *stop);
    stop[at] = rest;
    route->stops++;
}

bool ht_uhhc_problem_solution(const ht_uhhc_problem *built, const ht_solution *solution, ht_arena *arena,
                              ht_uhhc_solution *out) {
    const ht_uhhc *u = built->instance;
    const ht_problem *q = &built->problem;
    ht_uhhc_route *route = HT_ARENA_NEW(arena, u->caregivers, ht_uhhc_route);
    ht_uhhc_stop *stop = HT_ARENA_NEW(arena, (int64_t)q->tasks + u->caregivers, ht_uhhc_stop);
    if (!route || !stop)
        return false;
    *out = (ht_uhhc_solution){.routes = u->caregivers, .route = route};
    for (int32_t c = 0; c < u->caregivers; c++) {
        route[c] = (ht_uhhc_route){.caregiver = c, .stop = stop};
        for (int32_t t = 0; t < q->tasks; t++) {
            if (solution->shift[t] != c)
                continue;
            ht_uhhc_need need = u->patient[built->patient_of_task[t]].need[built->need_of_task[t]];
            stop[route[c].stops++] = (ht_uhhc_stop){built->patient_of_task[t], need.service, solution->start[t],
                                                    solution->start[t] + need.duration};
        }
        if (route[c].stops > 1)
            qsort(stop, (size_t)route[c].stops, sizeof *stop, by_start);
        if (route[c].stops > 0 && solution->break_at && solution->break_at[c] >= 0)
            put_break(u, &route[c], stop, solution->break_at[c]);
        stop += route[c].stops;
    }
    return true;
}

/* ---- the cost ---- */

/* The least that leaving out somebody who must be served counts. */
static int64_t least_mandatory(const ht_uhhc_problem *built) {
    int64_t least = INT64_MAX;
    for (int32_t v = 0; v < built->problem.visits; v++) {
        const ht_visit *visit = &built->problem.visit[v];
        int64_t weight = (int64_t)visit->weight * visit->need;
        if (!built->instance->patient[built->patient_of_task[visit->first_task]].optional && weight < least)
            least = weight;
    }
    return least;
}

bool ht_uhhc_problem_cost(const ht_uhhc_problem *built, const ht_values *values, int64_t *cost) {
    *cost = values->level[0];
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++)
        if (built->instance->hard[PARTS[i].part] && values->component[PARTS[i].component] != 0)
            return false;
    return values->component[HT_C_UNPLANNED] < least_mandatory(built);
}
