#include "solver/insertion.h"

#include "base/array.h"
#include "base/numbers.h"
#include "solver/insertion_joint.h"
#include "solver/scan_whole.h"

/* ---- which shifts can ever take a visit ---- */

static bool can_take(const ht_routes *r, int32_t visit, int32_t shift) {
    const ht_problem *p = r->problem;
    const ht_visit *v = &p->visit[visit];
    const ht_shift *s = &p->shift[shift];
    int32_t start = ht_max32(s->start, v->earliest); /* no travel: a detour may be shorter than the direct leg */
    bool can = false;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        can = can || (p->able[(size_t)t * (size_t)p->staff + (size_t)s->staff] && start <= r->limit[t] &&
                      start + r->service[t] <= s->latest_end);
    return can && !r->closed[shift];
}

static bool collect(const ht_routes *r, ht_takers *takers, ht_array *class_of) {
    const ht_problem *p = r->problem;
    for (int32_t v = 0; v < p->visits; v++) {
        bool absent = r->shift[p->visit[v].first_task] == HT_NOBODY;
        for (int32_t c = 0; absent && c < r->classes.classes; c++) {
            if (!can_take(r, v, r->classes.member[r->classes.first[c]]))
                continue;
            int32_t *class = ht_array_push(class_of);
            if (!class)
                return false;
            *class = c;
            takers->shifts[v] += ht_shift_class_size(&r->classes, c);
        }
        takers->first_class[v + 1] = class_of->count;
    }
    return true;
}

bool ht_takers_init(ht_takers *takers, const ht_routes *routes, ht_arena *arena) {
    ht_array list;
    ht_array_init(&list, sizeof(int32_t), arena->allocator);
    takers->class_of = NULL;
    takers->first_class = HT_ARENA_NEW(arena, routes->problem->visits + 1, int32_t);
    takers->shifts = HT_ARENA_NEW(arena, routes->problem->visits, int32_t);
    if (takers->first_class && takers->shifts && collect(routes, takers, &list))
        takers->class_of = HT_ARENA_NEW(arena, list.count, int32_t);
    if (takers->class_of && list.count > 0)
        memcpy(takers->class_of, list.items, (size_t)list.count * sizeof(int32_t));
    ht_array_release(&list);
    return takers->class_of != NULL;
}

bool ht_inserter_init(ht_inserter *in, ht_routes *routes, const ht_takers *takers, ht_rng *rng, double blink,
                      ht_arena *arena) {
    int32_t room =
        4 * (routes->nodes + routes->problem->shifts); /* on each leg both windows, the break before, behind */
    in->routes = routes;
    in->takers = takers;
    in->scanner = (ht_scanner){.routes = routes, .rng = rng, .blink = blink, .idle_aim = HT_NO_AIM};
    in->shift = HT_ARENA_NEW(arena, routes->problem->shifts, int32_t);
    if (!in->shift)
        return false;
    for (int32_t i = 0; i < HT_NEED_MAX; i++) {
        in->list[i].at = HT_ARENA_NEW(arena, room, ht_position);
        in->list[i].order = HT_ARENA_NEW(arena, room, struct ht_ranked);
        if (!in->list[i].at || !in->list[i].order)
            return false;
    }
    return ht_delays_init(&in->delays, routes, arena);
}

/* What a task costs more that waits for others of its visit, whose first task starts then. */
static ht_cost cost_of_waiting(const ht_routes *r, int32_t task, const ht_position *at, int32_t first) {
    int32_t start = first + r->lag_min[task];
    if (!r->weighs_waiting || start <= at->start)
        return 0;
    int64_t more = ht_scan_waiting(r, task, at, start) - ht_scan_waiting(r, task, at, at->start);
    return r->weights->component[HT_C_WAITING] * more;
}

ht_cost ht_insertion_weigh(ht_inserter *in, int32_t visit, const ht_position *at, int32_t first, ht_delays_reach reach,
                           ht_cost bound) {
    const ht_routes *r = in->routes;
    const ht_visit *v = &r->problem->visit[visit];
    ht_cost cost = 0;
    for (int32_t i = 0; i < v->need; i++)
        cost += at[i].cost + cost_of_waiting(r, v->first_task + i, &at[i], first);
    ht_delays_begin(&in->delays, cost, reach);
    for (int32_t i = 0; i < v->need; i++) {
        int32_t task = v->first_task + i;
        ht_delays_put_on(&in->delays, task, &at[i], ht_max32(at[i].start, first + r->lag_min[task]));
    }
    cost = ht_delays_follow(&in->delays, bound);
    for (int32_t i = v->need - 1; i >= 0; i--)
        ht_delays_take_off(&in->delays, v->first_task + i, &at[i]);
    return cost;
}

int32_t ht_insertion_list_shifts(ht_inserter *in, int32_t visit) {
    const ht_routes *r = in->routes;
    int32_t count = 0;
    for (int32_t i = in->takers->first_class[visit]; i < in->takers->first_class[visit + 1]; i++) {
        int32_t class = in->takers->class_of[i], size = ht_shift_class_size(&r->classes, class);
        int32_t look = ht_min32(size, r->used[class] + r->problem->visit[visit].need);
        const int32_t *member = &r->member[r->classes.first[class]];
        for (int32_t k = 0; k < look; k++)
            if (ht_routes_has_room(r, visit, member[k]))
                in->shift[count++] = member[k];
    }
    return count;
}

/* ---- a visit of one person without links ---- */

/* A visit alone hardly ever pushes itself on, through others that must not be far apart: ht_insertion_apply() refuses that.
 */
static void weigh_single(ht_inserter *in, int32_t visit, const ht_position *at, ht_insertion *best) {
    ht_cost cost = ht_insertion_weigh(in, visit, at, at->start, HT_DELAYS_THAT_COST, best->cost);
    if (cost < best->cost) {
        best->cost = cost;
        best->at[0] = *at;
    }
}

/* The most promising position below the best; those that are not drop out of the list. -1 where none is left. */
static int32_t most_promising(ht_position *list, int32_t *count, const ht_insertion *best) {
    int32_t next = -1, left = 0;
    for (int32_t k = 0; k < *count; k++) {
        if (list[k].least >= best->cost)
            continue;
        list[left] = list[k];
        next = next < 0 || list[left].least < list[next].least ? left : next;
        left++;
    }
    *count = left;
    return next;
}

/* The least that one of the positions is sure to cost, else the bound. */
static ht_cost least_certain(const ht_routes *r, int32_t task, const ht_position *list, int32_t count, ht_cost bound) {
    for (int32_t k = 0; k < count; k++)
        if (list[k].least < bound && ht_position_certain(r, task, &list[k], list[k].start))
            bound = list[k].least;
    return bound;
}

static void find_in_window(ht_inserter *in, int32_t visit, int32_t shifts, ht_insertion *best) {
    const ht_routes *r = in->routes;
    int32_t task = r->problem->visit[visit].first_task, count = 0;
    ht_position *list = in->list[0].at;
    ht_cost bound = best->cost;
    for (int32_t i = 0; i < shifts; i++) {
        int32_t added = ht_scan(&in->scanner, task, in->shift[i], bound, &list[count]);
        bound = least_certain(r, task, &list[count], added, bound);
        count += added;
    }
    for (int32_t k; (k = most_promising(list, &count, best)) >= 0; list[k] = list[--count])
        weigh_single(in, visit, &list[k], best);
}

static void find_single(ht_inserter *in, int32_t visit, ht_insertion *best) {
    int32_t task = in->routes->problem->visit[visit].first_task, second = ht_routes_second_window(in->routes, task);
    int32_t shifts = ht_insertion_list_shifts(in, visit);
    ht_routes_take_window(in->routes, task, 0);
    find_in_window(in, visit, shifts, best);
    if (second < HT_NEVER) {
        ht_routes_take_window(in->routes, task, second);
        find_in_window(in, visit, shifts, best);
    }
}

/* ---- the whole ---- */

bool ht_insertion_find(ht_inserter *in, int32_t visit, ht_cost bound, ht_insertion *best) {
    const ht_visit *v = &in->routes->problem->visit[visit];
    best->cost = bound;
    if (v->earliest > v->latest)
        return false;
    bool plain = !in->routes->coupled[v->first_task] && v->one_tags == 0;
    if (plain)
        find_single(in, visit, best);
    else
        ht_insertion_find_joint(in, visit, best);
    return best->cost < bound;
}

bool ht_insertion_apply(ht_routes *r, int32_t visit, const ht_insertion *insertion) {
    const ht_visit *v = &r->problem->visit[visit];
    for (int32_t i = 0; i < v->need; i++) {
        const ht_position *at = &insertion->at[i];
        ht_routes_take_window(r, v->first_task + i, at->start);
        ht_routes_link(r, v->first_task + i, at->shift, at->after, at->break_after);
    }
    ht_routes_mark_planned(r, visit);
    int32_t culprit;
    if (ht_routes_retime(r, &culprit))
        return true;
    ht_routes_unlink_visit(r, visit);
    ht_routes_repair(r);
    return false;
}
