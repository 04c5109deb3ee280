#include "solver/solve.h"

#include <math.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/words.h"
#include "solver/set_partition.h"
#include "solver/tuning.h"

/* With --work the number of streams is fixed, so that the plan does not depend on --threads. */
enum { STREAMS_BY_WORK = 2, STREAMS_MAX = 64, SEGMENTS_BY_WORK = 40, SEGMENTS_LEAST = 10, SEGMENTS_MOST = 400 };
/* The first full plan may take this part of the run; of a short run up to the larger part, as far as the seconds or the
 * work (of each stream) go. */
static const double FILL_PART = 0.2, FILL_PART_MOST = 0.4, FILL_SECONDS = 2, FILL_WORK = 30000;
static const double SEGMENT_SECONDS = 0.5;
/* Iterations that tell a stream's temperatures, at most this share of a run's (or of its time). */
enum { HEAT_WORK = 2000, HEAT_PART = 20 };
/* Every other stream is so much stricter with unplanned visits: one finds room, the other better company. */
static const double STRICTER = 10;
/* Set partitioning, and what streams learn of each other, at these parts of the annealing; each may take this part of
 * the run, and no more than this part of what is left of it. */
static const double EXCHANGE_AT[] = {0.5, 0.7, 0.85, 0.95};
static const double PARTITION_PART = 0.03, PARTITION_PART_LEFT = 0.2;
enum { EXCHANGES = 4, PARTITION_NODES = 200, PARTITION_COLUMNS = 1000, PARTITION_SECONDS_MOST = 20 };
/* Without a clock, a step of the simplex for so many iterations of a stream: at worst set partitioning takes about as long
 * as the search itself. */
enum { PARTITION_STEPS_LEAST = 2000, PARTITION_STEPS_MOST = 30000, ITERATIONS_A_STEP = 10 };

typedef struct run {
    const ht_problem *problem;
    const ht_solve_options *options;
    const ht_allocator *allocator;
    ht_tuning tuning;
    ht_lookup lookup;
    ht_arena arena; /* of what streams look up */
    ht_stream *stream[STREAMS_MAX];
    int32_t streams;
    bool clock;
    double begin; /* of the run, on the clock */
    ht_segment segment;
    ht_lp_limits partition;
    ht_err partition_failed[STREAMS_MAX];
} run;

static bool leaves_out(const run *u, ht_search_part part) {
    return ht_search_parts_have(u->options->without, part);
}

/* ---- threads: each takes every n-th stream ---- */

typedef void stream_job(run *u, int32_t stream);

typedef struct worker {
    run *u;
    stream_job *job;
    int32_t number, step;
} worker;

static void *work(void *argument) {
    const worker *w = argument;
    for (int32_t i = w->number; i < w->u->streams; i += w->step)
        w->job(w->u, i);
    return NULL;
}

/* Runs the job for every stream; a thread that cannot be started leaves its share to this one. */
static void for_each_stream(run *u, stream_job *job) {
    pthread_t id[STREAMS_MAX];
    worker w[STREAMS_MAX];
    bool started[STREAMS_MAX] = {false};
    int32_t threads = u->options->threads < u->streams ? u->options->threads : u->streams;
    for (int32_t i = 1; i < threads; i++)
        w[i] = (worker){u, job, i, threads};
    for (int32_t i = 1; i < threads; i++)
        started[i] = pthread_create(&id[i], NULL, work, &w[i]) == 0;
    worker own = {u, job, 0, threads};
    work(&own);
    for (int32_t i = 1; i < threads; i++) {
        if (started[i])
            pthread_join(id[i], NULL);
        else
            work(&w[i]);
    }
}

static void search(run *u, int32_t i) {
    ht_stream_run(u->stream[i], &u->segment);
}

static bool stopped(const run *u) {
    return u->options->stop && atomic_load(u->options->stop);
}

static ht_stream *best_stream(const run *u) {
    ht_stream *best = u->stream[0];
    for (int32_t i = 1; i < u->streams; i++)
        if (ht_values_compare(&u->stream[i]->best.values, &best->best.values, &u->problem->objective) < 0)
            best = u->stream[i];
    return best;
}

static int64_t work_done(const run *u) {
    int64_t sum = 0;
    for (int32_t i = 0; i < u->streams; i++)
        sum += u->stream[i]->work;
    return sum;
}

static int64_t evaluations_done(const run *u) {
    int64_t sum = 0;
    for (int32_t i = 0; i < u->streams; i++)
        sum += u->stream[i]->inserter.scanner.evaluations;
    return sum;
}

static int32_t unplanned_visits(const ht_problem *p, const ht_snapshot *plan) {
    int32_t count = 0;
    for (int32_t v = 0; v < p->visits; v++)
        count += plan->shift[p->visit[v].first_task] == HT_NOBODY;
    return count;
}

static void report(const run *u) {
    if (!u->options->progress || !u->clock)
        return;
    const ht_stream *best = best_stream(u);
    ht_progress progress = {.seconds = ht_clock_wall() - u->begin,
                            .work = work_done(u),
                            .unplanned = unplanned_visits(u->problem, &best->best),
                            .best = &best->best.values,
                            .temperature = best->temperature / HT_COST_UNIT};
    u->options->progress(u->options->context, &progress);
}

/* ---- set partitioning and exchange ---- */

static ht_status partition(run *u, ht_stream *s, ht_err *err) {
    ht_arena scratch;
    ht_snapshot plan;
    bool found = false;
    ht_lp_limits limits = u->partition;
    ht_arena_init(&scratch, u->allocator);
    ht_routes_load(s->routes, &s->elite);
    ht_route_pool_add(&s->pool, s->routes);
    limits.better_than = (double)s->routes->cost;
    ht_status status = ht_snapshot_init(&plan, s->routes, &scratch) ? HT_OK : ht_fail_memory(err);
    if (status == HT_OK)
        status = ht_set_partition(&s->pool, s->routes, &limits, &scratch, &plan, &found, err);
    if (found)
        ht_stream_adopt(s, &plan);
    ht_arena_release(&scratch);
    return status;
}

/* Puts the stream's found routes together; a failure leaves the search's plan as it is. */
static void put_together(run *u, int32_t i) {
    ht_err_init(&u->partition_failed[i]);
    partition(u, u->stream[i], &u->partition_failed[i]);
}

static void set_partition_limits(run *u) {
    u->partition = (ht_lp_limits){.nodes = PARTITION_NODES,
                                  .columns = PARTITION_COLUMNS,
                                  .steps = PARTITION_STEPS_MOST,
                                  .stop = u->options->stop};
    if (!u->clock) {
        double steps = (double)(u->options->work / u->streams / ITERATIONS_A_STEP);
        u->partition.steps = (int32_t)fmin(PARTITION_STEPS_MOST, fmax(PARTITION_STEPS_LEAST, steps));
        return;
    }
    double left = u->begin + u->options->time_limit - ht_clock_wall();
    double seconds = fmin(PARTITION_SECONDS_MOST, PARTITION_PART * u->options->time_limit);
    u->partition.seconds = fmax(0.001, fmin(seconds, PARTITION_PART_LEFT * left));
}

/* Each stream puts its routes together, then all go on from the plan that is best in the search's eyes. */
static void exchange(run *u, ht_solve_result *result) {
    set_partition_limits(u);
    if (!leaves_out(u, HT_PART_SET_PARTITIONING))
        for_each_stream(u, put_together);
    for (int32_t i = 0; i < u->streams; i++)
        if (u->partition_failed[i].status != HT_OK && result->note[0] == '\0')
            snprintf(result->note, sizeof result->note, _("set partitioning failed and was left out: %.180s"),
                     u->partition_failed[i].text);
    const ht_stream *best = u->stream[0];
    for (int32_t i = 1; i < u->streams; i++)
        best = u->stream[i]->elite.cost < best->elite.cost ? u->stream[i] : best;
    for (int32_t i = 0; i < u->streams && !leaves_out(u, HT_PART_EXCHANGE); i++)
        ht_stream_adopt(u->stream[i], &best->elite);
}

/* ---- phases ---- */

static int32_t segments_of(const run *u, double seconds) {
    double count = u->clock ? seconds / SEGMENT_SECONDS : SEGMENTS_BY_WORK;
    return (int32_t)fmin(SEGMENTS_MOST, fmax(SEGMENTS_LEAST, count));
}

/* The i-th of n segments of a phase that has these seconds and this work. */
static void set_segment(run *u, ht_phase phase, int32_t i, int32_t n, double end, int64_t work_of_phase) {
    double now = u->clock ? ht_clock_wall() : 0;
    int64_t each = work_of_phase / u->streams;
    u->segment = (ht_segment){.phase = phase,
                              .work = u->options->work > 0 ? each * (i + 1) / n - each * i / n : INT64_MAX,
                              .deadline = u->clock ? now + (end - now) / (n - i) : 0,
                              .from = (double)i / n,
                              .to = (double)(i + 1) / n,
                              .begin = now,
                              .stop = u->options->stop};
}

static bool all_planned(const run *u) {
    return best_stream(u)->best.values.component[HT_C_UNPLANNED] == 0;
}

static void begin_phase(run *u, ht_phase phase, const ht_weights *weights) {
    for (int32_t i = 0; i < u->streams; i++)
        ht_stream_begin_phase(u->stream[i], phase, weights);
}

static double part_for_fill(double whole, double enough) {
    return fmax(FILL_PART * whole, fmin(enough, FILL_PART_MOST * whole));
}

static void construct(run *u, int32_t i) {
    ht_stream_construct(u->stream[i], u->clock ? u->begin + u->options->time_limit : 0, u->options->stop);
}

/* Looks for a plan with all visits; returns the work it took. */
static int64_t fill(run *u) {
    if (leaves_out(u, HT_PART_FULL_PLAN_FIRST))
        return 0;
    double seconds = part_for_fill(u->options->time_limit, FILL_SECONDS);
    int64_t share = (int64_t)part_for_fill((double)u->options->work, FILL_WORK * u->streams);
    int32_t n = segments_of(u, seconds);
    begin_phase(u, HT_PHASE_FILL, &u->tuning.fill);
    for (int32_t i = 0; i < n && !all_planned(u) && !stopped(u); i++) {
        set_segment(u, HT_PHASE_FILL, i, n, u->begin + seconds, share);
        for_each_stream(u, search);
        report(u);
    }
    const ht_stream *best = best_stream(u); /* all go on from the fullest plan */
    for (int32_t i = 0; i < u->streams; i++)
        if (u->stream[i] != best)
            ht_stream_adopt(u->stream[i], &best->best);
    return work_done(u);
}

static void take_heat(run *u, int32_t i) {
    int64_t iterations = u->options->work > 0 ? u->options->work / u->streams / HEAT_PART : HEAT_WORK;
    double deadline = u->clock ? ht_clock_wall() + u->options->time_limit / HEAT_PART : 0;
    ht_stream_take_heat(u->stream[i], (int32_t)(iterations < HEAT_WORK ? iterations : HEAT_WORK), deadline,
                        u->options->stop);
}

static void anneal(run *u, int64_t work_left, ht_solve_result *result) {
    int32_t n = segments_of(u, u->options->time_limit), exchanges = 0;
    double end = u->begin + u->options->time_limit;
    int64_t work_before = work_done(u);
    begin_phase(u, HT_PHASE_ANNEAL, &u->tuning.anneal);
    if (u->tuning.options.hot_rises > 0)
        for_each_stream(u, take_heat);
    work_left = work_left > work_done(u) - work_before ? work_left - (work_done(u) - work_before) : 0;
    for (int32_t i = 0; i < n && !stopped(u) && !(u->clock && ht_clock_wall() >= end); i++) {
        set_segment(u, HT_PHASE_ANNEAL, i, n, end, work_left);
        for_each_stream(u, search);
        if (exchanges < EXCHANGES && u->segment.to >= EXCHANGE_AT[exchanges] && !stopped(u)) {
            exchanges++;
            exchange(u, result);
        }
        report(u);
    }
}

/* ---- the whole ---- */

static void make_stream(run *u, int32_t i) {
    ht_rng rng;
    ht_stream_options how = u->tuning.options;
    how.penalty_part *= i % 2 == 0 || leaves_out(u, HT_PART_UNEQUAL_STREAMS) ? 1 : STRICTER;
    ht_rng_init(&rng, (uint64_t)u->options->seed, (uint64_t)i);
    u->stream[i] = ht_stream_create(u->problem, &u->lookup, &u->tuning.anneal, &how, rng, u->allocator);
}

static bool make_streams(run *u) {
    if (!ht_lookup_init(&u->lookup, u->problem, &u->arena))
        return false;
    int32_t wanted = u->clock ? u->options->threads : STREAMS_BY_WORK;
    u->streams = wanted < STREAMS_MAX ? wanted : STREAMS_MAX;
    for_each_stream(u, make_stream);
    for (int32_t i = 0; i < u->streams; i++)
        if (!u->stream[i])
            return false;
    return true;
}

/* Keeps the plan as it stands where it is no worse than the best. */
static void keep_as_good(ht_stream *s, const ht_objective *objective) {
    ht_values values;
    ht_routes_values(s->routes, &values);
    if (ht_values_compare(&values, &s->best.values, objective) <= 0)
        ht_routes_save(s->routes, &s->best);
}

/* The best plan with its breaks where the independent check will find them, and its visits when they were agreed. */
static bool settle(ht_stream *s, const ht_objective *objective) {
    ht_routes_load(s->routes, &s->best);
    ht_routes_settle_breaks(s->routes);
    keep_as_good(s, objective);
    ht_routes_load(s->routes, &s->best);
    if (!ht_routes_settle_starts(s->routes, &s->arena))
        return false;
    keep_as_good(s, objective);
    return true;
}

/* How many tasks of each shift come before its break. */
static void write_breaks(const ht_routes *r, const ht_snapshot *plan, int32_t *break_at) {
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        int32_t n = ht_routes_first(r, s), tasks = 0;
        break_at[s] = -1;
        if (plan->break_after[s] < 0)
            continue;
        while (n != plan->break_after[s]) {
            n = plan->next[n];
            tasks += n < r->problem->tasks;
        }
        break_at[s] = tasks;
    }
}

static ht_status write_result(const run *u, ht_arena *arena, ht_solve_result *result, ht_err *err) {
    ht_stream *best = best_stream(u);
    if (!settle(best, &u->problem->objective))
        return ht_fail_memory(err);
    size_t size = (size_t)u->problem->tasks * sizeof(int32_t);
    result->best.shift = HT_ARENA_NEW(arena, u->problem->tasks, int32_t);
    result->best.start = HT_ARENA_NEW(arena, u->problem->tasks, int32_t);
    result->best.break_at = HT_ARENA_NEW(arena, u->problem->shifts, int32_t);
    if (!result->best.shift || !result->best.start || !result->best.break_at)
        return ht_fail_memory(err);
    write_breaks(best->routes, &best->best, result->best.break_at);
    memcpy(result->best.shift, best->best.shift, size);
    memcpy(result->best.start, best->best.start, size);
    result->best.values = best->best.values;
    result->work = work_done(u);
    result->evaluations = evaluations_done(u);
    result->first_full_s = -1;
    for (int32_t i = 0; i < u->streams && u->clock; i++) {
        const ht_stream *s = u->stream[i];
        bool as_full = s->best.values.component[HT_C_UNPLANNED] == best->best.values.component[HT_C_UNPLANNED];
        if (as_full && s->full_at > 0 && (result->first_full_s < 0 || s->full_at - u->begin < result->first_full_s))
            result->first_full_s = s->full_at - u->begin;
    }
    return HT_OK;
}

ht_status ht_solve(const ht_problem *problem, const ht_solve_options *options, ht_arena *arena, ht_solve_result *result,
                   ht_err *err) {
    run u = {.problem = problem, .options = options, .allocator = arena->allocator};
    memset(result, 0, sizeof *result);
    ht_arena_init(&u.arena, u.allocator);
    u.clock = options->time_limit > 0;
    u.begin = u.clock ? ht_clock_wall() : 0;
    ht_tune(problem, &u.tuning);
    ht_tuning_leave_out(&u.tuning.options, options->without);
    ht_status status = make_streams(&u) ? HT_OK : ht_fail_memory(err);
    if (status == HT_OK && problem->visits > 0 && problem->shifts > 0) { /* else there is nothing to search */
        for_each_stream(&u, construct);
        int64_t spent = fill(&u);
        anneal(&u, options->work > spent ? options->work - spent : 0, result);
    }
    if (status == HT_OK)
        status = write_result(&u, arena, result, err);
    for (int32_t i = 0; i < u.streams; i++)
        ht_stream_destroy(u.stream[i]);
    ht_arena_release(&u.arena);
    return status;
}
