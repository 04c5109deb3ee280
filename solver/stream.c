#include "solver/stream.h"

#include <math.h>

#include "base/clock.h"

enum { CLOCK_EVERY = 16 };

/* ---- recreate ---- */

typedef enum visit_order { ANY_ORDER, FEW_SHIFTS_FIRST, LONG_FIRST, EARLY_FIRST, ORDERS } visit_order;

static int32_t order_key(const ht_stream *s, visit_order order, int32_t visit) {
    const ht_visit *v = &s->routes->problem->visit[visit];
    switch (order) {
    case FEW_SHIFTS_FIRST:
        return s->inserter.first_shift[visit + 1] - s->inserter.first_shift[visit] - 1000 * v->need;
    case LONG_FIRST:
        return -v->service * v->need;
    case EARLY_FIRST:
        return v->latest;
    default:
        return 0;
    }
}

/* Absent visits in a drawn order: shuffled, then sorted by the key (insertion sort: there are few; stable). */
static void order_absent(ht_stream *s, visit_order order) {
    int32_t count = s->routes->absents;
    memcpy(s->order, s->routes->absent, (size_t)count * sizeof s->order[0]);
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

static void recreate(ht_stream *s, visit_order order) {
    order_absent(s, order);
    int32_t count = s->routes->absents;
    for (int32_t i = 0; i < count; i++) {
        ht_insertion best;
        if (ht_insertion_find(&s->inserter, s->order[i], &best))
            ht_insertion_apply(s->routes, s->order[i], &best);
    }
}

/* ---- accept ---- */

static void note_best(ht_stream *s, const ht_segment *segment) {
    const ht_problem *p = s->routes->problem;
    ht_values values;
    ht_routes_values(s->routes, &values);
    if (ht_values_compare(&values, &s->best.values, &p->objective) >= 0)
        return;
    bool fuller = values.component[HT_C_UNPLANNED] < s->best.values.component[HT_C_UNPLANNED];
    ht_routes_save(s->routes, &s->best);
    if (fuller && segment->deadline > 0)
        s->full_at = ht_clock_wall();
}

static double part_of_run(const ht_segment *segment, int64_t done, double now) {
    double part = segment->deadline > 0 ? (now - segment->begin) / fmax(1e-9, segment->deadline - segment->begin)
                                        : (double)done / (double)segment->work;
    return segment->from + (segment->to - segment->from) * fmin(1, part);
}

/* Mean of the exponential that the cost may rise by. */
static void cool(ht_stream *s, const ht_segment *segment, int64_t done, double now) {
    s->temperature = s->options.hot * pow(s->options.cold / s->options.hot, part_of_run(segment, done, now));
}

/* Cost in the search's eyes: unplanned visits weigh what they have come to weigh. */
static ht_cost penalised(const ht_stream *s) {
    const ht_routes *r = s->routes;
    ht_cost cost = r->cost - r->component[HT_C_UNPLANNED] * r->weights->component[HT_C_UNPLANNED];
    for (int32_t i = 0; i < r->absents; i++)
        cost += s->penalty[r->absent[i]];
    return cost;
}
extern double HT_P[16];
static void iterate(ht_stream *s, const ht_segment *segment) {
    for (int32_t i = 0; i < s->routes->absents; i++)
        s->penalty[s->routes->absent[i]] += (ht_cost)(HT_P[10]);
    ht_cost before = penalised(s), was = s->routes->cost;
    ht_routes_begin(s->routes);
    ht_ruin(&s->ruiner);
    recreate(s, (visit_order)ht_rng_below(&s->rng, ORDERS));
    double rise = (double)(penalised(s) - before);
    if (rise > 0 && rise > -s->temperature * log(1 - ht_rng_unit(&s->rng)))
        ht_routes_rollback(s->routes);
    else if (s->routes->cost != was)
        note_best(s, segment);
    s->work++;
}

void ht_stream_run(ht_stream *s, const ht_segment *segment) {
    for (int64_t done = 0; done < segment->work; done++) {
        if (done % CLOCK_EVERY == 0) {
            double now = segment->deadline > 0 ? ht_clock_wall() : 0;
            if ((segment->deadline > 0 && now >= segment->deadline) || (segment->stop && atomic_load(segment->stop)))
                return;
            cool(s, segment, done, now);
        }
        iterate(s, segment);
    }
}

void ht_stream_adopt(ht_stream *s, const ht_snapshot *plan) {
    ht_routes_load(s->routes, plan);
    ht_values values;
    ht_routes_values(s->routes, &values);
    if (ht_values_compare(&values, &s->best.values, &s->routes->problem->objective) < 0)
        ht_routes_save(s->routes, &s->best);
}

/* ---- making ---- */

static bool make(ht_stream *s, const ht_problem *problem, const ht_weights *weights, const ht_segment *first) {
    s->routes = ht_routes_create(problem, weights, &s->arena);
    s->order = HT_ARENA_NEW(&s->arena, problem->visits, int32_t);
    s->key = HT_ARENA_NEW(&s->arena, problem->visits, int32_t);
    s->penalty = HT_ARENA_NEW(&s->arena, problem->visits, ht_cost);
    for (int i = 0; i < problem->visits; i++) s->penalty[i] = (ht_cost)HT_P[11];
    if (!s->routes || !s->order || !s->key ||
        !ht_inserter_init(&s->inserter, s->routes, &s->rng, s->options.blink, &s->arena) ||
        !ht_ruiner_init(&s->ruiner, s->routes, &s->rng, &s->options.ruin, &s->arena) ||
        !ht_snapshot_init(&s->best, s->routes, &s->arena))
        return false;
    recreate(s, FEW_SHIFTS_FIRST);
    note_best(s, first);
    return true;
}

ht_stream *ht_stream_create(const ht_problem *problem, const ht_weights *weights, const ht_stream_options *options,
                            uint64_t seed, uint64_t number, const ht_segment *first, const ht_allocator *allocator) {
    ht_arena arena;
    ht_arena_init(&arena, allocator);
    ht_stream *s = HT_ARENA_NEW(&arena, 1, ht_stream);
    if (!s)
        return NULL;
    s->arena = arena; /* the stream lives in its own arena, which only grows from here on */
    s->options = *options;
    ht_rng_init(&s->rng, seed, number);
    if (make(s, problem, weights, first))
        return s;
    ht_stream_destroy(s);
    return NULL;
}

void ht_stream_destroy(ht_stream *s) {
    if (!s)
        return;
    ht_arena arena = s->arena;
    ht_arena_release(&arena);
}
