#include "solver/stream.h"

#include <math.h>

#include "base/clock.h"

/* FIRST_AT_LEAST: visits of the first plan that are a matter of milliseconds, and take no notice of any clock or stop. */
enum { RISES_MOST = 512, CLOCK_EVERY = 16, FIRST_AT_LEAST = 512, POOL_EVERY = 32, POOL_ROOM = 20000, LONG_ABSENT = 40 };

/* Part of the iterations in which insertion minds only the largest idle time. */
static const double AIM_AT_LARGEST = 0.5;

/* ---- recreate ---- */

typedef enum visit_order { ANY_ORDER, FEW_SHIFTS_FIRST, LONG_FIRST, EARLY_FIRST, FEW_POINTS_FIRST, ORDERS } visit_order;

static int32_t order_key(const ht_stream *s, visit_order order, int32_t visit) {
    const ht_visit *v = &s->routes->problem->visit[visit];
    switch (order) {
    case FEW_SHIFTS_FIRST:
        return s->lookup->takers.shifts[visit] - 1000 * v->need;
    case LONG_FIRST:
        return -v->service * v->need;
    case EARLY_FIRST:
        return v->earliest;
    case FEW_POINTS_FIRST:
        return s->lookup->least_points[visit];
    default:
        return 0;
    }
}

/* Takes from s->routes->absent those from `from` on, and of those before at most LONG_ABSENT, drawn; returns how many. */
static int32_t draw_absent(ht_stream *s, int32_t from) {
    const ht_routes *r = s->routes;
    int32_t count = r->absents - from;
    memcpy(s->order, &r->absent[from], (size_t)count * sizeof s->order[0]);
    int32_t drawn = from < LONG_ABSENT ? from : LONG_ABSENT;
    int32_t first = drawn < from ? ht_rng_below(&s->rng, from) : 0;
    for (int32_t i = 0; i < drawn; i++)
        s->order[count++] = r->absent[(first + i) % from];
    return count;
}

/* The drawn visits in a drawn order: shuffled, then sorted by the key (insertion sort: there are few; stable). */
static void order_absent(ht_stream *s, int32_t count, visit_order order) {
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t k = ht_rng_below(&s->rng, i + 1), visit = s->order[i];
        s->order[i] = s->order[k];
        s->order[k] = visit;
    }
    if (order == ANY_ORDER)
        return;
    for (int32_t i = 0; i < count; i++) {
        int32_t visit = s->order[i], key = order_key(s, order, visit), k = i;
        for (; k > 0 && s->key[k - 1] > key; k--) {
            s->key[k] = s->key[k - 1];
            s->order[k] = s->order[k - 1];
        }
        s->key[k] = key;
        s->order[k] = visit;
    }
}

/* What the visit costs while it is unplanned. */
static ht_cost weight_of(const ht_stream *s, int32_t visit) {
    const ht_visit *v = &s->routes->problem->visit[visit];
    return s->routes->weights->component[HT_C_UNPLANNED] * v->weight * v->need;
}

/* Puts the visit where it costs least, if that is below the bound; false where it stays absent. */
static bool put_in(ht_stream *s, int32_t visit, ht_cost bound) {
    ht_insertion best;
    ht_cost weight = s->leaves_out ? weight_of(s, visit) : HT_COST_NONE;
    return ht_insertion_find(&s->inserter, visit, bound < weight ? bound : weight, &best) &&
           ht_insertion_apply(s->routes, visit, &best);
}

/* Cost of what is planned. */
static ht_cost cost_of_planned(const ht_stream *s) {
    const ht_routes *r = s->routes;
    return r->cost - r->component[HT_C_UNPLANNED] * r->weights->component[HT_C_UNPLANNED];
}

/* Cost in the search's eyes: unplanned visits weigh what they have come to weigh. */
static ht_cost penalised(const ht_stream *s) {
    ht_cost cost = cost_of_planned(s);
    for (int32_t i = 0; i < s->routes->absents; i++)
        cost += s->penalty[s->routes->absent[i]];
    return cost;
}

/* Puts back the visits that are absent since `from` (an index into the absent), and some of those absent before. Gives up,
 * with false, as soon as the plan is sure to cost more than `most`: what is put back makes it dearer. */
static bool recreate(ht_stream *s, int32_t from, visit_order order, ht_cost most) {
    int32_t count = draw_absent(s, from);
    order_absent(s, count, order);
    ht_cost absent = penalised(s) - cost_of_planned(s); /* of those that stay so */
    for (int32_t i = 0; i < count; i++)
        absent -= s->penalty[s->order[i]];
    for (int32_t i = 0; i < count; i++) {
        ht_cost penalty = s->penalty[s->order[i]], left = most - cost_of_planned(s) - absent;
        bool may_stay = penalty <= left;
        if (left < 0)
            return false;
        if (put_in(s, s->order[i], may_stay ? HT_COST_NONE : left + 1))
            continue;
        if (!may_stay)
            return false;
        absent += penalty;
    }
    return true;
}

/* ---- accept ---- */

static void note_best(ht_stream *s, bool clock) {
    if (s->routes->cost < s->elite.cost)
        ht_routes_save(s->routes, &s->elite);
    const ht_problem *p = s->routes->problem;
    ht_values values;
    ht_routes_values(s->routes, &values);
    if (ht_values_compare(&values, &s->best.values, &p->objective) >= 0)
        return;
    bool fuller = values.component[HT_C_UNPLANNED] < s->best.values.component[HT_C_UNPLANNED];
    ht_routes_save(s->routes, &s->best);
    if (fuller && clock)
        s->full_at = ht_clock_wall();
}

static double part_of_run(const ht_segment *segment, int64_t done, double now) {
    double part = segment->deadline > 0 ? (now - segment->begin) / fmax(1e-9, segment->deadline - segment->begin)
                                        : (double)done / (double)segment->work;
    return segment->from + (segment->to - segment->from) * fmin(1, part);
}

static double between(double from, double to, double part) {
    return from * pow(to / from, part);
}

/* Mean of the exponential that the cost may rise by. */
static void cool(ht_stream *s, const ht_segment *segment, int64_t done, double now) {
    const ht_stream_options *o = &s->options;
    double part = part_of_run(segment, done, now);
    if (segment->phase == HT_PHASE_FILL)
        s->temperature = between(o->fill_hot, o->fill_cold, part);
    else if (part < HT_KNEE)
        s->temperature = between(o->hot, o->warm, part / HT_KNEE);
    else
        s->temperature = between(o->warm, o->cold, (part - HT_KNEE) / (1 - HT_KNEE));
}

static void raise_penalties(ht_stream *s) {
    const ht_routes *r = s->routes;
    for (int32_t i = 0; i < r->absents; i++) {
        ht_cost *penalty = &s->penalty[r->absent[i]];
        if (*penalty < HT_COST_NONE / 1024)
            *penalty += s->penalty_growth;
    }
}

/* What no shift should be idle above: half the time the largest idle time as it is, else anything from the mean to that, at
 * a cost that those above it share: so that work comes to them before one of them stands out. */
static void aim_at_idle(ht_stream *s) {
    const ht_routes *r = s->routes;
    ht_scanner *scanner = &s->inserter.scanner;
    int64_t sum = 0;
    int32_t above = 0, shifts = r->problem->shifts;
    scanner->idle_aim = r->component[HT_C_IDLE_MAX];
    scanner->idle_cost = r->weights->component[HT_C_IDLE_MAX];
    if (!r->weighs_idle || ht_rng_unit(&s->rng) < AIM_AT_LARGEST)
        return;
    for (int32_t i = 0; i < shifts; i++)
        sum += r->whole[i].idle;
    double mean = (double)sum / shifts, part = ht_rng_unit(&s->rng);
    scanner->idle_aim -= (int64_t)(part * ((double)scanner->idle_aim - mean));
    for (int32_t i = 0; i < shifts; i++)
        above += r->whole[i].idle >= scanner->idle_aim;
    scanner->idle_cost /= above > 0 ? above : 1;
}

/* What the next plan may cost to be accepted. */
static ht_cost most_accepted(ht_stream *s, ht_cost now) {
    double rise = -s->temperature * log(1 - ht_rng_unit(&s->rng));
    return rise < (double)(HT_COST_NONE - now) ? now + (ht_cost)rise : HT_COST_NONE;
}

static void iterate(ht_stream *s, bool clock) {
    raise_penalties(s);
    ht_cost was = s->routes->cost, most = most_accepted(s, penalised(s));
    int32_t absent_before = s->routes->absents;
    aim_at_idle(s);
    ht_routes_begin(s->routes);
    ht_routes_plan_later(s->routes);
    ht_ruin(&s->ruiner);
    bool whole = recreate(s, absent_before, (visit_order)ht_rng_below(&s->rng, ORDERS),
                          s->routes->problem->whole_shifts ? HT_COST_NONE : most); /* work makes shifts less idle */
    ht_routes_plan_now(s->routes);
    if (whole && s->routes->cost != was)
        note_best(s, clock); /* by its levels, whether the sum accepts it or not */
    if (!whole || penalised(s) > most)
        ht_routes_rollback(s->routes);
    s->work++;
}

static bool is_late(double deadline, double now, const atomic_int *stop) {
    return (deadline > 0 && now >= deadline) || (stop && atomic_load(stop));
}

static bool is_over(const ht_stream *s, const ht_segment *segment, double now) {
    return is_late(segment->deadline, now, segment->stop) ||
           (segment->phase == HT_PHASE_FILL && s->routes->absents == 0);
}

/* Raises each visit's penalty to this part of its weight at least. */
static void insist(ht_stream *s, double part) {
    const ht_problem *p = s->routes->problem;
    for (int32_t v = 0; v < p->visits; v++) {
        ht_cost least = (ht_cost)(part * (double)weight_of(s, v));
        if (s->penalty[v] < least)
            s->penalty[v] = least;
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* One iteration downhill; returns by how much its plan cost more, 0 where it was kept. */
static double step_down(ht_stream *s) {
    ht_cost before = penalised(s);
    int32_t absent_before = s->routes->absents;
    ht_routes_begin(s->routes);
    ht_ruin(&s->ruiner);
    recreate(s, absent_before, (visit_order)ht_rng_below(&s->rng, ORDERS), HT_COST_NONE);
    double rise = (double)(penalised(s) - before);
    if (rise > 0)
        ht_routes_rollback(s->routes);
    s->work++;
    return fmax(0, rise);
}

/* How much an iteration usually costs more, of those times that it does. 0 where nothing ever cost more. */
static double typical_rise(ht_stream *s, int32_t iterations, double deadline, const atomic_int *stop) {
    double rise[RISES_MOST];
    int32_t rises = 0;
    for (int32_t i = 0; i < iterations; i++) {
        if (i % CLOCK_EVERY == 0 && is_late(deadline, deadline > 0 ? ht_clock_wall() : 0, stop))
            break;
        rise[rises % RISES_MOST] = step_down(s); /* the last ones count: the plan is best then */
        rises += rise[rises % RISES_MOST] > 0;
    }
    if (rises == 0)
        return 0;
    rises = rises < RISES_MOST ? rises : RISES_MOST;
    qsort(rise, (size_t)rises, sizeof rise[0], by_size);
    return rise[rises / 2];
}

void ht_stream_take_heat(ht_stream *s, int32_t iterations, double deadline, const atomic_int *stop) {
    double rise = typical_rise(s, iterations, deadline, stop);
    if (rise == 0)
        return;
    s->options.hot = s->options.hot_rises * rise;
    s->options.cold = s->options.cold_rises * rise;
    s->options.warm = between(s->options.hot, s->options.cold, HT_KNEE);
    note_best(s, deadline > 0);
}

void ht_stream_run(ht_stream *s, const ht_segment *segment) {
    bool clock = segment->deadline > 0;
    if (segment->phase == HT_PHASE_ANNEAL && segment->from >= HT_INSIST)
        insist(s, 1);
    for (int64_t done = 0; done < segment->work; done++) {
        if (done % CLOCK_EVERY == 0) {
            double now = clock ? ht_clock_wall() : 0;
            if (is_over(s, segment, now))
                return;
            cool(s, segment, done, now);
        }
        iterate(s, clock);
        if (segment->phase == HT_PHASE_ANNEAL && done % POOL_EVERY == 0)
            ht_route_pool_add(&s->pool, s->routes);
    }
}

void ht_stream_construct(ht_stream *s, double deadline, const atomic_int *stop) {
    bool clock = deadline > 0;
    int32_t count = draw_absent(s, 0);
    order_absent(s, count, FEW_SHIFTS_FIRST);
    for (int32_t i = 0; i < count; i++) {
        if (i >= FIRST_AT_LEAST && i % CLOCK_EVERY == 0 && is_late(deadline, clock ? ht_clock_wall() : 0, stop))
            break;
        put_in(s, s->order[i], HT_COST_NONE);
    }
    note_best(s, clock);
}

/* Whether some level weighs unplanned visits against something else: a visit may then cost more than it is worth. */
static bool trades_visits(const ht_problem *p) {
    for (int32_t l = 0; l < p->objective.levels; l++)
        for (int32_t c = 0; p->objective.level[l].weight[HT_C_UNPLANNED] > 0 && c < HT_COMPONENTS; c++)
            if (c != HT_C_UNPLANNED && p->objective.level[l].weight[c] > 0)
                return true;
    return false;
}

void ht_stream_begin_phase(ht_stream *s, ht_phase phase, const ht_weights *weights) {
    ht_routes_set_weights(s->routes, weights);
    memset(s->penalty, 0, (size_t)s->routes->problem->visits * sizeof s->penalty[0]);
    s->leaves_out = phase == HT_PHASE_ANNEAL && trades_visits(s->routes->problem);
    insist(s, s->leaves_out ? 1 : s->options.penalty_part);
    s->penalty_growth = (ht_cost)(phase == HT_PHASE_FILL ? s->options.fill_penalty_growth * s->options.fill_hot
                                                         : s->options.penalty_growth * s->options.hot);
    if (s->leaves_out)
        s->penalty_growth = 0;
    ht_routes_save(s->routes, &s->elite);
}

void ht_stream_adopt(ht_stream *s, const ht_snapshot *plan) {
    ht_routes_load(s->routes, plan);
    note_best(s, false);
}

/* ---- making ---- */

/* The fewest points that anybody on a shift who can take the visit has at its client. */
static bool list_least_points(ht_lookup *lookup, const ht_problem *p, const ht_shift_classes *classes,
                              ht_arena *arena) {
    const ht_takers *takers = &lookup->takers;
    lookup->least_points = HT_ARENA_NEW(arena, p->visits, int32_t);
    for (int32_t v = 0; lookup->least_points && v < p->visits; v++) {
        lookup->least_points[v] = INT32_MAX;
        for (int32_t i = takers->first_class[v]; i < takers->first_class[v + 1]; i++) {
            int32_t staff = p->shift[classes->member[classes->first[takers->class_of[i]]]].staff;
            int32_t points = p->points_again[(size_t)p->visit[v].client * (size_t)p->staff + (size_t)staff];
            if (points < lookup->least_points[v])
                lookup->least_points[v] = points;
        }
    }
    return lookup->least_points != NULL;
}

bool ht_lookup_init(ht_lookup *lookup, const ht_problem *problem, ht_arena *arena) {
    static const ht_weights NONE;
    ht_arena scratch;
    ht_arena_init(&scratch, arena->allocator);
    const ht_routes *empty = ht_routes_create(problem, &NONE, &scratch);
    bool whole = empty && ht_takers_init(&lookup->takers, empty, arena) &&
                 ht_neighbours_init(&lookup->neighbours, problem, arena) &&
                 ht_scan_travel_to(lookup->travel_to, problem, arena) &&
                 list_least_points(lookup, problem, &empty->classes, arena);
    ht_arena_release(&scratch);
    return whole;
}

static bool make(ht_stream *s, const ht_problem *problem, const ht_weights *weights) {
    s->routes = ht_routes_create(problem, weights, &s->arena);
    s->order = HT_ARENA_NEW(&s->arena, problem->visits, int32_t);
    s->key = HT_ARENA_NEW(&s->arena, problem->visits, int32_t);
    s->penalty = HT_ARENA_NEW(&s->arena, problem->visits, ht_cost);
    if (s->routes)
        memcpy(s->routes->travel_to, s->lookup->travel_to, sizeof s->routes->travel_to);
    return s->routes && s->order && s->key && s->penalty &&
           ht_inserter_init(&s->inserter, s->routes, &s->lookup->takers, &s->rng, s->options.blink, &s->arena) &&
           ht_ruiner_init(&s->ruiner, s->routes, &s->lookup->neighbours, &s->rng, &s->options.ruin, &s->arena) &&
           ht_snapshot_init(&s->best, s->routes, &s->arena) && ht_snapshot_init(&s->elite, s->routes, &s->arena) &&
           ht_route_pool_init(&s->pool, POOL_ROOM, s->arena.allocator);
}

ht_stream *ht_stream_create(const ht_problem *problem, const ht_lookup *lookup, const ht_weights *weights,
                            const ht_stream_options *options, ht_rng rng, const ht_allocator *allocator) {
    ht_stream *s = allocator->resize(allocator->context, NULL, sizeof *s);
    if (!s)
        return NULL;
    memset(s, 0, sizeof *s);
    ht_arena_init(&s->arena, allocator);
    s->lookup = lookup;
    s->options = *options;
    s->rng = rng;
    if (!make(s, problem, weights)) {
        ht_stream_destroy(s);
        return NULL;
    }
    return s;
}

void ht_stream_destroy(ht_stream *s) {
    if (!s)
        return;
    const ht_allocator *allocator = s->arena.allocator;
    if (s->pool.slot)
        ht_route_pool_release(&s->pool);
    ht_arena_release(&s->arena);
    allocator->release(allocator->context, s);
}
