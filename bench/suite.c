#include "bench/suite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/generate_folder.h"
#include "app/import.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "bench/cells.h"
#include "bench/machine.h"

/* ---- the suite file ---- */

typedef enum suite_column {
    CASE_ID,
    FOLDER,
    DATE,
    CLIENTS,
    TEAMS,
    STAFF,
    SEED,
    OPTIONAL,
    SET,
    INSTANCE_FILE,
    ARCHIVE,
    SEEDS,
    TIME_LIMIT,
    COLUMNS
} suite_column;

static const ht_csv_want WANT[COLUMNS] = {{"case_id", NULL, true},    {"folder", NULL, false},   {"date", NULL, false},
                                          {"clients", NULL, false},   {"teams", NULL, false},    {"staff", NULL, false},
                                          {"seed", NULL, false},      {"optional", NULL, false}, {"set", NULL, false},
                                          {"file", NULL, false},      {"archive", NULL, false},  {"seeds", NULL, false},
                                          {"time_limit", NULL, false}};

typedef struct limits {
    int64_t min, max;
} limits;

/* The columns of a generated day are the generator's options. */
static limits limits_of(suite_column column) {
    static const struct {
        const char *name;
        limits limits;
    } GENERATED[] = {
#define X(name, kind, argument, standard, min, max, unit, help) {#name, {min, max}},
        HT_GENERATE_OPTIONS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof GENERATED / sizeof GENERATED[0]; i++)
        if (strcmp(GENERATED[i].name, WANT[column].name) == 0)
            return GENERATED[i].limits;
    return column == SEEDS ? (limits){1, HT_BENCH_SEEDS_MAX} : (limits){1, HT_BENCH_SECONDS_MAX};
}

static void take_number(ht_cells *in, int32_t line, suite_column column, const char *text, int64_t *number) {
    limits within = limits_of(column);
    *number = HT_BENCH_BLANK;
    if (*text != '\0' && (!ht_int_parse(text, number) || *number < within.min || *number > within.max))
        ht_issues_add(&in->issues, in->path, line, WANT[column].name, "'%s' is no whole number from %lld to %lld", text,
                      (long long)within.min, (long long)within.max);
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

static void take_day(ht_cells *in, int32_t line, const char *const *cells, ht_bench_case *c) {
    if (!ht_date_parse(cells[DATE], &c->date))
        ht_issues_add(&in->issues, in->path, line, "date", "'%s' is no date: expected YYYY-MM-DD", cells[DATE]);
    take_folder(in->path, cells[FOLDER], c->folder);
    take_number(in, line, CLIENTS, cells[CLIENTS], &c->clients);
    take_number(in, line, TEAMS, cells[TEAMS], &c->teams);
    take_number(in, line, STAFF, cells[STAFF], &c->staff);
    take_number(in, line, SEED, cells[SEED], &c->seed);
}

static void take_instance(ht_cells *in, int32_t line, const char *const *cells, ht_bench_case *c) {
    if (*cells[INSTANCE_FILE] == '\0')
        ht_issues_add(&in->issues, in->path, line, "file", "it is blank: which file of the set is it?");
    ht_bench_set(c->set, cells[SET]);
    ht_bench_set(c->file, cells[INSTANCE_FILE]);
    ht_bench_set(c->archive, cells[ARCHIVE]);
}

static bool take_case(void *context, int32_t line, const char *const *cells) {
    ht_cells *in = context;
    ht_bench_case *c = ht_array_push(in->rows);
    if (c == NULL)
        return false;
    if (!ht_id_valid(cells[CASE_ID]))
        ht_issues_add(&in->issues, in->path, line, "case_id",
                      "'%s' is no id: a letter, then at most 31 of A-Z a-z 0-9 _ . -", cells[CASE_ID]);
    ht_bench_set(c->case_id, cells[CASE_ID]);
    if (*cells[SET] == '\0')
        take_day(in, line, cells, c);
    else
        take_instance(in, line, cells, c);
    take_number(in, line, SEEDS, cells[SEEDS], &c->seeds);
    take_number(in, line, TIME_LIMIT, cells[TIME_LIMIT], &c->time_limit);
    c->optional = strcmp(cells[OPTIONAL], "yes") == 0;
    return true;
}

ht_status ht_suite_read(const char *path, ht_array *cases, ht_err *err) {
    ht_cells in = {.rows = cases};
    ht_status status = ht_cells_read(path, WANT, COLUMNS, take_case, &in, err);
    return status || cases->count > 0 ? status : ht_fail(err, HT_EINPUT, "%s: it lists no case", path);
}

/* ---- where data is ---- */

/* A file of the published data. */
static void published_path(const char *data, const char *file, char *path) {
    snprintf(path, HT_BENCH_PATH, "%s/%s", data != NULL ? data : ".", file);
}

bool ht_case_is_there(const ht_bench_case *c, const char *data, char *missing) {
    if (!ht_case_is_published(c)) {
        snprintf(missing, HT_BENCH_PATH, "%s", c->folder);
        return c->folder[0] == '\0' || access(c->folder, R_OK) == 0;
    }
    char archive[HT_BENCH_PATH];
    published_path(data, c->file, missing);
    published_path(data, c->archive, archive);
    return access(missing, R_OK) == 0 || (c->archive[0] != '\0' && access(archive, R_OK) == 0);
}

/* ---- days ---- */

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
        ht_cells_first_issue(&issues, err);
    if (status)
        ht_err_context(err, "%s", folder);
    ht_issues_release(&issues);
    return status;
}

static ht_status prepare_day(const ht_bench_case *c, const char *data, const char *db, char *fingerprint, ht_err *err) {
    char folder[HT_BENCH_PATH];
    ht_status status = HT_OK;
    snprintf(folder, sizeof folder, "%s", c->folder);
    if (folder[0] == '\0')
        status = generated_folder(c, data, folder, err);
    if (!status)
        status = ht_fingerprint_folder(folder, fingerprint, err);
    return status ? status : import(folder, db, err);
}

/* ---- published instances ---- */

/* Does not come back: the process becomes tar, which writes the member to `to`. */
static void become_tar(const char *archive, const char *member, const char *to) {
    char tar[] = "tar", options[] = "-xJOf", from[HT_BENCH_PATH], name[HT_BENCH_PATH];
    char *arguments[] = {tar, options, from, name, NULL};
    snprintf(from, sizeof from, "%s", archive);
    snprintf(name, sizeof name, "%s", member);
    int file = open(to, O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (file >= 0 && dup2(file, STDOUT_FILENO) >= 0)
        execvp(tar, arguments);
    _exit(127);
}

static ht_status unpack(const char *archive, const char *member, const char *to, ht_err *err) {
    int end = -1;
    pid_t child = fork();
    if (child == 0)
        become_tar(archive, member, to);
    while (child > 0 && waitpid(child, &end, 0) < 0 && errno == EINTR)
        continue;
    if (child > 0 && WIFEXITED(end) && WEXITSTATUS(end) == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, "%s: tar cannot take %s out of it: unpack it in its folder", archive, member);
}

/* The link to a file is made in another folder. */
static ht_status link_to(const char *file, const char *to, ht_err *err) {
    char here[PATH_MAX] = "", whole[PATH_MAX + HT_BENCH_PATH];
    bool found = file[0] == '/' || getcwd(here, sizeof here) != NULL;
    snprintf(whole, sizeof whole, "%s%s%s", here, here[0] != '\0' ? "/" : "", file);
    if (found && symlink(whole, to) == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, "%s: cannot be linked: %s", file, ht_error_text(errno));
}

/* The file is not copied where it is unpacked already. */
static ht_status prepare_instance(const ht_bench_case *c, const char *data, const char *to, char *fingerprint,
                                  ht_err *err) {
    char file[HT_BENCH_PATH], archive[HT_BENCH_PATH];
    const char *slash = strrchr(c->file, '/');
    published_path(data, c->file, file);
    published_path(data, c->archive, archive);
    ht_status status = access(file, R_OK) == 0 ? link_to(file, to, err)
                                               : unpack(archive, slash != NULL ? slash + 1 : c->file, to, err);
    return status ? status : ht_fingerprint_file(to, fingerprint, err);
}

ht_status ht_case_prepare(const ht_bench_case *c, const char *data, const char *to, char *fingerprint, ht_err *err) {
    return ht_case_is_published(c) ? prepare_instance(c, data, to, fingerprint, err)
                                   : prepare_day(c, data, to, fingerprint, err);
}
