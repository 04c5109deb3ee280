#include "bench/suite.h"

#include <errno.h>
#include <unistd.h>

#include "app/generate_folder.h"
#include "app/import.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "bench/machine.h"
#include "io/csv_read.h"

/* ---- the suite file ---- */

typedef enum suite_column { CASE_ID, FOLDER, DATE, CLIENTS, TEAMS, STAFF, SEED, OPTIONAL, COLUMNS } suite_column;

static const ht_csv_want WANT[COLUMNS] = {{"case_id", NULL, true},  {"folder", NULL, false},  {"date", NULL, true},
                                          {"clients", NULL, false}, {"teams", NULL, false},   {"staff", NULL, false},
                                          {"seed", NULL, false},    {"optional", NULL, false}};

typedef struct suite_reading {
    const char *path;
    ht_array *cases;
    ht_issues *issues;
} suite_reading;

/* The columns of a generated day are the generator's options. */
static const struct {
    const char *name;
    int64_t min, max;
} LIMITS[] = {
#define X(name, kind, argument, standard, min, max, unit, help) {#name, min, max},
    HT_GENERATE_OPTIONS(X)
#undef X
};

static void take_number(suite_reading *in, int32_t line, suite_column column, const char *text, int64_t *number) {
    size_t i = 0;
    while (strcmp(LIMITS[i].name, WANT[column].name) != 0)
        i++;
    *number = HT_BENCH_BLANK;
    if (*text != '\0' && (!ht_int_parse(text, number) || *number < LIMITS[i].min || *number > LIMITS[i].max))
        ht_issues_add(in->issues, in->path, line, WANT[column].name, "'%s' is no whole number from %lld to %lld", text,
                      (long long)LIMITS[i].min, (long long)LIMITS[i].max);
}

/* A folder is seen from the suite's own. */
static void take_folder(const char *suite, const char *folder, char *out) {
    const char *slash = strrchr(suite, '/');
    int length = slash != NULL && folder[0] != '/' ? (int)(slash - suite) + 1 : 0;
    if (*folder == '\0')
        *out = '\0';
    else
        snprintf(out, HT_BENCH_PATH, "%.*s%s", length, suite, folder);
}

static bool take_case(void *context, int32_t line, const char *const *cells) {
    suite_reading *in = context;
    ht_bench_case *c = ht_array_push(in->cases);
    if (c == NULL)
        return false;
    if (!ht_id_valid(cells[CASE_ID]))
        ht_issues_add(in->issues, in->path, line, "case_id",
                      "'%s' is no id: a letter, then at most 31 of A-Z a-z 0-9 _ . -", cells[CASE_ID]);
    if (!ht_date_parse(cells[DATE], &c->date))
        ht_issues_add(in->issues, in->path, line, "date", "'%s' is no date: expected YYYY-MM-DD", cells[DATE]);
    ht_bench_set(c->case_id, cells[CASE_ID]);
    take_folder(in->path, cells[FOLDER], c->folder);
    take_number(in, line, CLIENTS, cells[CLIENTS], &c->clients);
    take_number(in, line, TEAMS, cells[TEAMS], &c->teams);
    take_number(in, line, STAFF, cells[STAFF], &c->staff);
    take_number(in, line, SEED, cells[SEED], &c->seed);
    c->optional = strcmp(cells[OPTIONAL], "yes") == 0;
    return true;
}

/* What the first problem is; the rest is counted. */
static ht_status first_of(const ht_issues *issues, ht_err *err) {
    const ht_issue *first = issues->issues.items;
    if (issues->count == 0 || issues->failed)
        return ht_fail_memory(err);
    return ht_fail(err, HT_EINPUT, "%s:%d: %s: %s (%d such problems)", first->file, (int)first->line, first->column,
                   first->text, (int)issues->count);
}

ht_status ht_suite_read(const char *path, ht_array *cases, ht_err *err) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ht_fail(err, HT_ESYSTEM, "%s: cannot be read: %s", path, ht_error_text(errno));
    ht_issues issues;
    ht_issues_init(&issues, &ht_allocator_system);
    suite_reading in = {path, cases, &issues};
    ht_status status = ht_csv_read_cells(file, path, WANT, COLUMNS, take_case, &in, &issues, err);
    fclose(file);
    if (!status && (issues.count > 0 || issues.failed))
        status = first_of(&issues, err);
    if (!status && cases->count == 0)
        status = ht_fail(err, HT_EINPUT, "%s: it lists no case", path);
    ht_issues_release(&issues);
    return status;
}

bool ht_case_is_there(const ht_bench_case *c) {
    return c->folder[0] == '\0' || access(c->folder, R_OK) == 0;
}

/* ---- the data ---- */

static ht_generate_options options_of(const ht_bench_case *c) {
    ht_generate_options options;
    ht_generate_defaults(&options);
    options.from = c->date;
    options.days = 1;
    options.clients = c->clients != HT_BENCH_BLANK ? c->clients : options.clients;
    options.teams = c->teams != HT_BENCH_BLANK ? c->teams : options.teams;
    options.staff = c->staff != HT_BENCH_BLANK ? c->staff : options.staff;
    options.seed = c->seed != HT_BENCH_BLANK ? c->seed : options.seed;
    return options;
}

/* The folder's name tells its options; it is there as a whole or not at all. */
static ht_status generated_folder(const ht_bench_case *c, const char *data, char *folder, ht_err *err) {
    char date[HT_DATE_TEXT], unfinished[HT_BENCH_PATH];
    ht_generate_options o = options_of(c);
    ht_date_print(c->date, date, sizeof date);
    snprintf(folder, HT_BENCH_PATH, "%s/generated-%s-clients%lld-teams%lld-staff%lld-seed%lld", data, date,
             (long long)o.clients, (long long)o.teams, (long long)o.staff, (long long)o.seed);
    if (access(folder, R_OK) == 0)
        return HT_OK;
    if ((size_t)snprintf(unfinished, sizeof unfinished, "%s.part", folder) >= sizeof unfinished)
        return ht_fail(err, HT_ESYSTEM, "%s: the name is too long", data);
    ht_generate_job job = {.options = o, .folder = unfinished, .words = HT_ENGLISH};
    ht_generate_summary summary;
    ht_status status = ht_generate_folder(&job, &summary, err);
    if (!status && rename(unfinished, folder) != 0)
        status = ht_fail(err, HT_ESYSTEM, "%s: cannot be renamed: %s", unfinished, ht_error_text(errno));
    return status;
}

static ht_status import(const char *folder, const char *db, ht_err *err) {
    ht_issues issues;
    ht_import_summary summary;
    ht_import_job job = {.folder = folder, .db = db, .mode = HT_FOLDER_WHOLE};
    ht_issues_init(&issues, &ht_allocator_system);
    ht_status status = ht_import(&job, &issues, &summary, err);
    if (status == HT_EINPUT && issues.count > 0)
        first_of(&issues, err);
    if (status)
        ht_err_context(err, "%s", folder);
    ht_issues_release(&issues);
    return status;
}

ht_status ht_case_prepare(const ht_bench_case *c, const char *data, const char *db, char *fingerprint, ht_err *err) {
    char folder[HT_BENCH_PATH];
    ht_status status = HT_OK;
    snprintf(folder, sizeof folder, "%s", c->folder);
    if (folder[0] == '\0')
        status = generated_folder(c, data, folder, err);
    if (!status)
        status = ht_fingerprint_folder(folder, fingerprint, err);
    return status ? status : import(folder, db, err);
}
