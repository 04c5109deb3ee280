#include "tests/support_store.h"

#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/calendar.h"
#include "io/store_internal.h"
#include "tests/support.h"

enum { NOBODY = 65534, LONGEST_CELL = 600 };

void test_folder_make(ht_test_folder *folder) {
    snprintf(folder->path, sizeof folder->path, "/tmp/hemtur-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder->path));
    snprintf(folder->store, sizeof folder->store, "%s/hemtur.db", folder->path);
}

static int count_and_sort(const ht_test_folder *folder, struct dirent ***entries) {
    return scandir(folder->path, entries, NULL, alphasort);
}

void test_folder_remove(ht_test_folder *folder) {
    struct dirent **entry;
    char path[400];
    chmod(folder->path, S_IRWXU);
    int count = count_and_sort(folder, &entry);
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder->path, entry[i]->d_name);
        if (entry[i]->d_name[0] != '.')
            unlink(path);
        free(entry[i]);
    }
    free(entry);
    ck_assert_int_eq(rmdir(folder->path), 0);
}

const char *test_folder_list(const ht_test_folder *folder, char *out, size_t size) {
    struct dirent **entry;
    size_t used = 0;
    int count = count_and_sort(folder, &entry);
    out[0] = '\0';
    for (int i = 0; i < count; i++) {
        if (entry[i]->d_name[0] != '.')
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " " : "", entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    return out;
}

void test_data_init(ht_dataset *data) {
    ck_assert(ht_dataset_init(data, &ht_allocator_system));
}

static void set_cell(ht_dataset *data, void *row, const ht_column *column, const char *cell) {
    char expected[128];
    int32_t value = column->blank;
    if (*cell && !ht_cell_parse(column, cell, &data->text, &value, expected, sizeof expected))
        ck_abort_msg("%s: '%s' is not %s", column->name, cell, expected);
    ht_row_set(row, column, value);
}

void test_row(ht_dataset *data, ht_table_id id, int32_t line, const char *cells) {
    const ht_table *table = ht_table_get(id);
    void *row = ht_array_push(&data->table[id]);
    ck_assert_ptr_nonnull(row);
    memcpy(row, &line, sizeof line);
    for (int32_t c = 0; c < table->count; c++) {
        char cell[LONGEST_CELL];
        size_t length = strcspn(cells, ";");
        ck_assert_uint_lt(length, sizeof cell);
        memcpy(cell, cells, length);
        cell[length] = '\0';
        set_cell(data, row, &table->columns[c], cell);
        cells += length + (cells[length] == ';');
    }
    ck_assert_msg(*cells == '\0', "%s: too many cells: %s", table->name, cells);
}

ht_text test_rows(const ht_dataset *data, ht_table_id id) {
    const ht_table *table = ht_table_get(id);
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < ht_dataset_count(data, id); i++)
        for (int32_t c = 0; c < table->count; c++) {
            char cell[LONGEST_CELL];
            int32_t value = ht_row_get(ht_array_at(&data->table[id], i), &table->columns[c]);
            ck_assert(ht_cell_print(&table->columns[c], value, &data->text, HT_ENGLISH, cell, sizeof cell));
            ht_text_addf(&text, "%s%s", cell, c + 1 < table->count ? ";" : "\n");
        }
    ck_assert(!text.failed);
    return text;
}

/* By SQLite itself, as no store of this program would open. */
void test_rebuild(const char *path, const char *sql_file) {
    char part[4096];
    sqlite3 *db;
    ht_text sql;
    ht_text_init(&sql, &ht_allocator_system);
    FILE *text = fopen(sql_file, "rb");
    ck_assert_msg(text != NULL, "%s", sql_file);
    for (size_t length; (length = fread(part, 1, sizeof part, text)) > 0;)
        ht_text_add(&sql, part, length);
    fclose(text);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, ht_text_get(&sql), NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    ht_text_release(&sql);
}

int32_t test_date(const char *text) {
    int32_t date;
    ck_assert(ht_date_parse(text, &date));
    return date;
}

void test_import(const char *path, const ht_dataset *data) {
    ht_store_changes done;
    ht_err err;
    ht_err_init(&err);
    ht_store *store = ht_store_open(path, HT_STORE_CREATE, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    ck_assert_msg(ht_store_begin(store, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_store_write(store, HT_SERIES_STAY, data, &done, &err) == HT_OK, "%s", err.text);
    ck_assert_msg(ht_store_commit(store, &err) == HT_OK, "%s", err.text);
    ht_store_close(store);
}

void test_read(const char *path, const char *from, const char *to, ht_dataset *data) {
    ht_err err;
    ht_store_range range = {test_date(from), test_date(to), true};
    ht_err_init(&err);
    test_data_init(data);
    ht_store *store = ht_store_open(path, HT_STORE_READ, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    ck_assert_msg(ht_store_read(store, &range, data, &err) == HT_OK, "%s", err.text);
    ht_store_close(store);
}

void test_day(ht_dataset *data, int32_t minutes) {
    char cells[96];
    test_data_init(data);
    test_row(data, HT_STAFF, 2, "S1;T1");
    test_row(data, HT_ROSTER, 2, "S1;2025-03-05;07:00;12:00");
    for (int32_t i = 0; i < TEST_DAY_CLIENTS; i++) {
        snprintf(cells, sizeof cells, "C%d;T1;59;18;;;;;;%d", (int)i, (int)minutes);
        test_row(data, HT_CLIENTS, i + 2, cells);
        for (int32_t v = 0; v < TEST_DAY_VISITS_EACH; v++) {
            snprintf(cells, sizeof cells, "V%d-%d;C%d;2025-03-05;%02d:00;%d", (int)i, (int)v, (int)i, (int)(8 + v),
                     (int)minutes);
            test_row(data, HT_VISITS, i * TEST_DAY_VISITS_EACH + v + 2, cells);
        }
    }
}

int32_t test_day_minutes(const char *path) {
    ht_err err;
    ht_dataset read;
    int64_t broken;
    test_read(path, "2025-03-05", "2025-03-05", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_VISITS), TEST_DAY_VISITS);
    ck_assert_int_eq(ht_dataset_count(&read, HT_CLIENTS), TEST_DAY_CLIENTS);
    const ht_visit_row *visit = ht_dataset_rows(&read, HT_VISITS);
    const ht_client_row *client = ht_dataset_rows(&read, HT_CLIENTS);
    int32_t minutes = visit->minutes;
    for (int32_t i = 0; i < TEST_DAY_VISITS; i++)
        ck_assert_int_eq(visit[i].minutes, minutes);
    for (int32_t i = 0; i < TEST_DAY_CLIENTS; i++)
        ck_assert_int_eq(client[i].staff_cap, minutes);
    ht_dataset_release(&read);
    ht_err_init(&err);
    ht_store *store = ht_store_open(path, HT_STORE_READ, &err);
    ck_assert_int_eq(ht_store_number(store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
                                     &broken, &err),
                     HT_OK);
    ck_assert_int_eq(broken, 0);
    ht_store_close(store);
    return minutes;
}

int test_in_child(ht_test_rights rights, int (*body)(void *context), void *context) {
    int state;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        if (rights == TEST_AS_NOBODY && geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
            _exit(99);
        _exit(body(context));
    }
    ck_assert_int_eq(waitpid(child, &state, 0), child);
    return WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
}
