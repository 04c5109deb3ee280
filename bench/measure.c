#include "bench/measure.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/plan_day.h"
#include "base/clock.h"

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
        return ht_fail(err, HT_EINTERNAL, "the process that planned died");
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
                                                      : ht_fail(err, HT_EINTERNAL, "the process that planned died");
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
    int64_t iterations, evaluations, travel_s;
    int32_t visits, shifts, unplanned, late_visits, staff_visits, by_contact, by_second, levels;
    ht_bench_text level_names;
} figures;

typedef struct run_job {
    const char *db;
    int32_t date;
    const ht_bench_row *row;
    double started;
    ht_array moments;
    bool full; /* memory is out */
} run_job;

static void note(run_job *job, double seconds, const int64_t *level) {
    moment *m = ht_array_push(&job->moments);
    job->full = job->full || m == NULL;
    if (m == NULL)
        return;
    m->seconds = seconds;
    memcpy(m->level, level, sizeof m->level);
}

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

static ht_status pack(const run_job *job, const figures *f, ht_handed *handed, ht_err *err) {
    size_t moments = (size_t)job->moments.count * sizeof(moment);
    handed->size = sizeof *f + moments;
    handed->bytes = malloc(handed->size);
    if (handed->bytes == NULL || job->full)
        return ht_fail_memory(err);
    memcpy(handed->bytes, f, sizeof *f);
    if (moments > 0)
        memcpy((char *)handed->bytes + sizeof *f, job->moments.items, moments);
    return HT_OK;
}

static ht_status plan(void *context, ht_handed *handed, ht_err *err) {
    run_job *job = context;
    const ht_bench_row *row = job->row;
    ht_plan_job how = {.date = job->date,
                       .solve = {.seed = row->seed,
                                 .time_limit = row->time_limit == HT_BENCH_BLANK ? 0 : (double)row->time_limit,
                                 .work = row->work == HT_BENCH_BLANK ? 0 : row->work,
                                 .threads = (int32_t)row->threads,
                                 .progress = progress,
                                 .context = job}};
    ht_planned_day planned;
    ht_store *store = ht_store_open(job->db, HT_STORE_WRITE, err);
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
    ht_bench_set(row->levels, f->level_names);
}

/* What the last plan known by then was worth: blank where the run was not allowed to last so long, or had none. */
static void fill_marks(const figures *f, const moment *moments, int32_t count, ht_bench_row *row) {
    for (int32_t i = 0; i < HT_BENCH_MARKS; i++) {
        const moment *last = NULL;
        for (int32_t k = 0; k < count && moments[k].seconds <= ht_bench_mark[i]; k++)
            last = &moments[k];
        if (last != NULL && row->time_limit != HT_BENCH_BLANK && row->time_limit >= ht_bench_mark[i])
            ht_levels_print(last->level, f->levels, ht_bench_at_mark(row, i));
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
        ht_bench_set(t->case_id, row->case_id);
        ht_bench_set(t->data, row->data);
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

static ht_status fill(const ht_handed *handed, int64_t kilobytes, ht_bench_row *row, ht_array *trace, ht_err *err) {
    figures f;
    int32_t count = (int32_t)((handed->size - sizeof f) / sizeof(moment));
    moment *moments = malloc((size_t)count * sizeof *moments + 1);
    if (moments == NULL)
        return ht_fail_memory(err);
    memcpy(&f, handed->bytes, sizeof f);
    memcpy(moments, (const char *)handed->bytes + sizeof f, (size_t)count * sizeof *moments);
    fill_row(&f, kilobytes, row);
    fill_marks(&f, moments, count, row);
    bool all = fill_trace(&f, moments, count, row, trace);
    free(moments);
    return all ? HT_OK : ht_fail_memory(err);
}

ht_status ht_measure(const char *db, int32_t date, ht_bench_row *row, ht_array *trace, ht_err *err) {
    run_job job = {.db = db, .date = date, .row = row};
    ht_handed handed;
    int64_t kilobytes;
    ht_array_init(&job.moments, sizeof(moment), &ht_allocator_system);
    ht_status status = ht_run_apart(plan, &job, &handed, &kilobytes, err);
    if (!status)
        status = fill(&handed, kilobytes, row, trace, err);
    free(handed.bytes);
    ht_array_release(&job.moments);
    return status;
}
