#include "bench/summary.h"

#include <math.h>

static const double ROUNDING_PERCENT = 0.01;

const char *ht_holding_name(ht_holding holding) {
    static const char *const NAME[] = {"not measured", "not all measured", "yes", "no"};
    return NAME[holding];
}

/* ---- runs ---- */

typedef struct run {
    const ht_bench_row *row;
    const char *group;
} run;

static bool same_case(const ht_bench_row *a, const ht_bench_row *b) {
    return strcmp(a->set, b->set) == 0 && strcmp(a->case_id, b->case_id) == 0 && a->seed == b->seed;
}

static bool comes_again(const ht_array *rows, int32_t index) {
    const ht_bench_row *row = rows->items;
    for (int32_t i = index + 1; i < rows->count; i++)
        if (same_case(&row[i], &row[index]) && strcmp(row[i].without, row[index].without) == 0)
            return true;
    return false;
}

static ht_status find_runs(const ht_array *rows, const ht_array *known, ht_array *runs, ht_err *err) {
    for (int32_t i = 0; i < rows->count; i++) {
        const ht_bench_row *row = ht_array_at(rows, i);
        if (comes_again(rows, i))
            continue;
        const ht_best_known *best = ht_best_known_find(known, row->set, row->case_id);
        run *next = ht_array_push(runs);
        if (next == NULL)
            return ht_fail_memory(err);
        *next = (run){row, best != NULL ? best->group : ""};
    }
    return HT_OK;
}

static double gap_of(const ht_bench_row *row) {
    return ht_best_known_gap(row->value, row->best_known);
}

static double speed_of(const ht_bench_row *row) {
    if (row->iterations_per_s == HT_BENCH_BLANK || row->threads < 1)
        return NAN;
    return (double)row->iterations_per_s / 1000 / (double)row->threads;
}

/* ---- figures of some runs ---- */

/* Which runs; NULL and HT_BENCH_BLANK: any. */
typedef struct choice {
    const char *set, *without;
    const char *groups; /* '|' between */
    const char *instance;
    int64_t seconds;
} choice;

static bool list_holds(const char *list, const char *word) {
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0'; at += strcspn(at, "|") + (at[strcspn(at, "|")] == '|'))
        if (strcspn(at, "|") == length && strncmp(at, word, length) == 0)
            return true;
    return false;
}

static bool is_chosen(const run *r, const choice *c) {
    return (c->set == NULL || strcmp(c->set, r->row->set) == 0) &&
           (c->without == NULL || strcmp(c->without, r->row->without) == 0) &&
           (c->groups == NULL || list_holds(c->groups, r->group)) &&
           (c->instance == NULL || strcmp(c->instance, r->row->case_id) == 0) &&
           (c->seconds == HT_BENCH_BLANK || c->seconds == r->row->time_limit);
}

static void add_run(ht_gap_figures *f, const ht_bench_row *row) {
    double gap = gap_of(row);
    f->runs++;
    f->unsolved += row->value == HT_BENCH_BLANK;
    f->speed += speed_of(row);
    if (row->memory_mb != HT_BENCH_BLANK)
        f->memory_mb = fmax(f->memory_mb, (double)row->memory_mb / 1024);
    if (!isfinite(gap))
        return;
    f->worst_gap = f->solved > 0 ? fmax(f->worst_gap, gap) : gap;
    f->mean_gap += gap;
    f->at_or_below += gap <= 0;
    f->above += gap > ROUNDING_PERCENT;
    f->solved++;
}

/* Whether no chosen run before it is of the same instance. */
static bool is_first_of_instance(const ht_array *runs, int32_t index, const choice *c) {
    const run *r = runs->items;
    for (int32_t i = 0; i < index; i++)
        if (is_chosen(&r[i], c) && strcmp(r[i].row->set, r[index].row->set) == 0 &&
            strcmp(r[i].row->case_id, r[index].row->case_id) == 0)
            return false;
    return true;
}

static ht_gap_figures figures_of(const ht_array *runs, const choice *c) {
    ht_gap_figures f = {.runs = 0};
    for (int32_t i = 0; i < runs->count; i++) {
        const run *r = ht_array_at(runs, i);
        if (!is_chosen(r, c))
            continue;
        add_run(&f, r->row);
        f.instances += is_first_of_instance(runs, i, c);
    }
    f.speed = f.runs > 0 ? f.speed / f.runs : NAN;
    f.mean_gap = f.solved > 0 ? f.mean_gap / f.solved : NAN;
    f.worst_gap = f.solved > 0 ? f.worst_gap : NAN;
    return f;
}

/* ---- by set and group ---- */

static int64_t seconds_of(const ht_array *runs, const choice *c) {
    int64_t seconds = HT_BENCH_BLANK;
    bool any = false;
    for (int32_t i = 0; i < runs->count; i++) {
        const run *r = ht_array_at(runs, i);
        if (!is_chosen(r, c))
            continue;
        if (any && seconds != r->row->time_limit)
            return HT_BENCH_BLANK;
        seconds = r->row->time_limit;
        any = true;
    }
    return seconds;
}

static bool add_line(const ht_array *runs, const char *set, const char *group, ht_array *lines) {
    choice c = {.set = set, .without = "", .groups = *group != '\0' ? group : NULL, .seconds = HT_BENCH_BLANK};
    ht_gap_figures f = figures_of(runs, &c);
    ht_summary_line *line = f.runs > 0 ? ht_array_push(lines) : NULL;
    if (line != NULL)
        *line = (ht_summary_line){set, group, seconds_of(runs, &c), f};
    return line != NULL || f.runs == 0;
}

static bool is_new(const ht_array *lines, const char *set, const char *group) {
    for (int32_t i = 0; i < lines->count; i++) {
        const ht_summary_line *line = ht_array_at(lines, i);
        if (strcmp(line->set, set) == 0 && strcmp(line->group, group) == 0)
            return false;
    }
    return true;
}

/* A set's groups in the order of the runs, then the set. */
static bool add_set(const ht_array *runs, const char *set, ht_array *lines) {
    for (int32_t i = 0; i < runs->count; i++) {
        const run *r = ht_array_at(runs, i);
        if (strcmp(r->row->set, set) == 0 && r->group[0] != '\0' && is_new(lines, set, r->group) &&
            !add_line(runs, set, r->group, lines))
            return false;
    }
    return add_line(runs, set, "", lines);
}

static bool add_sets(const ht_array *runs, ht_array *lines) {
    for (int32_t i = 0; i < runs->count; i++) {
        const char *set = ((const run *)ht_array_at(runs, i))->row->set;
        if (set[0] != '\0' && is_new(lines, set, "") && !add_set(runs, set, lines))
            return false;
    }
    return true;
}

/* ---- what must hold ---- */

typedef enum target_figure { MEAN_GAP, WORST_GAP, AT_OR_BELOW, SPEED, COST } target_figure;
static const char *const FIGURE[] = {"mean gap %", "worst gap %", "at or below best known",
                                     "iterations per second and thread", "cost"};

static const struct {
    const char *set, *groups, *instance;
    int64_t seconds;
    target_figure figure;
    bool most;
    double wanted;
} TARGETS[] = {{"mankowska", "B|C|D|E|F|G", NULL, 60, MEAN_GAP, true, -1.9},
               {"mankowska", NULL, NULL, 60, WORST_GAP, true, 0.01},
               {"mankowska", NULL, "B6", 60, COST, true, 440.93},
               {"mankowska", "E", NULL, 60, SPEED, false, 80000},
               {"mankowska", "G", NULL, 60, SPEED, false, 20000},
               {"uhhc", NULL, NULL, 60, AT_OR_BELOW, false, 12},
               {"uhhc", NULL, NULL, 60, MEAN_GAP, true, 0},
               {"solomon", NULL, NULL, 20, MEAN_GAP, true, 0.2},
               {"gehring-homberger", NULL, NULL, 120, MEAN_GAP, true, 3}};

/* The worst cost of the seeds, as published: in whole hundredths. */
static double worst_cost(const ht_array *runs, const choice *c) {
    double worst = NAN;
    for (int32_t i = 0; i < runs->count; i++) {
        const run *r = ht_array_at(runs, i);
        if (is_chosen(r, c) && r->row->value != HT_BENCH_BLANK)
            worst = fmax(worst, round((double)r->row->value / (HT_BENCH_COST / 100)) / 100);
    }
    return worst;
}

static double reached(const ht_array *runs, const choice *c, const ht_gap_figures *f, target_figure figure) {
    if (f->runs == 0)
        return NAN;
    switch (figure) {
    case MEAN_GAP:
        return f->unsolved > 0 ? HUGE_VAL : f->mean_gap;
    case WORST_GAP:
        return f->unsolved > 0 ? HUGE_VAL : f->worst_gap;
    case AT_OR_BELOW: /* of one seed */
        return (double)f->at_or_below * f->instances / f->runs;
    case SPEED:
        return f->speed;
    default:
        return f->unsolved > 0 ? HUGE_VAL : worst_cost(runs, c);
    }
}

static int32_t count_known(const ht_array *known, const choice *c) {
    int32_t count = 0;
    for (int32_t i = 0; i < known->count; i++) {
        const ht_best_known *k = ht_array_at(known, i);
        count += strcmp(k->set, c->set) == 0 && (c->groups == NULL || list_holds(c->groups, k->group)) &&
                 (c->instance == NULL || strcmp(c->instance, k->instance) == 0);
    }
    return count;
}

static ht_holding holding(const ht_target_line *line, bool most) {
    if (isnan(line->reached))
        return HT_NOT_MEASURED;
    if (line->instances < line->known)
        return HT_NOT_ALL_MEASURED;
    return (most ? line->reached <= line->wanted : line->reached >= line->wanted) ? HT_HOLDS : HT_DOES_NOT_HOLD;
}

/* Of the sets that the runs are of. */
static bool add_targets(const ht_array *runs, const ht_array *known, const ht_array *lines, ht_array *targets) {
    for (size_t i = 0; i < sizeof TARGETS / sizeof TARGETS[0]; i++) {
        choice c = {TARGETS[i].set, "", TARGETS[i].groups, TARGETS[i].instance, TARGETS[i].seconds};
        if (is_new(lines, c.set, ""))
            continue;
        ht_target_line *line = ht_array_push(targets);
        if (line == NULL)
            return false;
        ht_gap_figures f = figures_of(runs, &c);
        const char *where = c.instance != NULL ? c.instance : c.groups;
        *line = (ht_target_line){.set = c.set,
                                 .where = where != NULL ? where : "",
                                 .figure = FIGURE[TARGETS[i].figure],
                                 .seconds = c.seconds,
                                 .relation = TARGETS[i].most ? "at most" : "at least",
                                 .wanted = TARGETS[i].wanted,
                                 .reached = reached(runs, &c, &f, TARGETS[i].figure),
                                 .instances = f.instances,
                                 .known = count_known(known, &c)};
        line->holding = holding(line, TARGETS[i].most);
    }
    return true;
}

/* ---- parts switched off ---- */

static const ht_bench_row *whole_search(const ht_array *runs, const ht_bench_row *row) {
    for (int32_t i = 0; i < runs->count; i++) {
        const ht_bench_row *other = ((const run *)ht_array_at(runs, i))->row;
        if (other->without[0] == '\0' && same_case(other, row) && other->time_limit == row->time_limit &&
            other->work == row->work && other->threads == row->threads)
            return other;
    }
    return NULL;
}

/* Gaps of the pairs that have them: days have none. */
static void add_gaps(const ht_bench_row *row, const ht_bench_row *whole, ht_ablation_line *line) {
    double gap = gap_of(row), of_whole = gap_of(whole);
    if (!isfinite(gap) || !isfinite(of_whole))
        return;
    line->gaps++;
    line->mean_gap += gap;
    line->difference += gap - of_whole;
}

static ht_ablation_line compare_part(const ht_array *runs, const char *without) {
    ht_ablation_line line = {.without = without};
    double logs = 0;
    for (int32_t i = 0; i < runs->count; i++) {
        const ht_bench_row *row = ((const run *)ht_array_at(runs, i))->row;
        const ht_bench_row *whole = strcmp(row->without, without) == 0 ? whole_search(runs, row) : NULL;
        if (whole == NULL)
            continue;
        int32_t order = ht_levels_compare(row->at_end, whole->at_end);
        line.pairs++;
        line.better += order < 0;
        line.equal += order == 0;
        line.worse += order > 0;
        logs += log(speed_of(row) / speed_of(whole));
        add_gaps(row, whole, &line);
    }
    line.mean_gap = line.gaps > 0 ? line.mean_gap / line.gaps : NAN;
    line.difference = line.gaps > 0 ? line.difference / line.gaps : NAN;
    line.speed = line.pairs > 0 ? exp(logs / line.pairs) : NAN;
    return line;
}

static bool part_is_there(const ht_array *ablation, const char *without) {
    for (int32_t i = 0; i < ablation->count; i++)
        if (strcmp(((const ht_ablation_line *)ht_array_at(ablation, i))->without, without) == 0)
            return true;
    return false;
}

static bool add_parts(const ht_array *runs, ht_array *ablation) {
    for (int32_t i = 0; i < runs->count; i++) {
        const char *without = ((const run *)ht_array_at(runs, i))->row->without;
        if (part_is_there(ablation, without))
            continue;
        ht_ablation_line *line = ht_array_push(ablation);
        if (line == NULL)
            return false;
        *line = compare_part(runs, without);
    }
    if (ablation->count == 1) /* the whole search alone is compared with nothing */
        ht_array_empty(ablation);
    return true;
}

/* ---- the whole ---- */

ht_status ht_summarise(const ht_array *rows, const ht_array *known, ht_summary *summary, ht_err *err) {
    ht_array runs;
    ht_array_init(&summary->lines, sizeof(ht_summary_line), &ht_allocator_system);
    ht_array_init(&summary->targets, sizeof(ht_target_line), &ht_allocator_system);
    ht_array_init(&summary->ablation, sizeof(ht_ablation_line), &ht_allocator_system);
    ht_array_init(&runs, sizeof(run), &ht_allocator_system);
    ht_status status = find_runs(rows, known, &runs, err);
    if (!status &&
        !(add_sets(&runs, &summary->lines) && add_targets(&runs, known, &summary->lines, &summary->targets) &&
          add_parts(&runs, &summary->ablation)))
        status = ht_fail_memory(err);
    if (!status && summary->lines.count == 0 && summary->ablation.count == 0)
        status = ht_fail(err, HT_EINPUT, "no row is of a published instance");
    ht_array_release(&runs);
    return status;
}

void ht_summary_release(ht_summary *summary) {
    ht_array_release(&summary->lines);
    ht_array_release(&summary->targets);
    ht_array_release(&summary->ablation);
}
