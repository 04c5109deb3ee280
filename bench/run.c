#include "bench/run.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <time.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "bench/machine.h"
#include "bench/measure.h"
#include "bench/record.h"

enum { LINE = 512, TEMPORARY = 1024, NUMBER_TEXT = 32 };

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
    const char *data;       /* as the job says; in the folder where it says nothing */
    ht_bench_text *data_of; /* by case: its fingerprint; "" before it is prepared */
} stores;

static void store_path(const stores *s, int32_t index, char *path, size_t size) {
    snprintf(path, size, "%s/%d.data", s->folder, (int)index);
}

typedef struct prepare_job {
    const ht_bench_case *c;
    const char *data, *to;
} prepare_job;

/* In a process of its own as well: what it takes must not count for the runs. */
static ht_status prepare_apart(void *context, ht_handed *handed, ht_err *err) {
    const prepare_job *job = context;
    handed->size = HT_BENCH_TEXT;
    handed->bytes = calloc(1, HT_BENCH_TEXT);
    return handed->bytes == NULL ? ht_fail_memory(err)
                                 : ht_case_prepare(job->c, job->data, job->to, handed->bytes, err);
}

static ht_status prepare(const stores *s, const ht_bench_case *c, int32_t index, ht_err *err) {
    char to[HT_BENCH_PATH];
    int64_t kilobytes;
    ht_handed handed;
    if (s->data_of[index][0] != '\0')
        return HT_OK;
    store_path(s, index, to, sizeof to);
    prepare_job job = {c, s->data, to};
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

/* "-" where it is blank. */
static void print_number(int64_t value, int64_t scale, int32_t digits, char *out) {
    snprintf(out, NUMBER_TEXT, "-");
    if (value != HT_BENCH_BLANK)
        ht_decimal_print(value, scale, digits, '.', out, NUMBER_TEXT);
}

static void tell_run(const ht_bench_job *job, const ht_bench_row *row) {
    char speed[NUMBER_TEXT], seconds[NUMBER_TEXT], value[NUMBER_TEXT], gap[NUMBER_TEXT];
    print_number(row->iterations_per_s, 1000, 0, speed);
    print_number(row->first_full_s, 1000, 2, seconds);
    print_number(row->value, HT_BENCH_COST, 4, value);
    print_number(row->gap_percent, HT_BENCH_COST, 2, gap);
    if (row->set[0] != '\0')
        tell(job, "%s seed %lld: cost %s, gap %s %%, %lld unserved, %s iterations/s", row->case_id,
             (long long)row->seed, value, gap, (long long)row->unplanned, speed);
    else
        tell(job, "%s seed %lld: %s %s, %lld of %lld visits unplanned, %s iterations/s, first full %s s", row->case_id,
             (long long)row->seed, row->levels, row->at_end, (long long)row->unplanned, (long long)row->visits, speed,
             seconds);
}

/* What is published of an instance beside what was reached. */
static void fill_gap(const ht_bench_job *job, ht_bench_row *row) {
    const ht_best_known *known = ht_best_known_find(job->known, row->set, row->case_id);
    row->best_known = known != NULL ? known->value : HT_BENCH_BLANK;
    double gap = ht_best_known_gap(row->value, row->best_known);
    row->gap_percent = isfinite(gap) ? llround(gap * HT_BENCH_COST) : HT_BENCH_BLANK;
}

static ht_status keep_record(const ht_bench_job *job, const ht_bench_row *row, const ht_text *record, ht_err *err) {
    bool kept = false;
    if (job->records == NULL || record->length == 0 || row->best_known == HT_BENCH_BLANK)
        return HT_OK;
    ht_status status =
        ht_record_keep(job->records, row->set, row->case_id, row->value, row->best_known, record, &kept, err);
    if (kept)
        tell(job, "%s: a new record, kept in %s", row->case_id, job->records);
    return status;
}

/* The run is measured, and its row put on the disk. */
static ht_status measure(const ht_bench_job *job, const ht_bench_case *c, const char *data, ht_bench_row *row,
                         ht_results *results, ht_err *err) {
    ht_array trace;
    ht_text record;
    ht_array_init(&trace, sizeof(ht_trace_row), &ht_allocator_system);
    ht_text_init(&record, &ht_allocator_system);
    ht_status status = ht_measure(c, data, row, &trace, &record, err);
    set_time(row->measured);
    if (!status) {
        fill_gap(job, row);
        status =
            keep_record(job, row, &record, err); /* before the row: a run that is in the results is not made again */
    }
    if (!status)
        status = ht_results_add(results, row, &trace, err);
    else if (!stopped(job))
        ht_err_context(err, "%s, seed %lld", row->case_id, (long long)row->seed);
    if (!status)
        tell_run(job, row);
    ht_text_release(&record);
    ht_array_release(&trace);
    return status;
}

static ht_status run_case(const ht_bench_job *job, const stores *s, int32_t index, ht_bench_row *row,
                          ht_results *results, ht_err *err) {
    const ht_bench_case *c = ht_array_at(&job->cases, index);
    char data[HT_BENCH_PATH];
    ht_status status = prepare(s, c, index, err);
    if (status)
        return status;
    ht_bench_set(row->set, c->set);
    ht_bench_set(row->case_id, c->case_id);
    ht_bench_set(row->data, s->data_of[index]);
    row->time_limit = c->time_limit;
    if (!ht_case_is_published(c))
        ht_date_print(c->date, row->date, sizeof row->date);
    if (ht_results_hold(results, row)) {
        tell(job, "%s seed %lld: there already", row->case_id, (long long)row->seed);
        return HT_OK;
    }
    store_path(s, index, data, sizeof data);
    return measure(job, c, data, row, results, err);
}

static int64_t most_seeds(const ht_bench_job *job) {
    int64_t most = 0;
    for (int32_t i = 0; i < job->cases.count; i++) {
        const ht_bench_case *c = ht_array_at(&job->cases, i);
        most = c->seeds > most ? c->seeds : most;
    }
    return most;
}

static ht_status run_all(const ht_bench_job *job, const stores *s, ht_results *results, ht_err *err) {
    ht_bench_row build;
    char missing[HT_BENCH_PATH];
    ht_bench_row_init(&build);
    ht_status status = ht_machine_fill(&build, err);
    int64_t seeds = most_seeds(job);
    build.work = job->work;
    build.threads = job->threads;
    ht_bench_set(build.without, job->without);
    for (build.seed = 1; build.seed <= seeds && !status; build.seed++)
        for (int32_t i = 0; i < job->cases.count && !status && !stopped(job); i++) {
            const ht_bench_case *c = ht_array_at(&job->cases, i);
            ht_bench_row row = build;
            if (build.seed <= c->seeds && ht_case_is_there(c, job->data, missing))
                status = run_case(job, s, i, &row, results, err);
        }
    return stopped(job) ? HT_OK : status;
}

/* An optional case that is not there is passed over, another is an error before anything is measured. */
static ht_status look_for_data(const ht_bench_job *job, ht_err *err) {
    char missing[HT_BENCH_PATH];
    for (int32_t i = 0; i < job->cases.count; i++) {
        const ht_bench_case *c = ht_array_at(&job->cases, i);
        if (ht_case_is_there(c, job->data, missing))
            continue;
        if (!c->optional)
            return ht_fail(err, HT_EINPUT, "%s: there is no %s%s", c->case_id, missing,
                           ht_case_is_published(c) ? ": --data names the folder with the published sets" : "");
        tell(job, "%s: skipped: there is no %s", c->case_id, missing);
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
    ht_status status = look_for_data(job, err);
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
