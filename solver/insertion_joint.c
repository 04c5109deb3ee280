#include "solver/insertion_joint.h"

#include "base/numbers.h"

/* Joint positions kept for weighing exactly. */
enum { KEPT_MOST = 12 };
/* Of each list, joined first for a bound. */
enum { FEW = 4 };

typedef struct joint {
    ht_cost least;           /* no more than it costs */
    int32_t first;           /* start of the visit's first task */
    int32_t at[HT_NEED_MAX]; /* indices into the lists of the tasks */
} joint;

typedef struct group {
    ht_inserter *in;
    const ht_visit *visit;
    int32_t index;                 /* of the visit */
    int32_t open, close;           /* what links allow */
    ht_cost rest[HT_NEED_MAX + 1]; /* least cost of the tasks from i on, what they delay left out */
    ht_insertion *best;
    joint chosen;
    joint kept[KEPT_MOST]; /* ascending */
    int32_t keeps;
} group;

/* ---- positions in ascending order ---- */

typedef struct ht_ranked ranked;

static bool comes_before(ranked a, ranked b) {
    return a.least < b.least || (a.least == b.least && a.at < b.at);
}

/* Lets the item at `at` of the heap sink; the heap is what is behind the sorted ones, its root the last of all. */
static void sink(ht_position_list *list, int32_t at, int32_t size) {
    ranked *root = &list->order[list->ranked - 1], item = root[-at];
    for (int32_t child = 2 * at + 1; child < size; at = child, child = 2 * at + 1) {
        if (child + 1 < size && comes_before(root[-child - 1], root[-child]))
            child++;
        if (comes_before(item, root[-child]))
            break;
        root[-at] = root[-child];
    }
    root[-at] = item;
}

/* Those that cost less than the bound. */
static void begin_order(ht_position_list *list, ht_cost bound) {
    list->sorted = list->ranked = 0;
    for (int32_t i = 0; i < list->count; i++)
        if (list->at[i].least < bound)
            list->order[list->ranked++] = (ranked){list->at[i].least, i};
    for (int32_t at = list->ranked / 2 - 1; at >= 0; at--)
        sink(list, at, list->ranked);
}

/* The index of the k-th cheapest; they are asked for one after the other. */
static int32_t nth(ht_position_list *list, int32_t k) {
    while (list->sorted <= k) {
        int32_t size = list->ranked - list->sorted;
        ranked top = list->order[list->ranked - 1];
        list->order[list->ranked - 1] = list->order[list->sorted]; /* the heap's last item comes to its root */
        list->order[list->sorted++] = top;
        if (size > 2)
            sink(list, 0, size - 1);
    }
    return list->order[k].at;
}

/* What the position costs without what it delays further on. */
static ht_cost own_cost(const ht_routes *r, const ht_position *at) {
    return at->start > at->calm ? at->least - r->least_delay_cost * (at->start - at->calm) : at->least;
}

/* Puts the few cheapest in order, for a first bound; returns the least that any costs without what it delays. */
static ht_cost order_few(const ht_routes *r, ht_position_list *list) {
    ht_cost least = HT_COST_NONE;
    list->ranked = 0;
    for (int32_t i = 0; i < list->count; i++) {
        ranked item = {list->at[i].least, i};
        ht_cost own = own_cost(r, &list->at[i]);
        least = own < least ? own : least;
        if (list->ranked == FEW && !comes_before(item, list->order[FEW - 1]))
            continue;
        int32_t at = list->ranked < FEW ? list->ranked++ : FEW - 1;
        for (; at > 0 && comes_before(item, list->order[at - 1]); at--)
            list->order[at] = list->order[at - 1];
        list->order[at] = item;
    }
    list->sorted = list->ranked;
    return least;
}

static bool able(const ht_problem *p, int32_t task, int32_t shift) {
    return p->able[(size_t)task * (size_t)p->staff + (size_t)p->shift[shift].staff];
}

static void scan_shifts(const group *g, int32_t task, int32_t shifts, ht_position_list *list) {
    ht_inserter *in = g->in;
    for (int32_t k = 0; k < shifts; k++)
        if (able(in->routes->problem, task, in->shift[k]))
            list->count += ht_scan(&in->scanner, task, in->shift[k], g->best->cost, &list->at[list->count]);
}

static bool list_positions(group *g) {
    ht_inserter *in = g->in;
    int32_t shifts = ht_insertion_list_shifts(in, g->index);
    for (int32_t i = 0; i < g->visit->need; i++) {
        ht_position_list *list = &in->list[i];
        int32_t task = g->visit->first_task + i, second = ht_routes_second_window(in->routes, task);
        list->count = 0;
        ht_routes_take_window(in->routes, task, 0);
        scan_shifts(g, task, shifts, list);
        if (second < HT_NEVER) {
            ht_routes_take_window(in->routes, task, second);
            scan_shifts(g, task, shifts, list);
        }
        if (list->count == 0)
            return false;
        g->rest[i] = order_few(in->routes, list);
    }
    g->rest[g->visit->need] = 0;
    for (int32_t i = g->visit->need - 1; i >= 0; i--)
        g->rest[i] += g->rest[i + 1];
    return true;
}

/* ---- joining them ---- */

static void read_links(group *g) {
    const ht_routes *r = g->in->routes;
    const ht_problem *p = r->problem;
    g->open = 0;
    g->close = HT_NEVER;
    for (int32_t i = r->first_link[g->index]; i < r->first_link[g->index + 1]; i++) {
        const ht_link *link = &p->link[r->link_of[i]];
        bool is_after = link->after == g->index;
        int32_t other = p->visit[is_after ? link->before : link->after].first_task;
        if (r->shift[other] == HT_NOBODY)
            continue;
        if (is_after) {
            g->open = ht_max32(g->open, r->start[other] + r->service[other] + link->gap_min);
            if (link->gap_max < HT_NEVER)
                g->close = ht_min32(g->close, r->latest[other] + r->service[other] + link->gap_max);
        } else {
            g->close = ht_min32(g->close, r->latest[other] - link->gap_min - g->visit->service);
            if (link->gap_max < HT_NEVER)
                g->open = ht_max32(g->open, r->start[other] - link->gap_max - g->visit->service);
        }
    }
}

/* Whether the persons of these positions hold what one of them must. */
static bool tags_held(const group *g, const ht_position *chosen) {
    if (g->visit->one_tags == 0)
        return true;
    const ht_problem *p = g->in->routes->problem;
    uint8_t held = 0;
    for (int32_t i = 0; i < g->visit->need; i++)
        held |= p->one_held[(size_t)g->index * (size_t)p->staff + (size_t)p->shift[chosen[i].shift].staff];
    return (held & g->visit->one_tags) == g->visit->one_tags;
}

/* No joint position that costs as much is of use. */
static ht_cost bound(const group *g) {
    ht_cost kept = g->keeps == KEPT_MOST ? g->kept[KEPT_MOST - 1].least : HT_COST_NONE;
    return kept < g->best->cost ? kept : g->best->cost;
}

static void weigh(group *g, const joint *j) {
    ht_position chosen[HT_NEED_MAX];
    for (int32_t i = 0; i < g->visit->need; i++)
        chosen[i] = g->in->list[i].at[j->at[i]];
    if (!tags_held(g, chosen))
        return;
    ht_cost cost = ht_insertion_weigh(g->in, g->index, chosen, j->first, HT_DELAYS_THAT_COST, g->best->cost);
    if (cost < g->best->cost)
        cost = ht_insertion_weigh(g->in, g->index, chosen, j->first, HT_DELAYS_ALL, g->best->cost);
    if (cost >= g->best->cost)
        return;
    g->best->cost = cost;
    memcpy(g->best->at, chosen, sizeof chosen);
}

/* The chosen positions, the visit's first task starting then: what they cost at least. Each of them delays what comes
 * behind it, maybe the same stops: only the largest such delay counts. */
static ht_cost least_together(const group *g, int32_t first) {
    ht_routes *r = g->in->routes;
    ht_cost cost = 0, delays = 0;
    for (int32_t i = 0; i < g->visit->need; i++) {
        int32_t task = g->visit->first_task + i;
        const ht_position *at = &g->in->list[i].at[g->chosen.at[i]];
        int32_t start = ht_max32(at->start, first + r->lag_min[task]);
        ht_routes_take_window(r, task, at->start);
        ht_cost delay = start > at->calm ? r->least_delay_cost * (start - at->calm) : 0;
        cost += ht_position_least(r, task, at, start) - delay;
        delays = delay > delays ? delay : delays;
    }
    return cost + delays;
}

/* Whether the chosen positions cost just what they cost at least. */
static bool is_certain(const group *g, int32_t first) {
    const ht_routes *r = g->in->routes;
    bool certain = true;
    for (int32_t i = 0; i < g->visit->need && certain; i++) {
        int32_t task = g->visit->first_task + i;
        const ht_position *at = &g->in->list[i].at[g->chosen.at[i]];
        certain = ht_position_certain(r, task, at, ht_max32(at->start, first + r->lag_min[task]));
    }
    return certain && r->first_link[g->index] == r->first_link[g->index + 1];
}

/* Keeps the chosen positions among the most promising. */
static void keep(group *g, int32_t first) {
    joint *j = &g->chosen;
    j->first = first;
    j->least = least_together(g, first);
    if (j->least >= bound(g))
        return;
    if (is_certain(g, first)) {
        weigh(g, j);
        return;
    }
    int32_t at = g->keeps < KEPT_MOST ? g->keeps++ : KEPT_MOST - 1;
    for (; at > 0 && g->kept[at - 1].least > j->least; at--)
        g->kept[at] = g->kept[at - 1];
    g->kept[at] = *j;
}

static bool already_chosen(const group *g, int32_t count, int32_t shift) {
    const ht_problem *p = g->in->routes->problem;
    for (int32_t i = 0; i < count; i++)
        if (p->shift[g->in->list[i].at[g->chosen.at[i]].shift].staff == p->shift[shift].staff)
            return true;
    return false;
}

/* Chooses a position for task i and on, cheapest first, as long as all may cost less than the bound. The first task starts
 * within [open, close]; `own` is what the tasks before cost without what they delay. */
static void choose(group *g, int32_t i, ht_cost own, int32_t open, int32_t close) {
    if (i == g->visit->need || i == HT_NEED_MAX) { /* need is never larger: so that the compiler knows */
        keep(g, open);
        return;
    }
    const ht_routes *r = g->in->routes;
    int32_t lag_min = r->lag_min[g->visit->first_task + i], lag_max = r->lag_max[g->visit->first_task + i];
    ht_position_list *list = &g->in->list[i];
    for (int32_t k = 0; k < list->ranked; k++) {
        const ht_position *at = &list->at[nth(list, k)];
        if (own + at->least + g->rest[i + 1] >= bound(g))
            return;
        int32_t start = ht_max32(open, at->start - lag_max), latest = ht_min32(close, at->latest - lag_min);
        if (start > latest || already_chosen(g, i, at->shift))
            continue;
        g->chosen.at[i] = list->order[k].at;
        choose(g, i + 1, own + own_cost(r, at), start, latest);
    }
}

/* Joins the lists as they are ordered, and weighs the most promising exactly. */
static void join(group *g) {
    g->keeps = 0;
    choose(g, 0, 0, ht_max32(g->open, g->visit->earliest), ht_min32(g->close, g->visit->latest));
    for (int32_t k = 0; k < g->keeps && g->kept[k].least < g->best->cost; k++)
        weigh(g, &g->kept[k]);
}

void ht_insertion_find_joint(ht_inserter *in, int32_t visit, ht_insertion *best) {
    group g = {.in = in, .visit = &in->routes->problem->visit[visit], .index = visit, .best = best};
    int32_t need = g.visit->need;
    read_links(&g);
    if (!list_positions(&g))
        return;
    join(&g);
    for (int32_t i = 0; i < need; i++) {
        ht_cost others = g.rest[0] - (g.rest[i] - g.rest[i + 1]);
        begin_order(&in->list[i], best->cost < HT_COST_NONE ? best->cost - others : HT_COST_NONE);
    }
    join(&g);
}
