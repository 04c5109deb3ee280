#include <math.h>

#include "app/cli/effort.h"
#include "app/cli/progress.h"
#include "app/cli/table.h"
#include "app/solve_file.h"
#include "base/numbers.h"
#include "base/words.h"

enum { UNSERVED_SHOWN = 20 };

#define SOLVE_OPTIONS(X)                                                                                               \
    X(kind, 0, WORD, OPTIONAL, HT_INSTANCE_KINDS, NULL, 0, 0, NULL,                                                    \
      N_("the set that the instance is of; without it told from the file"))                                            \
    X(out, 0, FILE, OPTIONAL, "SOLUTION", NULL, 0, 0, NULL,                                                            \
      N_("write the solution there, as the set's own solutions are; an older file is replaced"))                       \
    X(time_limit, 0, INT, OPTIONAL, "S", "30", 1, 86400, "s",                                                          \
      N_("the whole run ends after this; without it but with --work no clock is read"))                                \
    X(work, 0, INT, OPTIONAL, "N", NULL, 1, 1000000000000, NULL, N_("iterations; the same solution each time"))        \
    X(seed, 0, INT, OPTIONAL, "N", "1", 0, INT64_C(999999999999999999), NULL, N_("of the random numbers"))             \
    X(threads, 0, INT, OPTIONAL, "N", NULL, 1, HT_THREADS_MAX, NULL, N_("threads; without it one for each core"))

HT_OPTION_TABLE(SOLVE_OPTIONS, OPTIONS)

static ht_effort effort_of(const ht_solved_file *solved, const ht_options_here *given) {
    return (ht_effort){solved->first_full_s, solved->wall_s, solved->cpu_s, given->seed.number, solved->work};
}

/* ---- for people ---- */

static const ht_table_head PARTS_HEAD[] = {
    {"part", N_("part"), HT_LEFT}, {"value", N_("value"), HT_RIGHT}, {"weight", N_("weight"), HT_RIGHT}};

static ht_status print_parts(const ht_call *call, const ht_solved_file *solved, ht_err *err) {
    ht_table_out table;
    ht_table_out_init(&table, PARTS_HEAD, 3);
    for (int32_t i = 0; i < solved->parts; i++) {
        const ht_solved_part *part = &solved->part[i];
        ht_cell_text(&table, part->name);
        ht_cell_decimal(&table, part->value, part->scale, 4, ht_decimal_mark(call));
        if (part->hard)
            ht_cell_text(&table, _("must be 0"));
        else
            ht_cell_integer(&table, part->weight);
    }
    ht_status status = ht_table_out_print(&table, HT_FORMAT_TABLE, err);
    ht_table_out_release(&table);
    return status;
}

static void print_unserved(const ht_solved_file *solved) {
    if (solved->unserved_count > 0)
        printf("%s", _("Unplanned:\n"));
    int32_t shown = solved->unserved_count < UNSERVED_SHOWN ? solved->unserved_count : UNSERVED_SHOWN;
    for (int32_t i = 0; i < shown; i++)
        printf("  %s: %s\n", solved->unserved[i].id, ht_unserved_words(solved->unserved[i].reason));
    if (shown < solved->unserved_count)
        printf(_("... and %d more\n"), (int)(solved->unserved_count - shown));
}

/* The cost stands alone on the last line, the same in every language: scripts read it. */
static ht_status print_for_people(const ht_call *call, const ht_solved_file *solved, ht_err *err) {
    const ht_options_here *given = call->options;
    const ht_effort effort = effort_of(solved, given);
    printf(_("%s (%s): %d of %d visits planned, %d of %d staff used\n"), call->operand[0],
           ht_instance_kind_name(solved->kind), (int)(solved->visits - solved->left_out), (int)solved->visits,
           (int)solved->routes, (int)solved->staff);
    if (print_parts(call, solved, err))
        return err->status;
    print_unserved(solved);
    ht_effort_print(&effort, ht_decimal_mark(call));
    if (solved->written)
        printf(_("Evaluated; written to %s\n"), given->out.text);
    printf("%s", solved->feasible ? _("Cost, as the set counts it:\n") : _("No feasible solution was found:\n"));
    printf("%s\n", solved->cost_text);
    return HT_OK;
}

/* ---- for programs ---- */

static const ht_table_head CSV_HEAD[] = {{"file", "", HT_LEFT},   {"kind", "", HT_LEFT},    {"visits", "", HT_RIGHT},
                                         {"staff", "", HT_RIGHT}, {"routes", "", HT_RIGHT}, {"unplanned", "", HT_RIGHT},
                                         {"cost", "", HT_RIGHT},  {"parts", "", HT_WORDS},  {"seed", "", HT_RIGHT},
                                         {"work", "", HT_RIGHT}};
enum { CSV_COLUMNS = sizeof CSV_HEAD / sizeof CSV_HEAD[0] };

/* "travel_time=123|total_tardiness=4". */
static void parts_cell(ht_table_out *table, const ht_solved_file *solved) {
    char text[HT_SOLVED_PARTS_MAX * 64] = "";
    size_t used = 0;
    for (int32_t i = 0; i < solved->parts; i++) {
        const ht_solved_part *part = &solved->part[i];
        char value[32];
        ht_decimal_print(part->value, part->scale, 4, ',', value, sizeof value);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s=%s", i > 0 ? "|" : "", part->name, value);
    }
    ht_cell_text(table, text);
}

static ht_status print_csv(const ht_call *call, const ht_solved_file *solved, ht_err *err) {
    const ht_options_here *given = call->options;
    ht_table_out table;
    ht_table_out_init(&table, CSV_HEAD, CSV_COLUMNS);
    ht_cell_text(&table, call->operand[0]);
    ht_cell_text(&table, ht_instance_kind_name(solved->kind));
    ht_cell_integer(&table, solved->visits);
    ht_cell_integer(&table, solved->staff);
    ht_cell_integer(&table, solved->routes);
    ht_cell_integer(&table, solved->unserved_count);
    if (solved->feasible)
        ht_cell_decimal(&table, solved->cost, solved->cost_scale, 4, ',');
    else
        ht_cell_text(&table, "");
    parts_cell(&table, solved);
    ht_cell_integer(&table, given->seed.number);
    ht_cell_integer(&table, solved->work);
    ht_status status = ht_table_out_print(&table, HT_FORMAT_CSV, err);
    ht_table_out_release(&table);
    return status;
}

static void lists_json(ht_json *json, const ht_solved_file *solved) {
    ht_json_begin_array(json, "parts");
    for (int32_t i = 0; i < solved->parts; i++) {
        const ht_solved_part *part = &solved->part[i];
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "name", part->name);
        ht_json_real(json, "value", (double)part->value / (double)part->scale);
        ht_json_integer(json, "weight", part->weight);
        ht_json_flag(json, "hard", part->hard);
        ht_json_end(json);
    }
    ht_json_end(json);
    ht_json_begin_array(json, "unplanned_visits");
    for (int32_t i = 0; i < solved->unserved_count; i++) {
        ht_json_begin_object(json, NULL);
        ht_json_text(json, "id", solved->unserved[i].id);
        ht_json_text(json, "reason", ht_unserved_name(solved->unserved[i].reason));
        ht_json_end(json);
    }
    ht_json_end(json);
}

static ht_status print_json(const ht_call *call, const ht_solved_file *solved, ht_err *err) {
    const ht_effort effort = effort_of(solved, call->options);
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    ht_json_text(json, "file", call->operand[0]);
    ht_json_text(json, "kind", ht_instance_kind_name(solved->kind));
    ht_json_integer(json, "visits", solved->visits);
    ht_json_integer(json, "staff", solved->staff);
    ht_json_integer(json, "routes", solved->routes);
    ht_json_integer(json, "unplanned", solved->unserved_count);
    ht_json_flag(json, "feasible", solved->feasible);
    ht_json_real(json, "cost", solved->feasible ? (double)solved->cost / (double)solved->cost_scale : NAN);
    lists_json(json, solved);
    ht_json_integer(json, "evaluations", solved->evaluations);
    ht_effort_json(json, &effort);
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

/* ---- the command ---- */

static ht_status print(const ht_call *call, const ht_solved_file *solved, ht_err *err) {
    const ht_options_here *given = call->options;
    if (solved->note[0] != '\0')
        ht_note(call, "%s", solved->note);
    if (given->out.given && !solved->written)
        ht_note(call, _("nothing is written to %s: the solution is not feasible"), given->out.text);
    if (call->format == HT_FORMAT_JSON)
        return print_json(call, solved, err);
    return call->format == HT_FORMAT_CSV ? print_csv(call, solved, err) : print_for_people(call, solved, err);
}

static int run(const ht_call *call) {
    const ht_options_here *given = call->options;
    ht_err err;
    ht_err_init(&err);
    bool by_work = given->work.given && !given->time_limit.given;
    ht_solve_file_job job = {.path = call->operand[0],
                             .kind = given->kind.given ? (ht_instance_kind)given->kind.number : HT_INSTANCE_DETECT,
                             .out = given->out.text,
                             .solve = {.seed = given->seed.number,
                                       .time_limit = by_work ? 0 : (double)given->time_limit.number,
                                       .work = given->work.given ? given->work.number : 0,
                                       .threads = ht_threads(&given->threads),
                                       .stop = ht_catch_stop()}};
    ht_solved_file solved;
    ht_progress_attach_file(call, &job);
    ht_status status = ht_solve_file(&job, &solved, &err);
    ht_progress_end(call);
    if (!status)
        status = print(call, &solved, &err);
    ht_solved_file_release(&solved);
    if (status)
        return ht_complain(&err);
    return atomic_load(job.solve.stop) != 0 ? HT_EXIT_STOPPED : HT_EXIT_DONE;
}

const ht_command ht_command_solve = {
    .name = "solve",
    .operands = "FILE",
    .operands_least = 1,
    .operands_most = 1,
    .summary = N_("solves a published instance and evaluates the solution as its set does"),
    .more =
        N_("Home health care of the unified formulation (uhhc, JSON) and of Mankowska et al. (mankowska), vehicle\n"
           "routing with time windows of Solomon and of Gehring and Homberger (vrptw, costs as in the DIMACS\n"
           "challenge). The last line printed is the cost, or 'infeasible' where something that must be done is in\n"
           "no route. Ctrl-C ends the search early with the best solution so far."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
