#include "tests/support_search.h"

#include "tests/support.h"

static void begin(search *s) {
    ht_tune(s->problem, &s->tuning);
    s->routes = ht_routes_create(s->problem, &s->tuning.anneal, &s->arena);
    ck_assert_ptr_nonnull(s->routes);
    ck_assert(ht_takers_init(&s->takers, s->routes, &s->arena));
    ck_assert(ht_inserter_init(&s->inserter, s->routes, &s->takers, &s->rng, 0, &s->arena));
    ck_assert(ht_neighbours_init(&s->neighbours, s->problem, &s->arena));
    ck_assert(ht_ruiner_init(&s->ruiner, s->routes, &s->neighbours, &s->rng, &s->tuning.options.ruin, &s->arena));
}

void search_draw(search *s, uint64_t seed, const problem_shape *shape) {
    ht_arena_init(&s->arena, &ht_allocator_system);
    s->seed = seed;
    ht_rng_init(&s->rng, seed, 1);
    s->problem = problem_draw(seed, shape, &s->arena);
    begin(s);
}

void search_begin(search *s, const ht_problem *problem, uint64_t seed) {
    ht_arena_init(&s->arena, &ht_allocator_system);
    s->seed = seed;
    ht_rng_init(&s->rng, seed, 1);
    s->problem = problem;
    begin(s);
}

void search_end(search *s) {
    ht_arena_release(&s->arena);
}

void search_recreate(search *s) {
    int32_t order[PROBLEM_VISITS], count = s->routes->absents;
    memcpy(order, s->routes->absent, (size_t)count * sizeof order[0]);
    for (int32_t i = count - 1; i > 0; i--) {
        int32_t k = ht_rng_below(&s->rng, i + 1), visit = order[i];
        order[i] = order[k];
        order[k] = visit;
    }
    for (int32_t i = 0; i < count; i++) {
        ht_insertion best;
        if (ht_insertion_find(&s->inserter, order[i], HT_COST_NONE, &best))
            ht_insertion_apply(s->routes, order[i], &best);
    }
}

void search_shake(search *s, int32_t times) {
    for (int32_t i = 0; i < times; i++) {
        ht_routes_begin(s->routes);
        ht_ruin(&s->ruiner);
        search_recreate(s);
    }
}

void search_plain(const ht_routes *r, plain_plan *plan) {
    const ht_problem *p = r->problem;
    plain_clear(plan, p);
    for (int32_t s = 0; s < p->shifts; s++) {
        plain_route *route = &plan->route[s];
        route->count = 0;
        route->break_leg = PLAIN_NO_BREAK;
        int32_t n = ht_routes_first(r, s);
        for (int32_t leg = 0; n != ht_routes_last(r, s); leg++, n = r->next[n]) {
            if (r->break_after[s] == n)
                route->break_leg = leg;
            if (leg == 0)
                continue;
            ck_assert_int_lt(leg, PLAIN_STOPS);
            plain_insert(plan, n < p->tasks ? n : -1 - (n - p->tasks - 2 * p->shifts), s, leg - 1);
        }
    }
}
