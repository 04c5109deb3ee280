#include "bench/measure.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/plan_day.h"
#include "app/solve_file.h"
#include "base/clock.h"
#include "base/numbers.h"
#include "bench/record.h"

/* ---- a process of its own ---- */

typedef struct envelope {
    ht_status status;
    ht_err err;
    int64_t kilobytes; /* the process's largest resident memory */
    size_t size;
} envelope;

static bool write_all(int to, const void *bytes, size_t size) {
    for (const char *at = bytes; size > 0;) {
        ssize_t done = write(to, at, size);
        if (done < 0 && errno != EINTR)
            return false;
        at += done > 0 ? done : 0;
        size -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

static bool read_all(int from, void *bytes, size_t size) {
    for (char *at = bytes; size > 0;) {
        ssize_t done = read(from, at, size);
        if (done == 0 || (done < 0 && errno != EINTR))
            return false;
        at += done > 0 ? done : 0;
        size -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

static void be_child(ht_status (*work)(void *, ht_handed *, ht_err *), void *context, int to) {
    ht_handed handed = {NULL, 0};
    envelope letter = {.status = HT_OK};
    signal(SIGINT, SIG_DFL); /* the parent tidies up, a child just ends */
    signal(SIGTERM, SIG_DFL);
    ht_err_init(&letter.err);
    letter.status = work(context, &handed, &letter.err);
    letter.size = letter.status == HT_OK ? handed.size : 0;
    struct rusage used;
    letter.kilobytes = getrusage(RUSAGE_SELF, &used) == 0 ? used.ru_maxrss : HT_BENCH_BLANK;
    bool sent = write_all(to, &letter, sizeof letter) && write_all(to, handed.bytes, letter.size);
    free(handed.bytes);
    _exit(sent ? 0 : 1);
}

static ht_status open_letter(int from, ht_handed *handed, int64_t *kilobytes, ht_err *err) {
    envelope letter;
    if (!read_all(from, &letter, sizeof letter))
        return ht_fail(err, HT_EINTERNAL, "the process that measured died");
    if (letter.status) {
        *err = letter.err;
        return letter.status;
    }
    *kilobytes = letter.kilobytes;
    handed->bytes = malloc(letter.size + 1);
    handed->size = letter.size;
    if (handed->bytes == NULL)
        return ht_fail_memory(err);
    return read_all(from, handed->bytes, letter.size) ? HT_OK
                                                      : ht_fail(err, HT_EINTERNAL, "the process that measured died");
}

ht_status ht_run_apart(ht_status (*work)(void *context, ht_handed *handed, ht_err *err), void *context,
                       ht_handed *handed, int64_t *kilobytes, ht_err *err) {
    int ends[2];
    *handed = (ht_handed){NULL, 0};
    if (pipe(ends) != 0)
        return ht_fail(err, HT_ESYSTEM, "no pipe: %s", ht_error_text(errno));
    fflush(NULL); /* what is buffered is not to be written twice */
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_child(work, context, ends[1]);
    }
    close(ends[1]);
    ht_status status = child < 0 ? ht_fail(err, HT_ESYSTEM, "no process: %s", ht_error_text(errno))
                                 : open_letter(ends[0], handed, kilobytes, err);
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

/* ---- a run ---- */

typedef struct moment {
    double seconds;
    int64_t level[HT_LEVELS_MAX];
} moment;

typedef struct figures {
    double first_full_s, search_s, wall_s, cpu_s;
    int64_t iterations, evaluations;
    int64_t travel_s, late_visits, staff_visits, by_contact, by_second; /* HT_BENCH_BLANK: not of this kind of case */
    int64_t value;                                                      /* of a published instance */
    int32_t visits, shifts, unplanned, levels, moments;
    ht_bench_text level_names;
} figures;

typedef struct run_job {
    const ht_bench_case *c;
    const char *data;
    const ht_bench_row *row;
    double started;
    ht_array moments;
    bool full;      /* memory is out */
    ht_text record; /* of a published instance */
} run_job;

static void note(run_job *job, double seconds, const int64_t *level) {
    moment *m = ht_array_push(&job->moments);
    job->full = job->full || m == NULL;
    if (m == NULL)
        return;
    m->seconds = seconds;
    memcpy(m->level, level, sizeof m->level);
}

static ht_solve_options options_of(const run_job *job) {
    const ht_bench_row *row = job->row;
    ht_solve_options options = {.seed = row->seed,
                                .time_limit = row->time_limit == HT_BENCH_BLANK ? 0 : (double)row->time_limit,
                                .work = row->work == HT_BENCH_BLANK ? 0 : row->work,
                                .threads = (int32_t)row->threads};
    ht_search_parts_parse(row->without, &options.without);
    return options;
}

static ht_status pack(const run_job *job, figures *f, ht_handed *handed, ht_err *err) {
    f->moments = job->moments.count;
    size_t moments = (size_t)job->moments.count * sizeof(moment);
    handed->size = sizeof *f + moments + job->record.length;
    handed->bytes = malloc(handed->size);
    if (handed->bytes == NULL || job->full || job->record.failed)
        return ht_fail_memory(err);
    char *at = handed->bytes;
    memcpy(at, f, sizeof *f);
    if (moments > 0)
        memcpy(at + sizeof *f, job->moments.items, moments);
    if (job->record.length > 0)
        memcpy(at + sizeof *f + moments, job->record.bytes, job->record.length);
    return HT_OK;
}

/* ---- a day ---- */

/* Seconds count from the start of the run, reading included, as its user sees them. */
static void progress(void *context, const ht_progress *now) {
    run_job *job = context;
    note(job, ht_clock_wall() - job->started, now->best->level);
}

static void fill_figures(const ht_planned_day *planned, figures *f) {
    const ht_check_report *report = &planned->report;
    const ht_objective *objective = &planned->day.settings.objective;
    *f = (figures){.first_full_s = planned->first_full_s,
                   .search_s = planned->search_s,
                   .wall_s = planned->wall_s,
                   .cpu_s = planned->cpu_s,
                   .iterations = planned->record.work,
                   .evaluations = planned->evaluations,
                   .travel_s = report->values.component[HT_C_TRAVEL],
                   .visits = report->visits,
                   .shifts = planned->shifts,
                   .unplanned = report->unplanned,
                   .value = HT_BENCH_BLANK,
                   .late_visits = report->late_visits,
                   .staff_visits = report->staff_visits,
                   .by_contact = report->by_contact,
                   .by_second = report->by_second,
                   .levels = objective->levels};
    size_t length = 0;
    for (int32_t i = 0; i < objective->levels && length + HT_LEVEL_NAME + 1 < sizeof f->level_names; i++)
        length += (size_t)snprintf(f->level_names + length, sizeof f->level_names - length, "%s%s", i > 0 ? "|" : "",
                                   objective->level[i].name);
}

static ht_status plan(void *context, ht_handed *handed, ht_err *err) {
    run_job *job = context;
    ht_plan_job how = {.date = job->c->date, .solve = options_of(job)};
    how.solve.progress = progress;
    how.solve.context = job;
    ht_planned_day planned;
    ht_store *store = ht_store_open(job->data, HT_STORE_WRITE, err);
    if (store == NULL)
        return err->status;
    job->started = ht_clock_wall();
    ht_status status = ht_plan_day(store, &how, &planned, err);
    if (!status && planned.note[0] != '\0')
        status = ht_fail(err, HT_EINTERNAL, "%s", planned.note);
    if (!status) {
        figures f;
        fill_figures(&planned, &f);
        note(job, planned.wall_s, planned.report.values.level);
        status = pack(job, &f, handed, err);
    }
    ht_planned_day_release(&planned);
    ht_store_close(store);
    return status;
}

/* ---- a published instance ---- */

/* Its values are two levels: what must be served and is not, and the cost, which counts where that is 0. */
static void note_cost(run_job *job, double seconds, bool feasible, int32_t unserved, int64_t cost, int64_t scale) {
    int64_t level[HT_LEVELS_MAX] = {0};
    level[0] = feasible ? 0 : ht_max32(1, unserved);
    level[1] = feasible ? ht_bench_cost(cost, scale) : 0;
    note(job, seconds, level);
}

static void progress_of_file(void *context, const ht_solve_file_progress *now) {
    note_cost(context, now->seconds, now->feasible, now->unplanned, now->cost, now->cost_scale);
}

static void fill_solved(const ht_solved_file *solved, figures *f) {
    *f = (figures){.first_full_s = solved->first_full_s,
                   .search_s = solved->search_s,
                   .wall_s = solved->wall_s,
                   .cpu_s = solved->cpu_s,
                   .iterations = solved->work,
                   .evaluations = solved->evaluations,
                   .travel_s = HT_BENCH_BLANK,
                   .late_visits = HT_BENCH_BLANK,
                   .staff_visits = HT_BENCH_BLANK,
                   .by_contact = HT_BENCH_BLANK,
                   .by_second = HT_BENCH_BLANK,
                   .value = HT_BENCH_BLANK,
                   .visits = solved->visits,
                   .shifts = solved->staff,
                   .unplanned = solved->unserved_count,
                   .levels = 2,
                   .level_names = "unserved|cost"};
    if (solved->feasible)
        f->value = ht_bench_cost(solved->cost, solved->cost_scale);
}

static ht_status solve(void *context, ht_handed *handed, ht_err *err) {
    run_job *job = context;
    ht_solve_file_job how = {.path = job->data,
                             .kind = HT_INSTANCE_DETECT,
                             .solve = options_of(job),
                             .progress = progress_of_file,
                             .context = job};
    ht_solved_file solved;
    ht_status status = ht_solve_file(&how, &solved, err);
    if (!status && solved.note[0] != '\0')
        status = ht_fail(err, HT_EINTERNAL, "%s", solved.note);
    if (!status) {
        figures f;
        fill_solved(&solved, &f);
        note_cost(job, solved.wall_s, solved.feasible, solved.unserved_count, solved.cost, solved.cost_scale);
        if (solved.feasible)
            status = ht_record_print(&solved, job->c->set, job->c->case_id, f.value, &job->record, err);
        if (!status)
            status = pack(job, &f, handed, err);
    }
    ht_solved_file_release(&solved);
    return status;
}

/* ---- the row and the trace ---- */

static int64_t scaled(double value, double scale) {
    return value < 0 ? HT_BENCH_BLANK : llround(value * scale);
}

static void fill_row(const figures *f, int64_t kilobytes, ht_bench_row *row) {
    double seconds = fmax(f->search_s, 1e-6);
    row->visits = f->visits;
    row->shifts = f->shifts;
    row->iterations = f->iterations;
    row->evaluations_k = f->evaluations;
    row->iterations_per_s = scaled((double)f->iterations / seconds, 1000);
    row->evaluations_per_s = scaled((double)f->evaluations / seconds, 1);
    row->first_full_s = scaled(f->first_full_s, 1000);
    row->memory_mb = kilobytes;
    row->unplanned = f->unplanned;
    row->late_visits = f->late_visits;
    row->staff_visits = f->staff_visits;
    row->by_contact = f->by_contact;
    row->by_second = f->by_second;
    row->travel_min = f->travel_s;
    row->search_s = scaled(f->search_s, 1000);
    row->wall_s = scaled(f->wall_s, 1000);
    row->cpu_s = scaled(f->cpu_s, 1000);
    row->value = f->value;
    ht_bench_set(row->levels, f->level_names);
}

/* What the last plan known by then was worth: blank where the run was not allowed to last so long, or had none. */
static void fill_marks(const figures *f, const moment *moments, int32_t count, ht_bench_row *row) {
    ht_bench_text values;
    for (int32_t i = 0; i < HT_BENCH_MARKS; i++) {
        const moment *last = NULL;
        for (int32_t k = 0; k < count && moments[k].seconds <= ht_bench_mark[i]; k++)
            last = &moments[k];
        if (last != NULL && row->time_limit != HT_BENCH_BLANK && row->time_limit >= ht_bench_mark[i]) {
            ht_levels_print(last->level, f->levels, values);
            ht_bench_set_mark(row, i, values);
        }
    }
    ht_levels_print(moments[count - 1].level, f->levels, row->at_end);
}

static bool fill_trace(const figures *f, const moment *moments, int32_t count, const ht_bench_row *row,
                       ht_array *trace) {
    for (int32_t k = 0; k < count; k++) {
        ht_trace_row *t = ht_array_push(trace);
        if (t == NULL)
            return false;
        ht_bench_set(t->commit, row->commit);
        ht_bench_set(t->binary, row->binary);
        ht_bench_set(t->set, row->set);
        ht_bench_set(t->case_id, row->case_id);
        ht_bench_set(t->data, row->data);
        ht_bench_set(t->without, row->without);
        t->seed = row->seed;
        t->time_limit = row->time_limit;
        t->work = row->work;
        t->threads = row->threads;
        t->seconds = scaled(moments[k].seconds, 1000);
        ht_bench_set(t->levels, row->levels);
        ht_levels_print(moments[k].level, f->levels, t->values);
    }
    return true;
}

static ht_status fill(const ht_handed *handed, int64_t kilobytes, ht_bench_row *row, ht_array *trace, ht_text *record,
                      ht_err *err) {
    figures f;
    const char *at = handed->bytes;
    memcpy(&f, at, sizeof f);
    at += sizeof f;
    size_t size = (size_t)f.moments * sizeof(moment);
    moment *moments = malloc(size + 1);
    if (moments == NULL)
        return ht_fail_memory(err);
    memcpy(moments, at, size);
    fill_row(&f, kilobytes, row);
    fill_marks(&f, moments, f.moments, row);
    bool all = fill_trace(&f, moments, f.moments, row, trace);
    free(moments);
    ht_text_add(record, at + size, handed->size - sizeof f - size);
    return all && !record->failed ? HT_OK : ht_fail_memory(err);
}

ht_status ht_measure(const ht_bench_case *c, const char *data, ht_bench_row *row, ht_array *trace, ht_text *record,
                     ht_err *err) {
    run_job job = {.c = c, .data = data, .row = row};
    ht_handed handed;
    int64_t kilobytes;
    ht_array_init(&job.moments, sizeof(moment), &ht_allocator_system);
    ht_text_init(&job.record, &ht_allocator_system);
    ht_status status = ht_run_apart(ht_case_is_published(c) ? solve : plan, &job, &handed, &kilobytes, err);
    if (!status)
        status = fill(&handed, kilobytes, row, trace, record, err);
    free(handed.bytes);
    ht_text_release(&job.record);
    ht_array_release(&job.moments);
    return status;
}
