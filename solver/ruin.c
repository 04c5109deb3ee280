#include "solver/ruin.h"

#include <math.h>

/* Part of a suited person's possible visits that are left where they are. */
static const double STAYS = 0.1;

bool ht_ruiner_init(ht_ruiner *u, ht_routes *routes, const ht_neighbours *neighbours, ht_rng *rng,
                    const ht_ruin_options *options, ht_arena *arena) {
    u->routes = routes;
    u->neighbours = neighbours;
    u->rng = rng;
    u->options = *options;
    u->ruined = HT_ARENA_NEW(arena, routes->problem->shifts, uint8_t);
    u->ruined_list = HT_ARENA_NEW(arena, routes->problem->shifts, int32_t);
    u->lost = HT_ARENA_NEW(arena, routes->problem->shifts, int32_t);
    u->old_break = HT_ARENA_NEW(arena, routes->problem->shifts, int32_t);
    return u->ruined && u->ruined_list && u->lost && u->old_break;
}

/* ---- ruins ---- */

static int32_t any_visit(const ht_ruiner *u) {
    return ht_rng_below(u->rng, u->routes->problem->visits);
}

/* Takes `length` tasks in a row that hold `task` off its route; with `kept` > 0, that many in the middle stay. */
static int32_t remove_string(ht_ruiner *u, int32_t task, int32_t length, int32_t kept) {
    ht_routes *r = u->routes;
    int32_t tasks = r->problem->tasks, node = task, removed = 0;
    for (int32_t back = ht_rng_below(u->rng, length); back > 0; back--) {
        int32_t before = r->prev[node];
        while (before >= tasks && r->prev[before] >= 0)
            before = r->prev[before];
        if (before >= tasks)
            break;
        node = before;
    }
    int32_t skip_from = kept > 0 ? 1 + ht_rng_below(u->rng, length) : length + 1;
    for (int32_t i = 0; i < length + kept && node >= 0; i++) {
        int32_t follower = r->next[node];
        while (follower >= tasks && r->next[follower] >= 0)
            follower = r->next[follower];
        bool stays = i >= skip_from && i < skip_from + kept;
        if (!stays) {
            ht_routes_unlink_visit(r, r->problem->visit_of_task[node]);
            removed++;
        }
        if (follower >= tasks || follower < 0)
            break;
        node = r->shift[follower] != HT_NOBODY ? follower : -1;
    }
    return removed;
}

static void mark_ruined(ht_ruiner *u, int32_t shift, int32_t *count) {
    u->ruined[shift] = 1;
    u->ruined_list[(*count)++] = shift;
}

/* Strings near a seed, one a route. */
static void ruin_strings(ht_ruiner *u) {
    ht_routes *r = u->routes;
    const ht_problem *p = r->problem;
    if (r->routes_used == 0)
        return;
    double mean = (double)r->tasks_planned / r->routes_used;
    double longest = fmin(u->options.longest_string, mean);
    double strings_max = 4.0 * u->options.removed / (1 + longest) - 1;
    int32_t strings = 1 + (int32_t)(ht_rng_unit(u->rng) * fmax(0, strings_max)), count = 0;
    const int32_t *near = &u->neighbours->near[(size_t)any_visit(u) * (size_t)u->neighbours->near_count];
    for (int32_t i = 0; i < u->neighbours->near_count && count < strings; i++) {
        if (!ht_routes_is_planned(r, near[i]))
            continue;
        const ht_visit *v = &p->visit[near[i]];
        int32_t task = v->first_task + (v->need > 1 ? ht_rng_below(u->rng, v->need) : 0), shift = r->shift[task];
        if (u->ruined[shift])
            continue;
        mark_ruined(u, shift, &count);
        int32_t length = 1 + (int32_t)(ht_rng_unit(u->rng) * fmin(longest, r->stops[shift]));
        bool split = length > 1 && length < r->stops[shift] && ht_rng_unit(u->rng) < 0.5;
        int32_t kept = 0;
        while (split && kept + length < r->stops[shift] && ht_rng_unit(u->rng) < 0.5)
            kept++;
        remove_string(u, task, length, kept);
    }
    for (int32_t i = 0; i < count; i++)
        u->ruined[u->ruined_list[i]] = 0;
}

static int32_t how_many(ht_ruiner *u) {
    return 1 + ht_rng_below(u->rng, 2 * u->options.removed);
}

static void ruin_random(ht_ruiner *u) {
    for (int32_t i = how_many(u); i > 0; i--) {
        int32_t visit = any_visit(u);
        if (ht_routes_is_planned(u->routes, visit))
            ht_routes_unlink_visit(u->routes, visit);
    }
}

/* All visits of a client, and of clients near by, until enough are off. */
static void ruin_clients(ht_ruiner *u) {
    int32_t left = how_many(u), seed = any_visit(u);
    const int32_t *near = &u->neighbours->near[(size_t)seed * (size_t)u->neighbours->near_count];
    for (int32_t i = 0; i < u->neighbours->near_count && left > 0; i++) {
        if (!ht_routes_is_planned(u->routes, near[i]))
            continue;
        int32_t client = u->routes->problem->visit[near[i]].client;
        for (int32_t k = u->neighbours->first_of_client[client]; k < u->neighbours->first_of_client[client + 1]; k++) {
            if (!ht_routes_is_planned(u->routes, u->neighbours->of_client[k]))
                continue;
            ht_routes_unlink_visit(u->routes, u->neighbours->of_client[k]);
            left--;
        }
        i += ht_rng_below(u->rng, 3);
    }
}

/* Somebody who could come to the client: half the time one of those with the fewest points there, else anyone. */
static int32_t some_person(const ht_ruiner *u, int32_t client) {
    const ht_problem *p = u->routes->problem;
    int32_t drawn = ht_rng_below(u->rng, p->staff);
    if (ht_rng_unit(u->rng) < 0.5)
        return drawn;
    const int32_t *points = &p->points_again[(size_t)client * (size_t)p->staff];
    int32_t best = drawn;
    for (int32_t i = 0; i < p->staff; i++) {
        int32_t staff = (drawn + i) % p->staff;
        if (points[staff] < points[best])
            best = staff;
    }
    return best;
}

/* Takes off what a shift does while a visit of the window could be made. */
static int32_t clear_window(ht_ruiner *u, int32_t shift, int32_t open, int32_t close) {
    ht_routes *r = u->routes;
    int32_t removed = 0;
    for (int32_t n = r->next[ht_routes_first(r, shift)]; n >= 0 && r->start[n] < close;) {
        int32_t follower = r->next[n];
        if (n < r->problem->tasks && r->start[n] + r->service[n] > open) {
            ht_routes_unlink_visit(r, r->problem->visit_of_task[n]);
            removed++;
        }
        n = follower;
    }
    return removed;
}

/* Gives a person the chance to come to a client: takes off the client's visits and what the person does about then. */
static void ruin_person(ht_ruiner *u) {
    ht_routes *r = u->routes;
    const ht_problem *p = r->problem;
    int32_t client = p->visit[any_visit(u)].client, staff = some_person(u, client), left = 2 * u->options.removed;
    int32_t first = u->neighbours->first_of_client[client], count = u->neighbours->first_of_client[client + 1] - first;
    for (int32_t i = 0, k = ht_rng_below(u->rng, count); i < count && left > 0; i++, k = k + 1 < count ? k + 1 : 0) {
        int32_t visit = u->neighbours->of_client[first + k];
        if (!ht_routes_is_planned(r, visit))
            continue;
        int32_t start = r->start[p->visit[visit].first_task], around = 300 + 60 * ht_rng_below(u->rng, 20);
        ht_routes_unlink_visit(r, visit);
        left--;
        for (int32_t s = 0; s < p->shifts; s++)
            if (p->shift[s].staff == staff)
                left -= clear_window(u, s, start - around, start + p->visit[visit].service + around);
    }
}

static void clear_shift(ht_ruiner *u, int32_t shift) {
    ht_routes *r = u->routes;
    for (int32_t n = r->next[ht_routes_first(r, shift)]; n >= 0;) {
        int32_t follower = r->next[n];
        if (n < r->problem->tasks)
            ht_routes_unlink_visit(r, r->problem->visit_of_task[n]);
        n = follower;
    }
}

/* Takes off what others do for the clients whom the person suits best; counts by shift in u->lost. */
static void take_best_clients(ht_ruiner *u, int32_t shift) {
    ht_routes *r = u->routes;
    const ht_problem *p = r->problem;
    int32_t staff = p->shift[shift].staff;
    for (int32_t i = u->neighbours->first_suited[staff]; i < u->neighbours->first_suited[staff + 1]; i++) {
        int32_t client = u->neighbours->suited[i];
        for (int32_t k = u->neighbours->first_of_client[client]; k < u->neighbours->first_of_client[client + 1]; k++) {
            const ht_visit *v = &p->visit[u->neighbours->of_client[k]];
            bool meets = v->earliest < p->shift[shift].end && v->latest > p->shift[shift].start;
            if (!meets || !ht_routes_is_planned(r, u->neighbours->of_client[k]) || ht_rng_unit(u->rng) < STAYS)
                continue;
            u->lost[r->shift[v->first_task]]++;
            ht_routes_unlink_visit(r, u->neighbours->of_client[k]);
        }
    }
}

/* A shift made anew: all it does comes off, what others do for the clients whom its person suits best, and the shift
 * that loses most by that. Single steps cannot swap two persons who walk in different parts of the town. */
static void ruin_shift(ht_ruiner *u) {
    const ht_problem *p = u->routes->problem;
    int32_t shift = ht_rng_below(u->rng, p->shifts), most = shift;
    memset(u->lost, 0, (size_t)p->shifts * sizeof u->lost[0]);
    clear_shift(u, shift);
    take_best_clients(u, shift);
    for (int32_t s = 0; s < p->shifts; s++)
        if (u->lost[s] > u->lost[most])
            most = s;
    if (most != shift)
        clear_shift(u, most);
}

enum { NO_LEG = -2 };

/* The first leg of a route that is left late enough for a break, as its times are, else the last left early enough. */
static int32_t leg_for_break(const ht_routes *r, int32_t shift) {
    const ht_shift *s = &r->problem->shift[shift];
    int32_t leg = ht_routes_first(r, shift);
    while (r->next[r->next[leg]] >= 0 && r->start[leg] + r->service[leg] < s->break_earliest &&
           r->start[r->next[leg]] + r->service[r->next[leg]] <= s->break_latest)
        leg = r->next[leg];
    return leg;
}

/* The leg beside that of the break, on either side; now and then none, of one that may be left out. NO_LEG: it stays. */
static int32_t other_leg(ht_ruiner *u, int32_t shift) {
    const ht_routes *r = u->routes;
    const ht_shift *s = &r->problem->shift[shift];
    int32_t old = r->break_after[shift];
    if (r->closed[shift] || s->break_length == 0)
        return NO_LEG;
    if (old < 0)
        return leg_for_break(r, shift);
    if (s->break_optional && ht_rng_unit(u->rng) < u->options.break_share)
        return -1;
    int32_t other = ht_rng_below(u->rng, 2) ? r->next[old] : r->prev[old];
    return other < 0 || r->next[other] < 0 ? NO_LEG : other;
}

/* Moves the break where that keeps every hard rule. */
static void move_break(ht_ruiner *u, int32_t shift) {
    ht_routes *r = u->routes;
    int32_t old = r->break_after[shift], other = other_leg(u, shift), culprit;
    if (other == NO_LEG)
        return;
    ht_routes_set_break(r, shift, other);
    if (ht_routes_retime(r, &culprit))
        return;
    ht_routes_set_break(r, shift, old);
    ht_routes_repair(r);
}

/* Moves breaks of these shifts, all at once or none: where gaps are bounded each retiming is one of all routes. */
static void move_breaks_at_once(ht_ruiner *u, int32_t touches) {
    ht_routes *r = u->routes;
    int32_t moved = 0, culprit;
    for (int32_t i = 0; i < touches; i++) {
        int32_t shift = r->touched[i], other = ht_rng_unit(u->rng) < 0.5 ? other_leg(u, shift) : NO_LEG;
        if (other == NO_LEG)
            continue;
        u->ruined_list[moved] = shift;
        u->old_break[moved++] = r->break_after[shift];
        ht_routes_set_break(r, shift, other);
    }
    if (moved == 0 || ht_routes_retime(r, &culprit))
        return;
    for (int32_t i = 0; i < moved; i++)
        ht_routes_set_break(r, u->ruined_list[i], u->old_break[i]);
    ht_routes_repair(r);
}

/* Breaks of some ruined routes, and now and then of any: an empty one may take a visit only behind its office time. */
static void move_breaks(ht_ruiner *u, int32_t ruined) {
    int32_t touches = u->routes->touches;
    if (u->routes->gaps_bounded)
        move_breaks_at_once(u, ruined);
    for (int32_t i = 0; i < touches && !u->routes->gaps_bounded; i++)
        if (ht_rng_unit(u->rng) < 0.5)
            move_break(u, u->routes->touched[i]);
    if (ht_rng_unit(u->rng) < 0.1)
        move_break(u, ht_rng_below(u->rng, u->routes->problem->shifts));
}

void ht_ruin(ht_ruiner *u) {
    double kind = ht_rng_unit(u->rng);
    const ht_ruin_options *o = &u->options;
    if (kind < o->random_share)
        ruin_random(u);
    else if (kind < o->random_share + o->client_share)
        ruin_clients(u);
    else if (kind < o->random_share + o->client_share + o->person_share)
        ruin_person(u);
    else if (kind < o->random_share + o->client_share + o->person_share + o->shift_share)
        ruin_shift(u);
    else
        ruin_strings(u);
    int32_t ruined = u->routes->touches;
    ht_routes_repair(u->routes);
    move_breaks(u, ruined);
}
