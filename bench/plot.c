#include "bench/plot.h"

#include <math.h>

#include "base/arena.h"
#include "bench/results.h"
#include "bench/statistics.h"

enum { SAMPLES = 160, SEEDS_MAX = 1000 };

/* All runs of one case with one build and one set of limits: a line in each of the case's panels. */
typedef struct group {
    const ht_trace_row *first;
    ht_array runs; /* of span: one for each seed */
    ht_bench_text name;
} group;

/* The moments of one run lie together in the file. */
typedef struct span {
    const ht_trace_row *moment;
    int32_t count;
} span;

static bool same_group(const ht_trace_row *a, const ht_trace_row *b) {
    return strcmp(a->binary, b->binary) == 0 && strcmp(a->case_id, b->case_id) == 0 && strcmp(a->data, b->data) == 0 &&
           a->time_limit == b->time_limit && a->work == b->work && a->threads == b->threads &&
           strcmp(a->without, b->without) == 0;
}

static void name_group(group *g) {
    const ht_trace_row *t = g->first;
    char limit[64], name[2 * HT_BENCH_TEXT];
    if (t->time_limit != HT_BENCH_BLANK)
        snprintf(limit, sizeof limit, "%lld s", (long long)t->time_limit);
    else
        snprintf(limit, sizeof limit, "%lld iterations", (long long)t->work);
    snprintf(name, sizeof name, "%.12s, program %.6s, %s, %lld threads%s%s", t->commit, t->binary, limit,
             (long long)t->threads, t->without[0] != '\0' ? ", without " : "", t->without);
    ht_bench_set(g->name, name);
}

static ht_status add_span(ht_array *groups, const ht_trace_row *moment, int32_t count, ht_err *err) {
    group *g = NULL;
    for (int32_t i = 0; i < groups->count && g == NULL; i++)
        if (same_group(((group *)ht_array_at(groups, i))->first, moment))
            g = ht_array_at(groups, i);
    if (g == NULL && (g = ht_array_push(groups)) != NULL) {
        g->first = moment;
        ht_array_init(&g->runs, sizeof(span), &ht_allocator_system);
        name_group(g);
    }
    span *s = g != NULL ? ht_array_push(&g->runs) : NULL;
    if (s == NULL)
        return ht_fail_memory(err);
    *s = (span){moment, count};
    return HT_OK;
}

static ht_status find_groups(const ht_array *moments, const char *case_id, ht_array *groups, ht_err *err) {
    const ht_trace_row *m = moments->items;
    for (int32_t i = 0, end; i < moments->count; i = end) {
        for (end = i + 1; end < moments->count && same_group(&m[i], &m[end]) && m[i].seed == m[end].seed; end++)
            continue;
        bool wanted = case_id == NULL || strcmp(m[i].case_id, case_id) == 0;
        if (wanted && add_span(groups, &m[i], end - i, err))
            return err->status;
    }
    return groups->count > 0 ? HT_OK : ht_fail(err, HT_EINPUT, "there is nothing to draw in the trace");
}

/* ---- points ---- */

/* What the run had reached by then; NAN before its first plan. */
static double value_at(const span *run, int32_t level, double seconds) {
    int64_t value[HT_LEVELS_MAX];
    int32_t last = -1;
    for (int32_t i = 0; i < run->count && (double)run->moment[i].seconds <= seconds * 1000 + 0.5; i++)
        last = i;
    if (last < 0 || ht_levels_parse(run->moment[last].values, value) <= level)
        return NAN;
    return (double)value[level];
}

/* The time of the i-th sample: from the first moment of any run to the last, closer together where it begins. */
static double sample_time(const group *g, int32_t i) {
    double first = HUGE_VAL, last = 0;
    for (int32_t k = 0; k < g->runs.count; k++) {
        const span *run = ht_array_at(&g->runs, k);
        first = fmin(first, (double)run->moment[0].seconds / 1000);
        last = fmax(last, (double)run->moment[run->count - 1].seconds / 1000);
    }
    first = fmax(first, 0.001);
    last = fmax(last, first);
    return first * pow(last / first, (double)i / (SAMPLES - 1));
}

static ht_svg_point sample(const group *g, int32_t level, double seconds) {
    double value[SEEDS_MAX];
    int32_t count = 0;
    for (int32_t k = 0; k < g->runs.count && k < SEEDS_MAX; k++) {
        double v = value_at(ht_array_at(&g->runs, k), level, seconds);
        if (isfinite(v))
            value[count++] = v;
    }
    if (count < g->runs.count && count < SEEDS_MAX) /* the median of some seeds would jump when the others come */
        return (ht_svg_point){seconds, NAN, NAN, NAN};
    double median = ht_median(value, count);
    return (ht_svg_point){seconds, median, value[0], value[count - 1]};
}

static ht_svg_point *sample_group(const group *g, int32_t level, ht_arena *arena) {
    ht_svg_point *point = HT_ARENA_NEW(arena, SAMPLES, ht_svg_point);
    for (int32_t i = 0; point != NULL && i < SAMPLES; i++)
        point[i] = sample(g, level, sample_time(g, i));
    return point;
}

/* ---- panels ---- */

/* "town, continuity" */
static char *panel_title(const ht_trace_row *t, int32_t level, ht_arena *arena) {
    char title[2 * HT_BENCH_TEXT];
    const char *names = t->levels;
    for (; level > 0 && *names != '\0'; level--)
        names += strcspn(names, "|") + (names[strcspn(names, "|")] == '|');
    int length = snprintf(title, sizeof title, "%s: %.*s", t->case_id, (int)strcspn(names, "|"), names);
    return ht_arena_text(arena, title, (size_t)length);
}

/* Every group of the case of `first` as a series of the panel. */
static bool fill_panel(const ht_array *groups, const group *first, int32_t level, ht_arena *arena,
                       ht_svg_panel *panel) {
    ht_svg_series *series = HT_ARENA_NEW(arena, groups->count, ht_svg_series);
    *panel = (ht_svg_panel){.title = panel_title(first->first, level, arena), .one = series};
    if (series == NULL || panel->title == NULL)
        return false;
    for (int32_t i = 0; i < groups->count; i++) {
        const group *g = ht_array_at(groups, i);
        if (strcmp(g->first->case_id, first->first->case_id) != 0)
            continue;
        ht_svg_point *point = sample_group(g, level, arena);
        if (point == NULL)
            return false;
        series[panel->series++] = (ht_svg_series){g->name, HT_SVG_LINE, point, SAMPLES};
    }
    return true;
}

static bool is_first_of_case(const ht_array *groups, int32_t index) {
    const group *g = groups->items;
    for (int32_t i = 0; i < index; i++)
        if (strcmp(g[i].first->case_id, g[index].first->case_id) == 0)
            return false;
    return true;
}

static int32_t levels_of(const group *g) {
    int64_t value[HT_LEVELS_MAX];
    int32_t levels = ht_levels_parse(g->first->values, value);
    return levels > 0 ? levels : 0;
}

/* A row of panels for each case, as wide as the most levels; a case of fewer levels leaves panels blank. */
static bool fill_chart(const ht_array *groups, ht_arena *arena, ht_svg_chart *chart) {
    int32_t cases = 0;
    for (int32_t i = 0; i < groups->count; i++) {
        int32_t levels = levels_of(ht_array_at(groups, i));
        chart->columns = levels > chart->columns ? levels : chart->columns;
        cases += is_first_of_case(groups, i);
    }
    ht_svg_panel *panel = HT_ARENA_NEW(arena, cases * chart->columns, ht_svg_panel);
    chart->panel = panel;
    for (int32_t i = 0; panel != NULL && i < groups->count; i++) {
        if (!is_first_of_case(groups, i))
            continue;
        for (int32_t level = 0; level < chart->columns; level++)
            if (!fill_panel(groups, ht_array_at(groups, i), level, arena, &panel[chart->panels++]))
                return false;
    }
    return panel != NULL;
}

/* ---- the whole ---- */

ht_status ht_plot_write(const ht_svg_chart *chart, const char *out, ht_err *err) {
    const char *slash = strrchr(out, '/');
    char folder[4096];
    if (slash == NULL)
        return ht_svg_write(chart, ".", out, err);
    snprintf(folder, sizeof folder, "%.*s", slash == out ? 1 : (int)(slash - out), out);
    return ht_svg_write(chart, folder, slash + 1, err);
}

static ht_status draw(const ht_array *groups, const char *out, ht_err *err) {
    ht_arena arena;
    ht_svg_chart chart = {.title = "Level values over time",
                          .description = "For each case a row of panels, for each level of the objective a panel: the "
                                         "value of the best plan so far over the seconds since the run began. Lines "
                                         "are medians of the seeds, bands reach from the best seed to the worst. Less "
                                         "is better, levels to the left weigh more.",
                          .x_title = "seconds",
                          .y_title = "Less is better; levels to the left weigh more. Line: median of the seeds; band: "
                                     "from the best seed to the worst.",
                          .x_scale = HT_SVG_LOGARITHMIC,
                          .columns = 1};
    ht_arena_init(&arena, &ht_allocator_system);
    ht_status status = fill_chart(groups, &arena, &chart) ? ht_plot_write(&chart, out, err) : ht_fail_memory(err);
    ht_arena_release(&arena);
    return status;
}

ht_status ht_plot(const ht_array *moments, const char *case_id, const char *out, ht_err *err) {
    ht_array groups;
    ht_array_init(&groups, sizeof(group), &ht_allocator_system);
    ht_status status = find_groups(moments, case_id, &groups, err);
    if (!status)
        status = draw(&groups, out, err);
    for (int32_t i = 0; i < groups.count; i++)
        ht_array_release(&((group *)ht_array_at(&groups, i))->runs);
    ht_array_release(&groups);
    return status;
}
