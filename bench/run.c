#include "bench/run.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <time.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "bench/machine.h"
#include "bench/measure.h"

enum { LINE = 512, TEMPORARY = 1024 };

static void tell(const ht_bench_job *job, const char *format, ...) HT_PRINTF(2, 3);

static void tell(const ht_bench_job *job, const char *format, ...) {
    char line[LINE];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    job->tell(line);
}

static bool stopped(const ht_bench_job *job) {
    return job->stop != NULL && atomic_load(job->stop) != 0;
}

/* ---- the data of the cases ---- */

typedef struct stores {
    char folder[TEMPORARY]; /* holds data of clients: goes in the end */
    const char *data;       /* where generated days are kept */
    ht_bench_text *data_of; /* by case: its fingerprint; "" before it is prepared */
} stores;

static void store_path(const stores *s, int32_t index, char *path, size_t size) {
    snprintf(path, size, "%s/%d.db", s->folder, (int)index);
}

typedef struct prepare_job {
    const ht_bench_case *c;
    const char *data, *db;
} prepare_job;

/* In a process of its own as well: what it takes must not count for the runs. */
static ht_status prepare_apart(void *context, ht_handed *handed, ht_err *err) {
    const prepare_job *job = context;
    handed->size = HT_BENCH_TEXT;
    handed->bytes = calloc(1, HT_BENCH_TEXT);
    return handed->bytes == NULL ? ht_fail_memory(err)
                                 : ht_case_prepare(job->c, job->data, job->db, handed->bytes, err);
}

static ht_status prepare(const stores *s, const ht_bench_case *c, int32_t index, ht_err *err) {
    char db[HT_BENCH_PATH];
    int64_t kilobytes;
    ht_handed handed;
    if (s->data_of[index][0] != '\0')
        return HT_OK;
    store_path(s, index, db, sizeof db);
    prepare_job job = {c, s->data, db};
    ht_status status = ht_run_apart(prepare_apart, &job, &handed, &kilobytes, err);
    if (!status)
        ht_bench_set(s->data_of[index], handed.bytes);
    free(handed.bytes);
    return status ? ht_err_context(err, "%s", c->case_id) : HT_OK;
}

static ht_status open_stores(const ht_bench_job *job, stores *s, ht_err *err) {
    const char *folder = getenv("TMPDIR");
    snprintf(s->folder, sizeof s->folder, "%s/hemtur-bench-XXXXXX", folder != NULL ? folder : "/tmp");
    if (mkdtemp(s->folder) == NULL) {
        ht_fail(err, HT_ESYSTEM, "%s: cannot be made: %s", s->folder, ht_error_text(errno));
        s->folder[0] = '\0';
        return err->status;
    }
    s->data = job->data != NULL ? job->data : s->folder;
    s->data_of = calloc((size_t)job->cases.count, sizeof *s->data_of);
    return s->data_of == NULL ? ht_fail_memory(err) : HT_OK;
}

/* ---- runs ---- */

static void set_time(char *cell) {
    struct tm utc;
    time_t now = time(NULL);
    if (gmtime_r(&now, &utc) != NULL)
        strftime(cell, HT_BENCH_TEXT, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static void tell_run(const ht_bench_job *job, const ht_bench_row *row) {
    char speed[32], seconds[32] = "-";
    ht_decimal_print(row->iterations_per_s, 1000, 0, '.', speed, sizeof speed);
    if (row->first_full_s != HT_BENCH_BLANK)
        ht_decimal_print(row->first_full_s, 1000, 2, '.', seconds, sizeof seconds);
    tell(job, "%s seed %lld: %s %s, %lld of %lld visits unplanned, %s iterations/s, first full %s s", row->case_id,
         (long long)row->seed, row->levels, row->at_end, (long long)row->unplanned, (long long)row->visits, speed,
         seconds);
}

static ht_status run_case(const ht_bench_job *job, const stores *s, int32_t index, ht_bench_row *row,
                          ht_results *results, ht_err *err) {
    const ht_bench_case *c = ht_array_at(&job->cases, index);
    char db[HT_BENCH_PATH];
    ht_array trace;
    ht_status status = prepare(s, c, index, err);
    if (status)
        return status;
    ht_bench_set(row->case_id, c->case_id);
    ht_bench_set(row->data, s->data_of[index]);
    ht_date_print(c->date, row->date, sizeof row->date);
    if (ht_results_hold(results, row)) {
        tell(job, "%s seed %lld: there already", row->case_id, (long long)row->seed);
        return HT_OK;
    }
    store_path(s, index, db, sizeof db);
    ht_array_init(&trace, sizeof(ht_trace_row), &ht_allocator_system);
    status = ht_measure(db, c->date, row, &trace, err);
    set_time(row->measured);
    if (!status)
        status = ht_results_add(results, row, &trace, err);
    else if (!stopped(job))
        ht_err_context(err, "%s, seed %lld", row->case_id, (long long)row->seed);
    if (!status)
        tell_run(job, row);
    ht_array_release(&trace);
    return status;
}

static ht_status run_all(const ht_bench_job *job, const stores *s, ht_results *results, ht_err *err) {
    ht_bench_row build;
    ht_bench_row_init(&build);
    ht_status status = ht_machine_fill(&build, err);
    build.time_limit = job->time_limit;
    build.work = job->work;
    build.threads = job->threads;
    for (build.seed = 1; build.seed <= job->seeds && !status; build.seed++)
        for (int32_t i = 0; i < job->cases.count && !status && !stopped(job); i++) {
            ht_bench_row row = build;
            if (ht_case_is_there(ht_array_at(&job->cases, i)))
                status = run_case(job, s, i, &row, results, err);
        }
    return stopped(job) ? HT_OK : status;
}

/* An optional case that is not there is passed over, another is an error before anything is measured. */
static ht_status look_at_folders(const ht_bench_job *job, ht_err *err) {
    for (int32_t i = 0; i < job->cases.count; i++) {
        const ht_bench_case *c = ht_array_at(&job->cases, i);
        if (ht_case_is_there(c))
            continue;
        if (!c->optional)
            return ht_fail(err, HT_EINPUT, "%s: there is no folder %s", c->case_id, c->folder);
        tell(job, "%s: skipped: there is no folder %s", c->case_id, c->folder);
    }
    return HT_OK;
}

/* A folder of ours with all that is in it; symbolic links are not followed. */
static void remove_folder(const char *path) {
    char inside[HT_BENCH_PATH];
    DIR *entries = opendir(path);
    for (struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name);
        if (unlink(inside) != 0)
            remove_folder(inside);
    }
    if (entries != NULL)
        closedir(entries);
    rmdir(path);
}

ht_status ht_bench_run(const ht_bench_job *job, ht_err *err) {
    stores s = {.folder = ""};
    ht_results results;
    ht_status status = look_at_folders(job, err);
    if (status)
        return status;
    status = ht_results_open(&results, job->out, job->trace, err);
    if (!status)
        status = open_stores(job, &s, err);
    if (!status)
        status = run_all(job, &s, &results, err);
    if (s.folder[0] != '\0')
        remove_folder(s.folder);
    free(s.data_of);
    ht_results_close(&results);
    return status;
}
