#include "tests/support_problem.h"

#include "tests/support.h"

enum { MINUTE = 60, HOUR = 3600, DAY_START = 7 * HOUR, TAGS = 2 };

const char *const problem_profiles[] = {
    "coverage: 1*unplanned|promise: 1*lateness|continuity: 1*continuity|cost: 1*travel + 2*overtime + 300*unmet_wishes",
    "coverage: 1*unplanned|promise: 1*lateness|cost: 300*continuity + 1*travel + 2*overtime + 300*unmet_wishes",
    "coverage: 1*unplanned|promise: 1*lateness|cost: 1*travel + 2*overtime + 300*unmet_wishes|contact: 1*continuity",
    NULL};

const char *const problem_profiles_of_all[] = {
    "coverage: 1*unplanned|promise: 1*lateness|continuity: 1*continuity|cost: 1*travel + 2*overtime + 300*unmet_wishes",
    "sum: 1000*unplanned + 3*lateness + 5*continuity + 1*travel + 1*overtime",
    "coverage: 1*unplanned|promise: 1*lateness_max + 1*staff_used|rest: 1*travel + 1*waiting + 3*idle_max + 1*spread",
    "people: 1*unplanned + 1*staff_used|time: 2*overtime + 1*waiting + 100*missed_breaks + 1*changes + 1*moved_starts",
    NULL};

const char *const problem_profiles_of_sums[] = {
    "cost: 9000*unplanned + 1*travel + 1*lateness + 1*lateness_max",
    "cost: 20000*unplanned + 2*travel + 3*lateness + 5*lateness_max + 2*overtime + 300*unmet_wishes",
    "cost: 5000*unplanned + 1*travel + 9*lateness_max",
    "coverage: 1*unplanned|promise: 3*lateness_max + 1*lateness|cost: 1*travel", NULL};

static const char *const profiles_of_whole_shifts[] = {
    "cost: 20000*unplanned + 2*travel + 3*lateness + 5*lateness_max + 4*waiting + 7*idle_max + 900*missed_breaks",
    "cost: 9000*unplanned + 1*travel + 9*lateness + 2*overtime + 1*waiting + 300*unmet_wishes",
    "cost: 5000*unplanned + 1*travel + 1*lateness + 3*overtime + 9*idle_max + 60*missed_breaks", NULL};

static const char *const profiles_of_base_plans[] = {
    "coverage: 1*unplanned|base: 3*moved_starts + 2*unusual_staff|promise: 1*lateness|cost: 1*travel + 1*idle_max",
    "coverage: 1*unplanned|promise: 1*lateness|cost: 1*travel + 2*overtime|base: 1*moved_starts",
    "sum: 1000*unplanned + 3*lateness + 5*continuity + 1*travel + 1*overtime + 2000*moved_starts + 900*unusual_staff",
    NULL};

const problem_shape problem_any = {.visits_least = 1,
                                   .visits_most = PROBLEM_VISITS,
                                   .shifts_least = 1,
                                   .shifts_most = PROBLEM_SHIFTS,
                                   .several = 20,
                                   .tags = 15,
                                   .linked = 20,
                                   .bounded = 30,
                                   .breaks = 50,
                                   .blocks = 25,
                                   .second_shifts = 25,
                                   .caps = 40,
                                   .crooked = 10,
                                   .overtime = 50,
                                   .loaded = 50,
                                   .alike = 20,
                                   .profile = problem_profiles_of_all};

const problem_shape problem_usual = {.visits_least = 1,
                                     .visits_most = PROBLEM_VISITS,
                                     .shifts_least = 1,
                                     .shifts_most = PROBLEM_SHIFTS,
                                     .several = 20,
                                     .tags = 15,
                                     .linked = 20,
                                     .bounded = 30,
                                     .breaks = 50,
                                     .blocks = 25,
                                     .second_shifts = 25,
                                     .caps = 40,
                                     .crooked = 10,
                                     .overtime = 50,
                                     .loaded = 50,
                                     .alike = 20,
                                     .usual = 80,
                                     .profile = profiles_of_base_plans};

const problem_shape problem_plain = {.visits_least = 1,
                                     .visits_most = PROBLEM_VISITS,
                                     .shifts_least = 1,
                                     .shifts_most = PROBLEM_SHIFTS,
                                     .breaks = 50,
                                     .blocks = 25,
                                     .second_shifts = 25,
                                     .caps = 40,
                                     .crooked = 10,
                                     .overtime = 50,
                                     .loaded = 50,
                                     .alike = 20,
                                     .profile = problem_profiles};

const problem_shape problem_tiny = {.visits_least = 2,
                                    .visits_most = 5,
                                    .shifts_least = 2,
                                    .shifts_most = 3,
                                    .several = 30,
                                    .tags = 15,
                                    .linked = 30,
                                    .bounded = 30,
                                    .breaks = 30,
                                    .blocks = 20,
                                    .second_shifts = 20,
                                    .caps = 40,
                                    .crooked = 15,
                                    .overtime = 50,
                                    .loaded = 50,
                                    .alike = 20,
                                    .profile = problem_profiles};

const problem_shape problem_apart = {.visits_least = 1,
                                     .visits_most = PROBLEM_VISITS,
                                     .shifts_least = 1,
                                     .shifts_most = PROBLEM_SHIFTS,
                                     .several = 50,
                                     .tags = 5,
                                     .linked = 5,
                                     .bounded = 30,
                                     .breaks = 15,
                                     .blocks = 10,
                                     .second_shifts = 10,
                                     .caps = 20,
                                     .crooked = 10,
                                     .overtime = 50,
                                     .loaded = 50,
                                     .alike = 20,
                                     .apart = 70,
                                     .endless = 50,
                                     .profile = problem_profiles_of_sums};

const problem_shape problem_tiny_apart = {.visits_least = 2,
                                          .visits_most = 4,
                                          .shifts_least = 2,
                                          .shifts_most = 3,
                                          .several = 60,
                                          .linked = 10,
                                          .bounded = 30,
                                          .breaks = 15,
                                          .blocks = 10,
                                          .crooked = 15,
                                          .overtime = 50,
                                          .loaded = 50,
                                          .alike = 20,
                                          .apart = 70,
                                          .endless = 50,
                                          .profile = problem_profiles_of_sums};

const problem_shape problem_whole = {.visits_least = 1,
                                     .visits_most = PROBLEM_VISITS,
                                     .shifts_least = 1,
                                     .shifts_most = PROBLEM_SHIFTS,
                                     .several = 30,
                                     .breaks = 60,
                                     .crooked = 10,
                                     .overtime = 50,
                                     .apart = 70,
                                     .endless = 70,
                                     .windows = 30,
                                     .whole = true,
                                     .profile = profiles_of_whole_shifts};

typedef struct drawing {
    ht_rng rng;
    const problem_shape *shape;
    ht_arena *arena;
    ht_problem *problem;
    ht_visit *visit;
    ht_shift *shift;
    uint8_t *able, *held, *wishes, *seen, *unusual;
    int32_t *first, *again;
    int32_t lists; /* of usual staff */
} drawing;

static int32_t between(drawing *d, int32_t least, int32_t most) {
    return least + ht_rng_below(&d->rng, most - least + 1);
}

static bool chance(drawing *d, int32_t percent) {
    return ht_rng_below(&d->rng, 100) < percent;
}

/* Draws nothing where there is none of it: what else is drawn stays the same. */
static bool chance_of_any(drawing *d, int32_t percent) {
    return percent > 0 && chance(d, percent);
}

static void *room(drawing *d, int64_t count, size_t size) {
    void *block = ht_arena_alloc(d->arena, (size_t)count, size);
    ck_assert_ptr_nonnull(block);
    return block;
}

#define ROOM(d, count, type) ((type *)room((d), (count), sizeof(type)))

ht_objective problem_objective(const char *levels) {
    ht_objective objective = {.profile = "drawn"};
    ht_err err;
    ht_err_init(&err);
    while (*levels != '\0') {
        char text[200];
        size_t length = strcspn(levels, "|");
        ck_assert_uint_lt(length, sizeof text);
        memcpy(text, levels, length);
        text[length] = '\0';
        ck_assert_msg(ht_level_parse(text, &objective.level[objective.levels++], &err) == HT_OK, "%s", err.text);
        levels += length + (levels[length] == '|');
    }
    return objective;
}

/* ---- shifts ---- */

/* A break of half an hour somewhere in the shift; now and then none of the legs can hold it. */
static void draw_break(drawing *d, ht_shift *s) {
    int32_t length = s->end - s->start;
    if (!chance(d, d->shape->breaks) || length < 2 * HOUR)
        return;
    s->break_at_visit = d->shape->whole;
    s->break_optional = d->shape->whole && chance(d, 80);
    s->break_length = between(d, 1, 3) * 15 * MINUTE;
    s->break_earliest = s->start + between(d, 0, length / 2);
    s->break_latest = s->break_earliest + between(d, 0, length / 2 - s->break_length);
}

static void draw_blocks(drawing *d, ht_shift *s, ht_block *block, int32_t *blocks) {
    int32_t length = s->end - s->start;
    s->first_block = *blocks;
    if (chance(d, d->shape->blocks))
        block[(*blocks)++] = (ht_block){0, s->start + length / 4, s->start + length / 4 + 10 * MINUTE};
    if (s->first_block < *blocks && chance(d, 30))
        block[(*blocks)++] = (ht_block){0, s->start + length / 2, s->start + length / 2 + between(d, 10, 30) * MINUTE};
    s->blocks = *blocks - s->first_block;
}

static void draw_shift(drawing *d, ht_shift *s, int32_t staff, int32_t start) {
    *s = (ht_shift){.staff = staff, .mode = between(d, 0, HT_MODES - 1), .start = start};
    s->start_place = chance(d, 30) ? HT_NOWHERE : 0;
    s->end_place = chance(d, 30) ? HT_NOWHERE : 0;
    s->end = start + between(d, 90, 480) * MINUTE;
    s->latest_end = s->end + (chance(d, d->shape->overtime) ? between(d, 1, 30) * MINUTE : 0);
    if (chance_of_any(d, d->shape->endless))
        s->latest_end = INT32_MAX;
}

/* Shifts of one person do not overlap. */
static void draw_shifts(drawing *d) {
    ht_problem *p = d->problem;
    int32_t wanted = between(d, d->shape->shifts_least, d->shape->shifts_most), blocks = 0;
    ht_shift *shift = ROOM(d, wanted, ht_shift);
    ht_block *block = ROOM(d, 2 * wanted, ht_block);
    while (p->shifts < wanted) {
        int32_t start = DAY_START + between(d, 0, 240) * MINUTE;
        if (p->shifts > 0 && chance(d, d->shape->second_shifts) && shift[p->shifts - 1].latest_end < INT32_MAX)
            start = shift[p->shifts - 1].latest_end + between(d, 0, 60) * MINUTE;
        else
            p->staff++;
        ht_shift *s = &shift[p->shifts++];
        draw_shift(d, s, p->staff - 1, start);
        draw_break(d, s);
        draw_blocks(d, s, block, &blocks);
    }
    p->shift = d->shift = shift;
    p->block = block;
}

/* ---- visits ---- */

static void draw_visit(drawing *d, ht_visit *v) {
    *v = (ht_visit){.client = between(d, 0, d->problem->clients - 1), .need = 1, .counts = !chance(d, 10)};
    v->place = 1 + v->client;
    v->service = between(d, 5, 80) * MINUTE;
    v->earliest = DAY_START + between(d, 0, 600) * MINUTE;
    v->latest = v->earliest + between(d, 0, 180) * between(d, 0, MINUTE);
    v->due = between(d, v->earliest, v->latest);
    /* With a base plan the best is sought among plans that wait for usual starts alone. */
    v->agreed = d->shape->usual > 0 ? v->earliest : (v->earliest + v->due) / 2;
    if (chance_of_any(d, d->shape->endless))
        v->latest = INT32_MAX;
    if (chance(d, 3))
        v->latest = v->earliest - 1; /* cannot be planned */
    static const int32_t WEIGHT[] = {100, 10, 1};
    v->weight = WEIGHT[between(d, 0, 2)];
    if (chance(d, d->shape->several))
        v->need = chance(d, 25) ? 3 : 2;
    if (chance(d, d->shape->tags))
        v->one_tags = (uint8_t)between(d, 1, (1 << TAGS) - 1);
}

static void draw_visits(drawing *d) {
    ht_problem *p = d->problem;
    p->visits = between(d, d->shape->visits_least, d->shape->visits_most);
    p->clients = 1 + p->visits / 2;
    ht_visit *visit = ROOM(d, p->visits, ht_visit);
    int32_t *visit_of_task = ROOM(d, PROBLEM_TASKS, int32_t);
    for (int32_t v = 0; v < p->visits; v++) {
        draw_visit(d, &visit[v]);
        visit[v].first_task = p->tasks;
        for (int32_t i = 0; i < visit[v].need; i++)
            visit_of_task[p->tasks++] = v;
    }
    p->visit = d->visit = visit;
    p->visit_of_task = visit_of_task;
}

/* Links lead from an earlier window to a later one, so that there is no cycle and most can hold. */
static void draw_links(drawing *d) {
    ht_problem *p = d->problem;
    ht_link *link = ROOM(d, p->visits, ht_link);
    int32_t bounded = chance(d, 50) ? d->shape->bounded : 0; /* a problem without any is searched otherwise */
    for (int32_t v = 0; v < p->visits; v++) {
        int32_t other = between(d, 0, p->visits - 1);
        const ht_visit *before = &p->visit[other], *after = &p->visit[v];
        if (before->earliest >= after->earliest || !chance(d, 3 * d->shape->linked))
            continue;
        int32_t gap = between(d, 0, 60) * MINUTE;
        int32_t most = chance(d, bounded) ? gap + between(d, 0, 120) * MINUTE : INT32_MAX;
        link[p->links++] = (ht_link){other, v, gap, most};
    }
    p->link = link;
}

/* ---- travel ---- */

static bool is_used(const ht_problem *p, int32_t mode) {
    for (int32_t s = 0; s < p->shifts; s++)
        if (p->shift[s].mode == mode)
            return true;
    return false;
}

/* Places lie in a square; some legs are much longer or shorter than the way round. */
static void draw_travel(drawing *d) {
    ht_problem *p = d->problem;
    p->places = 1 + p->clients;
    int32_t *x = ROOM(d, p->places, int32_t), *y = ROOM(d, p->places, int32_t);
    for (int32_t i = 0; i < p->places; i++) {
        x[i] = between(d, 0, 600);
        y[i] = between(d, 0, 600);
    }
    for (int32_t mode = 0; mode < HT_MODES; mode++) {
        if (!is_used(p, mode))
            continue;
        int32_t *travel = ROOM(d, p->places * p->places, int32_t);
        for (int32_t i = 0; i < p->places; i++)
            for (int32_t k = 0; k < p->places; k++) {
                int32_t leg = (1 + mode) * (abs(x[i] - x[k]) + abs(y[i] - y[k])) + between(d, 0, 9);
                if (chance(d, d->shape->crooked))
                    leg = chance(d, 50) ? leg / 4 : 3 * leg;
                travel[i * p->places + k] = i == k ? 0 : leg;
            }
        p->travel[mode] = travel;
    }
}

/* ---- pairs ---- */

/* One in five visits is barred to a person; a locked visit has its first task for one person alone. */
static void draw_able(drawing *d) {
    ht_problem *p = d->problem;
    uint8_t *able = ROOM(d, p->tasks * p->staff, uint8_t);
    for (int32_t v = 0; v < p->visits; v++) {
        int32_t locked = chance(d, 8) ? between(d, 0, p->staff - 1) : HT_NOBODY;
        for (int32_t staff = 0; staff < p->staff; staff++) {
            uint8_t allowed = chance(d, 80);
            for (int32_t i = 0; i < p->visit[v].need; i++)
                able[(p->visit[v].first_task + i) * p->staff + staff] =
                    locked == HT_NOBODY ? allowed : (i == 0) == (staff == locked) && (allowed || i == 0);
        }
    }
    p->able = d->able = able;
}

static void draw_tags_held(drawing *d) {
    ht_problem *p = d->problem;
    uint8_t *held = ROOM(d, p->visits * p->staff, uint8_t);
    bool any = false;
    for (int32_t v = 0; v < p->visits; v++) {
        any = any || p->visit[v].one_tags != 0;
        for (int32_t staff = 0; staff < p->staff; staff++)
            held[v * p->staff + staff] = (uint8_t)between(d, 0, (1 << TAGS) - 1) & p->visit[v].one_tags;
    }
    p->one_held = d->held = any ? held : NULL;
}

static void draw_points(drawing *d) {
    ht_problem *p = d->problem;
    int32_t pairs = p->clients * p->staff;
    int32_t *first = ROOM(d, pairs, int32_t), *again = ROOM(d, pairs, int32_t), *cap = ROOM(d, p->clients, int32_t);
    uint8_t *wishes = ROOM(d, pairs, uint8_t), *seen = ROOM(d, pairs, uint8_t);
    for (int32_t i = 0; i < pairs; i++) {
        first[i] = between(d, 0, 8);
        again[i] = chance(d, 50) ? first[i] : between(d, 0, first[i]);
        wishes[i] = (uint8_t)(chance(d, 30) ? between(d, 1, 2) : 0);
        seen[i] = chance(d, 40);
    }
    for (int32_t c = 0; c < p->clients; c++)
        cap[c] = chance(d, d->shape->caps) ? between(d, 0, 2) : INT32_MAX;
    p->points_first = d->first = first;
    p->points_again = d->again = again;
    p->wishes_unmet = d->wishes = wishes;
    p->seen = d->seen = seen;
    p->cap = cap;
    p->points_over_cap = 8;
}

/* ---- tasks ---- */

ht_task problem_task(const ht_problem *problem, int32_t task) {
    const ht_visit *v = &problem->visit[problem->visit_of_task[task]];
    if (problem->task)
        return problem->task[task];
    return (ht_task){.service = v->service, .due = v->due, .latest = v->latest, .counts_late = task == v->first_task};
}

/* At one time, a while behind, just so long before, any time behind, any time. */
static void draw_lag(drawing *d, ht_task *task) {
    int32_t kind = between(d, 0, 4), least = between(d, 0, 60) * MINUTE;
    task->lag_min = kind == 4 ? -HT_LAG_NONE : kind == 2 ? -least : kind == 0 ? 0 : least;
    task->lag_max = kind > 2 ? HT_LAG_NONE : task->lag_min + (kind == 1 ? between(d, 0, 60) * MINUTE : 0);
}

/* The second window opens after the first has closed. */
static void draw_second_window(drawing *d, ht_task *task) {
    task->second_earliest = task->due + between(d, 1, 120) * MINUTE;
    task->second_due = task->second_earliest + between(d, 0, 60) * MINUTE;
    task->second_latest = chance(d, 20) ? task->second_due : INT32_MAX;
}

static void draw_tasks(drawing *d) {
    ht_problem *p = d->problem;
    ht_task *task = ROOM(d, p->tasks, ht_task);
    int32_t before_day = chance(d, 15) ? 10 : 0; /* due before the day begins: what must end early in it */
    for (int32_t t = 0; t < p->tasks; t++) {
        const ht_visit *v = &p->visit[p->visit_of_task[t]];
        task[t] = (ht_task){.service = v->service,
                            .due = v->earliest + between(d, 0, 180) * MINUTE,
                            .latest = INT32_MAX,
                            .counts_late = chance(d, 80)};
        if (chance(d, before_day))
            task[t].due = -between(d, 0, 60) * MINUTE;
        if (task[t].due > v->earliest && chance_of_any(d, d->shape->windows))
            draw_second_window(d, &task[t]);
        if (t == v->first_task)
            continue;
        task[t].service = between(d, 5, 80) * MINUTE;
        if (chance(d, d->shape->apart))
            draw_lag(d, &task[t]);
    }
    p->task = task;
}

/* ---- base plan ---- */

/* Some visits with a usual start near their window, or with a list of usual staff, or both. */
static void draw_base_plan(drawing *d) {
    ht_problem *p = d->problem;
    int32_t lists = between(d, 1, 3);
    int32_t *start = ROOM(d, p->visits, int32_t), *staff = ROOM(d, p->visits, int32_t);
    uint8_t *unusual = ROOM(d, lists * p->staff, uint8_t);
    for (int32_t v = 0; v < p->visits; v++) {
        start[v] = chance(d, d->shape->usual) ? p->visit[v].earliest + between(d, -20, 60) * MINUTE : HT_BLANK;
        staff[v] = chance(d, d->shape->usual) ? between(d, 0, lists - 1) : HT_NOBODY;
    }
    for (int32_t i = 0; i < lists * p->staff; i++)
        unusual[i] = chance(d, 60);
    p->usual_start = start;
    p->usual_staff = staff;
    p->unusual = d->unusual = unusual;
    d->lists = lists;
}

/* ---- loads, and shifts that are alike ---- */

/* Room for some of the visits, for all, or for none. */
static void draw_loads(drawing *d) {
    if (!chance(d, d->shape->loaded))
        return;
    for (int32_t v = 0; v < d->problem->visits; v++)
        d->visit[v].load = between(d, 0, 4);
    for (int32_t s = 0; s < d->problem->shifts; s++)
        d->shift[s].capacity = between(d, 0, 30);
}

static void copy_bytes(const drawing *d, uint8_t *list, int32_t rows, int32_t from, int32_t to) {
    for (int32_t i = 0; list && i < rows; i++)
        list[i * d->problem->staff + to] = list[i * d->problem->staff + from];
}

static void copy_numbers(const drawing *d, int32_t *list, int32_t rows, int32_t from, int32_t to) {
    for (int32_t i = 0; i < rows; i++)
        list[i * d->problem->staff + to] = list[i * d->problem->staff + from];
}

static void make_alike(drawing *d, int32_t from, int32_t to) {
    const ht_problem *p = d->problem;
    int32_t like = p->shift[from].staff, staff = p->shift[to].staff;
    d->shift[to] = d->shift[from];
    d->shift[to].staff = staff;
    copy_bytes(d, d->able, p->tasks, like, staff);
    copy_bytes(d, d->held, p->visits, like, staff);
    copy_bytes(d, d->wishes, p->clients, like, staff);
    copy_bytes(d, d->seen, p->clients, like, staff);
    copy_bytes(d, d->unusual, d->lists, like, staff);
    copy_numbers(d, d->first, p->clients, like, staff);
    copy_numbers(d, d->again, p->clients, like, staff);
}

/* Its person has another shift, or it has blocks. */
static bool stands_apart(const ht_problem *p, int32_t shift) {
    for (int32_t s = 0; s < p->shifts; s++)
        if (s != shift && p->shift[s].staff == p->shift[shift].staff)
            return true;
    return p->shift[shift].blocks > 0;
}

static void draw_alike(drawing *d) {
    const ht_problem *p = d->problem;
    for (int32_t s = 1; s < p->shifts; s++) {
        int32_t other = between(d, 0, s - 1);
        if (chance(d, d->shape->alike) && !stands_apart(p, s) && !stands_apart(p, other))
            make_alike(d, other, s);
    }
}

const ht_problem *problem_draw(uint64_t seed, const problem_shape *shape, ht_arena *arena) {
    drawing d = {.shape = shape, .arena = arena};
    ht_rng_init(&d.rng, seed, 0);
    d.problem = ROOM(&d, 1, ht_problem);
    int32_t profiles = 0;
    while (shape->profile[profiles])
        profiles++;
    d.problem->whole_shifts = shape->whole;
    d.problem->objective = problem_objective(shape->profile[between(&d, 0, profiles - 1)]);
    draw_shifts(&d);
    draw_visits(&d);
    draw_links(&d);
    draw_travel(&d);
    draw_able(&d);
    draw_tags_held(&d);
    draw_points(&d);
    if (shape->usual > 0)
        draw_base_plan(&d);
    if (shape->apart > 0)
        draw_tasks(&d);
    draw_loads(&d);
    draw_alike(&d);
    return d.problem;
}
