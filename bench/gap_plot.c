#include "bench/gap_plot.h"

#include <math.h>

#include "bench/best_known.h"
#include "bench/plot.h"
#include "bench/statistics.h"

enum { SETS_MAX = 16 };

/* ---- values ---- */

/* Runs of the whole search alone: what parts of it are worth is a table. */
static bool is_of(const ht_bench_row *row, const char *set) {
    return strcmp(row->set, set) == 0 && row->without[0] == '\0';
}

/* The gap of level values "unserved|cost"; infinite where something is unserved, NAN where there are none. */
static double gap_of_values(const ht_bench_row *row, const char *values) {
    int64_t value[HT_LEVELS_MAX];
    if (ht_levels_parse(values, value) != 2)
        return NAN;
    return value[0] == 0 ? ht_best_known_gap(value[1], row->best_known) : HUGE_VAL;
}

/* ---- over time ---- */

/* The mean over the set's runs at a mark; NAN where a run was not so long, or had no solution yet. */
static double mean_gap(const ht_array *rows, const char *set, int32_t mark) {
    double sum = 0;
    int32_t count = 0;
    for (int32_t i = 0; i < rows->count; i++) {
        const ht_bench_row *row = ht_array_at(rows, i);
        if (!is_of(row, set) || row->best_known == HT_BENCH_BLANK)
            continue;
        double gap = gap_of_values(row, ht_bench_at_mark(row, mark));
        if (!isfinite(gap))
            return NAN;
        sum += gap;
        count++;
    }
    return count > 0 ? sum / count : NAN;
}

static bool draw_over_time(const ht_array *rows, const char *set, ht_arena *arena, ht_svg_series *series) {
    ht_svg_point *point = HT_ARENA_NEW(arena, HT_BENCH_MARKS, ht_svg_point);
    for (int32_t i = 0; point != NULL && i < HT_BENCH_MARKS; i++) {
        double mean = mean_gap(rows, set, i);
        if (isfinite(mean))
            point[series->points++] = (ht_svg_point){ht_bench_mark[i], mean, mean, mean};
    }
    series->point = point;
    return point != NULL;
}

/* ---- profiles ---- */

/* Steps: at each gap the share that was there before it, and the share with it. */
static bool draw_profile(const ht_array *rows, const char *set, ht_arena *arena, ht_svg_series *series) {
    double *gap = HT_ARENA_NEW(arena, rows->count + 1, double);
    ht_svg_point *point = HT_ARENA_NEW(arena, 2 * (rows->count + 1), ht_svg_point);
    int32_t runs = 0, solved = 0;
    if (gap == NULL || point == NULL)
        return false;
    for (int32_t i = 0; i < rows->count; i++) {
        const ht_bench_row *row = ht_array_at(rows, i);
        if (!is_of(row, set) || row->best_known == HT_BENCH_BLANK)
            continue;
        runs++;
        gap[solved] = ht_best_known_gap(row->value, row->best_known);
        solved += isfinite(gap[solved]);
    }
    ht_sort_numbers(gap, solved);
    for (int32_t i = 0; i < solved; i++) {
        double before = 100.0 * i / runs, with = 100.0 * (i + 1) / runs;
        point[series->points++] = (ht_svg_point){gap[i], before, before, before};
        point[series->points++] = (ht_svg_point){gap[i], with, with, with};
    }
    series->point = point;
    return true;
}

/* ---- panels ---- */

static bool draw_panel(const ht_gap_file *file, int32_t files, const char *set, ht_gap_drawing drawing, ht_arena *arena,
                       ht_svg_panel *panel) {
    ht_svg_series *series = HT_ARENA_NEW(arena, files, ht_svg_series);
    *panel = (ht_svg_panel){.title = set, .one = series};
    for (int32_t i = 0; series != NULL && i < files; i++) {
        ht_svg_series *next = &series[panel->series];
        *next = (ht_svg_series){.name = file[i].name, .shape = HT_SVG_LINE};
        if (!(drawing == HT_GAP_OVER_TIME ? draw_over_time : draw_profile)(&file[i].rows, set, arena, next))
            return false;
        panel->series += next->points > 0;
    }
    return series != NULL;
}

/* The sets in the order of the files. */
static int32_t find_sets(const ht_gap_file *file, int32_t files, const char **set) {
    int32_t sets = 0;
    for (int32_t i = 0; i < files; i++)
        for (int32_t k = 0; k < file[i].rows.count && sets < SETS_MAX; k++) {
            const ht_bench_row *row = ht_array_at(&file[i].rows, k);
            int32_t at = 0;
            while (at < sets && strcmp(set[at], row->set) != 0)
                at++;
            if (at == sets && row->set[0] != '\0')
                set[sets++] = row->set;
        }
    return sets;
}

static const ht_svg_chart CHART[] = {
    {.title = "Gap over time",
     .description = "A panel for each published set: the mean gap to the best known value over the seconds since the "
                    "runs began, from the second on at which every run has a solution. Less is better; below 0 is "
                    "better than what is published.",
     .x_title = "seconds",
     .y_title = "Mean gap to the best known value, %",
     .x_scale = HT_SVG_LOGARITHMIC},
    {.title = "Performance profile",
     .description = "A panel for each published set: the share of the runs whose value is within a gap of the best "
                    "known one. Further up and to the left is better; left of 0 is better than what is published.",
     .x_title = "gap to the best known value, %",
     .y_title = "Share of the runs within the gap, %",
     .x_scale = HT_SVG_LINEAR}};

static ht_status draw(const ht_gap_file *file, int32_t files, ht_gap_drawing drawing, ht_arena *arena,
                      ht_svg_chart *chart, ht_err *err) {
    const char *set[SETS_MAX];
    int32_t sets = find_sets(file, files, set);
    ht_svg_panel *panel = HT_ARENA_NEW(arena, sets + 1, ht_svg_panel);
    if (panel == NULL)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < sets; i++) {
        if (!draw_panel(file, files, set[i], drawing, arena, &panel[chart->panels]))
            return ht_fail_memory(err);
        chart->panels += panel[chart->panels].series > 0;
    }
    chart->panel = panel;
    chart->columns = chart->panels > 1 ? 2 : 1;
    return chart->panels > 0 ? HT_OK : ht_fail(err, HT_EINPUT, "there is nothing to draw in the results");
}

ht_status ht_plot_gaps(const ht_gap_file *file, int32_t files, ht_gap_drawing drawing, const char *out, ht_err *err) {
    ht_arena arena;
    ht_svg_chart chart = CHART[drawing];
    ht_arena_init(&arena, &ht_allocator_system);
    ht_status status = draw(file, files, drawing, &arena, &chart, err);
    if (!status)
        status = ht_plot_write(&chart, out, err);
    ht_arena_release(&arena);
    return status;
}
