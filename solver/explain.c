#include "solver/explain.h"

#include "base/calendar.h"
#include "base/words.h"
#include "solver/insertion.h"

/* Relaxations in the order of their price: a start moved a little, a little overtime, a delegation, then more of the same. */
typedef enum relaxation_kind { MOVE_START, STAY_LONGER, GIVE_SKILL } relaxation_kind;

typedef struct relaxation {
    relaxation_kind kind;
    int32_t minutes;
} relaxation;

static const relaxation PRICE_LIST[] = {{MOVE_START, 5},   {MOVE_START, 15},  {STAY_LONGER, 5},  {STAY_LONGER, 15},
                                        {MOVE_START, 30},  {STAY_LONGER, 30}, {GIVE_SKILL, 0},   {MOVE_START, 60},
                                        {STAY_LONGER, 60}, {MOVE_START, 120}, {STAY_LONGER, 120}};

typedef struct explainer {
    const ht_day *day;
    const ht_solution *solution;
    ht_plan *plan;
    int32_t *visit; /* of each row of plan->unplanned */
    ht_arena arena; /* of the relaxation at hand */
    ht_err *err;
} explainer;

static size_t pair(const ht_problem *p, int32_t row, int32_t staff) {
    return (size_t)row * (size_t)p->staff + (size_t)staff;
}

static int32_t max32(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* ---- the first rule for each person ---- */

typedef bool fits(const ht_problem *p, const ht_visit *v, const ht_shift *s);

static bool window_meets(const ht_problem *p, const ht_visit *v, const ht_shift *s) {
    (void)p;
    int32_t start = max32(v->earliest, s->start);
    return start <= v->latest && start + v->service <= s->latest_end;
}

static bool there_and_back(const ht_problem *p, const ht_visit *v, const ht_shift *s) {
    int32_t start = max32(v->earliest, s->start + ht_problem_travel(p, s->mode, s->start_place, v->place));
    return start <= v->latest &&
           start + v->service + ht_problem_travel(p, s->mode, v->place, s->end_place) <= s->latest_end;
}

/* The visit alone in the shift, its break before or after. */
static bool with_break(const ht_problem *p, const ht_visit *v, const ht_shift *s) {
    if (s->break_length == 0)
        return there_and_back(p, v, s);
    int32_t to = ht_problem_travel(p, s->mode, s->start_place, v->place);
    int32_t back = ht_problem_travel(p, s->mode, v->place, s->end_place);
    int32_t before = max32(v->earliest, ht_routes_after_break(s, s->start, to));
    if (before <= v->latest && before + v->service + back <= s->latest_end)
        return true;
    int32_t start = max32(v->earliest, s->start + to);
    return start <= v->latest && ht_routes_after_break(s, start + v->service, back) <= s->latest_end;
}

static bool some_shift(const ht_problem *p, const ht_visit *v, int32_t staff, fits *test) {
    for (int32_t i = 0; i < p->shifts; i++)
        if (p->shift[i].staff == staff && test(p, v, &p->shift[i]))
            return true;
    return false;
}

static bool forbids(const ht_day *day, int32_t visit, int32_t staff, ht_rule rule) {
    return day->forbids[pair(&day->problem, visit, staff)] >> rule & 1;
}

static ht_rule first_rule(const ht_day *day, int32_t visit, int32_t staff) {
    const ht_problem *p = &day->problem;
    const ht_visit *v = &p->visit[visit];
    if (forbids(day, visit, staff, HT_RULE_SKILL))
        return HT_RULE_SKILL;
    if (forbids(day, visit, staff, HT_RULE_WINDOW))
        return HT_RULE_WINDOW;
    if (!some_shift(p, v, staff, window_meets))
        return HT_RULE_SHIFT;
    for (ht_rule rule = HT_RULE_BLOCKED; rule <= HT_RULE_LOCK; rule++)
        if (forbids(day, visit, staff, rule))
            return rule;
    if (!some_shift(p, v, staff, there_and_back))
        return HT_RULE_TRAVEL;
    return some_shift(p, v, staff, with_break) ? HT_RULE_FULL : HT_RULE_BREAK;
}

/* "32 on shift: 3 skill, 25 shift, 4 full", and the rule that comes most often. */
static const char *sum_up(explainer *x, int32_t visit, ht_rule *most) {
    const ht_problem *p = &x->day->problem;
    int32_t count[HT_RULES] = {0};
    for (int32_t s = 0; s < p->staff; s++)
        count[first_rule(x->day, visit, s)]++;
    char text[400];
    int32_t used = snprintf(text, sizeof text, _("%d on shift"), p->staff);
    *most = HT_RULE_SHIFT;
    for (int32_t rule = HT_RULE_SKILL; rule < HT_RULES; rule++) {
        if (count[rule] == 0)
            continue;
        if (count[rule] > count[*most])
            *most = (ht_rule)rule;
        used += snprintf(text + used, sizeof text - (size_t)used, "%s %d %s", strchr(text, ':') ? "," : ":",
                         count[rule], ht_rule_name((ht_rule)rule));
    }
    return ht_arena_text(&x->plan->texts, text, strlen(text));
}

/* ---- what would help ---- */

typedef struct relaxed {
    ht_problem problem;
    ht_visit *visit;
    ht_shift *shift;
    uint8_t *able;
} relaxed;

static bool copy_problem(explainer *x, relaxed *w) {
    const ht_problem *p = &x->day->problem;
    size_t pairs = pair(p, p->tasks, 0);
    w->problem = *p;
    w->visit = HT_ARENA_NEW(&x->arena, p->visits, ht_visit);
    w->shift = HT_ARENA_NEW(&x->arena, p->shifts, ht_shift);
    w->able = HT_ARENA_NEW(&x->arena, pairs, uint8_t);
    if (!w->visit || !w->shift || !w->able)
        return false;
    memcpy(w->visit, p->visit, (size_t)p->visits * sizeof *w->visit);
    memcpy(w->shift, p->shift, (size_t)p->shifts * sizeof *w->shift);
    memcpy(w->able, p->able, pairs);
    w->problem.visit = w->visit;
    w->problem.shift = w->shift;
    w->problem.able = w->able;
    return true;
}

/* Locked visits keep their lock: a skill given to somebody else does not help them. */
static void give_skill(const ht_day *day, relaxed *w, int32_t visit) {
    const ht_problem *p = &day->problem;
    if (day->visit_row[visit]->locked_staff != HT_NO_TEXT)
        return;
    for (int32_t s = 0; s < p->staff; s++)
        if (day->forbids[pair(p, visit, s)] == 1u << HT_RULE_SKILL)
            for (int32_t i = 0; i < p->visit[visit].need; i++)
                w->able[pair(p, p->visit[visit].first_task + i, s)] = 1;
}

static void relax(explainer *x, const relaxation *how, relaxed *w) {
    const ht_problem *p = &x->day->problem;
    for (int32_t s = 0; how->kind == STAY_LONGER && s < p->shifts; s++)
        w->shift[s].latest_end += 60 * how->minutes;
    for (int32_t v = 0; v < p->visits; v++) {
        if (x->solution->shift[p->visit[v].first_task] != HT_NOBODY)
            continue;
        if (how->kind == MOVE_START) {
            w->visit[v].earliest = max32(0, w->visit[v].earliest - 60 * how->minutes);
            w->visit[v].latest += 60 * how->minutes;
        } else if (how->kind == GIVE_SKILL) {
            give_skill(x->day, w, v);
        }
    }
}

static const char *person(const ht_day *day, const ht_position *at) {
    return ht_dataset_text(day->data, day->staff_row[day->problem.shift[at->shift].staff]->staff_id);
}

/* The staff of the insertion who need the relaxation, "P1, P2". */
static void name_persons(const explainer *x, int32_t visit, const ht_insertion *found, bool lacking_only, char *out,
                         size_t size) {
    const ht_problem *p = &x->day->problem;
    out[0] = '\0';
    for (int32_t i = 0; i < p->visit[visit].need; i++) {
        int32_t staff = p->shift[found->at[i].shift].staff;
        if (lacking_only && !forbids(x->day, visit, staff, HT_RULE_SKILL))
            continue;
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%s", used > 0 ? ", " : "", person(x->day, &found->at[i]));
    }
}

static int32_t common_start(const ht_visit *v, const ht_insertion *found) {
    int32_t start = v->earliest;
    for (int32_t i = 0; i < v->need; i++)
        start = max32(start, found->at[i].start);
    return start;
}

static const char *describe(explainer *x, const relaxation *how, const relaxed *w, int32_t visit,
                            const ht_insertion *found) {
    char persons[160], start[HT_TIME_TEXT], text[400];
    name_persons(x, visit, found, how->kind == GIVE_SKILL, persons, sizeof persons);
    int32_t at = common_start(&w->visit[visit], found);
    ht_time_print(at - at % 60, start, sizeof start);
    if (how->kind == MOVE_START)
        snprintf(text, sizeof text, _("window wider by %d min: %s could come at about %s"), how->minutes, persons, start);
    else if (how->kind == STAY_LONGER)
        snprintf(text, sizeof text, _("%s working up to %d min longer could come at about %s"), persons, how->minutes,
                 start);
    else
        snprintf(text, sizeof text, _("the skill for %s, who could come at about %s"), persons, start);
    return ht_arena_text(&x->plan->texts, text, strlen(text));
}

/* Tries one relaxation for every visit that nothing has helped yet. */
static ht_status try_relaxation(explainer *x, const relaxation *how) {
    static const ht_weights WEIGHTS = {.component = {[HT_C_TRAVEL] = 1, [HT_C_LATE] = 1, [HT_C_OVERTIME] = 1}};
    relaxed w;
    ht_rng rng;
    ht_inserter inserter;
    ht_rng_init(&rng, 1, 1);
    ht_arena_clear(&x->arena);
    if (!copy_problem(x, &w))
        return ht_fail_memory(x->err);
    relax(x, how, &w);
    ht_routes *r = ht_routes_create(&w.problem, &WEIGHTS, &x->arena);
    if (!r || !ht_inserter_init(&inserter, r, &rng, 0, &x->arena))
        return ht_fail_memory(x->err);
    ht_routes_load_solution(r, x->solution);
    for (int32_t i = 0; i < x->plan->unplanned.count; i++) {
        ht_unplanned *u = ht_array_at(&x->plan->unplanned, i);
        ht_insertion found;
        if (u->would_help || !ht_insertion_find(&inserter, x->visit[i], &found))
            continue;
        u->would_help = describe(x, how, &w, x->visit[i], &found);
        if (!u->would_help)
            return ht_fail_memory(x->err);
    }
    return HT_OK;
}

static bool all_helped(const ht_plan *plan) {
    for (int32_t i = 0; i < plan->unplanned.count; i++)
        if (!((const ht_unplanned *)ht_array_at(&plan->unplanned, i))->would_help)
            return false;
    return true;
}

/* Where no single relaxation helps, the time to staff. */
static const char *one_more_shift(explainer *x, int32_t visit) {
    const ht_visit *v = &x->day->problem.visit[visit];
    char from[HT_TIME_TEXT], to[HT_TIME_TEXT], text[200];
    int32_t end = v->latest + v->service;
    ht_time_print(v->earliest - v->earliest % 60, from, sizeof from);
    ht_time_print(end < HT_DAY_SECONDS ? end - end % 60 : HT_DAY_SECONDS, to, sizeof to);
    if (v->earliest > v->latest)
        snprintf(text, sizeof text, "%s", _("its own window is empty: look at its lock, its link and its latest start"));
    else
        snprintf(text, sizeof text, _("no single change: %d more on shift between %s and %s"), v->need, from, to);
    return ht_arena_text(&x->plan->texts, text, strlen(text));
}

static ht_status list_unplanned(explainer *x) {
    const ht_problem *p = &x->day->problem;
    for (int32_t v = 0; v < p->visits; v++) {
        if (x->solution->shift[p->visit[v].first_task] != HT_NOBODY)
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
    for (int32_t i = 0; i < x->plan->unplanned.count && !status; i++) {
        ht_unplanned *u = ht_array_at(&x->plan->unplanned, i);
        if (!u->would_help && !(u->would_help = one_more_shift(x, x->visit[i])))
            status = ht_fail_memory(x->err);
    }
    return status;
}

ht_status ht_explain_unplanned(const ht_day *day, const ht_solution *solution, ht_plan *plan, ht_err *err) {
    explainer x = {.day = day, .solution = solution, .plan = plan, .err = err};
    ht_arena lists;
    ht_arena_init(&lists, plan->texts.allocator);
    ht_arena_init(&x.arena, plan->texts.allocator);
    x.visit = HT_ARENA_NEW(&lists, day->problem.visits, int32_t);
    ht_status status = x.visit ? explain(&x) : ht_fail_memory(err);
    ht_arena_release(&x.arena);
    ht_arena_release(&lists);
    return status;
}
