/* Copies of the store, and the removal of what is old. */
#include "io/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"
#include "io/whole_file.h"

/* ---- copies ---- */

typedef enum copy_kind { COPY_BACKUP, COPY_OF_VERSION } copy_kind;

typedef struct copy_job {
    const char *target;
    copy_kind kind;  /* a backup replaces no file */
    int32_t version; /* of COPY_OF_VERSION: that of another one is given up */
} copy_job;

static ht_status fail_target(const char *target, ht_err *err) {
    return ht_fail(err, HT_ESYSTEM, _("%s cannot be written: %s; choose another file"), target, ht_error_text(errno));
}

static ht_status fail_taken(const char *target, ht_err *err) {
    return ht_fail(err, HT_EINPUT, _("%s is there already: a backup replaces no file; choose another name"), target);
}

/* VACUUM INTO takes a consistent picture in one read transaction, without what was deleted. */
static ht_status vacuum_into(ht_store *store, const char *file, ht_err *err) {
    sqlite3_stmt *statement = ht_store_prepare(store, "VACUUM INTO ?1", err);
    if (!statement)
        return err->status;
    ht_bind_text(statement, 1, file);
    ht_status status = ht_store_apply(store, statement, err);
    sqlite3_finalize(statement);
    return status;
}

static ht_status sync_path(const char *path, int flags, ht_err *err) {
    int file = open(path, flags | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;
    ht_status status = synced ? HT_OK : fail_target(path, err);
    if (file >= 0)
        close(file);
    return status;
}

/* Makes the new name last over a power cut. Not every file system can: the copy itself is safe either way. */
static void sync_folder_of(char *path) {
    char *slash = strrchr(path, '/');
    ht_err ignored;
    ht_err_init(&ignored);
    if (slash)
        *slash = '\0';
    sync_path(slash ? (slash == path ? "/" : path) : ".", O_RDONLY, &ignored);
}

/* Gives the finished file its name: with link() never that of a file somebody made meanwhile. File systems of memory
 * sticks know no links (EPERM): there it is renamed. */
static ht_status put_in_place(const char *temporary, const copy_job *job, ht_err *err) {
    if (job->kind == COPY_BACKUP && link(temporary, job->target) == 0) {
        unlink(temporary);
        return HT_OK;
    }
    if (job->kind == COPY_BACKUP && errno == EEXIST)
        return fail_taken(job->target, err);
    return rename(temporary, job->target) == 0 ? HT_OK : fail_target(job->target, err);
}

/* True where the copy, which was made before this is asked, is what it should be. */
static bool is_wanted(ht_store *store, const copy_job *job, ht_err *err) {
    int64_t version = 0;
    if (job->kind == COPY_BACKUP)
        return true;
    return ht_store_number(store, "PRAGMA user_version", &version, err) == HT_OK && version == job->version;
}

static ht_status fill(ht_store *store, char *temporary, const copy_job *job, ht_err *err) {
    ht_status status = vacuum_into(store, temporary, err);
    if (status == HT_OK)
        status = sync_path(temporary, O_RDWR, err);
    if (status != HT_OK || !is_wanted(store, job, err)) {
        unlink(temporary);
        return err->status;
    }
    status = put_in_place(temporary, job, err);
    if (status != HT_OK)
        unlink(temporary);
    else
        sync_folder_of(temporary);
    return status;
}

/* What copies that were killed have left beside it goes first. */
static ht_status copy(ht_store *store, const copy_job *job, ht_err *err) {
    ht_text folder, temporary;
    const char *slash = strrchr(job->target, '/'), *name = slash == NULL ? job->target : slash + 1;
    ht_err_init(err);
    ht_text_init(&folder, &ht_allocator_system);
    ht_text_init(&temporary, &ht_allocator_system);
    ht_text_add(&folder, slash == NULL ? "." : job->target, slash == NULL ? 1 : (size_t)(slash - job->target) + 1);
    ht_whole_file_sweep(ht_text_get(&folder));
    int file = folder.failed ? -1 : ht_temporary_open(ht_text_get(&folder), name, &temporary);
    ht_status status = HT_OK;
    if (folder.failed || temporary.failed)
        status = ht_fail_memory(err);
    else if (file < 0)
        status = fail_target(job->target, err);
    else if (close(file) == 0)
        status = fill(store, temporary.bytes, job, err);
    ht_text_release(&temporary);
    ht_text_release(&folder);
    return status == HT_OK ? HT_OK : ht_err_context(err, _("copy to %s"), job->target);
}

ht_status ht_store_copy(ht_store *store, int32_t version, const char *path, ht_err *err) {
    return copy(store, &(copy_job){path, COPY_OF_VERSION, version}, err);
}

ht_status ht_store_backup(ht_store *store, const char *path, ht_err *err) {
    struct stat info;
    if (lstat(path, &info) == 0)
        return fail_taken(path, err);
    return copy(store, &(copy_job){path, COPY_BACKUP, 0}, err);
}

/* ---- purge ---- */

/* Undated rows about a person (skills, relations, travel) keep nobody; they go with the person. */
static const char PLANS[] = "DELETE FROM plans WHERE date < ?1";
static const char PURGE[] = "INSERT INTO purges (older_than) VALUES (?1)";
static const char VISITS[] = "DELETE FROM visits WHERE date < ?1";
/* The series of a client who has left end with them. */
static const char SERIES[] = "DELETE FROM visit_series WHERE \"to\" < ?1"
                             " OR client_id IN (SELECT client_id FROM clients WHERE \"to\" < ?1)";
static const char ROSTER[] = "DELETE FROM roster WHERE date < ?1";
static const char ABSENCES[] = "DELETE FROM absences WHERE \"to\" <= ?1 || ' 00:00'";
static const char PERFORMED[] = "DELETE FROM performed WHERE date < ?1";
static const char CLIENTS[] =
    "DELETE FROM clients WHERE \"to\" < ?1 AND client_id NOT IN (SELECT client_id FROM visits)"
    " AND client_id NOT IN (SELECT client_id FROM performed) AND client_id NOT IN (SELECT client_id FROM absences)"
    " AND client_id NOT IN (SELECT client_id FROM plan_entries)";
static const char TRAVEL[] =
    "DELETE FROM travel WHERE (\"from\" <> 'office' AND \"from\" NOT GLOB 'office:*' AND \"from\" NOT IN (SELECT "
    "client_id FROM clients))"
    " OR (\"to\" <> 'office' AND \"to\" NOT GLOB 'office:*' AND \"to\" NOT IN (SELECT client_id FROM clients))";
static const char STAFF[] =
    "DELETE FROM staff WHERE \"to\" < ?1 AND staff_id NOT IN (SELECT staff_id FROM roster)"
    " AND staff_id NOT IN (SELECT staff_id FROM performed) AND staff_id NOT IN (SELECT staff_id FROM absences)"
    " AND staff_id NOT IN (SELECT staff_id FROM plan_entries)"
    " AND staff_id NOT IN (SELECT contact FROM clients WHERE contact IS NOT NULL)"
    " AND staff_id NOT IN (SELECT second_contact FROM clients WHERE second_contact IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM visits WHERE instr('|' || locked_staff || '|', '|' || staff_id || '|') > 0)"
    " AND NOT EXISTS (SELECT 1 FROM visit_series WHERE instr('|' || ifnull(locked_staff, '') || '|' ||"
    " ifnull(usual_staff, '') || '|', '|' || staff_id || '|') > 0)";

static ht_status delete_before(ht_store *store, const char *sql, int32_t before, int64_t *deleted, ht_err *err) {
    char day[HT_DATE_TEXT];
    sqlite3_stmt *statement = ht_store_prepare(store, sql, err);
    if (!statement)
        return err->status;
    if (sqlite3_bind_parameter_count(statement) > 0)
        ht_bind_date(statement, 1, before, day);
    ht_status status = ht_store_apply(store, statement, err);
    *deleted = status == HT_OK ? sqlite3_changes64(store->db) : 0;
    sqlite3_finalize(statement);
    return status;
}

/* Plans first, so that the triggers find none to mark; people last, when what names them has gone. */
static ht_status purge_rows(ht_store *store, int32_t before, ht_purged *purged, ht_err *err) {
    int64_t noted = 0, travel = 0;
    const struct {
        const char *sql;
        int64_t *deleted;
    } part[] = {{PURGE, &noted},
                {PLANS, &purged->plans},
                {VISITS, &purged->visits},
                {SERIES, &purged->series},
                {ROSTER, &purged->roster},
                {ABSENCES, &purged->absences},
                {PERFORMED, &purged->performed},
                {CLIENTS, &purged->clients},
                {TRAVEL, &travel},
                {STAFF, &purged->staff}};
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++)
        if (delete_before(store, part[i].sql, before, part[i].deleted, err) != HT_OK)
            return err->status;
    return HT_OK;
}

/* What is in the write-ahead log still holds the old rows: it is emptied too. */
static ht_status shrink(ht_store *store, ht_err *err) {
    if (ht_store_run(store, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", err) == HT_OK)
        return HT_OK;
    return ht_err_context(err, _("the old rows are deleted, but the file could not be shrunk"));
}

ht_status ht_store_purge(ht_store *store, int32_t before, ht_purged *purged, ht_err *err) {
    *purged = (ht_purged){0};
    if (ht_store_run(store, "PRAGMA secure_delete = ON", err) != HT_OK || ht_store_begin(store, err) != HT_OK)
        return err->status;
    ht_status status = purge_rows(store, before, purged, err);
    if (status == HT_OK)
        status = ht_store_commit(store, err);
    if (status == HT_OK)
        return shrink(store, err);
    ht_store_rollback(store);
    *purged = (ht_purged){0};
    return status;
}

ht_status ht_store_removed_before(ht_store *store, int32_t *date, ht_err *err) {
    bool row = false;
    *date = HT_BLANK;
    sqlite3_stmt *query =
        ht_store_prepare(store, "SELECT older_than FROM purges ORDER BY older_than DESC LIMIT 1", err);
    if (!query)
        return err->status;
    ht_status status = ht_store_next(store, query, &row, err);
    if (status == HT_OK && row)
        ht_date_parse(ht_column_text(query, 0), date); /* only dates get in */
    sqlite3_finalize(query);
    return status;
}
