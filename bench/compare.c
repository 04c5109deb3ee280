#include "bench/compare.h"

#include <math.h>

enum { LEAST_PAIRS = 6 };
static const double SURE = 0.05;

const char *ht_verdict_name(ht_verdict verdict) {
    static const char *const NAME[] = {"too few pairs", "not shown", "equal", "better", "worse"};
    return NAME[verdict];
}

/* ---- pairs ---- */

typedef struct pair {
    const ht_bench_row *older, *newer;
} pair;

static bool is_pair(const ht_bench_row *a, const ht_bench_row *b) {
    return strcmp(a->case_id, b->case_id) == 0 && a->seed == b->seed;
}

/* The last of several rows of a case and seed counts: files grow at their end. */
static const ht_bench_row *last_like(const ht_array *rows, const ht_bench_row *row) {
    for (int32_t i = rows->count - 1; i >= 0; i--)
        if (is_pair(ht_array_at(rows, i), row))
            return ht_array_at(rows, i);
    return NULL;
}

/* In the order of the older file. */
static ht_status find_pairs(const ht_array *older, const ht_array *newer, ht_array *pairs, ht_err *err) {
    for (int32_t i = 0; i < older->count; i++) {
        const ht_bench_row *row = ht_array_at(older, i), *other = last_like(newer, row);
        if (other == NULL || last_like(older, row) != row)
            continue;
        pair *p = ht_array_push(pairs);
        if (p == NULL)
            return ht_fail_memory(err);
        *p = (pair){row, other};
    }
    return pairs->count > 0 ? HT_OK : ht_fail(err, HT_EINPUT, "no run (case and seed) is in both files");
}

/* Those of one case; of all where case_id is NULL. */
static ht_status choose_pairs(const ht_array *pairs, const char *case_id, ht_array *chosen, ht_err *err) {
    ht_array_empty(chosen);
    for (int32_t i = 0; i < pairs->count; i++) {
        const pair *p = ht_array_at(pairs, i);
        if (case_id != NULL && strcmp(p->older->case_id, case_id) != 0)
            continue;
        pair *next = ht_array_push(chosen);
        if (next == NULL)
            return ht_fail_memory(err);
        *next = *p;
    }
    return HT_OK;
}

/* ---- speed and size ---- */

typedef struct figure {
    const char *name;
    double (*of)(const ht_bench_row *row); /* NAN: not measured */
    bool more_is_better;
} figure;

static double number(int64_t value, double scale) {
    return value == HT_BENCH_BLANK ? NAN : (double)value / scale;
}

static double iterations_per_s(const ht_bench_row *row) {
    return number(row->iterations_per_s, 1000);
}

static double evaluations_per_s(const ht_bench_row *row) {
    return number(row->evaluations_per_s, 1);
}

/* Other work on the machine takes less from this than from the figures of the clock on the wall. */
static double iterations_per_cpu_s(const ht_bench_row *row) {
    return number(row->iterations, 1) / number(row->cpu_s, 1000);
}

/* It is measured in whole milliseconds: one that is shorter counts as one. */
static double first_full_s(const ht_bench_row *row) {
    return row->first_full_s == HT_BENCH_BLANK ? NAN : fmax(0.001, number(row->first_full_s, 1000));
}

static double memory_mb(const ht_bench_row *row) {
    return number(row->memory_mb, 1024);
}

static const figure FIGURES[] = {{"iterations_per_s", iterations_per_s, true},
                                 {"evaluations_per_s", evaluations_per_s, true},
                                 {"iterations_per_cpu_s", iterations_per_cpu_s, true},
                                 {"first_full_s", first_full_s, false},
                                 {"memory_mb", memory_mb, false}};

static ht_verdict judge_ratio(const ht_ratio *r, bool more_is_better) {
    bool above = r->interval.low > 1, below = r->interval.high < 1;
    if (r->interval.low == 1 && r->interval.high == 1)
        return HT_EQUAL;
    if (r->pairs < LEAST_PAIRS)
        return HT_TOO_FEW;
    if (!above && !below)
        return HT_NOT_SHOWN;
    return above == more_is_better ? HT_BETTER : HT_WORSE;
}

static bool usable(double value) {
    return isfinite(value) && value > 0;
}

static void fill_ratio(const ht_array *pairs, const figure *f, double *older, double *newer, double *ratio,
                       ht_ratio *r) {
    for (int32_t i = 0; i < pairs->count; i++) {
        const pair *p = ht_array_at(pairs, i);
        double a = f->of(p->older), b = f->of(p->newer);
        if (!usable(a) || !usable(b))
            continue;
        older[r->pairs] = a;
        newer[r->pairs] = b;
        ratio[r->pairs++] = b / a;
    }
    if (r->pairs == 0)
        return;
    r->geometric_mean = ht_geometric_mean(ratio, r->pairs);
    r->interval = ht_geometric_interval(ratio, r->pairs);
    r->old_median = ht_median(older, r->pairs);
    r->new_median = ht_median(newer, r->pairs);
    r->of_medians = r->new_median / r->old_median;
    r->verdict = judge_ratio(r, f->more_is_better);
}

static ht_status add_ratio(const ht_array *pairs, const char *case_id, const figure *f, ht_comparison *comparison,
                           ht_err *err) {
    double *room = calloc(3 * (size_t)pairs->count, sizeof *room);
    ht_ratio r = {.figure = f->name};
    if (room == NULL)
        return ht_fail_memory(err);
    ht_bench_set(r.case_id, case_id);
    fill_ratio(pairs, f, room, room + pairs->count, room + 2 * pairs->count, &r);
    free(room);
    if (r.pairs == 0)
        return HT_OK;
    ht_ratio *row = ht_array_push(&comparison->ratios);
    if (row == NULL)
        return ht_fail_memory(err);
    *row = r;
    return HT_OK;
}

/* ---- levels ---- */

/* Not every mark: each is a table of its own to read. */
enum { MOMENTS = 4, AT_END = -1 };
static const struct {
    const char *name;
    int32_t mark;
} AT[MOMENTS] = {{"5 s", 2}, {"20 s", 4}, {"60 s", 6}, {"end", AT_END}};

static const char *cell_at(const ht_bench_row *row, int32_t at) {
    return AT[at].mark == AT_END ? row->at_end : ht_bench_at_mark(row, AT[at].mark);
}

typedef struct worth {
    int64_t older[HT_LEVELS_MAX], newer[HT_LEVELS_MAX];
    int32_t levels;
} worth;

/* False where one of the two has no values then, or they are of other levels. */
static bool read_worth(const pair *p, int32_t at, worth *w) {
    w->levels = ht_levels_parse(cell_at(p->older, at), w->older);
    return w->levels > 0 && w->levels == ht_levels_parse(cell_at(p->newer, at), w->newer) &&
           strcmp(p->older->levels, p->newer->levels) == 0;
}

/* -1: newer is better. level: HT_LEVELS_MAX for all of them in order. */
static int32_t compare_worth(const worth *w, int32_t level) {
    int32_t first = level < HT_LEVELS_MAX ? level : 0, end = level < HT_LEVELS_MAX ? level + 1 : w->levels;
    for (int32_t i = first; i < end; i++)
        if (w->newer[i] != w->older[i])
            return w->newer[i] < w->older[i] ? -1 : 1;
    return 0;
}

static ht_verdict judge_level(const ht_level_comparison *c) {
    if (c->better + c->worse == 0)
        return HT_EQUAL;
    if (c->better + c->equal + c->worse < LEAST_PAIRS)
        return HT_TOO_FEW;
    if (c->chance > SURE)
        return HT_NOT_SHOWN;
    return c->better > c->worse ? HT_BETTER : HT_WORSE;
}

static void fill_level(const ht_array *pairs, int32_t at, int32_t level, double *older, double *newer,
                       ht_level_comparison *c) {
    int32_t count = 0;
    for (int32_t i = 0; i < pairs->count; i++) {
        worth w;
        if (!read_worth(ht_array_at(pairs, i), at, &w) || (level < HT_LEVELS_MAX && level >= w.levels))
            continue;
        int32_t sign = compare_worth(&w, level);
        c->better += sign < 0;
        c->equal += sign == 0;
        c->worse += sign > 0;
        older[count] = level < HT_LEVELS_MAX ? (double)w.older[level] : 0;
        newer[count++] = level < HT_LEVELS_MAX ? (double)w.newer[level] : 0;
    }
    if (count == 0)
        return;
    c->old_median = level < HT_LEVELS_MAX ? ht_median(older, count) : NAN;
    c->new_median = level < HT_LEVELS_MAX ? ht_median(newer, count) : NAN;
    c->difference_percent = 100 * (c->new_median - c->old_median) / fmax(1, c->old_median);
    c->chance = ht_sign_test(c->better, c->worse);
    c->verdict = judge_level(c);
}

/* The name of the i-th of "coverage|promise|...". */
static void level_name(const char *names, int32_t index, char *out) {
    for (; index > 0 && *names != '\0'; index--)
        names += strcspn(names, "|") + (names[strcspn(names, "|")] == '|');
    snprintf(out, HT_LEVEL_NAME, "%.*s", (int)strcspn(names, "|"), names);
}

static ht_status add_level(const ht_array *pairs, const char *case_id, int32_t at, int32_t level,
                           ht_comparison *comparison, ht_err *err) {
    double *room = calloc(2 * (size_t)pairs->count, sizeof *room);
    ht_level_comparison c = {.at = AT[at].name, .level = "whole plan"};
    if (room == NULL)
        return ht_fail_memory(err);
    ht_bench_set(c.case_id, case_id);
    if (level < HT_LEVELS_MAX)
        level_name(((const pair *)ht_array_at(pairs, 0))->older->levels, level, c.level);
    fill_level(pairs, at, level, room, room + pairs->count, &c);
    free(room);
    if (c.better + c.equal + c.worse == 0)
        return HT_OK;
    ht_level_comparison *row = ht_array_push(&comparison->levels);
    if (row == NULL)
        return ht_fail_memory(err);
    *row = c;
    return HT_OK;
}

/* ---- warnings ---- */

static ht_status warn(ht_comparison *comparison, const char *what, const char *older, const char *newer, ht_err *err) {
    ht_bench_warning *warning = ht_array_push(&comparison->warnings);
    if (warning == NULL)
        return ht_fail_memory(err);
    snprintf(warning->text, sizeof warning->text, "%s differs: '%s' and '%s'", what, older, newer);
    return HT_OK;
}

typedef struct condition {
    const char *name;
    size_t offset; /* of a text of the row */
} condition;

static const condition CONDITIONS[] = {{"processor", offsetof(ht_bench_row, processor)},
                                       {"compiler", offsetof(ht_bench_row, compiler)},
                                       {"build type", offsetof(ht_bench_row, build)},
                                       {"data", offsetof(ht_bench_row, data)}};

static void print_limits(const ht_bench_row *row, char *out) {
    char seconds[32] = "no", work[32] = "no";
    if (row->time_limit != HT_BENCH_BLANK)
        snprintf(seconds, sizeof seconds, "%lld s", (long long)row->time_limit);
    if (row->work != HT_BENCH_BLANK)
        snprintf(work, sizeof work, "%lld", (long long)row->work);
    snprintf(out, HT_BENCH_TEXT, "%s time limit, %s work limit, %lld threads, %lld cores", seconds, work,
             (long long)row->threads, (long long)row->cores);
}

/* Each thing once, by the first pair that differs in it. */
static ht_status add_warnings(const ht_array *pairs, ht_comparison *comparison, ht_err *err) {
    bool limits = false, told[sizeof CONDITIONS / sizeof CONDITIONS[0]] = {false};
    ht_status status = HT_OK;
    for (int32_t i = 0; i < pairs->count && !status; i++) {
        const pair *p = ht_array_at(pairs, i);
        for (size_t k = 0; k < sizeof CONDITIONS / sizeof CONDITIONS[0] && !status; k++) {
            const char *older = (const char *)p->older + CONDITIONS[k].offset;
            const char *newer = (const char *)p->newer + CONDITIONS[k].offset;
            if (told[k] || strcmp(older, newer) == 0)
                continue;
            told[k] = true;
            status = warn(comparison, CONDITIONS[k].name, older, newer, err);
        }
        ht_bench_text a, b;
        print_limits(p->older, a);
        print_limits(p->newer, b);
        if (!status && !limits && strcmp(a, b) != 0) {
            limits = true;
            status = warn(comparison, "how it was run", a, b, err);
        }
    }
    return status;
}

/* ---- the whole ---- */

static bool is_first_of_case(const ht_array *pairs, int32_t index) {
    const pair *p = pairs->items;
    for (int32_t i = 0; i < index; i++)
        if (strcmp(p[i].older->case_id, p[index].older->case_id) == 0)
            return false;
    return true;
}

/* The rows of one case, or of all of them: values of different cases have no median in common, so there only the whole
 * plan is compared. */
static ht_status add_case(const ht_array *pairs, const char *case_id, ht_array *chosen, ht_comparison *comparison,
                          ht_err *err) {
    int64_t value[HT_LEVELS_MAX];
    const char *name = case_id != NULL ? case_id : "all";
    ht_status status = choose_pairs(pairs, case_id, chosen, err);
    for (size_t i = 0; i < sizeof FIGURES / sizeof FIGURES[0] && !status; i++)
        status = add_ratio(chosen, name, &FIGURES[i], comparison, err);
    for (int32_t at = 0; at < MOMENTS && !status; at++) {
        const pair *first = chosen->items;
        int32_t levels = case_id != NULL ? ht_levels_parse(first->older->at_end, value) : 0;
        for (int32_t i = 0; i < levels && !status; i++)
            status = add_level(chosen, name, at, i, comparison, err);
        if (!status)
            status = add_level(chosen, name, at, HT_LEVELS_MAX, comparison, err);
    }
    return status;
}

static ht_status compare_pairs(const ht_array *pairs, ht_array *chosen, ht_comparison *comparison, ht_err *err) {
    ht_status status = add_warnings(pairs, comparison, err);
    int32_t cases = 0;
    for (int32_t i = 0; i < pairs->count && !status; i++) {
        if (!is_first_of_case(pairs, i))
            continue;
        cases++;
        status = add_case(pairs, ((const pair *)ht_array_at(pairs, i))->older->case_id, chosen, comparison, err);
    }
    return status || cases < 2 ? status : add_case(pairs, NULL, chosen, comparison, err);
}

ht_status ht_compare(const ht_array *older, const ht_array *newer, ht_comparison *comparison, ht_err *err) {
    ht_array pairs, chosen;
    ht_array_init(&comparison->ratios, sizeof(ht_ratio), &ht_allocator_system);
    ht_array_init(&comparison->levels, sizeof(ht_level_comparison), &ht_allocator_system);
    ht_array_init(&comparison->warnings, sizeof(ht_bench_warning), &ht_allocator_system);
    ht_array_init(&pairs, sizeof(pair), &ht_allocator_system);
    ht_array_init(&chosen, sizeof(pair), &ht_allocator_system);
    ht_status status = find_pairs(older, newer, &pairs, err);
    if (!status)
        status = compare_pairs(&pairs, &chosen, comparison, err);
    ht_array_release(&pairs);
    ht_array_release(&chosen);
    return status;
}

void ht_comparison_release(ht_comparison *comparison) {
    ht_array_release(&comparison->ratios);
    ht_array_release(&comparison->levels);
    ht_array_release(&comparison->warnings);
}
