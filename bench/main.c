#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/cli/cli.h"
#include "base/calendar.h"
#include "bench/gap_plot.h"
#include "bench/plot.h"
#include "bench/print.h"
#include "bench/run.h"
#include "solver/search_parts.h"

enum { THREADS_MAX = 256, OPERANDS = 8 };

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
static ht_status parse(int argc, char **argv, ht_option_scope scope, words *w, int32_t least, int32_t most,
                       ht_err *err) {
    ht_status status = HT_OK;
    ht_options_defaults(scope.table, scope.values);
    for (int at = 2; at < argc && !status; at++) {
        if (argv[at][0] == '-' && argv[at][1] != '\0')
            status = ht_option_parse(&scope, 1, argc, argv, &at, err);
        else if (w->operands < most)
            w->operand[w->operands++] = argv[at];
        else
            status = ht_fail(err, HT_EUSAGE, "'%s' is one argument too many", argv[at]);
    }
    if (!status && w->operands < least)
        status = ht_fail(err, HT_EUSAGE, "%s needs %d files", argv[1], (int)least);
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

/* What a suite and the command line leave open. */
enum { SEEDS = 3, TIME_LIMIT = 20 };

#define RUN_OPTIONS(X)                                                                                                 \
    X(suite, 0, TEXT, OPTIONAL, "FILE|NAME", "default", 0, 0, NULL, "what to measure: a file, or one of bench/suites") \
    X(only, 0, TEXT, OPTIONAL, "ID", NULL, 0, 0, NULL, "this case of the suite alone")                                 \
    X(folder, 0, FOLDER, OPTIONAL, "DIR", NULL, 0, 0, NULL, "measure the day of this folder instead of a suite")       \
    X(date, 0, DATE, OPTIONAL, "D", NULL, 0, 0, NULL, "that day")                                                      \
    X(out, 0, FILE, OPTIONAL, "FILE", "results.csv", 0, 0, NULL, "the results file; rows that are there are kept")     \
    X(trace, 0, FILE, OPTIONAL, "FILE", NULL, 0, 0, NULL, "the trace file; without it that of --out with .trace.csv")  \
    X(data, 0, FOLDER, OPTIONAL, "DIR", NULL, 0, 0, NULL,                                                              \
      "where the published sets are; generated days are kept here, and taken from here")                               \
    X(seeds, 0, INT, OPTIONAL, "N", NULL, 1, HT_BENCH_SEEDS_MAX, NULL, "seeds 1 to N; else as the suite says, or 3")   \
    X(time_limit, 0, INT, OPTIONAL, "S", NULL, 1, HT_BENCH_SECONDS_MAX, "s",                                           \
      "of each run; else as the suite says, or 20 s")                                                                  \
    X(work, 0, INT, OPTIONAL, "N", NULL, 1, 1000000000000, NULL,                                                       \
      "iterations of each run; without --time-limit no clock is read")                                                 \
    X(threads, 0, INT, OPTIONAL, "N", "2", 1, THREADS_MAX, NULL, "of each run")                                        \
    X(without, 0, TEXT, OPTIONAL, "PART|...", "", 0, 0, NULL,                                                          \
      "leave these parts of the search out; 'parts' lists them")                                                       \
    X(best_known, 0, FILE, OPTIONAL, "FILE", HT_BENCH_FOLDER "/best_known.csv", 0, 0, NULL,                            \
      "the best published values")                                                                                     \
    X(keep_records, 0, FOLDER, OPTIONAL, "DIR", NULL, 0, 0, NULL,                                                      \
      "keep the routes of what beats the best known value here (bench/records)")

HT_OPTION_TABLE(RUN_OPTIONS, RUN)

static const ht_option_table RUN_TABLE = {RUN, sizeof RUN / sizeof RUN[0]};

static void tell(const char *line) {
    fprintf(stderr, "%s\n", line);
}

/* A name without '/' and '.' is one of the suites that come with the sources. */
static ht_status read_suite(const char *name, ht_array *cases, ht_err *err) {
    char path[HT_BENCH_PATH];
    bool is_file = strpbrk(name, "/.") != NULL;
    snprintf(path, sizeof path, "%s%s%s", is_file ? "" : HT_BENCH_FOLDER "/suites/", name, is_file ? "" : ".csv");
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
    c->seeds = c->time_limit = HT_BENCH_BLANK;
    return HT_OK;
}

/* Leaves one case of the suite. */
static ht_status choose_case(const char *case_id, ht_array *cases, ht_err *err) {
    for (int32_t i = 0; i < cases->count; i++) {
        ht_bench_case *first = ht_array_at(cases, 0), *c = ht_array_at(cases, i);
        if (strcmp(c->case_id, case_id) != 0)
            continue;
        *first = *c;
        ht_array_shrink(cases, 1);
        return HT_OK;
    }
    return ht_fail(err, HT_EUSAGE, "the suite has no case '%s'", case_id);
}

/* What is typed goes before what the suite says. With a limit of work alone no time limit holds. */
static void set_limits(const ht_options_here *given, ht_array *cases) {
    for (int32_t i = 0; i < cases->count; i++) {
        ht_bench_case *c = ht_array_at(cases, i);
        if (given->seeds.given || c->seeds == HT_BENCH_BLANK)
            c->seeds = given->seeds.given ? given->seeds.number : SEEDS;
        if (given->time_limit.given)
            c->time_limit = given->time_limit.number;
        else if (given->work.given)
            c->time_limit = HT_BENCH_BLANK;
        else if (c->time_limit == HT_BENCH_BLANK)
            c->time_limit = TIME_LIMIT;
    }
}

static ht_status choose_cases(const ht_options_here *given, ht_array *cases, ht_err *err) {
    ht_status status = given->folder.given || given->date.given ? single_case(given, cases, err)
                                                                : read_suite(given->suite.text, cases, err);
    if (!status && given->only.given)
        status = choose_case(given->only.text, cases, err);
    if (!status)
        set_limits(given, cases);
    return status;
}

static ht_status run_with(const ht_options_here *given, ht_err *err) {
    char trace[HT_BENCH_PATH];
    size_t stem = strlen(given->out.text);
    stem -= stem > 4 && strcmp(given->out.text + stem - 4, ".csv") == 0 ? 4 : 0;
    snprintf(trace, sizeof trace, "%.*s.trace.csv", (int)stem, given->out.text);
    ht_array known;
    ht_search_parts parts;
    ht_bench_job job = {.out = given->out.text,
                        .trace = given->trace.given ? given->trace.text : trace,
                        .data = given->data.text,
                        .known = &known,
                        .records = given->keep_records.text,
                        .work = given->work.given ? given->work.number : HT_BENCH_BLANK,
                        .threads = given->threads.number,
                        .without = given->without.text,
                        .stop = &stop_asked,
                        .tell = tell};
    ht_array_init(&job.cases, sizeof(ht_bench_case), &ht_allocator_system);
    ht_array_init(&known, sizeof(ht_best_known), &ht_allocator_system);
    ht_status status = choose_cases(given, &job.cases, err);
    if (!status && !ht_search_parts_parse(given->without.text, &parts))
        status = ht_fail(err, HT_EUSAGE, "'%s' is no part of the search: 'hemtur-bench parts' lists them",
                         given->without.text);
    if (!status)
        status = ht_best_known_read(given->best_known.text, &known, err);
    if (!status)
        status = ht_bench_run(&job, err);
    ht_array_release(&known);
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
    if (parse(argc, argv, (ht_option_scope){RUN_TABLE, &given}, &w, 0, 0, &err) || run_with(&given, &err))
        return complain(&err);
    return atomic_load(&stop_asked) != 0 ? HT_EXIT_STOPPED : HT_EXIT_DONE;
}

/* ---- compare ---- */

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
            status = ht_print_comparison(&comparison, err);
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
    if (parse(argc, argv, (ht_option_scope){none, NULL}, &w, 2, 2, &err) || compare_files(&w, &err))
        return complain(&err);
    return HT_EXIT_DONE;
}

/* ---- summary ---- */

typedef struct summary_options {
    ht_given format, best_known;
} summary_options;

static const ht_option SUMMARY[] = {
    {.name = "format",
     .kind = HT_OPTION_WORD,
     .argument = HT_PRINT_FORMATS,
     .standard = "table",
     .help = "markdown is what bench/README.md holds",
     .offset = offsetof(summary_options, format)},
    {.name = "best_known",
     .kind = HT_OPTION_FILE,
     .argument = "FILE",
     .standard = HT_BENCH_FOLDER "/best_known.csv",
     .help = "the best published values and their groups",
     .offset = offsetof(summary_options, best_known)},
};
static const ht_option_table SUMMARY_TABLE = {SUMMARY, sizeof SUMMARY / sizeof SUMMARY[0]};

/* All files together: a set may have a file of its own. */
static ht_status summarise_files(const words *w, const summary_options *given, ht_err *err) {
    ht_array rows, known;
    ht_summary summary;
    ht_array_init(&rows, sizeof(ht_bench_row), &ht_allocator_system);
    ht_array_init(&known, sizeof(ht_best_known), &ht_allocator_system);
    ht_status status = ht_best_known_read(given->best_known.text, &known, err);
    for (int32_t i = 0; i < w->operands && !status; i++)
        status = ht_results_read(w->operand[i], &rows, err);
    if (!status) {
        status = ht_summarise(&rows, &known, &summary, err);
        if (!status)
            status = ht_print_summary(&summary, (ht_print_format)given->format.number, err);
        ht_summary_release(&summary);
    }
    ht_array_release(&known);
    ht_array_release(&rows);
    return status;
}

static int summarise(int argc, char **argv) {
    summary_options given;
    words w = {.operands = 0};
    ht_err err;
    ht_err_init(&err);
    bool done = !parse(argc, argv, (ht_option_scope){SUMMARY_TABLE, &given}, &w, 1, OPERANDS, &err) &&
                !summarise_files(&w, &given, &err);
    return done ? HT_EXIT_DONE : complain(&err);
}

/* ---- plot ---- */

typedef struct plot_options {
    ht_given kind, out, case_id;
} plot_options;

/* The words of --kind, in their order. */
typedef enum plot_kind { LEVELS, GAP, PROFILE } plot_kind;

static const ht_option PLOT[] = {
    {.name = "kind",
     .kind = HT_OPTION_WORD,
     .argument = "levels|gap|profile",
     .standard = "levels",
     .help = "level values over time, of a trace; gap to the best known over time and performance profile, of results",
     .offset = offsetof(plot_options, kind)},
    {.name = "out",
     .kind = HT_OPTION_FILE,
     .need = HT_OPTION_NEEDED,
     .argument = "FILE",
     .help = "the drawing, FILE.svg",
     .offset = offsetof(plot_options, out)},
    {.name = "case",
     .kind = HT_OPTION_TEXT,
     .argument = "ID",
     .help = "this case alone, of levels",
     .offset = offsetof(plot_options, case_id)},
};
static const ht_option_table PLOT_TABLE = {PLOT, sizeof PLOT / sizeof PLOT[0]};

static ht_status plot_levels(const words *w, const plot_options *given, ht_err *err) {
    ht_array moments;
    ht_array_init(&moments, sizeof(ht_trace_row), &ht_allocator_system);
    ht_status status = HT_OK;
    for (int32_t i = 0; i < w->operands && !status; i++)
        status = ht_trace_read(w->operand[i], &moments, err);
    if (!status)
        status = ht_plot(&moments, given->case_id.text, given->out.text, err);
    ht_array_release(&moments);
    return status;
}

static ht_status plot_gaps(const words *w, const plot_options *given, ht_err *err) {
    ht_gap_file file[OPERANDS];
    ht_status status = HT_OK;
    for (int32_t i = 0; i < w->operands; i++) {
        file[i].name = w->operand[i];
        ht_array_init(&file[i].rows, sizeof(ht_bench_row), &ht_allocator_system);
        if (!status)
            status = ht_results_read(w->operand[i], &file[i].rows, err);
    }
    if (!status)
        status = ht_plot_gaps(file, w->operands, given->kind.number == GAP ? HT_GAP_OVER_TIME : HT_GAP_PROFILE,
                              given->out.text, err);
    for (int32_t i = 0; i < w->operands; i++)
        ht_array_release(&file[i].rows);
    return status;
}

static int plot(int argc, char **argv) {
    plot_options given;
    words w = {.operands = 0};
    ht_err err;
    ht_err_init(&err);
    ht_status status = parse(argc, argv, (ht_option_scope){PLOT_TABLE, &given}, &w, 1, OPERANDS, &err);
    if (!status)
        status = given.kind.number == LEVELS ? plot_levels(&w, &given, &err) : plot_gaps(&w, &given, &err);
    return status ? complain(&err) : HT_EXIT_DONE;
}

/* ---- parts ---- */

static int list_parts(int argc, char **argv) {
    words w = {.operands = 0};
    ht_err err;
    ht_err_init(&err);
    if (parse(argc, argv, (ht_option_scope){{NULL, 0}, NULL}, &w, 0, 0, &err))
        return complain(&err);
    for (int32_t i = 0; i < HT_SEARCH_PARTS; i++)
        printf("%s\n", ht_search_part_name((ht_search_part)i));
    return HT_EXIT_DONE;
}

/* ---- the whole ---- */

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} COMMANDS[] = {{"run", run}, {"compare", compare}, {"summary", summarise}, {"plot", plot}, {"parts", list_parts}};

static int help(void) {
    printf("hemtur-bench measures the planner; bench/README.md says how to read the figures.\n\n"
           "  run               plans days or solves published instances with several seeds, and adds a row for each\n"
           "                    run to a results file; rows that are there already are not measured again\n");
    print_options(RUN_TABLE);
    printf("  compare OLD NEW   two results files, paired by case and seed\n"
           "  summary FILE...   results of published sets: gaps to the best known, the figures that must hold, what\n"
           "                    parts of the search are worth\n");
    print_options(SUMMARY_TABLE);
    printf("  plot FILE...      an SVG drawing of a trace or of results\n");
    print_options(PLOT_TABLE);
    printf("  parts             the parts of the search that --without knows\n");
    return HT_EXIT_DONE;
}

static int unknown(int argc, char **argv) {
    static const char WORDS[] = "run, compare, summary, plot or parts";
    ht_err err;
    if (argc < 2)
        ht_fail(&err, HT_EUSAGE, "no command is given: %s", WORDS);
    else
        ht_fail(&err, HT_EUSAGE, "unknown command '%s': %s", argv[1], WORDS);
    return complain(&err);
}

static int choose(int argc, char **argv) {
    const char *name = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        if (strcmp(name, COMMANDS[i].name) == 0)
            return COMMANDS[i].run(argc, argv);
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
