#include "tests/support_world.h"

#include <check.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

#define FNV_START UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t length) {
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ byte[i]) * FNV_PRIME;
    return hash;
}

static uint64_t add_text(uint64_t hash, const char *text) {
    return add_bytes(hash, text, strlen(text) + 1);
}

void world_make(char path[WORLD_PATH]) {
    snprintf(path, WORLD_PATH, "%s/hemtur-world-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(path));
}

static bool is_folder(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The names in a folder, sorted, "." and ".." left out; the caller frees each of them and the list. */
static int list(const char *path, struct dirent ***names) {
    struct dirent **entry;
    int count = scandir(path, &entry, NULL, alphasort), kept = 0;
    ck_assert_msg(count >= 0, "%s", path);
    for (int i = 0; i < count; i++)
        if (strcmp(entry[i]->d_name, ".") == 0 || strcmp(entry[i]->d_name, "..") == 0)
            free(entry[i]);
        else
            entry[kept++] = entry[i];
    *names = entry;
    return kept;
}

void world_join(char out[WORLD_PATH], const char *folder, const char *name) {
    int length = snprintf(out, WORLD_PATH, "%s/%s", folder, name);
    ck_assert(length > 0 && length < WORLD_PATH);
}

void world_remove(const char *path) {
    struct dirent **name;
    char inner[WORLD_PATH];
    int count = is_folder(path) ? list(path, &name) : -1;
    for (int i = 0; i < count; i++) {
        world_join(inner, path, name[i]->d_name);
        world_remove(inner);
        free(name[i]);
    }
    if (count >= 0)
        free(name);
    ck_assert_int_eq(count >= 0 ? rmdir(path) : unlink(path), 0);
}

static void copy_file(const char *from, const char *to) {
    char part[8192];
    FILE *source = fopen(from, "rb"), *target = fopen(to, "wb");
    ck_assert_msg(source != NULL && target != NULL, "%s to %s", from, to);
    for (size_t length; (length = fread(part, 1, sizeof part, source)) > 0;)
        ck_assert_uint_eq(fwrite(part, 1, length, target), length);
    ck_assert_int_eq(fclose(target), 0);
    fclose(source);
}

void world_copy(const char *from, const char *to) {
    struct dirent **name;
    char inner_from[WORLD_PATH], inner_to[WORLD_PATH];
    if (!is_folder(from)) {
        copy_file(from, to);
        return;
    }
    ck_assert_int_eq(mkdir(to, 0700), 0);
    int count = list(from, &name);
    for (int i = 0; i < count; i++) {
        world_join(inner_from, from, name[i]->d_name);
        world_join(inner_to, to, name[i]->d_name);
        world_copy(inner_from, inner_to);
        free(name[i]);
    }
    free(name);
}

/* ---- what a store holds ---- */

static bool is_left_out(const char *column) {
    static const char *const NAME[] = {"created", "wall_ms", "work"};
    for (size_t i = 0; i < sizeof NAME / sizeof NAME[0]; i++)
        if (strcmp(column, NAME[i]) == 0)
            return true;
    return false;
}

static uint64_t add_row(uint64_t hash, sqlite3_stmt *query) {
    for (int c = 0; c < sqlite3_column_count(query); c++)
        if (!is_left_out(sqlite3_column_name(query, c))) {
            const char *text = (const char *)sqlite3_column_text(query, c);
            hash = add_text(hash, text == NULL ? "-" : text);
        }
    return hash;
}

/* The sum of its rows' digests: whatever order they come in. */
static uint64_t add_table(uint64_t hash, sqlite3 *db, const char *table) {
    char sql[256];
    sqlite3_stmt *query;
    uint64_t rows = 0;
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    while (sqlite3_step(query) == SQLITE_ROW)
        rows += add_row(FNV_START, query);
    ck_assert_msg(sqlite3_finalize(query) == SQLITE_OK, "%s: %s", table, sqlite3_errmsg(db));
    return add_bytes(add_text(hash, table), &rows, sizeof rows);
}

static void assert_sound(sqlite3 *db, const char *path) {
    sqlite3_stmt *query;
    ck_assert_int_eq(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &query, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(query), SQLITE_ROW);
    ck_assert_msg(strcmp((const char *)sqlite3_column_text(query, 0), "ok") == 0, "%s: %s", path,
                  (const char *)sqlite3_column_text(query, 0));
    sqlite3_finalize(query);
}

static uint64_t add_store(uint64_t hash, const char *path) {
    sqlite3 *db;
    sqlite3_stmt *query;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    assert_sound(db, path);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema ORDER BY name", -1, &query, NULL),
                     SQLITE_OK);
    while (sqlite3_step(query) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(query, 0);
        const char *sql = (const char *)sqlite3_column_text(query, 1);
        hash = add_text(hash, sql == NULL ? "" : sql);
        if (sql != NULL && strncmp(sql, "CREATE TABLE", 12) == 0)
            hash = add_table(hash, db, name);
    }
    sqlite3_finalize(query);
    sqlite3_close(db);
    return hash;
}

/* ---- all of it ---- */

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static uint64_t add_file(uint64_t hash, const char *path) {
    char part[8192];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    for (size_t length; (length = fread(part, 1, sizeof part, file)) > 0;)
        hash = add_bytes(hash, part, length);
    fclose(file);
    return hash;
}

static bool is_store(const char *path) {
    static const char MARK[] = "SQLite format 3";
    char begin[sizeof MARK] = "";
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    bool store = fread(begin, 1, sizeof begin, file) == sizeof begin && memcmp(begin, MARK, sizeof MARK) == 0;
    fclose(file);
    return store;
}

static uint64_t add_any(uint64_t hash, const char *path);

static uint64_t add_folder(uint64_t hash, const char *path) {
    struct dirent **name;
    char inner[WORLD_PATH];
    int count = list(path, &name);
    for (int i = 0; i < count; i++) {
        world_join(inner, path, name[i]->d_name);
        if (!ends_with(inner, "-wal") && !ends_with(inner, "-shm"))
            hash = add_any(add_text(hash, name[i]->d_name), inner);
        free(name[i]);
    }
    free(name);
    return hash;
}

static uint64_t add_any(uint64_t hash, const char *path) {
    char target[WORLD_PATH];
    struct stat info;
    ck_assert_int_eq(lstat(path, &info), 0);
    if (S_ISDIR(info.st_mode))
        return add_folder(hash, path);
    if (S_ISLNK(info.st_mode))
        return add_bytes(hash, target, (size_t)readlink(path, target, sizeof target));
    if (!S_ISREG(info.st_mode))
        return hash;
    return is_store(path) ? add_store(hash, path) : add_file(hash, path);
}

uint64_t world_digest(const char *path) {
    return add_any(FNV_START, path);
}
