#include "app/cli/progress.h"

#include <math.h>
#include <unistd.h>

#include "base/numbers.h"
#include "base/words.h"

/* On a narrow terminal the line is cut, not wrapped: a wrapped one could not be cleared. */
#define CLEAR_LINE "\r\033[K"
#define CUT_LINE "\033[?7l"
#define WRAP_LINE "\033[?7h"

static char decimal_mark(void) {
    return strcmp(HT_LANGUAGE, "sv") == 0 ? ',' : '.';
}

static void show(void *context, const ht_progress *progress) {
    (void)context;
    const int64_t *component = progress->best->component;
    char temperature[32];
    ht_decimal_print(llround(progress->temperature * 100), 100, 2, decimal_mark(), temperature, sizeof temperature);
    fprintf(stderr, CLEAR_LINE CUT_LINE);
    fprintf(stderr,
            _("%.0f s  %lld iterations  unplanned %d  late %lld min  continuity %lld  travel %lld min  temperature %s"),
            progress->seconds, (long long)progress->work, progress->unplanned, (long long)component[HT_C_LATE] / 60,
            (long long)component[HT_C_CONTINUITY], (long long)component[HT_C_TRAVEL] / 60, temperature);
    fprintf(stderr, WRAP_LINE);
    fflush(stderr);
}

static void show_file(void *context, const ht_solve_file_progress *progress) {
    (void)context;
    char cost[32] = "-";
    if (progress->feasible)
        ht_decimal_print(progress->cost, progress->cost_scale, 4, decimal_mark(), cost, sizeof cost);
    fprintf(stderr, CLEAR_LINE CUT_LINE);
    fprintf(stderr, _("%.0f s  %lld iterations  unplanned %d  cost %s"), progress->seconds, (long long)progress->work,
            (int)progress->unplanned, cost);
    fprintf(stderr, WRAP_LINE);
    fflush(stderr);
}

static bool is_wanted(const ht_call *call) {
    return !call->quiet && isatty(STDERR_FILENO);
}

void ht_progress_attach(const ht_call *call, ht_solve_options *options) {
    if (is_wanted(call))
        options->progress = show;
}

void ht_progress_attach_file(const ht_call *call, ht_solve_file_job *job) {
    if (is_wanted(call))
        job->progress = show_file;
}

void ht_progress_end(const ht_call *call) {
    if (is_wanted(call))
        fprintf(stderr, CLEAR_LINE);
}
