/* solver/routes.h: the working plan of one search: routes as linked lists with exact times and slack.
 *
 * A node is a stop of a route: a task (0 .. tasks - 1), the start and end of each shift, or a block of office time. The
 * break of a shift lies on one leg of its route (break_after). Times are the earliest that the routes, double staffing
 * and links allow; `latest` is the last start of a node that keeps every hard rule, `calm` the last that costs no new
 * lateness or overtime, both seen through visits that several routes share.
 *
 * Where a level weighs moved_starts, an earliest start may lie too early to be as usual. Each visit is then planned later
 * than its earliest start where that makes it start as usual and costs nothing: `calm` also ends where a visit that is not
 * too late would become so, and the visit is planned from the first usual start on where that is within its calm, else
 * when those before it let it. What is planned are again the earliest times, of windows narrowed so. Insertion looks at
 * the earliest times, so that waiting takes no place from anybody; costs and values follow the planned starts.
 * This does not: let one visit become moved so that two others need not be; wait where that costs lateness or overtime,
 * whatever the levels say; weigh waiting, which may grow or shrink by it. Without such a level (or without series)
 * nothing of this is looked at and what is planned are the earliest starts.
 *
 * Where the problem counts whole shifts, the first stop of a route is planned later in the same way, as far as waiting
 * further on is saved by it (solver/routes_whole.c). A task of two windows is in one of them at a time
 * (solver/routes_windows.c): what is said of its times holds for that window, which ends before the second opens.
 *
 * Units:     seconds of the day; costs are ht_cost, the weighted sum the search works on.
 * Ownership: all memory is the arena's; the problem and the weights are borrowed.
 * Cost:      a change of k routes costs O(their stops), and those of routes tied to them by shared visits.
 * Source:    forward time slack: Savelsbergh (1992), ORSA J. Computing 4(2):146-154; earliest times with temporal
 *            dependencies as a least fixed point: Dohn, Rasmussen and Larsen (2011), Networks 58(4):273-289.
 */
#ifndef HT_SOLVER_ROUTES_H
#define HT_SOLVER_ROUTES_H

#include "base/arena.h"
#include "model/problem.h"
#include "solver/shift_classes.h"

typedef int64_t ht_cost;

/* NEVER: as a limit, none. TOO_LATE: a start that is beyond that too. */
enum { HT_NEVER = INT32_MAX / 4, HT_TOO_LATE };
#define HT_COST_NONE (INT64_MAX / 4)

/* What one unit of each component costs in the search. Components that are not sums over stops are compared by the
 * search's best plan alone. */
typedef struct ht_weights {
    ht_cost component[HT_COMPONENTS];
} ht_weights;

/* A first-in first-out queue of routes that holds each at most once, with the node from which on (forward: to the end of
 * the route, backward: past `until` to its start) it is out of date; HT_WHOLE_ROUTE where that is several or unknown. */
typedef struct ht_route_queue {
    int32_t *item, *from, *until;
    uint8_t *holds;
    int32_t head, count, size;
} ht_route_queue;
enum { HT_WHOLE_ROUTE = -1 };

struct ht_sweep;

/* What whole shifts count of one route, as planned; all 0 where the problem does not count them. */
typedef struct ht_whole {
    int64_t waiting, idle, missed;
    int32_t served; /* what its tasks and blocks take; of unused shifts too */
} ht_whole;

typedef struct ht_routes {
    const ht_problem *problem;
    const ht_weights *weights;
    const int32_t *travel_to[HT_MODES]; /* the problem's travel with rows and columns exchanged; NULL: not made */

    /* Of each node, fixed. */
    int32_t nodes;
    int32_t *place, *service, *earliest, *due; /* of two windows, of the one that a task is in; so is limit */
    int32_t *limit;                            /* latest start of the node itself; HT_NEVER: none */
    ht_cost *late_cost;                        /* of a second after due; -1: nobody counts it */
    ht_cost least_delay_cost;                  /* of a second after `calm`, at least */
    uint8_t *coupled;                          /* its visit is on several routes, or linked */
    int32_t *lag_min, *lag_max;                /* of a task's start behind that of its visit's first task */
    bool gaps_bounded;                         /* some link has a gap_max, or some task a lag */
    bool has_limits;                           /* some start has a latest: else `latest` is HT_NEVER, of all tasks */
    bool weighs_late_max;                      /* some level weighs lateness_max */
    bool weighs_waiting, weighs_idle;          /* so does one waiting, idle_max, of whole shifts */
    bool two_windows;                          /* some task has two */
    bool weighs_unusual;                       /* some level weighs unusual_staff, and the problem has some */
    int32_t *usual_from, *usual_until; /* starts as usual, of the tasks that count; NULL: nobody weighs moved starts */
    int32_t *first_link, *link_of;     /* links of visit v: link_of[first_link[v] .. first_link[v + 1]) */

    /* Of each node, as planned. */
    int32_t *prev, *next; /* -1: not planned */
    int32_t *leg;         /* travel to the next */
    int32_t *shift;       /* of a task: HT_NOBODY while unplanned */
    int32_t *ready;       /* earliest start its own route allows */
    int32_t *start;
    int32_t *latest, *calm;
    int32_t *own_latest, *own_calm; /* what the node's own route says; differs from the above for coupled nodes */
    int32_t *planned;               /* when it starts in the plan; `start` itself where nobody weighs moved starts */
    int32_t *planned_ready;         /* what its own route says to that; NULL where they are the same */
    bool plans_later;               /* since ht_routes_plan_later() */
    bool settles_starts;            /* since ht_routes_settle_starts() */

    /* Of each shift. */
    int32_t *break_after;              /* node whose following leg holds the break; -1 none */
    int32_t *empty_break;              /* where it lies while the route has no task */
    int32_t *stops;                    /* tasks on it; 0: unused */
    int32_t *load;                     /* of its tasks */
    int32_t *base_travel;              /* travel of the route with its blocks alone */
    int64_t *travel, *late, *overtime; /* of the route as planned; 0 while unused */
    uint8_t *late_changed;             /* late_max is out of date */
    int32_t *late_max;                 /* the largest lateness on it */
    int64_t *moved;                    /* its moved starts; NULL where nobody weighs them */
    ht_whole *whole;
    int32_t idlest;        /* the shift of the largest idle time; -1: whole shifts are not counted */
    int64_t idle_of_other; /* the largest of all others */
    uint8_t *closed;       /* cannot take any visit */

    /* Of each class of shifts that are alike: its members, the used ones first, from classes.first of it on. */
    ht_shift_classes classes;
    int32_t *member, *member_at; /* a shift, and where it stands there */
    int32_t *used;               /* how many of the class are */
    int32_t routes_used, tasks_planned;

    /* Continuity. */
    int16_t *meetings; /* clients x staff: counted visits planned */
    int32_t *faces;    /* clients: persons planned who are not of `seen` */

    /* Totals of the plan. */
    ht_cost cost;
    int64_t component[HT_COMPONENTS]; /* those that are sums over stops; the rest by ht_routes_values() */
    int32_t *absent;                  /* unplanned visits */
    int32_t absents;

    /* Routes whose times, then whose slack, then whose planned starts are out of date. */
    ht_route_queue forward, backward, shifting;
    struct ht_sweep *sweep; /* what timing from nothing needs */
    bool failed;            /* the last retiming did, and times of coupled visits are of no use */
    bool coupled_moved;     /* some coupled visit's start, in the last retiming */
    bool eased;             /* since the last retiming something was taken away: a coupled visit may start earlier */

    /* Journal: the touched routes as they were. */
    int32_t *touched;
    uint8_t *is_touched;
    int32_t touches, journal_length;
    int32_t *journal; /* per touched route: break_after, stops, load, nodes with their times; -1 ends it */
    int64_t *journal_travel, *journal_late, *journal_overtime, *journal_moved; /* by shift */
    int32_t *journal_late_max;
    ht_whole *journal_whole;
    ht_cost journal_cost;
    int64_t journal_component[HT_COMPONENTS];
    int32_t *journal_absent;
    int32_t journal_absents;
} ht_routes;

/* All visits unplanned. NULL when memory is out. */
ht_routes *ht_routes_create(const ht_problem *problem, const ht_weights *weights, ht_arena *arena);

/* Goes on with other weights (borrowed). */
void ht_routes_set_weights(ht_routes *r, const ht_weights *weights);

static inline bool ht_routes_is_planned(const ht_routes *r, int32_t visit) {
    return r->shift[r->problem->visit[visit].first_task] != HT_NOBODY;
}

static inline int32_t ht_routes_first(const ht_routes *r, int32_t shift) {
    return r->problem->tasks + 2 * shift;
}

static inline int32_t ht_routes_last(const ht_routes *r, int32_t shift) {
    return r->problem->tasks + 2 * shift + 1;
}

static inline int32_t ht_routes_leg(const ht_routes *r, int32_t shift, int32_t from, int32_t to) {
    const ht_problem *p = r->problem;
    int32_t a = r->place[from], b = r->place[to];
    return (a | b) < 0 ? 0 : p->travel[p->shift[shift].mode][(int64_t)a * p->places + b];
}

/* When the next stop can start at the earliest, leaving the former at `leave` with the break on this leg;
 * HT_TOO_LATE where the break cannot start in time. */
static inline int32_t ht_routes_after_break(const ht_shift *s, int32_t leave, int32_t travel) {
    if (leave > s->break_latest)
        return HT_TOO_LATE;
    int32_t there = leave + travel;
    return (there > s->break_earliest ? there : s->break_earliest) + s->break_length;
}

/* Whether a leg holds the break, and where on it. */
typedef enum ht_rest {
    HT_REST_ELSEWHERE,
    HT_REST_ON_LEG,  /* anywhere */
    HT_REST_ARRIVED, /* before the next stop starts */
    HT_REST_LEAVING, /* before the journey */
    HT_REST_AT_STOP  /* one or the other */
} ht_rest;

/* Of a leg that holds the break of the shift. */
static inline ht_rest ht_routes_rest(const ht_routes *r, int32_t shift, int32_t node, int32_t follower) {
    if (!r->problem->shift[shift].break_at_visit)
        return HT_REST_ON_LEG;
    if (node == ht_routes_first(r, shift))
        return HT_REST_ARRIVED;
    return follower == ht_routes_last(r, shift) ? HT_REST_LEAVING : HT_REST_AT_STOP;
}

/* When the next stop can start at the earliest, leaving the former at `leave`; HT_TOO_LATE where the break cannot start
 * in time. */
static inline int32_t ht_routes_arrive(const ht_shift *s, ht_rest rest, int32_t leave, int32_t travel) {
    if (rest == HT_REST_ELSEWHERE)
        return leave + travel;
    if (rest == HT_REST_AT_STOP)
        rest = leave + travel > s->break_latest ? HT_REST_LEAVING : HT_REST_ARRIVED;
    if (rest == HT_REST_ARRIVED && leave + travel > s->break_latest)
        return HT_TOO_LATE;
    if (rest == HT_REST_LEAVING && leave < s->break_earliest)
        leave = s->break_earliest;
    return ht_routes_after_break(s, leave, travel);
}

/* The last leave so that the next stop starts by `by`, the break on the leg; below any time where that cannot be. */
static inline int32_t ht_routes_leave_by(const ht_shift *s, ht_rest rest, int32_t travel, int32_t by) {
    if (s->break_earliest + s->break_length + (rest == HT_REST_LEAVING ? travel : 0) > by)
        return -HT_NEVER;
    int32_t leave = by - s->break_length - travel;
    int32_t last = s->break_latest - (rest == HT_REST_ARRIVED ? travel : 0);
    return leave < last ? leave : last;
}

/* The last start of a stop so that the next starts by `by`; below any time where that cannot be, HT_NEVER where nothing
 * limits it. */
static inline int32_t ht_routes_start_by(const ht_shift *s, ht_rest rest, int32_t service, int32_t travel, int32_t by) {
    if (rest == HT_REST_ELSEWHERE)
        return by < HT_NEVER ? by - travel - service : HT_NEVER;
    if (rest != HT_REST_AT_STOP)
        return ht_routes_leave_by(s, rest, travel, by) - service;
    int32_t arrived = ht_routes_leave_by(s, HT_REST_ARRIVED, travel, by);
    int32_t leaving = ht_routes_leave_by(s, HT_REST_LEAVING, travel, by);
    return (arrived > leaving ? arrived : leaving) - service;
}

/* Whether the person is not of the visit's usual staff; 0 where no level weighs that. */
static inline int32_t ht_routes_unusual(const ht_routes *r, int32_t visit, int32_t staff) {
    const ht_problem *p = r->problem;
    if (!r->weighs_unusual || p->usual_staff[visit] == HT_NOBODY)
        return 0;
    return p->unusual[(size_t)p->usual_staff[visit] * (size_t)p->staff + (size_t)staff];
}

/* Cost of a node's start where that is moved from the usual. Only where moved starts are weighed. */
static inline ht_cost ht_routes_moved_cost(const ht_routes *r, int32_t node, int32_t start) {
    bool as_usual = start >= r->usual_from[node] && start <= r->usual_until[node];
    return as_usual ? 0 : r->weights->component[HT_C_MOVED];
}

/* Whether the shift has room for what one more task of the visit brings. */
static inline bool ht_routes_has_room(const ht_routes *r, int32_t visit, int32_t shift) {
    return r->load[shift] <= r->problem->shift[shift].capacity - r->problem->visit[visit].load;
}

/* Cost of giving one more visit of the client to the person: points, wishes, cap, usual staff. */
ht_cost ht_routes_assign_cost(const ht_routes *r, int32_t visit, int32_t staff);

/* Of two windows, puts an absent task into the one that is open at `start`: the second from when that opens. */
void ht_routes_take_window(ht_routes *r, int32_t task, int32_t start);
/* When the second window of the task opens; HT_NEVER where it has none. */
int32_t ht_routes_second_window(const ht_routes *r, int32_t task);

/* Waiting on the leg behind a node, which starts at `start`, its follower at `next`; only where whole shifts count. */
int32_t ht_routes_wait(const ht_routes *r, int32_t shift, int32_t node, int32_t start, int32_t next);
/* Waiting of a route at its earliest starts; how much later its first stop may start to save of it. */
int32_t ht_routes_waits_earliest(const ht_routes *r, int32_t shift);
int32_t ht_routes_lead(const ht_routes *r, int32_t shift);

/* Where whole shifts count, waiting may be left out of date while many changes are made: until ht_routes_plan_now(). */
void ht_routes_plan_later(ht_routes *r);
void ht_routes_plan_now(ht_routes *r);

/* Puts a task behind node `after` on its shift, the break of the shift after node `break_after`. Times are not updated.
 */
void ht_routes_link(ht_routes *r, int32_t task, int32_t shift, int32_t after, int32_t break_after);
/* Moves the break of a shift to the leg behind a node of its route. Times are not updated. */
void ht_routes_set_break(ht_routes *r, int32_t shift, int32_t break_after);
/* Takes all tasks of the visit off their routes. Times are not updated. */
void ht_routes_unlink_visit(ht_routes *r, int32_t visit);

/* Notes that the absent visit is planned: all its tasks are linked. */
void ht_routes_mark_planned(ht_routes *r, int32_t visit);

/* Updates times, slack and costs of every touched route and those tied to them. False where a hard rule breaks (times
 * are then of no use: roll back, or take stops away and call again). *culprit is then a task of a route that breaks it,
 * or -1. */
bool ht_routes_retime(ht_routes *r, int32_t *culprit);

/* From here on changes can be taken back. */
void ht_routes_begin(ht_routes *r);
/* Takes back all since begin. */
void ht_routes_rollback(ht_routes *r);

/* A level of the problem's objective weighs the component. */
bool ht_routes_weighs(const ht_problem *problem, ht_component component);

/* Fills every component and level of the plan as it stands. */
void ht_routes_values(const ht_routes *r, ht_values *values);

/* A plan kept aside: the order of every route and where its break lies. */
typedef struct ht_snapshot {
    int32_t *next;        /* of each node */
    int32_t *start;       /* of each task; of no use while unplanned */
    int32_t *shift;       /* of each task */
    int32_t *break_after; /* of each shift */
    ht_values values;
    ht_cost cost;
} ht_snapshot;

/* False when memory is out. */
bool ht_snapshot_init(ht_snapshot *snapshot, const ht_routes *r, ht_arena *arena);
void ht_routes_save(const ht_routes *r, ht_snapshot *snapshot);
/* Replaces the plan by a snapshot of the same problem; visits that do not fit become absent. Begins a new journal. */
void ht_routes_load(ht_routes *r, const ht_snapshot *snapshot);
/* Replaces the plan, which must be empty, by a solution; each break goes where the solution's times leave room for it.
 */
void ht_routes_load_solution(ht_routes *r, const ht_solution *solution);
/* Puts each break where a reader of the plan would see it: between two visits where there is room, else before the first.
 * No start gets later. Begins a new journal. */
void ht_routes_settle_breaks(ht_routes *r);
/* From here on a visit that would start before its agreed time waits for it as far as no visit gets late and no shift
 * longer by it: people come when they were told to, and nothing but waiting changes. Begins a new journal. False when
 * memory is out. */
bool ht_routes_settle_starts(ht_routes *r, ht_arena *arena);
/* Takes visits away until every hard rule holds again; used after a removal made a route longer (no triangle
 * inequality). */
void ht_routes_repair(ht_routes *r);

#endif
