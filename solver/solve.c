#include "solver/solve.h"

#include <math.h>
#include <pthread.h>

#include "base/clock.h"
#include "solver/stream.h"

/* With --work the number of streams is fixed, so that the plan does not depend on --threads. */
enum { STREAMS_BY_WORK = 2, SEGMENTS = 40, STREAMS_MAX = 64 };

typedef struct run {
    const ht_problem *problem;
    const ht_solve_options *options;
    ht_weights weights;
    ht_stream_options search;
    ht_stream *stream[STREAMS_MAX];
    int32_t streams;
    double begin, deadline; /* clock; 0: none is read */
    int32_t segment;
    ht_segment now;
    ht_arena *arena;
} run;

double HT_P[16] = {3000, 24000, 3000, 20, 12, 10, 0.2, 0.05, 0.05, 0.01, 100, 100000};

static void choose_weights(run *u) {
    ht_cost scale[HT_LEVELS_MAX] = {0};
    int n = u->problem->objective.levels;
    scale[n - 1] = 1;
    if (n == 4) { scale[2] = (ht_cost)HT_P[0]; scale[1] = (ht_cost)HT_P[1]; scale[0] = 4000 * scale[1]; }
    for (int l = 0; l < n; l++)
        for (int c = 0; c < HT_COMPONENTS; c++)
            u->weights.component[c] += scale[l] * u->problem->objective.level[l].weight[c];
    u->search = (ht_stream_options){.ruin = {(int)HT_P[4], (int)HT_P[5], HT_P[6], HT_P[7], HT_P[8]}, .blink = HT_P[9], .hot = HT_P[2], .cold = HT_P[3]};
}

typedef struct worker {
    run *u;
    int32_t number, step;
} worker;

static void *work(void *argument) {
    worker *w = argument;
    for (int32_t i = w->number; i < w->u->streams; i += w->step)
        ht_stream_run(w->u->stream[i], &w->u->now);
    return NULL;
}

static void run_segment(run *u) {
    int32_t threads = u->options->threads < u->streams ? u->options->threads : u->streams;
    pthread_t id[STREAMS_MAX];
    worker w[STREAMS_MAX];
    for (int32_t i = 0; i < threads; i++) {
        w[i] = (worker){u, i, threads};
        if (i > 0)
            pthread_create(&id[i], NULL, work, &w[i]);
    }
    work(&w[0]);
    for (int32_t i = 1; i < threads; i++)
        pthread_join(id[i], NULL);
}

ht_status ht_solve(const ht_problem *problem, const ht_solve_options *options, ht_arena *arena, ht_solve_result *result, ht_err *err) {
    run u = {.problem = problem, .options = options, .arena = arena};
    memset(result, 0, sizeof *result);
    choose_weights(&u);
    bool clock = options->time_limit > 0;
    u.begin = clock ? ht_clock_wall() : 0;
    u.deadline = clock ? u.begin + options->time_limit : 0;
    u.streams = clock ? options->threads : STREAMS_BY_WORK;
    u.now.deadline = u.deadline;
    for (int i = 0; i < u.streams; i++) {
        u.stream[i] = ht_stream_create(problem, &u.weights, &u.search, (uint64_t)options->seed, (uint64_t)i, &u.now, arena->allocator);
        if (!u.stream[i]) return ht_fail_memory(err);
    }
    { /* phase 1 */
        static ht_weights w1; memset(&w1, 0, sizeof w1);
        ht_cost sc[4] = {100, 30, 300, 1};
        for (int l = 0; l < 4; l++) for (int c = 0; c < HT_COMPONENTS; c++) w1.component[c] += sc[l] * problem->objective.level[l].weight[c];
        ht_stream_options o1 = u.search; o1.hot = 3000; o1.cold = 1000;
        double keep10 = HT_P[10], keep11 = HT_P[11]; HT_P[10] = 100; HT_P[11] = 100000;
        ht_stream *f = ht_stream_create(problem, &w1, &o1, (uint64_t)options->seed, 100, &u.now, arena->allocator);
        for (int k = 0; k < 100 && f->best.values.component[0] > 0; k++) {
            ht_segment g = {.work = 1000, .from = k / 100.0, .to = (k + 1) / 100.0};
            ht_stream_run(f, &g);
        }
        fprintf(stderr, "phase 1: %.2f s work %lld unpl %lld late %lld\n", ht_clock_wall() - u.begin, (long long)f->work, (long long)f->best.values.component[0], (long long)f->best.values.component[1]);
        for (int i = 0; i < u.streams; i++) ht_stream_adopt(u.stream[i], &f->best);
        HT_P[10] = keep10; HT_P[11] = keep11;
        for (int i = 0; i < u.streams; i++) for (int v = 0; v < problem->visits; v++) u.stream[i]->penalty[v] = f->penalty[v] - 100000 + (ht_cost)HT_P[11];
        ht_stream_destroy(f);
    }
    for (u.segment = 0; u.segment < SEGMENTS; u.segment++) {
        u.now = (ht_segment){.work = INT64_MAX, .from = (double)u.segment / SEGMENTS, .to = (u.segment + 1.0) / SEGMENTS, .stop = options->stop};
        if (clock) { u.now.begin = ht_clock_wall(); u.now.deadline = u.begin + options->time_limit * u.now.to; }
        else u.now.work = options->work / u.streams / SEGMENTS;
        run_segment(&u);
        if (options->progress) {
            ht_stream *b = u.stream[0];
            for (int i = 1; i < u.streams; i++) if (ht_values_compare(&u.stream[i]->best.values, &b->best.values, &problem->objective) < 0) b = u.stream[i];
            ht_progress pr = {.seconds = clock ? ht_clock_wall() - u.begin : 0, .best = &b->best.values, .temperature = b->temperature};
            for (int i = 0; i < u.streams; i++) pr.work += u.stream[i]->work;
            options->progress(options->context, &pr);
        }
    }
    ht_stream *b = u.stream[0];
    for (int i = 1; i < u.streams; i++) if (ht_values_compare(&u.stream[i]->best.values, &b->best.values, &problem->objective) < 0) b = u.stream[i];
    result->best.shift = HT_ARENA_NEW(arena, problem->tasks, int32_t);
    result->best.start = HT_ARENA_NEW(arena, problem->tasks, int32_t);
    memcpy(result->best.shift, b->best.shift, 4 * problem->tasks);
    memcpy(result->best.start, b->best.start, 4 * problem->tasks);
    result->best.values = b->best.values;
    result->first_full_s = b->full_at - u.begin;
    for (int i = 0; i < u.streams; i++) { result->work += u.stream[i]->work; ht_stream_destroy(u.stream[i]); }
    return HT_OK;
}
