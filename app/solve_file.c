#include "app/solve_file.h"

#include "base/clock.h"
#include "base/words.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "io/uhhc_write.h"
#include "io/vrptw_read.h"
#include "io/vrptw_write.h"
#include "io/whole_file.h"
#include "model/uhhc_problem.h"
#include "model/vrptw_problem.h"

/* Evaluating and writing take less than what reading and building took. */
static const double RESERVE_OF_READING = 1.0;
/* The search gets at least this part of the limit, however long the reading took. */
static const double SEARCH_LEAST = 0.1;
/* Behind the point of a cost, as many as the best known ones are told with. */
enum { MANKOWSKA_DIGITS = 4 };

typedef struct run {
    const ht_solve_file_job *job;
    ht_solved_file *result;
    double started;
    ht_arena arena; /* of the problem and what is looked up on the way */
    union {
        ht_uhhc_problem patients;
        ht_vrptw_problem customers;
    } problem;
    ht_whole_file *out; /* NULL: nothing is to be written */
} run;

/* ---- the search ---- */

/* The cost of a plan of the search as its set counts it; false where the plan is not feasible. */
static bool cost_of(const run *r, const ht_values *values, int64_t *cost) {
    if (r->result->kind != HT_INSTANCE_VRPTW)
        return ht_uhhc_problem_cost(&r->problem.patients, values, cost);
    *cost = values->component[HT_C_TRAVEL];
    return values->component[HT_C_UNPLANNED] == 0;
}

static void show(void *context, const ht_progress *progress) {
    const run *r = context;
    ht_solve_file_progress now = {.seconds = ht_clock_wall() - r->started,
                                  .work = progress->work,
                                  .cost_scale = r->result->cost_scale,
                                  .unplanned = progress->unplanned};
    now.feasible = cost_of(r, progress->best, &now.cost);
    r->job->progress(r->job->context, &now);
}

static double search_limit(double whole, double read) {
    if (whole <= 0)
        return 0;
    double left = whole - read - RESERVE_OF_READING * read;
    return left > SEARCH_LEAST * whole ? left : SEARCH_LEAST * whole;
}

static ht_status search(run *r, const ht_problem *problem, ht_solve_result *solved, ht_err *err) {
    ht_solved_file *result = r->result;
    ht_solve_options options = r->job->solve;
    double read = ht_clock_wall() - r->started;
    options.time_limit = search_limit(options.time_limit, read);
    options.progress = r->job->progress != NULL ? show : NULL;
    options.context = r;
    ht_status status = ht_solve(problem, &options, &r->arena, solved, err);
    if (status)
        return status;
    result->search_s = ht_clock_wall() - r->started - read;
    result->work = solved->work;
    result->evaluations = solved->evaluations;
    result->first_full_s = solved->first_full_s < 0 ? -1 : read + solved->first_full_s;
    snprintf(result->note, sizeof result->note, "%s", solved->note);
    return HT_OK;
}

/* ---- what came of it ---- */

enum { COST_TEXT = sizeof((ht_solved_file *)NULL)->cost_text };

/* With so many digits behind the point; halves up. */
static void print_cost(int64_t cost, int64_t scale, int32_t digits, char out[COST_TEXT]) {
    int64_t unit = 1;
    for (int32_t i = 0; i < digits; i++)
        unit *= 10;
    int64_t rest = (2 * (cost % scale) * unit + scale) / (2 * scale), whole = cost / scale + rest / unit;
    int used = snprintf(out, COST_TEXT, "%lld%s", (long long)whole, digits > 0 ? "." : "");
    for (unit /= 10; unit > 0; unit /= 10)
        out[used++] = (char)('0' + rest / unit % 10);
    out[used] = '\0';
}

/* The costs that the search and the evaluation see must be one. */
static void compare_costs(const run *r, const ht_values *values) {
    ht_solved_file *result = r->result;
    int64_t seen = 0;
    bool feasible = cost_of(r, values, &seen);
    if (result->note[0] != '\0' || (feasible == result->feasible && (!feasible || seen == result->cost)))
        return;
    char text[COST_TEXT] = "infeasible";
    if (feasible)
        print_cost(seen, result->cost_scale, result->cost_digits, text);
    snprintf(result->note, sizeof result->note,
             _("the search counted %s, the evaluation %s: a fault of hemtur, please report it"), text,
             result->cost_text);
}

/* An evaluation that found other broken rules than those that are outcomes is a fault of ours. */
static ht_status conclude(run *r, int64_t cost, int32_t broken, int32_t expected, const char *first, ht_err *err) {
    ht_solved_file *result = r->result;
    if (broken != expected)
        return ht_fail(
            err, HT_EINTERNAL,
            _("the solution of %s breaks a rule of its set and is not kept: a fault of hemtur, please report "
              "it (%s)"),
            r->job->path, first);
    result->feasible = broken == 0;
    result->cost = cost;
    if (result->feasible)
        print_cost(cost, result->cost_scale, result->cost_digits, result->cost_text);
    return HT_OK;
}

/* ---- home health care ---- */

static void keep_parts(ht_solved_file *result, const ht_uhhc_cost *cost, int32_t *hard_broken) {
    const ht_uhhc *u = &result->instance.uhhc;
    for (ht_uhhc_part i = 0; i < HT_UHHC_PARTS; i++) {
        *hard_broken += u->hard[i] && cost->part[i] != 0;
        if (u->hard[i] || u->weight[i] > 0)
            result->part[result->parts++] = (ht_solved_part){
                ht_uhhc_part_name(i), cost->part[i], ht_uhhc_part_is_count(i) ? 1 : u->scale, u->weight[i], u->hard[i]};
    }
}

/* Marks how many needs of each patient the routes serve. */
static void count_served(const ht_uhhc_solution *solution, int32_t *served, int32_t *routes) {
    for (int32_t i = 0; i < solution->routes; i++) {
        const ht_uhhc_route *route = &solution->route[i];
        *routes += route->stops > 0;
        for (int32_t s = 0; s < route->stops; s++)
            served[route->stop[s].patient] += route->stop[s].service != HT_UHHC_BREAK;
    }
}

static ht_status keep_unserved_patients(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    const ht_uhhc *u = &result->instance.uhhc;
    int32_t *served = HT_ARENA_NEW(&r->arena, u->patients, int32_t);
    ht_unserved_visit *unserved = HT_ARENA_NEW(&result->arena, u->patients, ht_unserved_visit);
    if (served == NULL || unserved == NULL)
        return ht_fail_memory(err);
    count_served(&result->solution.uhhc, served, &result->routes);
    for (int32_t i = 0; i < u->patients; i++)
        result->left_out += served[i] < u->patient[i].needs;
    for (int32_t i = 0; i < u->patients; i++)
        if (served[i] < u->patient[i].needs && !(served[i] == 0 && u->patient[i].optional))
            unserved[result->unserved_count++] = (ht_unserved_visit){u->patient[i].id, ht_uhhc_unserved(u, i)};
    result->unserved = unserved;
    return HT_OK;
}

static ht_status evaluate_patients(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    ht_uhhc_cost cost;
    int32_t hard_broken = 0;
    ht_status status = ht_uhhc_evaluate(&result->instance.uhhc, &result->solution.uhhc, &cost, err);
    if (!status)
        status = keep_unserved_patients(r, err);
    if (status)
        return status;
    keep_parts(result, &cost, &hard_broken);
    return conclude(r, cost.total, cost.broken, result->unserved_count + hard_broken, cost.first, err);
}

static ht_status solve_patients(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    const ht_uhhc *u = &result->instance.uhhc;
    ht_solve_result solved;
    result->visits = u->patients;
    result->staff = u->caregivers;
    result->cost_scale = (int64_t)u->scale * u->divisor;
    result->cost_digits = result->kind == HT_INSTANCE_MANKOWSKA ? MANKOWSKA_DIGITS : 0;
    ht_status status = ht_uhhc_problem_build(u, &r->arena, &r->problem.patients, err);
    if (!status)
        status = search(r, &r->problem.patients.problem, &solved, err);
    if (!status &&
        !ht_uhhc_problem_solution(&r->problem.patients, &solved.best, &result->arena, &result->solution.uhhc))
        status = ht_fail_memory(err);
    if (!status)
        status = evaluate_patients(r, err);
    if (!status)
        compare_costs(r, &solved.best.values);
    return status;
}

/* ---- vehicles ---- */

static const char *customer_id(ht_arena *arena, int32_t customer) {
    char id[16];
    int length = snprintf(id, sizeof id, "%d", (int)customer);
    return ht_arena_text(arena, id, (size_t)length);
}

static ht_status keep_unserved_customers(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    const ht_vrptw *v = &result->instance.vrptw;
    const ht_vrptw_solution *s = &result->solution.vrptw;
    bool *served = HT_ARENA_NEW(&r->arena, v->places, bool);
    ht_unserved_visit *unserved = HT_ARENA_NEW(&result->arena, v->places, ht_unserved_visit);
    if (served == NULL || unserved == NULL)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < s->routes; i++)
        result->routes += s->first[i + 1] > s->first[i];
    for (int32_t i = 0; i < s->first[s->routes]; i++)
        served[s->stop[i]] = true;
    for (int32_t i = 1; i < v->places; i++) {
        if (served[i])
            continue;
        ht_unserved_visit *here = &unserved[result->unserved_count++];
        *here = (ht_unserved_visit){customer_id(&result->arena, i), ht_vrptw_unserved(v, i)};
        if (here->id == NULL)
            return ht_fail_memory(err);
    }
    result->unserved = unserved;
    result->left_out = result->unserved_count;
    return HT_OK;
}

static ht_status evaluate_customers(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    ht_vrptw_cost cost;
    ht_status status = ht_vrptw_evaluate(&result->instance.vrptw, &result->solution.vrptw, &cost, err);
    if (!status)
        status = keep_unserved_customers(r, err);
    if (status)
        return status;
    result->part[result->parts++] = (ht_solved_part){"distance", cost.distance, HT_VRPTW_SCALE, 1, false};
    return conclude(r, cost.distance, cost.broken, result->unserved_count, cost.first, err);
}

static ht_status solve_customers(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    const ht_vrptw *v = &result->instance.vrptw;
    ht_solve_result solved;
    result->visits = v->places - 1;
    result->staff = v->vehicles;
    result->cost_scale = HT_VRPTW_SCALE;
    result->cost_digits = 1;
    ht_status status = ht_vrptw_problem_build(v, &r->arena, &r->problem.customers, err);
    if (!status)
        status = search(r, &r->problem.customers.problem, &solved, err);
    if (!status &&
        !ht_vrptw_problem_solution(&r->problem.customers, &solved.best, &result->arena, &result->solution.vrptw))
        status = ht_fail_memory(err);
    if (!status)
        status = evaluate_customers(r, err);
    if (!status)
        compare_costs(r, &solved.best.values);
    return status;
}

/* ---- the files ---- */

static ht_status read_instance(run *r, ht_err *err) {
    ht_solved_file *result = r->result;
    const char *path = r->job->path;
    ht_status status = ht_instance_kind_find(path, r->job->kind, &result->kind, err);
    if (status)
        return status;
    if (result->kind == HT_INSTANCE_VRPTW)
        status = ht_vrptw_read(path, &result->instance.vrptw, err);
    else if (result->kind == HT_INSTANCE_MANKOWSKA)
        status = ht_mankowska_read(path, &result->instance.uhhc, err);
    else
        status = ht_uhhc_read(path, &result->instance.uhhc, err);
    result->has_instance = status == HT_OK;
    return status;
}

static ht_status put_solution(run *r, ht_err *err) {
    const ht_solved_file *result = r->result;
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_status status = result->kind == HT_INSTANCE_VRPTW
                           ? ht_vrptw_solution_write(&result->solution.vrptw, result->cost, &text, err)
                           : ht_uhhc_solution_write(&result->instance.uhhc, &result->solution.uhhc, &text, err);
    if (!status) {
        ht_whole_file_put(r->out, ht_text_get(&text), text.length);
        status = ht_whole_file_close(r->out, err);
        r->out = NULL;
        r->result->written = status == HT_OK;
    }
    ht_text_release(&text);
    return status;
}

/* A file that cannot be written is told before the search, not behind it. */
static ht_status solve_and_write(run *r, ht_err *err) {
    if (r->job->out != NULL) {
        r->out = ht_whole_file_open_beside(r->job->out, r->job->path, err);
        if (r->out == NULL)
            return err->status;
    }
    ht_status status = r->result->kind == HT_INSTANCE_VRPTW ? solve_customers(r, err) : solve_patients(r, err);
    if (!status && r->out != NULL && r->result->feasible)
        status = put_solution(r, err);
    if (r->out != NULL)
        ht_whole_file_abandon(r->out);
    return status;
}

ht_status ht_solve_file(const ht_solve_file_job *job, ht_solved_file *result, ht_err *err) {
    double cpu = ht_clock_cpu();
    *result = (ht_solved_file){.first_full_s = -1, .cost_text = "infeasible"};
    ht_arena_init(&result->arena, &ht_allocator_system);
    run r = {.job = job, .result = result, .started = ht_clock_wall()};
    ht_arena_init(&r.arena, &ht_allocator_system);
    ht_status status = read_instance(&r, err);
    if (!status)
        status = solve_and_write(&r, err);
    ht_arena_release(&r.arena);
    result->wall_s = ht_clock_wall() - r.started;
    result->cpu_s = ht_clock_cpu() - cpu;
    return status;
}

void ht_solved_file_release(ht_solved_file *result) {
    if (result->has_instance && result->kind == HT_INSTANCE_VRPTW)
        ht_vrptw_release(&result->instance.vrptw);
    else if (result->has_instance)
        ht_uhhc_release(&result->instance.uhhc);
    result->has_instance = false;
    ht_arena_release(&result->arena);
}
