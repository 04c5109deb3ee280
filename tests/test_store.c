/* The store: what is written reads back; what an import replaces, keeps and removes. */
#include <check.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "io/store_internal.h"
#include "tests/support_store.h"

static ht_test_folder folder;
static ht_dataset data;
static ht_store_changes done;
static ht_err err;

static void set_up(void) {
    test_folder_make(&folder);
    test_data_init(&data);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_dataset_release(&data);
    test_folder_remove(&folder);
}

/* Rows by key, so that they come back in the order they were written. */
static const struct {
    ht_table_id table;
    const char *cells;
} FOLDER[] = {
    {HT_TEAMS, "T1;North;Municipal;59,1234567;-18,7654321;2"},
    {HT_TEAMS, "T2"},
    {HT_CLIENTS, "C1;T1;59,3;18,05;S1;S2;accepted;;yes;10;K7;cat|smoke;sv;female;H1;2025-01-01;2025-12-31"},
    {HT_CLIENTS, "C2;T1;-90;180"},
    {HT_CLIENTS, "C3;T2;0;0;;;declined;own_wish;no"},
    {HT_STAFF, "S1;T1;usk;permanent;87,5;bicycle;home;sv|fi;female;cat;2020-02-29;2199-12-31"},
    {HT_STAFF, "S2;T1"},
    {HT_STAFF, "S3;T2;vb;hourly;0;walk;office"},
    {HT_SKILLS, "S1;insulin;2025-01-01;2025-12-31"},
    {HT_SKILLS, "S2;insulin"},
    {HT_ROSTER, "S1;2025-03-05;07:00;15:30;work;30;10:30;12:00;Röd 1;car;T2;yes"},
    {HT_ROSTER, "S2;2025-03-05;00:00;24:00;office"},
    {HT_ROSTER, "S1;2025-03-06;07:00;11:00"},
    {HT_ABSENCES, ";C1;1969-12-31 22:30;1970-01-01 07:15"},
    {HT_ABSENCES, "S1;;2025-03-01;2025-03-02"},
    {HT_VISITS, "V1;C1;2025-03-05;07:30;30;15;10;09:00;insulin|lift;driving;2;1;Shower;;;;S1|S2;07:45;no"},
    {HT_VISITS, "V2;C2;2025-03-06;08:00;20;;;;;;;;;V1;210;20160"},
    {HT_VISITS, "V3;C3;2025-03-20;08:00;20"},
    {HT_SERIES, "R1;C1;07:30;30;15;10;09:00;insulin|lift;driving;2;1;Shower;;;;S1|S2;07:45;no;Varannan vecka, fre;"
                "2025-01-01;2025-12-31;2025-07-01..2025-07-31;2025-03-14|helgdagar;S2"},
    {HT_SERIES, "R2;C1;08:30;20;;;;;;;;;R1;30;;;;;daily;2025-02-01"},
    {HT_RELATIONS, "C1;S1;known"},
    {HT_RELATIONS, "C1;S2;blocked"},
    {HT_TRAVEL, "C1;C2;car;7,633333"},
    {HT_TRAVEL, "C1;office:T1;walk;0"},
    {HT_PERFORMED, "S1;2025-03-04;07:30;08:01;V0;C1"},
    {HT_PERFORMED, "S1;2025-03-05;07:30;;V1;C1"},
    {HT_PERFORMED, "S2;2025-03-05;07:30;;;C2"},
    {HT_SETTINGS, "after_min;15"},
    {HT_SETTINGS, "profile.own.1;coverage: 1*unplanned"},
};

static void add_folder(ht_dataset *to) {
    for (size_t i = 0; i < sizeof FOLDER / sizeof FOLDER[0]; i++)
        test_row(to, FOLDER[i].table, (int32_t)i + 2, FOLDER[i].cells);
}

static void assert_rows(const ht_dataset *read, ht_table_id table, const char *expected) {
    ht_text rows = test_rows(read, table);
    ck_assert_str_eq(ht_text_get(&rows), expected);
    ht_text_release(&rows);
}

static void assert_same_rows(const ht_dataset *read, const ht_dataset *written, ht_table_id table) {
    ht_text rows = test_rows(written, table);
    assert_rows(read, table, ht_text_get(&rows));
    ht_text_release(&rows);
}

/* ---- the schema and its values ---- */

static const char *sql_type(ht_column_type type) {
    switch (type) {
    case HT_COL_INT:
    case HT_COL_FLAG:
        return "INTEGER";
    case HT_COL_DECIMAL:
        return "REAL";
    default:
        return "TEXT";
    }
}

START_TEST(schema_has_the_columns_of_the_descriptions) {
    const ht_table *table = ht_table_get((ht_table_id)_i);
    ht_store *store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    sqlite3_stmt *query =
        ht_store_prepare(store, "SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid", &err);
    ht_bind_text(query, 1, table->name);
    for (int32_t c = 0; c < table->count; c++) {
        ck_assert_int_eq(sqlite3_step(query), SQLITE_ROW);
        ck_assert_str_eq(ht_column_text(query, 0), table->columns[c].name);
        ck_assert_msg(strcmp(ht_column_text(query, 1), sql_type(table->columns[c].type)) == 0, "%s.%s is %s",
                      table->name, table->columns[c].name, ht_column_text(query, 1));
        ck_assert_msg((sqlite3_column_int(query, 2) > 0) == table->columns[c].key, "%s.%s: key", table->name,
                      table->columns[c].name);
    }
    ck_assert_int_eq(sqlite3_step(query), SQLITE_DONE);
    sqlite3_finalize(query);
    ht_store_close(store);
}
END_TEST

START_TEST(tables_are_strict_and_foreign_keys_on) {
    int64_t number;
    ht_store *store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_int_eq(
        ht_store_number(
            store,
            "SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'",
            &number, &err),
        HT_OK);
    ck_assert_int_eq(number, 0);
    ht_store_number(store, "PRAGMA foreign_keys", &number, &err);
    ck_assert_int_eq(number, 1);
    ht_store_number(store, "PRAGMA synchronous", &number, &err);
    ck_assert_int_eq(number, 2);
    ht_store_number(store, "PRAGMA busy_timeout", &number, &err);
    ck_assert_int_eq(number, 5000);
    ht_store_close(store);
}
END_TEST

START_TEST(rows_read_back_as_written) {
    ht_dataset read;
    add_folder(&data);
    test_import(folder.store, &data);
    test_read(folder.store, "2025-03-01", "2025-03-31", &read);
    for (ht_table_id table = 0; table < HT_TABLES; table++)
        assert_same_rows(&read, &data, table);
    ck_assert_int_eq(((const ht_visit_row *)ht_dataset_rows(&read, HT_VISITS))->line, 0);
    ht_dataset_release(&read);
}
END_TEST

static const struct {
    const char *sql, *value;
} SEEN[] = {
    {"SELECT date FROM visits WHERE visit_id = 'V1'", "2025-03-05"},
    {"SELECT start FROM visits WHERE visit_id = 'V1'", "07:30"},
    {"SELECT recurs FROM visit_series WHERE series_id = 'R1'", "every 2 weeks fri"},
    {"SELECT \"except\" FROM visit_series WHERE series_id = 'R1'", "2025-03-14|holidays"},
    {"SELECT minutes FROM travel WHERE \"to\" = 'C2'", "7.63333333333333"},
    {"SELECT lat FROM teams WHERE team_id = 'T1'", "59.1234567"},
    {"SELECT title FROM staff WHERE staff_id = 'S1'", "usk"},
    {"SELECT percent FROM staff WHERE staff_id = 'S1'", "87.5"},
    {"SELECT \"from\" FROM absences WHERE client_id = 'C1'", "1969-12-31 22:30"},
    {"SELECT \"to\" FROM absences WHERE staff_id = 'S1'", "2025-03-03 00:00"},
    {"SELECT counts FROM visits WHERE visit_id = 'V1'", "0"},
    {"SELECT typeof(contact) FROM clients WHERE client_id = 'C2'", "null"},
    {"SELECT quote(\"from\") FROM skills WHERE staff_id = 'S2'", "''"},
};

START_TEST(a_person_can_read_the_values) {
    add_folder(&data);
    test_import(folder.store, &data);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    sqlite3_stmt *query = ht_store_prepare(store, SEEN[_i].sql, &err);
    ck_assert_msg(query != NULL, "%s", err.text);
    ck_assert_int_eq(sqlite3_step(query), SQLITE_ROW);
    ck_assert_str_eq(ht_column_text(query, 0), SEEN[_i].value);
    sqlite3_finalize(query);
    ht_store_close(store);
}
END_TEST

START_TEST(decimals_read_back_exact) {
    enum { ROWS = 2000 };
    ht_dataset read;
    ht_rng rng;
    ht_rng_init(&rng, 1, 0);
    test_row(&data, HT_STAFF, 2, "S1;T1");
    for (int32_t i = 0; i < ROWS; i++) {
        char cells[64];
        snprintf(cells, sizeof cells, "C%04d;T1;0;0", (int)i);
        test_row(&data, HT_CLIENTS, i + 2, cells);
        ht_client_row *client = ht_array_at(&data.table[HT_CLIENTS], i);
        client->lat = ht_rng_below(&rng, 1800000001) - 900000000;
        client->lon = ht_rng_below(&rng, 1800000001) * (i % 2 ? 1 : -1);
        snprintf(cells, sizeof cells, "C%04d;C0000;car;0", (int)i);
        test_row(&data, HT_TRAVEL, i + 2, cells);
        ((ht_travel_row *)ht_array_at(&data.table[HT_TRAVEL], i))->seconds = i;
    }
    test_import(folder.store, &data);
    test_read(folder.store, "2025-03-01", "2025-03-31", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_CLIENTS), ROWS);
    for (int32_t i = 0; i < ROWS; i++) {
        const ht_client_row *was = ht_array_at(&data.table[HT_CLIENTS], i),
                            *is = ht_array_at(&read.table[HT_CLIENTS], i);
        const ht_travel_row *leg = ht_array_at(&read.table[HT_TRAVEL], i);
        ck_assert_int_eq(is->lat, was->lat);
        ck_assert_int_eq(is->lon, was->lon);
        ck_assert_int_eq(leg->seconds, i);
    }
    ht_dataset_release(&read);
}
END_TEST

/* ---- what an import replaces and what it leaves ---- */

static const char *const FIRST_VISITS[] = {"V1;C1;2025-03-05;07:30;30", "V2;C1;2025-03-05;12:00;30",
                                           "V3;C1;2025-03-06;07:30;30", "V4;C1;2025-03-07;07:30;30"};

static void import_first(void) {
    ht_dataset first;
    test_data_init(&first);
    test_row(&first, HT_STAFF, 2, "S1;T1");
    test_row(&first, HT_CLIENTS, 2, "C1;T1;59;18");
    test_row(&first, HT_ROSTER, 2, "S1;2025-03-05;07:00;12:00");
    test_row(&first, HT_ROSTER, 3, "S1;2025-03-05;16:00;21:00");
    test_row(&first, HT_SETTINGS, 2, "after_min;15");
    for (int32_t i = 0; i < 4; i++)
        test_row(&first, HT_VISITS, i + 2, FIRST_VISITS[i]);
    test_import(folder.store, &first);
    ht_dataset_release(&first);
}

#define VISIT_ROW(id, date, start, minutes) id ";C1;" date ";" start ";" minutes ";;;;;;1;1;;;;;;;yes\n"

START_TEST(import_replaces_by_key_and_removes_what_its_dates_no_longer_list) {
    ht_dataset read;
    import_first();
    test_row(&data, HT_VISITS, 2, "V1;C1;2025-03-05;08:00;45"); /* V2 of the same date is not listed: it goes */
    test_row(&data, HT_VISITS, 3, "V3;C1;2025-03-08;07:30;30"); /* moved; 6 March is not covered */
    test_row(&data, HT_VISITS, 0, "V4;C1;2025-03-07;23:00;30"); /* a kept row is not written */
    test_row(&data, HT_ROSTER, 2, "S1;2025-03-05;07:00;13:00");
    test_row(&data, HT_CLIENTS, 2, "C1;T9;58;17"); /* visits refer to it */
    test_import(folder.store, &data);
    test_read(folder.store, "2025-01-01", "2025-12-31", &read);
    assert_rows(&read, HT_VISITS,
                VISIT_ROW("V1", "2025-03-05", "08:00", "45") VISIT_ROW("V4", "2025-03-07", "07:30", "30")
                    VISIT_ROW("V3", "2025-03-08", "07:30", "30"));
    assert_rows(&read, HT_ROSTER, "S1;2025-03-05;07:00;13:00;work;0;;;;;;no\n");
    assert_rows(&read, HT_CLIENTS, "C1;T9;58;17;;;;;;;;;;;;;\n");
    assert_rows(&read, HT_SETTINGS, "after_min;15\n");
    ht_dataset_release(&read);
}
END_TEST

START_TEST(kept_rows_are_those_that_the_import_leaves) {
    import_first();
    test_row(&data, HT_VISITS, 2, "V1;C1;2025-03-05;08:00;45");
    test_row(&data, HT_VISITS, 3, "V3;C1;2025-03-08;07:30;30");
    test_row(&data, HT_STAFF, 2, "S2;T1");
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ck_assert_msg(ht_store_read_kept(store, HT_SERIES_STAY, &data, &err) == HT_OK, "%s", err.text);
    assert_rows(&data, HT_VISITS,
                VISIT_ROW("V1", "2025-03-05", "08:00", "45") VISIT_ROW("V3", "2025-03-08", "07:30", "30")
                    VISIT_ROW("V4", "2025-03-07", "07:30", "30"));
    ck_assert_int_eq(((const ht_visit_row *)ht_array_at(&data.table[HT_VISITS], 2))->line, 0);
    ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), 2);
    ck_assert_int_eq(ht_dataset_count(&data, HT_ROSTER), 2);
    ck_assert_int_eq(ht_dataset_count(&data, HT_CLIENTS), 1);
    ht_store_close(store);
}
END_TEST

START_TEST(kept_travel_is_read_where_travel_comes) {
    import_first();
    test_row(&data, HT_TRAVEL, 2, "C1;office;car;5");
    test_row(&data, HT_TRAVEL, 3, "office;C1;car;5");
    test_import(folder.store, &data);
    ht_dataset_release(&data);
    test_data_init(&data);
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(ht_store_read_kept(store, HT_SERIES_STAY, &data, &err), HT_OK);
    ck_assert_int_eq(ht_dataset_count(&data, HT_TRAVEL), 0);
    test_row(&data, HT_TRAVEL, 2, "C1;office;car;6");
    ck_assert_int_eq(ht_store_read_kept(store, HT_SERIES_STAY, &data, &err), HT_OK);
    ck_assert_int_eq(ht_dataset_count(&data, HT_TRAVEL), 2);
    ck_assert_int_eq(((const ht_travel_row *)ht_array_at(&data.table[HT_TRAVEL], 0))->line, 2);
    ck_assert_int_eq(((const ht_travel_row *)ht_array_at(&data.table[HT_TRAVEL], 1))->line, 0);
    ht_store_close(store);
}
END_TEST

START_TEST(rolled_back_import_leaves_the_rows) {
    ht_dataset read;
    import_first();
    test_row(&data, HT_VISITS, 2, "V9;C1;2025-03-05;08:00;45");
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ck_assert_int_eq(ht_store_write(store, HT_SERIES_STAY, &data, &done, &err), HT_OK);
    ck_assert_int_eq(done.removed[HT_VISITS], 2); /* V1 and V2 of the date */
    ck_assert_int_eq(done.removed[HT_ROSTER], 0);
    ht_store_close(store);
    test_read(folder.store, "2025-01-01", "2025-12-31", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_VISITS), 4);
    ht_dataset_release(&read);
}
END_TEST

START_TEST(row_that_refers_to_nothing_is_named) {
    test_row(&data, HT_VISITS, 7, "V1;C1;2025-03-05;07:30;30");
    ht_store *store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ck_assert_int_eq(ht_store_write(store, HT_SERIES_STAY, &data, &done, &err), HT_EINTERNAL);
    ck_assert_ptr_nonnull(strstr(err.text, "visits.csv:7: "));
    ck_assert_ptr_nonnull(strstr(err.text, "FOREIGN KEY"));
    ht_store_close(store);
}
END_TEST

/* ---- reading a range ---- */

START_TEST(range_reads_its_days_and_what_they_follow) {
    ht_dataset read;
    add_folder(&data);
    test_import(folder.store, &data);
    test_read(folder.store, "2025-03-06", "2025-03-06", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_ROSTER), 1);
    ck_assert_int_eq(ht_dataset_count(&read, HT_VISITS), 2);    /* V2, and V1 of the day before that it follows */
    ck_assert_int_eq(ht_dataset_count(&read, HT_PERFORMED), 1); /* V1's */
    ck_assert_int_eq(ht_dataset_count(&read, HT_ABSENCES), 2);
    const ht_visit_row *visit = ht_dataset_rows(&read, HT_VISITS);
    ck_assert_str_eq(ht_dataset_text(&read, visit[1].visit_id), "V1");
    ck_assert_int_eq(visit[0].after_visit, visit[1].visit_id);
    ht_dataset_release(&read);
}
END_TEST

START_TEST(one_dated_table_is_read_alone) {
    ht_dataset read;
    ht_store_range range = {.from = test_date("2025-03-06"), .to = test_date("2025-03-06")};
    add_folder(&data);
    test_import(folder.store, &data);
    test_data_init(&read);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ck_assert_int_eq(ht_store_read_dated(store, HT_ROSTER, &range, &read, &err), HT_OK);
    ht_store_close(store);
    for (ht_table_id id = 0; id < HT_TABLES; id++)
        ck_assert_int_eq(ht_dataset_count(&read, id), id == HT_ROSTER ? 1 : 0);
    ck_assert_int_eq(((const ht_roster_row *)ht_dataset_rows(&read, HT_ROSTER))->date, range.from);
    ht_dataset_release(&read);
}
END_TEST

/* Adds the rows that a finished statement passed over in a table without an index, undated tables aside. */
static int count_scanned(unsigned event, void *context, void *statement, void *nanoseconds) {
    int *scanned = context;
    const char *sql = sqlite3_sql(statement);
    (void)event, (void)nanoseconds;
    if (strstr(sql, " BETWEEN "))
        *scanned += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
    return 0;
}

/* A store holds years of performed rows: reading a day must seek. */
START_TEST(reading_days_scans_no_table) {
    ht_store_range range = {test_date("2025-03-06"), test_date("2025-03-06"), false};
    ht_dataset read;
    int scanned = 0;
    add_folder(&data);
    test_import(folder.store, &data);
    test_data_init(&read);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    sqlite3_trace_v2(store->db, SQLITE_TRACE_PROFILE, count_scanned, &scanned);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_OK);
    ht_store_close(store);
    ck_assert_int_eq(scanned, 0);
    ht_dataset_release(&read);
}
END_TEST

/* ---- files ---- */

static mode_t mode_of(const char *path) {
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    return info.st_mode & 07777;
}

START_TEST(files_are_the_owners_alone) {
    char wal[160];
    add_folder(&data);
    umask(0);
    test_import(folder.store, &data);
    ck_assert_int_eq(mode_of(folder.store), 0600);
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ck_assert_int_eq(ht_store_write(store, HT_SERIES_STAY, &data, &done, &err), HT_OK);
    ck_assert_int_eq(ht_store_run(store, "UPDATE settings SET value = '16'", &err), HT_OK);
    ck_assert_int_eq(ht_store_commit(store, &err), HT_OK);
    snprintf(wal, sizeof wal, "%s-wal", folder.store);
    ck_assert_int_eq(mode_of(wal), 0600);
    ht_store_close(store);
}
END_TEST

START_TEST(unused_new_store_leaves_no_file) {
    char list[200];
    ht_store *store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_ptr_nonnull(store);
    ht_store_close(store);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "");
    store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ht_store_rollback(store);
    ht_store_close(store);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "");
}
END_TEST

START_TEST(closing_leaves_the_store_alone_in_its_folder) {
    char list[200];
    ht_dataset read;
    add_folder(&data);
    test_import(folder.store, &data);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db");
    test_read(folder.store, "2025-03-05", "2025-03-05", &read);
    ht_dataset_release(&read);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db");
}
END_TEST

/* What another import stored meanwhile in the same new file stays. */
START_TEST(unused_store_that_another_filled_stays) {
    ht_dataset read;
    ht_store *unused = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    ck_assert_ptr_nonnull(unused);
    add_folder(&data);
    test_import(folder.store, &data);
    ht_store_close(unused);
    test_read(folder.store, "2025-03-05", "2025-03-05", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_STAFF), 3);
    ht_dataset_release(&read);
}
END_TEST

/* ---- memory ---- */

typedef struct failing {
    int32_t left;
} failing;

static void *fail_later(void *context, void *block, size_t size) {
    failing *f = context;
    return f->left-- > 0 ? realloc(block, size) : NULL;
}

static void release(void *context, void *block) {
    (void)context;
    free(block);
}

START_TEST(reading_reports_each_failed_allocation) {
    ht_store_range range = {test_date("2025-03-01"), test_date("2025-03-31"), true};
    ht_status status = HT_ENOMEM;
    add_folder(&data);
    test_import(folder.store, &data);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    int32_t n = 0;
    for (; status != HT_OK; n++) {
        failing f = {n};
        ht_allocator allocator = {fail_later, release, &f};
        ht_dataset read;
        if (ht_dataset_init(&read, &allocator)) {
            status = ht_store_read(store, &range, &read, &err);
            ck_assert_msg(status == HT_OK || status == HT_ENOMEM, "%s", err.text);
        }
        ht_dataset_release(&read);
        ck_assert_int_lt(n, 1000);
    }
    ck_assert_int_gt(n, 5);
    ht_store_close(store);
}
END_TEST

START_TEST(sqlite_version_is_known) {
    ck_assert_str_eq(ht_store_sqlite_version(), sqlite3_libversion());
}
END_TEST

static Suite *store_suite(void) {
    Suite *suite = suite_create("store");
    TCase *tests = tcase_create("store");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, schema_has_the_columns_of_the_descriptions, 0, HT_TABLES);
    tcase_add_test(tests, tables_are_strict_and_foreign_keys_on);
    tcase_add_test(tests, rows_read_back_as_written);
    tcase_add_loop_test(tests, a_person_can_read_the_values, 0, (int)(sizeof SEEN / sizeof SEEN[0]));
    tcase_add_test(tests, decimals_read_back_exact);
    tcase_add_test(tests, import_replaces_by_key_and_removes_what_its_dates_no_longer_list);
    tcase_add_test(tests, kept_rows_are_those_that_the_import_leaves);
    tcase_add_test(tests, kept_travel_is_read_where_travel_comes);
    tcase_add_test(tests, rolled_back_import_leaves_the_rows);
    tcase_add_test(tests, row_that_refers_to_nothing_is_named);
    tcase_add_test(tests, range_reads_its_days_and_what_they_follow);
    tcase_add_test(tests, one_dated_table_is_read_alone);
    tcase_add_test(tests, reading_days_scans_no_table);
    tcase_add_test(tests, files_are_the_owners_alone);
    tcase_add_test(tests, unused_new_store_leaves_no_file);
    tcase_add_test(tests, closing_leaves_the_store_alone_in_its_folder);
    tcase_add_test(tests, unused_store_that_another_filled_stays);
    tcase_add_test(tests, reading_reports_each_failed_allocation);
    tcase_add_test(tests, sqlite_version_is_known);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(store_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
