#include "app/cli/plan_summary.h"
#include "app/cli/progress.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/words.h"

enum { DAYS_MAX = 366 };

#define PLAN_OPTIONS(X)                                                                                                \
    X(date, 0, DATE, NEEDED, "D", NULL, 0, 0, NULL, N_("the day to plan"))                                             \
    X(days, 0, INT, OPTIONAL, "N", "1", 1, DAYS_MAX, NULL, N_("plan this many days from there on"))                    \
    X(team, 0, TEXT, OPTIONAL, "T", NULL, 0, 0, NULL, N_("only this team's clients"))                                  \
    X(time_limit, 0, INT, OPTIONAL, "S", "30", 1, 86400, "s",                                                          \
      N_("the whole run ends after this; without it but with --work no clock is read"))                                \
    X(work, 0, INT, OPTIONAL, "N", NULL, 1, 1000000000000, NULL, N_("iterations a day; the same plan each time"))      \
    X(seed, 0, INT, OPTIONAL, "N", "1", 0, INT64_C(999999999999999999), NULL, N_("of the random numbers"))             \
    X(threads, 0, INT, OPTIONAL, "N", NULL, 1, HT_THREADS_MAX, NULL, N_("threads; without it one for each core"))      \
    X(profile, 0, TEXT, OPTIONAL, "P", HT_PROFILE_STANDARD, 0, 0, HT_PROFILE_NAMES,                                    \
      N_("the objective: contact-first, balanced, travel-first or one of settings.csv"))

HT_OPTION_TABLE(PLAN_OPTIONS, OPTIONS)

/* Several days planned in one call. */
typedef struct run_state {
    const ht_call *call;
    const ht_options_here *given;
    ht_store *store;
    const atomic_int *stop;
    double started;
    ht_plan_numbers totals;
    ht_array days; /* of ht_plan_numbers */
} run_state;

/* What is left of the whole run's time, shared by the days that are left; 0 where work alone ends the search. */
static double day_limit(const run_state *state, int32_t days_left) {
    if (state->given->work.given && !state->given->time_limit.given)
        return 0;
    double left = (double)state->given->time_limit.number - (ht_clock_wall() - state->started);
    return left > 0.01 ? left / days_left : 0.01;
}

static void print_day(run_state *state, const ht_planned_day *planned, const ht_plan_numbers *numbers) {
    const ht_call *call = state->call;
    if (planned->note[0] != '\0')
        ht_note(call, "%s", planned->note);
    if (call->format != HT_FORMAT_TABLE)
        return;
    char date[HT_DATE_TEXT];
    ht_date_print(numbers->date, date, sizeof date);
    ht_plan_print(call, numbers);
    ht_plan_print_unplanned(planned);
    printf(_("Checked; stored in %s as version %d of %s\n"), call->db, planned->record.version, date);
    if (numbers->outdated)
        printf("%s", _("An import changed the data meanwhile: the plan is outdated already, plan again\n"));
    fflush(stdout);
}

static ht_status keep_numbers(run_state *state, const ht_planned_day *planned, ht_err *err) {
    ht_plan_numbers *numbers = ht_array_push(&state->days);
    if (numbers == NULL)
        return ht_fail_memory(err);
    *numbers = ht_plan_numbers_of(planned);
    ht_plan_numbers_add(&state->totals, numbers);
    print_day(state, planned, numbers);
    return HT_OK;
}

static ht_status plan_one(run_state *state, int32_t date, int32_t days_left, ht_err *err) {
    const ht_options_here *given = state->given;
    ht_plan_job job = {.date = date,
                       .team = given->team.text,
                       .profile = given->profile.text,
                       .solve = {.seed = given->seed.number,
                                 .time_limit = day_limit(state, days_left),
                                 .work = given->work.given ? given->work.number : 0,
                                 .threads = ht_threads(&given->threads),
                                 .stop = state->stop}};
    ht_planned_day planned;
    ht_progress_attach(state->call, &job.solve);
    ht_status status = ht_plan_day(state->store, &job, &planned, err);
    ht_progress_end(state->call);
    if (status && planned.no_visits && given->days.number > 1) {
        ht_note(state->call, "%s", err->text);
        ht_err_init(err);
        status = HT_OK;
    } else if (!status) {
        status = keep_numbers(state, &planned, err);
    }
    ht_planned_day_release(&planned);
    return status;
}

static bool stopped(const run_state *state) {
    return atomic_load(state->stop) != 0;
}

/* Of several days those without visits are passed over; at least one must have some. */
static ht_status plan_days(run_state *state, ht_err *err) {
    ht_status status = HT_OK;
    int32_t days = (int32_t)state->given->days.number;
    for (int32_t i = 0; i < days && (i == 0 || !stopped(state)) && !status; i++)
        status = plan_one(state, (int32_t)state->given->date.number + i, days - i, err);
    if (!status && state->days.count == 0)
        return ht_fail(err, HT_EINPUT, _("none of these %d days has visits"), days);
    return status;
}

/* ---- several days ---- */

static ht_status print_json(const run_state *state, ht_err *err) {
    ht_json *json = ht_json_create();
    if (json == NULL)
        return ht_fail_memory(err);
    const ht_plan_numbers *day = state->days.items;
    if (state->given->days.given) {
        ht_json_begin_array(json, "days");
        for (int32_t i = 0; i < state->days.count; i++) {
            ht_json_begin_object(json, NULL);
            ht_plan_json(json, &day[i]);
            ht_json_end(json);
        }
        ht_json_end(json);
        ht_json_begin_object(json, "totals");
        ht_plan_json(json, &state->totals);
        ht_json_end(json);
    } else {
        ht_plan_json(json, &day[0]);
    }
    ht_status status = ht_json_write(json, stdout, err);
    ht_json_destroy(json);
    return status;
}

static ht_status print_csv(const run_state *state, ht_err *err) {
    const ht_plan_numbers *day = state->days.items;
    ht_table_out table;
    ht_table_out_init(&table, ht_plan_head, ht_plan_columns);
    for (int32_t i = 0; i < state->days.count; i++)
        ht_plan_cells(&table, &day[i]);
    ht_status status = ht_table_out_print(&table, HT_FORMAT_CSV, err);
    ht_table_out_release(&table);
    return status;
}

/* Days are printed as they come in a table; programs get them all at the end. */
static ht_status print_all(const run_state *state, ht_err *err) {
    if (state->days.count == 0)
        return HT_OK;
    if (state->call->format == HT_FORMAT_JSON)
        return print_json(state, err);
    if (state->call->format == HT_FORMAT_CSV)
        return print_csv(state, err);
    if (state->days.count > 1)
        ht_plan_print(state->call, &state->totals);
    return HT_OK;
}

/* What was planned before a day failed is stored, so it is printed too. */
static int run_in(run_state *state, ht_err *err) {
    ht_err print_err;
    ht_status status = plan_days(state, err);
    int code = status ? ht_complain(err) : HT_EXIT_DONE;
    if (print_all(state, &print_err))
        code = ht_complain(&print_err);
    return code == HT_EXIT_DONE && stopped(state) ? HT_EXIT_STOPPED : code;
}

static int run(const ht_call *call) {
    ht_err err;
    ht_err_init(&err);
    run_state state = {.call = call,
                       .given = call->options,
                       .started = ht_clock_wall(),
                       .stop = ht_catch_stop(),
                       .totals = {.date = HT_BLANK}};
    state.store = ht_store_open(call->db, HT_STORE_WRITE, &err);
    if (state.store == NULL)
        return ht_complain(&err);
    ht_array_init(&state.days, sizeof(ht_plan_numbers), &ht_allocator_system);
    int code = run_in(&state, &err);
    ht_array_release(&state.days);
    ht_store_close(state.store);
    return code;
}

const ht_command ht_command_plan = {
    .name = "plan",
    .operands = "",
    .summary = N_("plans a day, checks the plan and stores it"),
    .more =
        N_("The plan becomes the current version of its day; former versions stay (see 'hemtur plans'). Ctrl-C ends\n"
           "the search early with the best plan so far, checked and stored; a second Ctrl-C ends at once."),
    .table = {OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]},
    .options_size = sizeof(ht_options_here),
    .run = run,
};
