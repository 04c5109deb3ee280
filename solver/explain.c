#include "solver/explain.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "model/unplanned.h"
#include "solver/insertion.h"

/* Relaxations in the order of their price: a start moved a little, a little overtime, a delegation, another person than
 * the one it is locked to, then more of the same. */
typedef struct relaxation {
    ht_help_kind kind;
    int32_t minutes;
} relaxation;

static const relaxation PRICE_LIST[] = {
    {HT_HELP_MOVE_START, 5},  {HT_HELP_MOVE_START, 15},  {HT_HELP_STAY_LONGER, 5},  {HT_HELP_STAY_LONGER, 15},
    {HT_HELP_MOVE_START, 30}, {HT_HELP_STAY_LONGER, 30}, {HT_HELP_GIVE_SKILL, 0},   {HT_HELP_OPEN_LOCK, 0},
    {HT_HELP_MOVE_START, 60}, {HT_HELP_STAY_LONGER, 60}, {HT_HELP_MOVE_START, 120}, {HT_HELP_STAY_LONGER, 120}};

typedef struct explainer {
    const ht_day *day;
    const ht_solution *solution;
    ht_plan *plan;
    int32_t *visit;                  /* of each row of plan->unplanned */
    ht_rule *rule;                   /* by staff: the first that forbids them the visit at hand */
    int32_t *first_shift, *shift_of; /* shifts of person s: shift_of[first_shift[s] .. first_shift[s + 1]) */
    ht_arena arena;                  /* of the relaxation at hand */
    ht_err *err;
} explainer;

static size_t pair(const ht_problem *p, int32_t row, int32_t staff) {
    return (size_t)row * (size_t)p->staff + (size_t)staff;
}

static bool is_planned(const explainer *x, int32_t visit) {
    return x->solution->shift[x->day->problem.visit[visit].first_task] != HT_NOBODY;
}

/* ---- a visit alone in a shift: between two of its fixed stops ---- */

typedef struct gap {
    int32_t from, leave, to, by;
} gap;

/* Behind the shift's start (0) or one of its blocks. */
static gap gap_behind(const ht_problem *p, const ht_shift *s, int32_t stop) {
    const ht_block *block = p->block + s->first_block;
    gap g = {s->start_place, s->start, s->end_place, s->latest_end};
    if (stop > 0) {
        g.from = block[stop - 1].place;
        g.leave = block[stop - 1].end;
    }
    if (stop < s->blocks) {
        g.to = block[stop].place;
        g.by = block[stop].start;
    }
    return g;
}

typedef bool fits(const ht_problem *p, const ht_visit *v, const ht_shift *s, int32_t stop);

static bool window_meets(const ht_problem *p, const ht_visit *v, const ht_shift *s, int32_t stop) {
    gap g = gap_behind(p, s, stop);
    int32_t start = ht_max32(v->earliest, g.leave);
    return start <= v->latest && start + v->service <= g.by;
}

static bool there_and_back(const ht_problem *p, const ht_visit *v, const ht_shift *s, int32_t stop) {
    gap g = gap_behind(p, s, stop);
    int32_t start = ht_max32(v->earliest, g.leave + ht_problem_travel(p, s->mode, g.from, v->place));
    return start <= v->latest && start + v->service + ht_problem_travel(p, s->mode, v->place, g.to) <= g.by;
}

static bool break_elsewhere(const ht_problem *p, const ht_shift *s, int32_t stop) {
    for (int32_t i = 0; i <= s->blocks; i++) {
        gap g = gap_behind(p, s, i);
        if (i != stop && ht_routes_after_break(s, g.leave, ht_problem_travel(p, s->mode, g.from, g.to)) <= g.by)
            return true;
    }
    return false;
}

/* The break before the visit, behind it, or in another gap. */
static bool with_break(const ht_problem *p, const ht_visit *v, const ht_shift *s, int32_t stop) {
    if (s->break_length == 0 || break_elsewhere(p, s, stop))
        return there_and_back(p, v, s, stop);
    gap g = gap_behind(p, s, stop);
    int32_t to = ht_problem_travel(p, s->mode, g.from, v->place);
    int32_t back = ht_problem_travel(p, s->mode, v->place, g.to);
    int32_t before = ht_max32(v->earliest, ht_routes_after_break(s, g.leave, to));
    if (before <= v->latest && before + v->service + back <= g.by)
        return true;
    int32_t start = ht_max32(v->earliest, g.leave + to);
    return start <= v->latest && ht_routes_after_break(s, start + v->service, back) <= g.by;
}

static bool some_shift(const explainer *x, const ht_visit *v, int32_t staff, fits *test) {
    const ht_problem *p = &x->day->problem;
    for (int32_t i = x->first_shift[staff]; i < x->first_shift[staff + 1]; i++) {
        const ht_shift *s = &p->shift[x->shift_of[i]];
        for (int32_t stop = 0; stop <= s->blocks; stop++)
            if (test(p, v, s, stop))
                return true;
    }
    return false;
}

/* ---- the first rule for each person ---- */

/* The visit with the window that links to planned visits can leave it, wherever in their windows these are. */
static ht_visit narrowed(const explainer *x, int32_t visit) {
    const ht_problem *p = &x->day->problem;
    ht_visit v = p->visit[visit];
    for (int32_t i = 0; i < p->links; i++) {
        const ht_link *link = &p->link[i];
        if ((link->before != visit && link->after != visit) || !is_planned(x, link->before + link->after - visit))
            continue;
        const ht_visit *other = &p->visit[link->before + link->after - visit];
        bool is_after = link->after == visit, bounded = link->gap_max != INT32_MAX;
        if (is_after) {
            v.earliest = ht_max32(v.earliest, other->earliest + other->service + link->gap_min);
            v.latest = bounded ? ht_min32(v.latest, other->latest + other->service + link->gap_max) : v.latest;
        } else {
            v.latest = ht_min32(v.latest, other->latest - link->gap_min - v.service);
            v.earliest = bounded ? ht_max32(v.earliest, other->earliest - link->gap_max - v.service) : v.earliest;
        }
    }
    return v;
}

static bool forbids(const ht_day *day, int32_t visit, int32_t staff, ht_rule rule) {
    return day->forbids[pair(&day->problem, visit, staff)] >> rule & 1;
}

static ht_rule own_rule(const explainer *x, int32_t visit, const ht_visit *v, int32_t staff) {
    const ht_day *day = x->day;
    if (forbids(day, visit, staff, HT_RULE_SKILL))
        return HT_RULE_SKILL;
    if (v->earliest > v->latest)
        return HT_RULE_WINDOW;
    if (!some_shift(x, v, staff, window_meets))
        return HT_RULE_SHIFT;
    for (ht_rule rule = HT_RULE_BLOCKED; rule <= HT_RULE_LOCK; rule++)
        if (forbids(day, visit, staff, rule))
            return rule;
    if (!some_shift(x, v, staff, there_and_back))
        return HT_RULE_TRAVEL;
    return some_shift(x, v, staff, with_break) ? HT_RULE_FULL : HT_RULE_BREAK;
}

/* Somebody whom the visit is locked to is not on shift, or cannot come whatever else is planned. */
static bool lock_fails(const explainer *x, int32_t visit) {
    int32_t there = 0;
    for (int32_t s = 0; s < x->day->problem.staff; s++)
        there += x->rule[s] == HT_RULE_FULL && ht_day_is_locked_to(x->day, visit, s);
    return there < ht_day_locks(x->day, visit);
}

/* Those of the tags that one of the visit's staff must hold which nobody who could come does. */
static uint8_t tags_missing(const explainer *x, int32_t visit) {
    const ht_problem *p = &x->day->problem;
    uint8_t held = 0;
    for (int32_t s = 0; s < p->staff; s++)
        if (x->rule[s] == HT_RULE_FULL)
            held |= p->one_held[pair(p, visit, s)];
    return p->visit[visit].one_tags & (uint8_t)~held;
}

/* Fills x->rule; returns the rule of the visit as a whole: the one that stops it whoever comes, else the most frequent.
 */
static ht_rule find_rules(explainer *x, int32_t visit, int32_t count[HT_RULES]) {
    const ht_problem *p = &x->day->problem;
    ht_visit v = narrowed(x, visit);
    for (int32_t s = 0; s < p->staff; s++)
        x->rule[s] = own_rule(x, visit, &v, s);
    bool unkept = lock_fails(x, visit);
    uint8_t missing = tags_missing(x, visit);
    for (int32_t s = 0; s < p->staff; s++) {
        if (missing & ~p->one_held[pair(p, visit, s)])
            x->rule[s] = HT_RULE_SKILL;
        else if (unkept && x->rule[s] > HT_RULE_LOCK)
            x->rule[s] = HT_RULE_LOCK;
        count[x->rule[s]]++;
    }
    ht_rule most = HT_RULE_SHIFT;
    for (int32_t rule = HT_RULE_SKILL; rule < HT_RULES; rule++)
        if (count[rule] > count[most])
            most = (ht_rule)rule;
    return v.earliest > v.latest ? HT_RULE_WINDOW : unkept ? HT_RULE_LOCK : most;
}

/* The note of who is on shift and what keeps them away, and the rule of the visit. */
static const char *sum_up(explainer *x, int32_t visit, ht_rule *rule) {
    ht_reason reason = {.on_shift = x->day->problem.staff};
    char note[HT_NOTE];
    *rule = find_rules(x, visit, reason.kept_away);
    ht_reason_note(&reason, note);
    return ht_arena_text(&x->plan->texts, note, strlen(note));
}

/* ---- what would help ---- */

typedef struct relaxed {
    ht_problem problem;
    ht_visit *visit;
    ht_shift *shift;
    uint8_t *able, *one_held;
} relaxed;

static bool copy_problem(explainer *x, relaxed *w) {
    const ht_problem *p = &x->day->problem;
    size_t pairs = pair(p, p->tasks, 0), held = pair(p, p->visits, 0);
    w->problem = *p;
    w->visit = HT_ARENA_NEW(&x->arena, p->visits, ht_visit);
    w->shift = HT_ARENA_NEW(&x->arena, p->shifts, ht_shift);
    w->able = HT_ARENA_NEW(&x->arena, pairs, uint8_t);
    w->one_held = HT_ARENA_NEW(&x->arena, held, uint8_t);
    if (!w->visit || !w->shift || !w->able || !w->one_held)
        return false;
    memcpy(w->visit, p->visit, (size_t)p->visits * sizeof *w->visit);
    memcpy(w->shift, p->shift, (size_t)p->shifts * sizeof *w->shift);
    memcpy(w->able, p->able, pairs);
    memcpy(w->one_held, p->one_held, held);
    w->problem.visit = w->visit;
    w->problem.shift = w->shift;
    w->problem.able = w->able;
    w->problem.one_held = w->one_held;
    return true;
}

/* Lets those come whom only this rule forbids it. The first tasks are the locked persons' own as long as the lock
 * holds. */
static void pass_over(const ht_day *day, relaxed *w, int32_t visit, ht_rule rule) {
    const ht_problem *p = &day->problem;
    int32_t locks = rule == HT_RULE_LOCK ? 0 : ht_day_locks(day, visit);
    for (int32_t s = 0; s < p->staff; s++) {
        bool is_locked = locks > 0 && ht_day_is_locked_to(day, visit, s);
        bool alone = (day->forbids[pair(p, visit, s)] & ~(1u << rule)) == 0;
        for (int32_t i = 0; alone && i < p->visit[visit].need; i++)
            if (is_locked == (i < locks))
                w->able[pair(p, p->visit[visit].first_task + i, s)] = 1;
    }
}

static void relax_visit(const ht_day *day, const relaxation *how, relaxed *w, int32_t visit) {
    ht_visit *v = &w->visit[visit];
    switch (how->kind) {
    case HT_HELP_MOVE_START: /* only the visit's own window: a link to another day stays */
        v->earliest = ht_max32(day->linked[visit].earliest, v->earliest - 60 * how->minutes);
        v->latest = ht_min32(day->linked[visit].latest, v->latest + 60 * how->minutes);
        pass_over(day, w, visit, HT_RULE_WINDOW);
        break;
    case HT_HELP_GIVE_SKILL:
        pass_over(day, w, visit, HT_RULE_SKILL);
        memset(&w->one_held[pair(&day->problem, visit, 0)], v->one_tags, (size_t)day->problem.staff);
        break;
    case HT_HELP_OPEN_LOCK:
        pass_over(day, w, visit, HT_RULE_LOCK);
        break;
    default: /* what is of the shifts, not of the visit */
        break;
    }
}

static void relax(explainer *x, const relaxation *how, relaxed *w) {
    const ht_problem *p = &x->day->problem;
    for (int32_t s = 0; how->kind == HT_HELP_STAY_LONGER && s < p->shifts; s++)
        w->shift[s].latest_end = ht_min32(x->day->free_until[s], w->shift[s].latest_end + 60 * how->minutes);
    for (int32_t v = 0; v < p->visits; v++)
        if (!is_planned(x, v))
            relax_visit(x->day, how, w, v);
}

static const char *person(const ht_day *day, const ht_position *at) {
    return ht_dataset_text(day->data, day->staff_row[day->problem.shift[at->shift].staff]->staff_id);
}

/* The insertion's staff hold all tags together that one of them must. */
static bool tags_held(const explainer *x, int32_t visit, const ht_insertion *found) {
    const ht_problem *p = &x->day->problem;
    uint8_t held = 0;
    for (int32_t i = 0; i < p->visit[visit].need; i++)
        held |= p->one_held[pair(p, visit, p->shift[found->at[i].shift].staff)];
    return (p->visit[visit].one_tags & ~held) == 0;
}

/* The staff of the insertion, "P1|P2"; of a skill those who are to get it, the first one what nobody of them holds. */
static void name_persons(const explainer *x, const relaxation *how, int32_t visit, const ht_insertion *found, char *out,
                         size_t size) {
    const ht_problem *p = &x->day->problem;
    bool everyone = how->kind != HT_HELP_GIVE_SKILL, first = everyone || !tags_held(x, visit, found);
    out[0] = '\0';
    for (int32_t i = 0; i < p->visit[visit].need; i++) {
        int32_t staff = p->shift[found->at[i].shift].staff;
        if (!everyone && !(i == 0 && first) && !forbids(x->day, visit, staff, HT_RULE_SKILL))
            continue;
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%s", used > 0 ? "|" : "", person(x->day, &found->at[i]));
    }
}

static const char *keep_help(explainer *x, const ht_help *help) {
    char note[HT_NOTE];
    ht_help_note(help, note);
    return ht_arena_text(&x->plan->texts, note, strlen(note));
}

static const char *describe(explainer *x, const relaxation *how, int32_t visit, const ht_insertion *found, int32_t at) {
    ht_help help = {.kind = how->kind, .minutes = how->minutes, .at = at - at % 60};
    name_persons(x, how, visit, found, help.staff, sizeof help.staff);
    snprintf(help.locked, sizeof help.locked, "%s",
             ht_dataset_text(x->day->data, x->day->visit_row[visit]->locked_staff));
    return keep_help(x, &help);
}

/* Puts the visit into the plan, keeps the note that says how, and takes it out again. */
static ht_status try_visit(explainer *x, const relaxation *how, ht_inserter *inserter, int32_t visit, ht_unplanned *u) {
    ht_routes *r = inserter->routes;
    ht_insertion found;
    if (!ht_insertion_find(inserter, visit, HT_COST_NONE, &found))
        return HT_OK;
    ht_routes_begin(r);
    if (ht_insertion_apply(r, visit, &found)) {
        u->would_help = describe(x, how, visit, &found, r->start[r->problem->visit[visit].first_task]);
        if (!u->would_help)
            return ht_fail_memory(x->err);
    }
    ht_routes_rollback(r);
    return HT_OK;
}

/* A problem to put visits into the plan of. */
typedef struct trial {
    relaxed w;
    ht_rng rng;
    ht_takers takers; /* of the unplanned visits */
    ht_inserter inserter;
} trial;

/* A copy of the problem, relaxed (NULL: as it is), and the plan loaded into its routes. */
static ht_status begin_trial(explainer *x, const relaxation *how, trial *t) {
    static const ht_weights WEIGHTS = {.component = {[HT_C_TRAVEL] = 1, [HT_C_LATE] = 1, [HT_C_OVERTIME] = 1}};
    ht_rng_init(&t->rng, 1, 1);
    ht_arena_clear(&x->arena);
    if (!copy_problem(x, &t->w))
        return ht_fail_memory(x->err);
    if (how)
        relax(x, how, &t->w);
    ht_routes *r = ht_routes_create(&t->w.problem, &WEIGHTS, &x->arena);
    if (!r)
        return ht_fail_memory(x->err);
    ht_routes_load_solution(r, x->solution);
    bool made = ht_takers_init(&t->takers, r, &x->arena) &&
                ht_inserter_init(&t->inserter, r, &t->takers, &t->rng, 0, &x->arena);
    return made ? HT_OK : ht_fail_memory(x->err);
}

/* Tries one relaxation for every visit that nothing has helped yet. */
static ht_status try_relaxation(explainer *x, const relaxation *how) {
    trial t;
    if (begin_trial(x, how, &t) != HT_OK)
        return x->err->status;
    for (int32_t i = 0; i < x->plan->unplanned.count; i++) {
        ht_unplanned *u = ht_array_at(&x->plan->unplanned, i);
        if (!u->would_help && try_visit(x, how, &t.inserter, x->visit[i], u) != HT_OK)
            return x->err->status;
    }
    return HT_OK;
}

static bool all_helped(const ht_plan *plan) {
    for (int32_t i = 0; i < plan->unplanned.count; i++)
        if (!((const ht_unplanned *)ht_array_at(&plan->unplanned, i))->would_help)
            return false;
    return true;
}

/* How many the visit lacks beside those who could come together as the plan stands. */
static int32_t missing_staff(relaxed *w, ht_inserter *inserter, int32_t visit) {
    ht_visit *v = &w->visit[visit];
    const ht_visit whole = *v;
    ht_insertion found;
    bool fit = false;
    v->one_tags = 0; /* whoever is missing may hold them */
    while (!fit && --v->need > 0) {
        ht_routes_begin(inserter->routes);
        fit = ht_insertion_find(inserter, visit, HT_COST_NONE, &found) &&
              ht_insertion_apply(inserter->routes, visit, &found);
        ht_routes_rollback(inserter->routes);
    }
    int32_t missing = whole.need - v->need;
    *v = whole;
    return missing;
}

/* Where no single relaxation helps, the time to staff. */
static const char *one_more_shift(explainer *x, relaxed *w, ht_inserter *inserter, int32_t visit) {
    ht_visit v = narrowed(x, visit);
    int32_t end = v.latest + v.service;
    ht_help help = {.kind = v.earliest > v.latest ? HT_HELP_EMPTY_WINDOW : HT_HELP_MORE_STAFF,
                    .need = missing_staff(w, inserter, visit),
                    .at = v.earliest - v.earliest % 60,
                    .until = end < HT_DAY_SECONDS ? end - end % 60 : HT_DAY_SECONDS};
    return keep_help(x, &help);
}

static ht_status ask_for_staff(explainer *x) {
    trial t;
    if (begin_trial(x, NULL, &t) != HT_OK)
        return x->err->status;
    for (int32_t i = 0; i < x->plan->unplanned.count; i++) {
        ht_unplanned *u = ht_array_at(&x->plan->unplanned, i);
        if (!u->would_help && !(u->would_help = one_more_shift(x, &t.w, &t.inserter, x->visit[i])))
            return ht_fail_memory(x->err);
    }
    return HT_OK;
}

static ht_status list_unplanned(explainer *x) {
    const ht_problem *p = &x->day->problem;
    for (int32_t v = 0; v < p->visits; v++) {
        if (is_planned(x, v))
            continue;
        ht_unplanned *u = ht_array_push(&x->plan->unplanned);
        if (!u)
            return ht_fail_memory(x->err);
        x->visit[x->plan->unplanned.count - 1] = v;
        u->visit = x->day->visit_row[v]->visit_id;
        u->reason = sum_up(x, v, &u->rule);
        if (!u->reason)
            return ht_fail_memory(x->err);
    }
    return HT_OK;
}

static ht_status explain(explainer *x) {
    ht_status status = list_unplanned(x);
    for (size_t i = 0; i < sizeof PRICE_LIST / sizeof PRICE_LIST[0] && !status && !all_helped(x->plan); i++)
        status = try_relaxation(x, &PRICE_LIST[i]);
    return status || all_helped(x->plan) ? status : ask_for_staff(x);
}

static bool list_shifts(explainer *x, ht_arena *arena) {
    const ht_problem *p = &x->day->problem;
    x->first_shift = HT_ARENA_NEW(arena, p->staff + 2, int32_t);
    x->shift_of = HT_ARENA_NEW(arena, p->shifts, int32_t);
    if (!x->first_shift || !x->shift_of)
        return false;
    for (int32_t i = 0; i < p->shifts; i++)
        x->first_shift[p->shift[i].staff + 2]++;
    for (int32_t s = 0; s < p->staff; s++)
        x->first_shift[s + 2] += x->first_shift[s + 1];
    for (int32_t i = 0; i < p->shifts; i++)
        x->shift_of[x->first_shift[p->shift[i].staff + 1]++] = i;
    return true;
}

ht_status ht_explain_unplanned(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err) {
    explainer x = {.day = day, .solution = solution, .plan = plan, .err = err};
    ht_arena lists;
    ht_arena_init(&lists, plan->texts.allocator);
    ht_arena_init(&x.arena, plan->texts.allocator);
    x.visit = HT_ARENA_NEW(&lists, day->problem.visits, int32_t);
    x.rule = HT_ARENA_NEW(&lists, day->problem.staff, ht_rule);
    ht_status status = x.visit && x.rule && list_shifts(&x, &lists) ? explain(&x) : ht_fail_memory(err);
    ht_arena_release(&x.arena);
    ht_arena_release(&lists);
    plan->lists_unplanned = !status;
    return status;
}
