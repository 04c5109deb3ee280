/* Copies of the store, and the removal of what is old. */
#include "io/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"

/* ---- copies ---- */

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
static ht_status put_in_place(const char *temporary, const char *target, bool replace, ht_err *err) {
    if (!replace && link(temporary, target) == 0) {
        unlink(temporary);
        return HT_OK;
    }
    if (!replace && errno == EEXIST)
        return fail_taken(target, err);
    return rename(temporary, target) == 0 ? HT_OK : fail_target(target, err);
}

/* mkstemp makes the file for the owner alone. */
static ht_status copy_as(ht_store *store, char *temporary, const char *target, bool replace, ht_err *err) {
    int file = mkstemp(temporary);
    if (file < 0)
        return fail_target(target, err);
    close(file);
    ht_status status = vacuum_into(store, temporary, err);
    if (status == HT_OK)
        status = sync_path(temporary, O_RDWR, err);
    if (status == HT_OK)
        status = put_in_place(temporary, target, replace, err);
    if (status != HT_OK)
        unlink(temporary);
    else
        sync_folder_of(temporary);
    return status;
}

static ht_status copy(ht_store *store, const char *target, bool replace, ht_err *err) {
    ht_text temporary;
    ht_text_init(&temporary, &ht_allocator_system);
    ht_text_addf(&temporary, "%s.XXXXXX", target);
    ht_status status = temporary.failed ? ht_fail_memory(err) : copy_as(store, temporary.bytes, target, replace, err);
    ht_text_release(&temporary);
    return status == HT_OK ? HT_OK : ht_err_context(err, _("copy to %s"), target);
}

ht_status ht_store_copy(ht_store *store, const char *target, ht_err *err) {
    return copy(store, target, true, err);
}

ht_status ht_store_backup(ht_store *store, const char *target, ht_err *err) {
    struct stat info;
    if (lstat(target, &info) == 0)
        return fail_taken(target, err);
    return copy(store, target, false, err);
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
