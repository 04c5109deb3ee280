#include "solver/set_partition.h"

#include "base/calendar.h"
#include "base/numbers.h"

enum { MOST_COLUMNS = 6000 };

/* More than any difference of two times of a day: an unplanned visit makes its links void. */
static const double VOID = 4.0 * HT_DAY_SECONDS;

/* Rows: what is to be covered (visits, or tasks where those of a visit are not alike), then classes of shifts, then a row for each
 * start of a visit whose staff start together, then two for each link, then one for each task that starts apart, then one
 * for each tag that one of a visit's staff must hold, then one for the lateness of each that is to
 * be covered, no more than the largest. */
typedef struct program {
    const ht_route_pool *pool;
    const ht_routes *like;
    const ht_problem *problem;
    ht_lp *lp;
    int32_t *column_route; /* route of each column, -1 - visit for an unplanned visit, INT32_MIN for a start */
    int32_t columns;
    uint8_t *in_plan;                  /* of each route of the pool: 1 where `like` drives it */
    int32_t from;                      /* the first of the newest routes: these are columns, and those of the plan */
    int32_t *start_visit, *start_time; /* of each start row */
    int32_t starts, first_shift_row, first_start_row, first_link_row, first_lag_row, first_late_row, first_idle_row;
    int32_t *lag_row; /* of each task: its place among the rows of tasks that start apart; -1 none */
    int32_t lags;
    int32_t *first_tag_row; /* of each visit; as many rows as it has such tags */
    int32_t tags;
    int32_t *driving; /* of each class: its shifts that drive a chosen route, while the plan is written */
    int32_t *row;
    double *coefficient;
    int32_t entries;
} program;

static const ht_pool_route *route_at(const program *g, int32_t index) {
    return ht_array_at(&g->pool->routes, index);
}

static bool is_column(const program *g, int32_t index) {
    return index >= g->from || g->in_plan[index];
}

static const ht_pool_stop *stops_of(const program *g, const ht_pool_route *route) {
    const ht_pool_stop *stop = g->pool->stops.items;
    return stop + route->first;
}

static int32_t visit_of(const program *g, const ht_pool_stop *stop) {
    return g->problem->visit_of_task[stop->task];
}

/* ---- start rows ---- */

static int32_t start_row(const program *g, int32_t visit, int32_t time) {
    for (int32_t i = 0; i < g->starts; i++)
        if (g->start_visit[i] == visit && g->start_time[i] == time)
            return i;
    return -1;
}

/* Its staff start together: those of a visit that is not so have rows of their own. */
static bool starts_together(const program *g, int32_t visit) {
    const ht_visit *v = &g->problem->visit[visit];
    bool apart = false;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        apart = apart || g->like->lag_min[t] != 0 || g->like->lag_max[t] != 0;
    return v->need > 1 && !apart;
}

/* Whatever the lag, a row with bounds that nothing reaches would only make the simplex stumble. */
static void number_lags(program *g) {
    for (int32_t t = 0; t < g->problem->tasks; t++) {
        int32_t least = g->like->lag_min[t], most = g->like->lag_max[t];
        bool holds = least > -HT_LAG_NONE || most < HT_LAG_NONE;
        g->lag_row[t] = (least != 0 || most != 0) && holds ? g->lags++ : -1;
    }
}

static void list_starts(program *g, const ht_pool_route *route) {
    const ht_pool_stop *stop = stops_of(g, route);
    for (int32_t i = 0; i < route->stops; i++) {
        int32_t visit = visit_of(g, &stop[i]);
        if (!starts_together(g, visit) || start_row(g, visit, stop[i].start) >= 0)
            continue;
        g->start_visit[g->starts] = visit;
        g->start_time[g->starts++] = stop[i].start;
    }
}

/* ---- columns ---- */

/* Where the tasks of a visit are alike, any may stand for the first, which alone counts. */
static int32_t lateness(const program *g, const ht_pool_stop *stop) {
    const ht_problem *p = g->problem;
    bool counts = !p->task || p->task[stop->task].counts_late;
    int32_t due = p->task ? p->task[stop->task].due : p->visit[visit_of(g, stop)].due;
    return counts && stop->start > due ? stop->start - due : 0;
}

/* On how many of its routes what a visit counts once is found. */
static int32_t alike(const program *g, int32_t visit) {
    return g->problem->task ? 1 : g->problem->visit[visit].need;
}

/* Breaks that an unused shift misses. */
static int64_t missed_unused(const program *g, int32_t shift) {
    return g->problem->whole_shifts && g->problem->shift[shift].break_length > 0;
}

/* What the plan costs with no shift used, but for its visits: no column tells. */
static double cost_of_nothing(const program *g) {
    int64_t missed = 0;
    for (int32_t s = 0; s < g->problem->shifts; s++)
        missed += missed_unused(g, s);
    return (double)g->like->weights->component[HT_C_MISSED_BREAKS] * (double)missed;
}

static int64_t idle_unused(const program *g, int32_t shift) {
    return (int64_t)g->problem->shift[shift].end - g->problem->shift[shift].start;
}

static double route_cost(const program *g, const ht_pool_route *route) {
    const ht_cost *w = g->like->weights->component;
    const ht_problem *p = g->problem;
    const ht_pool_stop *stop = stops_of(g, route);
    int32_t staff = p->shift[route->shift].staff;
    double cost =
        (double)(w[HT_C_TRAVEL] * route->travel + w[HT_C_OVERTIME] * route->overtime + w[HT_C_MOVED] * route->moved);
    cost += (double)(w[HT_C_WAITING] * route->whole.waiting +
                     w[HT_C_MISSED_BREAKS] * (route->whole.missed - missed_unused(g, route->shift)));
    for (int32_t i = 0; i < route->stops; i++) {
        const ht_visit *v = &p->visit[visit_of(g, &stop[i])];
        size_t pair = (size_t)v->client * (size_t)p->staff + (size_t)staff;
        bool first = true;
        for (int32_t k = 0; k < i && first; k++) {
            const ht_visit *other = &p->visit[visit_of(g, &stop[k])];
            first = other->client != v->client || !other->counts;
        }
        int32_t points = !v->counts ? 0 : first ? p->points_first[pair] : p->points_again[pair];
        cost += (double)(w[HT_C_CONTINUITY] * points + w[HT_C_WISHES] * p->wishes_unmet[pair] +
                         w[HT_C_UNUSUAL] * ht_routes_unusual(g->like, visit_of(g, &stop[i]), staff));
        cost += (double)w[HT_C_LATE] * lateness(g, &stop[i]) / alike(g, visit_of(g, &stop[i]));
    }
    return cost;
}

static void entry(program *g, int32_t row, double coefficient) {
    g->row[g->entries] = row;
    g->coefficient[g->entries++] = coefficient;
}

/* Adds to the entry of a row, which is made at its first use. */
static void add_entry(program *g, int32_t row, double coefficient) {
    int32_t at = 0;
    while (at < g->entries && g->row[at] != row)
        at++;
    if (at == g->entries)
        entry(g, row, coefficient);
    else
        g->coefficient[at] += coefficient; /* both ends of a link on one route */
}

/* Two rows for each link, of start of `after` - end of `before`, each from the routes that it is on: at least gap_min, and
 * at most gap_max. */
static void link_entries(program *g, int32_t visit, int32_t start) {
    const ht_routes *r = g->like;
    const ht_visit *v = &g->problem->visit[visit];
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        bool is_after = g->problem->link[r->link_of[i]].after == visit;
        double time = (is_after ? start : -(double)(start + v->service)) / v->need;
        add_entry(g, g->first_link_row + 2 * r->link_of[i], time);
        add_entry(g, g->first_link_row + 2 * r->link_of[i] + 1, time);
    }
}

/* The task's start behind that of its visit's first task. */
static void lag_entries(program *g, int32_t task, int32_t start) {
    const ht_visit *v = &g->problem->visit[g->problem->visit_of_task[task]];
    if (g->lag_row[task] >= 0)
        entry(g, g->first_lag_row + g->lag_row[task], start);
    for (int32_t t = v->first_task + 1; t < v->first_task + v->need && task == v->first_task; t++)
        if (g->lag_row[t] >= 0)
            entry(g, g->first_lag_row + g->lag_row[t], -(double)start);
}

static int32_t cover_row(const program *g, int32_t task) {
    return g->problem->task ? task : g->problem->visit_of_task[task];
}

/* A row for each tag of the visit that `held` has a bit of. */
static void tag_entries(program *g, int32_t visit, uint8_t held) {
    uint8_t tags = g->problem->visit[visit].one_tags;
    for (int32_t row = g->first_tag_row[visit]; tags != 0; row++, tags &= (uint8_t)(tags - 1))
        if (held & tags & (uint8_t)-tags)
            entry(g, row, 1);
}

static ht_status add_route_column(program *g, int32_t index, ht_err *err) {
    const ht_pool_route *route = route_at(g, index);
    const ht_pool_stop *stop = stops_of(g, route);
    size_t staff = (size_t)g->problem->shift[route->shift].staff;
    int32_t class = g->like->classes.of_shift[route->shift];
    g->entries = 0;
    entry(g, g->first_shift_row + class, 1);
    if (g->like->weighs_idle)
        entry(g, g->first_idle_row + class, (double)(idle_unused(g, route->shift) - route->whole.idle));
    for (int32_t i = 0; i < route->stops; i++) {
        int32_t visit = visit_of(g, &stop[i]);
        entry(g, cover_row(g, stop[i].task), 1);
        if (g->like->weighs_late_max && lateness(g, &stop[i]) > 0)
            entry(g, g->first_late_row + cover_row(g, stop[i].task), -(double)lateness(g, &stop[i]) / alike(g, visit));
        lag_entries(g, stop[i].task, stop[i].start);
        if (starts_together(g, visit))
            entry(g, g->first_start_row + start_row(g, visit, stop[i].start), 1);
        link_entries(g, visit, stop[i].start);
        if (g->problem->visit[visit].one_tags != 0)
            tag_entries(g, visit, g->problem->one_held[(size_t)visit * (size_t)g->problem->staff + staff]);
    }
    g->column_route[g->columns++] = index;
    return ht_lp_add_binary(g->lp, route_cost(g, route), g->entries, g->row, g->coefficient, err);
}

/* An unplanned visit: covers itself and makes its links void. */
static ht_status add_unplanned_column(program *g, int32_t visit, ht_err *err) {
    const ht_visit *v = &g->problem->visit[visit];
    const ht_routes *r = g->like;
    g->entries = 0;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++) {
        if (g->problem->task)
            entry(g, t, 1);
        if (g->lag_row[t] >= 0)
            entry(g, g->first_lag_row + g->lag_row[t], ht_max32(r->lag_min[t], 0) + ht_min32(r->lag_max[t], 0));
    }
    if (!g->problem->task)
        entry(g, visit, v->need);
    for (int32_t i = r->first_link[visit]; i < r->first_link[visit + 1]; i++) {
        entry(g, g->first_link_row + 2 * r->link_of[i], VOID);
        entry(g, g->first_link_row + 2 * r->link_of[i] + 1, -VOID);
    }
    tag_entries(g, visit, UINT8_MAX);
    g->column_route[g->columns++] = -1 - visit;
    double cost = (double)r->weights->component[HT_C_UNPLANNED] * v->weight * v->need;
    return ht_lp_add_binary(g->lp, cost, g->entries, g->row, g->coefficient, err);
}

/* A visit of several persons starts at one of the times its routes know: all of its staff then do. */
static ht_status add_start_column(program *g, int32_t start, ht_err *err) {
    g->entries = 0;
    entry(g, g->first_start_row + start, -g->problem->visit[g->start_visit[start]].need);
    g->column_route[g->columns++] = INT32_MIN;
    return ht_lp_add_binary(g->lp, 0, g->entries, g->row, g->coefficient, err);
}

static void number_tags(program *g, int32_t first_row) {
    for (int32_t v = 0; v < g->problem->visits; v++) {
        g->first_tag_row[v] = first_row + g->tags;
        for (uint8_t tags = g->problem->visit[v].one_tags; tags != 0; tags &= (uint8_t)(tags - 1))
            g->tags++;
    }
}

static ht_status add_cover_rows(program *g, ht_err *err) {
    const ht_problem *p = g->problem;
    if (p->task)
        return p->tasks > 0 ? ht_lp_add_rows(g->lp, p->tasks, 1, 1, err) : HT_OK;
    for (int32_t v = 0; v < p->visits; v++)
        if (ht_lp_add_rows(g->lp, 1, p->visit[v].need, p->visit[v].need, err) != HT_OK)
            return err->status;
    return HT_OK;
}

static ht_status add_link_rows(program *g, ht_err *err) {
    const ht_problem *p = g->problem;
    for (int32_t l = 0; l < p->links; l++) {
        double most = p->link[l].gap_max < HT_NEVER ? p->link[l].gap_max : 10 * VOID;
        if (ht_lp_add_rows(g->lp, 1, p->link[l].gap_min, 10 * VOID, err) != HT_OK ||
            ht_lp_add_rows(g->lp, 1, -10 * VOID, most, err) != HT_OK)
            return err->status;
    }
    for (int32_t t = 0; t < p->tasks; t++)
        if (g->lag_row[t] >= 0 && ht_lp_add_rows(g->lp, 1, g->like->lag_min[t], g->like->lag_max[t], err) != HT_OK)
            return err->status;
    return HT_OK;
}

/* The idle time of a class is no more than as often the largest: that of unused shifts, less what its routes take of it. */
static ht_status add_idle_rows(program *g, ht_err *err) {
    const ht_shift_classes *classes = &g->like->classes;
    for (int32_t c = 0; c < classes->classes; c++) {
        double idle = (double)idle_unused(g, classes->member[classes->first[c]]) * ht_shift_class_size(classes, c);
        if (ht_lp_add_rows(g->lp, 1, idle, idle + HT_NEVER, err) != HT_OK)
            return err->status;
    }
    return HT_OK;
}

static ht_status add_rows(program *g, ht_err *err) {
    const ht_problem *p = g->problem;
    g->first_shift_row = p->task ? p->tasks : p->visits;
    g->first_start_row = g->first_shift_row + g->like->classes.classes;
    g->first_link_row = g->first_start_row + g->starts;
    g->first_lag_row = g->first_link_row + 2 * p->links;
    number_tags(g, g->first_lag_row + g->lags);
    g->first_late_row = g->first_lag_row + g->lags + g->tags;
    if (add_cover_rows(g, err) != HT_OK)
        return err->status;
    for (int32_t c = 0; c < g->like->classes.classes; c++)
        if (ht_lp_add_rows(g->lp, 1, 0, ht_shift_class_size(&g->like->classes, c), err) != HT_OK)
            return err->status;
    if (g->starts > 0 && ht_lp_add_rows(g->lp, g->starts, 0, 0, err) != HT_OK)
        return err->status;
    if (add_link_rows(g, err) != HT_OK)
        return err->status;
    if (g->tags > 0 && ht_lp_add_rows(g->lp, g->tags, 1, HT_NEED_MAX, err) != HT_OK)
        return err->status;
    bool weighs = g->like->weighs_late_max && g->first_shift_row > 0;
    if (weighs && ht_lp_add_rows(g->lp, g->first_shift_row, 0, HT_NEVER, err) != HT_OK)
        return err->status;
    g->first_idle_row = g->first_late_row + (weighs ? g->first_shift_row : 0);
    return g->like->weighs_idle ? add_idle_rows(g, err) : HT_OK;
}

/* The largest idle time: of a class of shifts that are alike at least the mean. */
static ht_status add_idle_column(program *g, ht_err *err) {
    const ht_shift_classes *classes = &g->like->classes;
    g->entries = 0;
    for (int32_t c = 0; c < classes->classes; c++)
        entry(g, g->first_idle_row + c, ht_shift_class_size(classes, c));
    g->column_route[g->columns++] = INT32_MIN;
    return ht_lp_add_continuous(g->lp, (double)g->like->weights->component[HT_C_IDLE_MAX], g->entries, g->row,
                                g->coefficient, err);
}

/* The largest lateness of the chosen routes. */
static ht_status add_late_column(program *g, ht_err *err) {
    g->entries = 0;
    for (int32_t i = 0; i < g->first_shift_row; i++)
        entry(g, g->first_late_row + i, 1);
    g->column_route[g->columns++] = INT32_MIN;
    return ht_lp_add_continuous(g->lp, (double)g->like->weights->component[HT_C_LATE_MAX], g->entries, g->row,
                                g->coefficient, err);
}

/* Whether a column is 1 in the plan `like`. */
static bool is_planned(const program *g, int32_t column) {
    const ht_routes *r = g->like;
    int32_t what = g->column_route[column], first_start = g->columns - g->starts - r->weighs_late_max - r->weighs_idle;
    if (what >= 0)
        return g->in_plan[what];
    if (what != INT32_MIN)
        return r->shift[g->problem->visit[-1 - what].first_task] == HT_NOBODY;
    if (column >= first_start + g->starts)
        return false; /* the largest lateness, the largest idle time */
    int32_t task = g->problem->visit[g->start_visit[column - first_start]].first_task;
    return r->shift[task] != HT_NOBODY && r->start[task] == g->start_time[column - first_start];
}

/* The simplex has the plan to begin with, and what is better lies near it. */
static ht_status begin_at_plan(program *g, ht_err *err) {
    ht_status status = HT_OK;
    for (int32_t c = 0; c < g->columns && status == HT_OK; c++)
        if (is_planned(g, c))
            status = ht_lp_begin_with(g->lp, c, err);
    return status;
}

static ht_status build(program *g, ht_err *err) {
    ht_status status = add_rows(g, err);
    for (int32_t i = 0; i < g->pool->routes.count && status == HT_OK; i++)
        if (is_column(g, i))
            status = add_route_column(g, i, err);
    for (int32_t v = 0; v < g->problem->visits && status == HT_OK; v++)
        status = add_unplanned_column(g, v, err);
    for (int32_t i = 0; i < g->starts && status == HT_OK; i++)
        status = add_start_column(g, i, err);
    if (g->like->weighs_late_max && status == HT_OK)
        status = add_late_column(g, err);
    if (g->like->weighs_idle && status == HT_OK)
        status = add_idle_column(g, err);
    return status == HT_OK ? begin_at_plan(g, err) : status;
}

/* ---- the plan ---- */

/* The task of a stop; where those of a visit are alike, a free one that the person is able to do. */
static int32_t free_task(const program *g, const ht_snapshot *plan, const ht_pool_stop *stop, int32_t shift) {
    const ht_problem *p = g->problem;
    const ht_visit *v = &p->visit[visit_of(g, stop)];
    if (p->task)
        return stop->task;
    for (int32_t t = v->first_task; t < v->first_task + v->need; t++)
        if (plan->shift[t] == HT_NOBODY && p->able[(size_t)t * (size_t)p->staff + (size_t)p->shift[shift].staff])
            return t;
    return -1;
}

/* Puts the route on a shift, its stops and the shift's blocks in the order of their starts; false where a task is left
 * over. */
static bool write_route(const program *g, const ht_pool_route *route, int32_t shift, ht_snapshot *plan) {
    const ht_routes *r = g->like;
    const ht_pool_stop *stop = stops_of(g, route);
    int32_t first = ht_routes_first(r, shift), last = ht_routes_last(r, shift), at = first, nodes = 0;
    int32_t block = g->problem->tasks + 2 * g->problem->shifts + g->problem->shift[shift].first_block;
    int32_t blocks_end = block + g->problem->shift[shift].blocks;
    plan->break_after[shift] = route->break_at == 0 ? first : -1;
    for (int32_t i = 0; i < route->stops || block < blocks_end; nodes++) {
        bool takes_block = block < blocks_end && (i == route->stops || r->earliest[block] < stop[i].start);
        int32_t node = takes_block ? block++ : free_task(g, plan, &stop[i], shift);
        if (node < 0)
            return false;
        if (!takes_block) {
            plan->shift[node] = shift;
            plan->start[node] = stop[i++].start;
        }
        plan->next[at] = node;
        at = node;
        if (nodes + 1 == route->break_at)
            plan->break_after[shift] = node;
    }
    plan->next[at] = last;
    return true;
}

static void forget_plan(const program *g, ht_snapshot *plan) {
    const ht_problem *p = g->problem;
    for (int32_t t = 0; t < p->tasks; t++)
        plan->shift[t] = HT_NOBODY;
    for (int32_t s = 0; s < p->shifts; s++) {
        int32_t at = ht_routes_first(g->like, s);
        int32_t block = p->tasks + 2 * p->shifts + p->shift[s].first_block;
        for (int32_t k = 0; k < p->shift[s].blocks; k++, at = plan->next[at])
            plan->next[at] = block + k;
        plan->next[at] = ht_routes_last(g->like, s);
        plan->break_after[s] = g->like->empty_break[s];
    }
}

/* Of shifts that are alike any drives a chosen route. */
static bool write_routes(program *g, ht_snapshot *plan) {
    const ht_shift_classes *classes = &g->like->classes;
    for (int32_t c = 0; c < g->columns; c++) {
        if (g->column_route[c] < 0 || !ht_lp_chosen(g->lp, c))
            continue;
        const ht_pool_route *route = route_at(g, g->column_route[c]);
        int32_t class = classes->of_shift[route->shift];
        if (!write_route(g, route, classes->member[classes->first[class] + g->driving[class]++], plan))
            return false;
    }
    return true;
}

static bool write_plan(program *g, ht_snapshot *plan) {
    forget_plan(g, plan);
    if (!write_routes(g, plan))
        return false;
    for (int32_t v = 0; v < g->problem->visits; v++) /* all or none */
        for (int32_t i = 1; i < g->problem->visit[v].need; i++)
            if ((plan->shift[g->problem->visit[v].first_task + i] == HT_NOBODY) !=
                (plan->shift[g->problem->visit[v].first_task] == HT_NOBODY))
                return false;
    return true;
}

static void mark_plan(program *g) {
    for (int32_t s = 0; s < g->problem->shifts; s++) {
        int32_t at = g->like->stops[s] > 0 ? ht_route_pool_find(g->pool, g->like, s) : -1;
        if (at >= 0)
            g->in_plan[at] = 1;
    }
}

static bool make(program *g, ht_arena *scratch) {
    const ht_problem *p = g->problem;
    int32_t stops = g->pool->stops.count;
    g->in_plan = HT_ARENA_NEW(scratch, g->pool->routes.count, uint8_t);
    g->start_visit = HT_ARENA_NEW(scratch, stops, int32_t);
    g->start_time = HT_ARENA_NEW(scratch, stops, int32_t);
    g->lag_row = HT_ARENA_NEW(scratch, p->tasks, int32_t);
    if (!g->start_visit || !g->start_time || !g->lag_row || !g->in_plan)
        return false;
    number_lags(g);
    mark_plan(g);
    for (int32_t i = 0; i < g->pool->routes.count; i++)
        if (is_column(g, i))
            list_starts(g, route_at(g, i));
    g->column_route = HT_ARENA_NEW(scratch, g->pool->routes.count + p->visits + g->starts + 2, int32_t);
    /* entries of a column */
    size_t most = (4 + HT_ONE_TAGS_MAX + HT_NEED_MAX) * (size_t)p->tasks + 4 * (size_t)p->links + 3;
    most += (size_t)g->like->classes.classes;
    g->first_tag_row = HT_ARENA_NEW(scratch, p->visits, int32_t);
    g->driving = HT_ARENA_NEW(scratch, g->like->classes.classes, int32_t);
    g->row = HT_ARENA_NEW(scratch, most, int32_t);
    g->coefficient = HT_ARENA_NEW(scratch, most, double);
    return g->column_route && g->first_tag_row && g->driving && g->row && g->coefficient;
}

ht_status ht_set_partition(const ht_route_pool *pool, const ht_routes *like, const ht_lp_limits *limits,
                           ht_arena *scratch, ht_snapshot *plan, bool *found, ht_err *err) {
    program g = {
        .pool = pool, .like = like, .problem = like->problem, .from = ht_max32(0, pool->routes.count - MOST_COLUMNS)};
    ht_lp_limits of_columns = *limits;
    of_columns.better_than -= cost_of_nothing(&g);
    *found = false;
    if (!make(&g, scratch))
        return ht_fail_memory(err);
    g.lp = ht_lp_create(err);
    if (!g.lp)
        return err->status;
    ht_status status = build(&g, err);
    if (status == HT_OK)
        status = ht_lp_solve_binary(g.lp, &of_columns, found, err);
    if (status == HT_OK && *found)
        *found = write_plan(&g, plan);
    ht_lp_destroy(g.lp);
    return status;
}
