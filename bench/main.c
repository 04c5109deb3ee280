#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/table.h"
#include "base/calendar.h"
#include "bench/compare.h"
#include "bench/plot.h"
#include "bench/run.h"

enum { SEEDS_MAX = 1000, THREADS_MAX = 256, OPERANDS = 2 };

/* ---- what all commands share ---- */

static atomic_int stop_asked;

static void ask_to_stop(int signal_number) {
    (void)signal_number;
    atomic_store(&stop_asked, 1);
}

static int complain(const ht_err *err) {
    fprintf(stderr, "hemtur-bench: %s\n", err->text);
    if (err->status == HT_EUSAGE)
        fprintf(stderr, "See 'hemtur-bench --help'.\n");
    return ht_exit_code(err->status);
}

typedef struct words {
    const char *operand[OPERANDS];
    int32_t operands;
} words;

/* Options and operands behind the command's name. */
static ht_status parse(int argc, char **argv, ht_option_scope scope, words *w, int32_t operands, ht_err *err) {
    ht_status status = HT_OK;
    ht_options_defaults(scope.table, scope.values);
    for (int at = 2; at < argc && !status; at++) {
        if (argv[at][0] == '-' && argv[at][1] != '\0')
            status = ht_option_parse(&scope, 1, argc, argv, &at, err);
        else if (w->operands < operands)
            w->operand[w->operands++] = argv[at];
        else
            status = ht_fail(err, HT_EUSAGE, "'%s' is one argument too many", argv[at]);
    }
    if (!status && w->operands < operands)
        status = ht_fail(err, HT_EUSAGE, "%s needs %d files", argv[1], (int)operands);
    return status ? status : ht_options_complete(scope, err);
}

static void print_options(ht_option_table table) {
    char spelled[HT_OPTION_NAME];
    for (int32_t i = 0; i < table.count; i++) {
        const ht_option *o = &table.options[i];
        ht_option_spell(o, spelled);
        printf("      --%s %-*s  %s%s%s%s\n", spelled, (int)(20 - strlen(spelled)), o->argument, o->help,
               o->standard != NULL ? " (" : "", o->standard != NULL ? o->standard : "", o->standard != NULL ? ")" : "");
    }
}

/* ---- run ---- */

#define RUN_OPTIONS(X)                                                                                                 \
    X(suite, 0, TEXT, OPTIONAL, "FILE|NAME", "default", 0, 0, NULL,                                                    \
      "the days to measure: a file, or one of bench/suites")                                                           \
    X(folder, 0, FOLDER, OPTIONAL, "DIR", NULL, 0, 0, NULL, "measure the day of this folder instead of a suite")       \
    X(date, 0, DATE, OPTIONAL, "D", NULL, 0, 0, NULL, "that day")                                                      \
    X(out, 0, FILE, OPTIONAL, "FILE", "results.csv", 0, 0, NULL, "the results file; rows that are there are kept")     \
    X(trace, 0, FILE, OPTIONAL, "FILE", NULL, 0, 0, NULL, "the trace file; without it that of --out with .trace.csv")  \
    X(data, 0, FOLDER, OPTIONAL, "DIR", NULL, 0, 0, NULL, "keep generated days here, and take them from here")         \
    X(seeds, 0, INT, OPTIONAL, "N", "3", 1, SEEDS_MAX, NULL, "seeds 1 to N")                                           \
    X(time_limit, 0, INT, OPTIONAL, "S", "20", 1, 86400, "s", "of each run")                                           \
    X(work, 0, INT, OPTIONAL, "N", NULL, 1, 1000000000000, NULL,                                                       \
      "iterations of each run; without --time-limit no clock is read")                                                 \
    X(threads, 0, INT, OPTIONAL, "N", "2", 1, THREADS_MAX, NULL, "of each run")

HT_OPTION_TABLE(RUN_OPTIONS, RUN)

static const ht_option_table RUN_TABLE = {RUN, sizeof RUN / sizeof RUN[0]};

static void tell(const char *line) {
    fprintf(stderr, "%s\n", line);
}

/* A name without '/' and '.' is one of the suites that come with the sources. */
static ht_status read_suite(const char *name, ht_array *cases, ht_err *err) {
    char path[HT_BENCH_PATH];
    bool is_file = strpbrk(name, "/.") != NULL;
    snprintf(path, sizeof path, "%s%s%s", is_file ? "" : HT_SUITES "/", name, is_file ? "" : ".csv");
    return ht_suite_read(path, cases, err);
}

/* One folder and date as a case, named like the folder. */
static ht_status single_case(const ht_options_here *given, ht_array *cases, ht_err *err) {
    char folder[HT_BENCH_PATH];
    if (!given->folder.given || !given->date.given)
        return ht_fail(err, HT_EUSAGE, "--folder and --date go together");
    ht_bench_case *c = ht_array_push(cases);
    if (c == NULL)
        return ht_fail_memory(err);
    snprintf(folder, sizeof folder, "%s", given->folder.text);
    for (size_t length = strlen(folder); length > 1 && folder[length - 1] == '/'; length--)
        folder[length - 1] = '\0';
    const char *slash = strrchr(folder, '/');
    ht_bench_set(c->case_id, slash != NULL ? slash + 1 : folder);
    snprintf(c->folder, sizeof c->folder, "%s", folder);
    c->date = (int32_t)given->date.number;
    return HT_OK;
}

static ht_status run_with(const ht_options_here *given, ht_err *err) {
    char trace[HT_BENCH_PATH];
    size_t stem = strlen(given->out.text);
    stem -= stem > 4 && strcmp(given->out.text + stem - 4, ".csv") == 0 ? 4 : 0;
    snprintf(trace, sizeof trace, "%.*s.trace.csv", (int)stem, given->out.text);
    ht_bench_job job = {.out = given->out.text,
                        .trace = given->trace.given ? given->trace.text : trace,
                        .data = given->data.text,
                        .seeds = given->seeds.number,
                        .time_limit =
                            given->work.given && !given->time_limit.given ? HT_BENCH_BLANK : given->time_limit.number,
                        .work = given->work.given ? given->work.number : HT_BENCH_BLANK,
                        .threads = given->threads.number,
                        .stop = &stop_asked,
                        .tell = tell};
    ht_array_init(&job.cases, sizeof(ht_bench_case), &ht_allocator_system);
    ht_status status = given->folder.given || given->date.given ? single_case(given, &job.cases, err)
                                                                : read_suite(given->suite.text, &job.cases, err);
    if (!status)
        status = ht_bench_run(&job, err);
    ht_array_release(&job.cases);
    return status;
}

static int run(int argc, char **argv) {
    ht_options_here given;
    words w = {.operands = 0};
    ht_err err;
    ht_err_init(&err);
    struct sigaction action = {.sa_handler = ask_to_stop};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (parse(argc, argv, (ht_option_scope){RUN_TABLE, &given}, &w, 0, &err) || run_with(&given, &err))
        return complain(&err);
    return atomic_load(&stop_asked) != 0 ? HT_EXIT_STOPPED : HT_EXIT_DONE;
}

/* ---- compare ---- */

static const ht_table_head RATIO_HEAD[] = {{"case_id", "case", HT_LEFT},
                                           {"figure", "figure", HT_LEFT},
                                           {"pairs", "pairs", HT_RIGHT},
                                           {"old_median", "old median", HT_RIGHT},
                                           {"new_median", "new median", HT_RIGHT},
                                           {"ratio_of_medians", "ratio of medians", HT_RIGHT},
                                           {"geometric_mean", "geometric mean", HT_RIGHT},
                                           {"interval_low", "95 % from", HT_RIGHT},
                                           {"interval_high", "to", HT_RIGHT},
                                           {"verdict", "new is", HT_LEFT}};
static const ht_table_head LEVEL_HEAD[] = {{"case_id", "case", HT_LEFT},
                                           {"at", "at", HT_LEFT},
                                           {"level", "level", HT_LEFT},
                                           {"better", "better", HT_RIGHT},
                                           {"equal", "equal", HT_RIGHT},
                                           {"worse", "worse", HT_RIGHT},
                                           {"old_median", "old median", HT_RIGHT},
                                           {"new_median", "new median", HT_RIGHT},
                                           {"difference_percent", "difference %", HT_RIGHT},
                                           {"sign_test", "sign test p", HT_RIGHT},
                                           {"verdict", "new is", HT_LEFT}};

enum {
    RATIO_COLUMNS = sizeof RATIO_HEAD / sizeof RATIO_HEAD[0],
    LEVEL_COLUMNS = sizeof LEVEL_HEAD / sizeof LEVEL_HEAD[0]
};

/* Blank where it is not known. */
static void cell_number(ht_table_out *table, double value, int32_t digits) {
    static const double SCALE = 1000;
    if (isfinite(value) && fabs(value) < 1e14)
        ht_cell_decimal(table, llround(value * SCALE), (int64_t)SCALE, digits, '.');
    else
        ht_cell_text(table, "");
}

static void add_ratio(ht_table_out *table, const ht_ratio *r) {
    ht_cell_text(table, r->case_id);
    ht_cell_text(table, r->figure);
    ht_cell_integer(table, r->pairs);
    cell_number(table, r->old_median, r->old_median < 100 ? 3 : 0);
    cell_number(table, r->new_median, r->new_median < 100 ? 3 : 0);
    cell_number(table, r->of_medians, 3);
    cell_number(table, r->geometric_mean, 3);
    cell_number(table, r->interval.low, 3);
    cell_number(table, r->interval.high, 3);
    ht_cell_text(table, ht_verdict_name(r->verdict));
}

static void add_level(ht_table_out *table, const ht_level_comparison *c) {
    ht_cell_text(table, c->case_id);
    ht_cell_text(table, c->at);
    ht_cell_text(table, c->level);
    ht_cell_integer(table, c->better);
    ht_cell_integer(table, c->equal);
    ht_cell_integer(table, c->worse);
    cell_number(table, c->old_median, 1);
    cell_number(table, c->new_median, 1);
    cell_number(table, c->difference_percent, 1);
    cell_number(table, c->chance, 3);
    ht_cell_text(table, ht_verdict_name(c->verdict));
}

static ht_status print_comparison(const ht_comparison *comparison, ht_err *err) {
    const ht_bench_warning *warning = comparison->warnings.items;
    for (int32_t i = 0; i < comparison->warnings.count; i++)
        fprintf(stderr, "hemtur-bench: %s: a difference may come from that\n", warning[i].text);
    ht_table_out ratios, levels;
    ht_table_out_init(&ratios, RATIO_HEAD, RATIO_COLUMNS);
    ht_table_out_init(&levels, LEVEL_HEAD, LEVEL_COLUMNS);
    for (int32_t i = 0; i < comparison->ratios.count; i++)
        add_ratio(&ratios, ht_array_at(&comparison->ratios, i));
    for (int32_t i = 0; i < comparison->levels.count; i++)
        add_level(&levels, ht_array_at(&comparison->levels, i));
    printf("Speed and size, new / old\n");
    ht_status status = ht_table_out_print(&ratios, HT_FORMAT_TABLE, err);
    printf("\nLevel values, less is better\n");
    if (!status)
        status = ht_table_out_print(&levels, HT_FORMAT_TABLE, err);
    ht_table_out_release(&ratios);
    ht_table_out_release(&levels);
    return status;
}

static ht_status compare_files(const words *w, ht_err *err) {
    ht_array older, newer;
    ht_comparison comparison;
    ht_array_init(&older, sizeof(ht_bench_row), &ht_allocator_system);
    ht_array_init(&newer, sizeof(ht_bench_row), &ht_allocator_system);
    ht_status status = ht_results_read(w->operand[0], &older, err);
    if (!status)
        status = ht_results_read(w->operand[1], &newer, err);
    if (!status) {
        status = ht_compare(&older, &newer, &comparison, err);
        if (!status)
            status = print_comparison(&comparison, err);
        ht_comparison_release(&comparison);
    }
    ht_array_release(&older);
    ht_array_release(&newer);
    return status;
}

static int compare(int argc, char **argv) {
    words w = {.operands = 0};
    ht_err err;
    ht_err_init(&err);
    ht_option_table none = {NULL, 0};
    if (parse(argc, argv, (ht_option_scope){none, NULL}, &w, 2, &err) || compare_files(&w, &err))
        return complain(&err);
    return HT_EXIT_DONE;
}

/* ---- plot ---- */

typedef struct plot_options {
    ht_given out, case_id;
} plot_options;

static const ht_option PLOT[] = {
    {.name = "out",
     .kind = HT_OPTION_FILE,
     .need = HT_OPTION_NEEDED,
     .argument = "FILE",
     .help = "the drawing, FILE.svg",
     .offset = offsetof(plot_options, out)},
    {.name = "case",
     .kind = HT_OPTION_TEXT,
     .argument = "ID",
     .help = "this case alone",
     .offset = offsetof(plot_options, case_id)},
};
static const ht_option_table PLOT_TABLE = {PLOT, sizeof PLOT / sizeof PLOT[0]};

static int plot(int argc, char **argv) {
    plot_options given;
    words w = {.operands = 0};
    ht_err err;
    ht_array moments;
    ht_err_init(&err);
    ht_array_init(&moments, sizeof(ht_trace_row), &ht_allocator_system);
    bool done = !parse(argc, argv, (ht_option_scope){PLOT_TABLE, &given}, &w, 1, &err) &&
                !ht_trace_read(w.operand[0], &moments, &err) &&
                !ht_plot(&moments, given.case_id.text, given.out.text, &err);
    ht_array_release(&moments);
    return done ? HT_EXIT_DONE : complain(&err);
}

/* ---- the whole ---- */

static int help(void) {
    printf("hemtur-bench measures the planner; bench/README.md says how to read the figures.\n\n"
           "  run               plans days with several seeds, and adds a row for each to a results file;\n"
           "                    rows that are there already are not measured again\n");
    print_options(RUN_TABLE);
    printf("  compare OLD NEW   two results files, paired by case and seed\n"
           "  plot TRACE        level values over time, as an SVG drawing\n");
    print_options(PLOT_TABLE);
    return HT_EXIT_DONE;
}

static int unknown(int argc, char **argv) {
    ht_err err;
    if (argc < 2)
        ht_fail(&err, HT_EUSAGE, "no command is given: run, compare or plot");
    else
        ht_fail(&err, HT_EUSAGE, "unknown command '%s': run, compare or plot", argv[1]);
    return complain(&err);
}

static int choose(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "run") == 0)
        return run(argc, argv);
    if (strcmp(name, "compare") == 0)
        return compare(argc, argv);
    if (strcmp(name, "plot") == 0)
        return plot(argc, argv);
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0 || strcmp(name, "-h") == 0)
        return help();
    return unknown(argc, argv);
}

int main(int argc, char **argv) {
    umask(077);
    int code = choose(argc, argv);
    if (fclose(stdout) == 0)
        return code;
    fprintf(stderr, "hemtur-bench: cannot write the output: %s\n", ht_error_text(errno));
    return HT_EXIT_SYSTEM;
}
