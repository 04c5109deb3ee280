#include "io/store_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"

const char *ht_store_sqlite_version(void) {
    return sqlite3_libversion();
}

/* ---- failures ---- */

/* What the system said last of one of the store's files; 0 where it said nothing. */
static int file_errno(ht_store *store, int which) {
    sqlite3_file *file = NULL;
    int number = 0;
    if (sqlite3_file_control(store->db, "main", which, &file) == SQLITE_OK && file && file->pMethods)
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

/* SQLite itself keeps the system's number only for some failures; the files know theirs. */
static int system_errno(ht_store *store) {
    int number = sqlite3_system_errno(store->db);
    if (number == 0)
        number = file_errno(store, SQLITE_FCNTL_JOURNAL_POINTER); /* the journal or the write-ahead log */
    return number ? number : file_errno(store, SQLITE_FCNTL_FILE_POINTER);
}

static bool no_room_left(ht_store *store) {
    int system = system_errno(store);
    return system == ENOSPC || system == EFBIG || system == EDQUOT;
}

static ht_status fail_full(ht_store *store, ht_err *err) {
    return ht_fail(err, HT_ESYSTEM,
                   _("%s: the disk is full: free some space, then run this again; the store is as it was before"),
                   store->path);
}

static ht_status fail_damaged(const char *path, ht_err *err) {
    return ht_fail(err, HT_ESYSTEM,
                   _("%s is damaged or cut short: put back a backup of it, or import into another file with --db"),
                   path);
}

ht_status ht_store_fail(ht_store *store, ht_err *err) {
    switch (sqlite3_errcode(store->db)) {
    case SQLITE_NOMEM:
        return ht_fail_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ht_fail(err, HT_ESYSTEM,
                       _("%s is locked by another program: wait until that is done, then run this again"), store->path);
    case SQLITE_FULL:
        return fail_full(store, err);
    case SQLITE_IOERR:
        if (no_room_left(store))
            return fail_full(store, err);
        break;
    case SQLITE_READONLY:
        return ht_fail(
            err, HT_ESYSTEM,
            _("%s cannot be written: it, or the folder it is in, is read-only; choose another file with --db"),
            store->path);
    case SQLITE_CORRUPT:
        return fail_damaged(store->path, err);
    case SQLITE_NOTADB:
        return ht_fail(err, HT_EINPUT,
                       _("%s is not a hemtur store: it is no SQLite file; choose another file with --db"), store->path);
    case SQLITE_CONSTRAINT:
        return ht_fail(err, HT_EINTERNAL, _("%s does not take the data: %s"), store->path, sqlite3_errmsg(store->db));
    default:
        break;
    }
    int system = system_errno(store);
    return ht_fail(err, HT_ESYSTEM,
                   _("%s: %s (%s): check the file, its folder and their permissions, or choose another with --db"),
                   store->path, sqlite3_errmsg(store->db), system ? ht_error_text(system) : "SQLite");
}

/* ---- statements ---- */

ht_status ht_store_run(ht_store *store, const char *sql, ht_err *err) {
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? HT_OK : ht_store_fail(store, err);
}

sqlite3_stmt *ht_store_prepare(ht_store *store, const char *sql, ht_err *err) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        ht_store_fail(store, err);
    return statement;
}

ht_status ht_store_next(ht_store *store, sqlite3_stmt *query, bool *row, ht_err *err) {
    int code = sqlite3_step(query);
    *row = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? HT_OK : ht_store_fail(store, err);
}

ht_status ht_store_apply(ht_store *store, sqlite3_stmt *statement, ht_err *err) {
    ht_status status = sqlite3_step(statement) == SQLITE_DONE ? HT_OK : ht_store_fail(store, err);
    sqlite3_reset(statement);
    return status;
}

ht_status ht_store_number(ht_store *store, const char *sql, int64_t *number, ht_err *err) {
    bool row = false;
    *number = 0;
    sqlite3_stmt *query = ht_store_prepare(store, sql, err);
    if (!query)
        return err->status;
    ht_status status = ht_store_next(store, query, &row, err);
    if (row)
        *number = sqlite3_column_int64(query, 0);
    sqlite3_finalize(query);
    return status;
}

void ht_bind_text(sqlite3_stmt *statement, int index, const char *text) {
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void ht_bind_date(sqlite3_stmt *statement, int index, int32_t date, char text[HT_DATE_TEXT]) {
    ht_date_print(date, text, HT_DATE_TEXT);
    ht_bind_text(statement, index, text);
}

const char *ht_column_text(sqlite3_stmt *query, int index) {
    const unsigned char *text = sqlite3_column_text(query, index);
    return text ? (const char *)text : "";
}

/* ---- opening ---- */

void ht_store_set_patience(ht_store *store, int milliseconds) {
    sqlite3_busy_timeout(store->db, milliseconds);
}

/* True where the file path + suffix is there with something in it. */
static bool has_content(const char *path, const char *suffix) {
    ht_text name;
    struct stat info;
    ht_text_init(&name, &ht_allocator_system);
    ht_text_addf(&name, "%s%s", path, suffix);
    bool content = name.failed || (stat(ht_text_get(&name), &info) == 0 && info.st_size > 0);
    ht_text_release(&name);
    return content;
}

/* The name for SQLite: never taken for a URI or ":memory:". Immutable is for files nobody can write to: no lock, no
 * -shm file. */
static void sqlite_name(ht_text *name, const char *path, int flags) {
    if (!(flags & SQLITE_OPEN_URI)) {
        ht_text_addf(name, "%s%s", path[0] == '/' ? "" : "./", path);
        return;
    }
    ht_text_addf(name, "file:%s", path[0] == '/' ? "" : "./");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at))
            ht_text_addf(name, "%%%02X", (unsigned)(unsigned char)*at);
        else
            ht_text_add(name, at, 1);
    }
    ht_text_addf(name, "?immutable=1");
}

/* Connects and reads the first page, which shows whether the file can be read at all. */
static ht_status connect(ht_store *store, int flags, ht_err *err) {
    ht_text name;
    int64_t ignored;
    ht_text_init(&name, &ht_allocator_system);
    sqlite_name(&name, store->path, flags);
    ht_err_init(err);
    sqlite3_close(store->db);
    store->db = NULL;
    if (name.failed ||
        (sqlite3_open_v2(ht_text_get(&name), &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK &&
         !store->db)) {
        ht_text_release(&name);
        return ht_fail_memory(err);
    }
    ht_text_release(&name);
    if (sqlite3_errcode(store->db) != SQLITE_OK)
        return ht_store_fail(store, err);
    ht_store_set_patience(store, HT_STORE_PATIENCE_MS);
    return ht_store_number(store, "PRAGMA schema_version", &ignored, err);
}

/* True where the last failure may be due to a read-only file or folder. */
static bool needs_rights(const ht_store *store) {
    int code = store->db ? sqlite3_errcode(store->db) : SQLITE_NOMEM;
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_IOERR;
}

/* A reader opens for writing too where it may: the last one to leave then removes the -wal and -shm files. */
static ht_status connect_reader(ht_store *store, ht_err *err) {
    ht_status status = connect(store, SQLITE_OPEN_READWRITE, err);
    if (status != HT_OK && needs_rights(store))
        status = connect(store, SQLITE_OPEN_READONLY, err);
    if (status != HT_OK && needs_rights(store) && !has_content(store->path, "-wal") &&
        !has_content(store->path, "-journal"))
        status = connect(store, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    return status;
}

static ht_status configure(ht_store *store, ht_err *err) {
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return ht_store_run(store,
                        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
                        "PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216",
                        err);
}

/* SQLite reads a last page that was cut short as if zeros followed: whole pages only. */
static ht_status refuse_cut_short(ht_store *store, ht_err *err) {
    int64_t page = 0;
    struct stat info;
    if (ht_store_number(store, "PRAGMA page_size", &page, err) != HT_OK)
        return err->status;
    if (page > 0 && stat(store->path, &info) == 0 && info.st_size % page != 0)
        return fail_damaged(store->path, err);
    return HT_OK;
}

static ht_status fail_no_store(const char *path, ht_err *err) {
    return ht_fail(err, HT_EINPUT,
                   _("%s: no store there: run `hemtur import DIR` first, or choose another file with --db"), path);
}

/* WAL where it can be: where not (a network folder), SQLite stays with its DELETE journal, and that is fine. */
static void prefer_wal(ht_store *store) {
    sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

static ht_status open_existing(ht_store *store, ht_err *err) {
    int32_t version = 0;
    bool reads = store->mode == HT_STORE_READ;
    ht_status status = reads ? connect_reader(store, err) : connect(store, SQLITE_OPEN_READWRITE, err);
    if (status == HT_OK)
        status = refuse_cut_short(store, err);
    if (status == HT_OK)
        status = configure(store, err);
    if (status == HT_OK)
        status = ht_store_identify(store, &ht_store_schema, &version, err);
    if (status != HT_OK)
        return status;
    if (reads && version == ht_store_schema.versions)
        return HT_OK;
    if (reads && version > 0)
        return ht_fail(
            err, HT_EINPUT,
            _("%s was made by an older hemtur: run a command that writes (import, plan) once to bring it up to date"),
            store->path);
    if (version == 0 && store->mode != HT_STORE_CREATE)
        return fail_no_store(store->path, err);
    if (sqlite3_db_readonly(store->db, "main") == 1)
        return ht_fail(err, HT_ESYSTEM, _("%s is read-only: change its permissions, or choose another file with --db"),
                       store->path);
    status = ht_store_upgrade(store, &ht_store_schema, err);
    if (status == HT_OK && !store->unused)
        prefer_wal(store);
    return status;
}

/* An empty file that somebody made beforehand becomes a store like any other: for the owner alone. */
static ht_status keep_empty_file_private(ht_store *store, ht_err *err) {
    struct stat info;
    if (stat(store->path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > 0 ||
        (info.st_mode & (S_IRWXG | S_IRWXO)) == 0 || chmod(store->path, S_IRUSR | S_IWUSR) == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, _("%s cannot be kept to its owner: %s; choose another file with --db"), store->path,
                   ht_error_text(errno));
}

/* Makes an empty file for the owner alone; SQLite gives its -wal, -shm and -journal files the same mode. */
static ht_status make_file(ht_store *store, ht_err *err) {
    int file = open(store->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0 && errno != EEXIST)
        return ht_fail(err, HT_ESYSTEM, _("%s cannot be made: %s; choose another file with --db"), store->path,
                       ht_error_text(errno));
    if (file >= 0) {
        close(file);
        store->unused = true;
        return HT_OK;
    }
    return keep_empty_file_private(store, err);
}

ht_store *ht_store_open(const char *path, ht_store_mode mode, ht_err *err) {
    struct stat info;
    ht_store *store = calloc(1, sizeof *store);
    ht_status status = HT_OK;
    if (!store || !(store->path = strdup(path))) {
        free(store);
        ht_fail_memory(err);
        return NULL;
    }
    store->mode = mode;
    store->imports_read = -1;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        status = ht_fail(err, HT_ESYSTEM, _("%s is a folder: a store is a file; name one with --db"), path);
    else if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) /* a pipe would be waited for */
        status = ht_fail(err, HT_ESYSTEM, _("%s is a pipe or a device: a store is a file; name one with --db"), path);
    else if (mode == HT_STORE_CREATE)
        status = make_file(store, err);
    else if (stat(path, &info) != 0 && errno == ENOENT)
        status = fail_no_store(path, err);
    if (status == HT_OK)
        status = open_existing(store, err);
    if (status == HT_OK)
        return store;
    ht_store_close(store);
    return NULL;
}

/* True where no import has put anything into the store. */
static bool holds_nothing(ht_store *store) {
    sqlite3_stmt *query = NULL;
    struct stat info;
    bool nothing = stat(store->path, &info) == 0 && info.st_size == 0;
    if (!nothing && sqlite3_prepare_v2(
                        store->db, "SELECT 1 FROM teams UNION ALL SELECT 1 FROM clients UNION ALL SELECT 1 FROM staff",
                        -1, &query, NULL) == SQLITE_OK)
        nothing = sqlite3_step(query) == SQLITE_DONE;
    sqlite3_finalize(query);
    return nothing;
}

/* Removes a file that was made in vain. The lock keeps others from writing meanwhile; one that waits for it
 * finds in ht_store_begin() that the file has gone. Such a store is not yet in WAL mode, so there is no file beside it.
 */
static void remove_unused(ht_store *store) {
    int code = store->db ? sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) : SQLITE_NOMEM;
    if (code != SQLITE_BUSY && holds_nothing(store))
        unlink(store->path);
}

void ht_store_close(ht_store *store) {
    if (!store)
        return;
    ht_store_rollback(store);
    if (store->unused)
        remove_unused(store);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

/* ---- transactions ---- */

ht_status ht_store_begin(ht_store *store, ht_err *err) {
    int moved = 0;
    assert(store->mode != HT_STORE_READ);
    if (ht_store_run(store, "BEGIN IMMEDIATE", err) != HT_OK)
        return err->status;
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved)
        return HT_OK;
    ht_store_rollback(store);
    return ht_fail(err, HT_ESYSTEM, _("%s was removed or moved by another program: run this again"), store->path);
}

ht_status ht_store_commit(ht_store *store, ht_err *err) {
    if (ht_store_run(store, "COMMIT", err) != HT_OK)
        return err->status;
    if (store->unused)
        prefer_wal(store);
    store->unused = false;
    return HT_OK;
}

/* Even this needs some memory: where there was none for a moment, it is asked for once more. */
void ht_store_rollback(ht_store *store) {
    for (int tries = 0; tries < 2 && store->db && !sqlite3_get_autocommit(store->db); tries++)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

ht_status ht_store_snapshot_begin(ht_store *store, ht_snapshot *snapshot, ht_err *err) {
    *snapshot = sqlite3_get_autocommit(store->db) ? HT_SNAPSHOT_OWN : HT_SNAPSHOT_PART;
    return *snapshot == HT_SNAPSHOT_OWN ? ht_store_run(store, "BEGIN", err) : HT_OK;
}

void ht_store_snapshot_end(ht_store *store, ht_snapshot snapshot) {
    if (snapshot == HT_SNAPSHOT_OWN)
        ht_store_rollback(store);
}
