/* Stores that earlier versions made: what they hold is there afterwards, and the file as it was is kept beside. */
#include <check.h>

#include "io/store_internal.h"
#include "tests/support.h"
#include "tests/support_store.h"

static ht_test_folder folder;
static ht_err err;

static void set_up(void) {
    test_folder_make(&folder);
    ht_err_init(&err);
    test_rebuild(folder.store, HT_SOURCE_DIR "/tests/stores/v1.sql");
}

static void tear_down(void) {
    test_folder_remove(&folder);
}

static const char *const TABLES_1[] = {
    "teams",     "clients", "staff",    "skills",  "relations", "roster",      "absences",     "visits",
    "performed", "travel",  "settings", "imports", "plans",     "plan_levels", "plan_entries", "plan_unplanned"};

/* All rows of the tables of version 1, a line each. */
static ht_text all_rows(const char *path) {
    ht_text rows;
    sqlite3 *db;
    ht_text_init(&rows, &ht_allocator_system);
    ck_assert_int_eq(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    for (size_t i = 0; i < sizeof TABLES_1 / sizeof TABLES_1[0]; i++) {
        char sql[64];
        sqlite3_stmt *query;
        snprintf(sql, sizeof sql, "SELECT * FROM %s", TABLES_1[i]);
        ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
        while (sqlite3_step(query) == SQLITE_ROW) {
            ht_text_addf(&rows, "%s", TABLES_1[i]);
            for (int c = 0; c < sqlite3_column_count(query); c++)
                ht_text_addf(&rows, ";%s", ht_column_text(query, c));
            ht_text_addf(&rows, "\n");
        }
        sqlite3_finalize(query);
    }
    sqlite3_close(db);
    ck_assert(!rows.failed);
    return rows;
}

static void assert_rows(const char *path, const ht_text *expected) {
    ht_text rows = all_rows(path);
    ck_assert(strcmp(ht_text_get(&rows), ht_text_get(expected)) == 0);
    ht_text_release(&rows);
}

static int64_t number(ht_store *store, const char *sql) {
    int64_t value = -1;
    ck_assert_msg(ht_store_number(store, sql, &value, &err) == HT_OK, "%s", err.text);
    return value;
}

START_TEST(everything_is_there_and_the_former_file_beside) {
    char list[200], copy[160];
    ht_text before = all_rows(folder.store);
    ck_assert_uint_gt(before.length, 50000);
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    ck_assert_int_eq(number(store, "PRAGMA user_version"), ht_store_schema.versions);
    ck_assert_int_eq(number(store, "SELECT count(*) FROM visit_series"), 0);
    ck_assert_int_eq(number(store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
    ht_store_close(store);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db hemtur.db.before-v2");
    assert_rows(folder.store, &before);
    snprintf(copy, sizeof copy, "%s.before-v2", folder.store);
    assert_rows(copy, &before);
    ht_text_release(&before);
}
END_TEST

START_TEST(reading_alone_leaves_it_and_says_what_to_do) {
    char list[200];
    ck_assert_ptr_null(ht_store_open(folder.store, HT_STORE_READ, &err));
    ck_assert_int_eq(err.status, HT_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "was made by an older hemtur: run a command that writes"));
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db");
}
END_TEST

START_TEST(its_plans_are_plans_as_before) {
    ht_plan_record record;
    ht_dataset data;
    ht_plan plan;
    ht_store_close(ht_store_open(folder.store, HT_STORE_WRITE, &err));
    test_read(folder.store, "2026-02-24", "2026-03-10", &data);
    ck_assert_int_eq(ht_dataset_count(&data, HT_VISITS), 71);
    ck_assert_int_eq(ht_dataset_count(&data, HT_PERFORMED), 871);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ck_assert_msg(ht_store_load_plan(store, test_date("2026-03-10"), "", 1, &data, &plan, &record, &err) == HT_OK, "%s",
                  err.text);
    ck_assert_int_eq(plan.entries.count, 71);
    ck_assert(record.published && !record.current && !record.outdated);
    ht_plan_release(&plan);
    ck_assert_int_eq(ht_store_load_plan(store, test_date("2026-03-10"), "", 0, &data, &plan, &record, &err), HT_OK);
    ck_assert_int_eq(record.version, 2);
    ht_plan_release(&plan);
    ht_store_close(store);
    ht_dataset_release(&data);
}
END_TEST

START_TEST(a_series_makes_the_plans_of_its_days_outdated) {
    static const struct {
        const char *cells;
        int64_t outdated;
    } CASES[] = {{"R1;B001;08:00;30;;;;;;;;;;;;;;;daily;2026-03-11", 0},
                 {"R1;B001;08:00;30;;;;;;;;;;;;;;;daily;2026-03-01;2026-03-09", 0},
                 {"R1;B001;08:00;30;;;;;;;;;;;;;;;daily;2026-03-10;2026-03-10", 2},
                 {"R1;B001;08:00;30;;;;;;;;;;;;;;;daily;2026-01-01", 2}};
    ht_dataset change;
    ht_store_close(ht_store_open(folder.store, HT_STORE_WRITE, &err));
    test_data_init(&change);
    test_row(&change, HT_SERIES, 2, CASES[_i].cells);
    test_import(folder.store, &change);
    ht_dataset_release(&change);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ck_assert_int_eq(number(store, "SELECT count(*) FROM plans WHERE outdated = 1"), CASES[_i].outdated);
    ht_store_close(store);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("store_upgrade");
    TCase *tests = tcase_create("store_upgrade");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, everything_is_there_and_the_former_file_beside);
    tcase_add_test(tests, reading_alone_leaves_it_and_says_what_to_do);
    tcase_add_test(tests, its_plans_are_plans_as_before);
    tcase_add_loop_test(tests, a_series_makes_the_plans_of_its_days_outdated, 0, 4);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
