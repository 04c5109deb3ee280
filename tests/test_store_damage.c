/* The store in trouble: damaged, foreign and newer files, other programs, no room, no rights. The former data
 * stays whole. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/calendar.h"
#include "io/store_internal.h"
#include "tests/support_store.h"

static ht_test_folder folder;
static ht_store_changes done;
static ht_err err;

static void set_up(void) {
    test_folder_make(&folder);
    ht_err_init(&err);
}

static void tear_down(void) {
    test_folder_remove(&folder);
}

static void import_day(int32_t minutes) {
    ht_dataset data;
    test_day(&data, minutes);
    test_import(folder.store, &data);
    ht_dataset_release(&data);
}

/* ---- files that are no store ---- */

static void put_file(const char *bytes, size_t length) {
    FILE *file = fopen(folder.store, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

static off_t size_of(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 ? info.st_size : -1;
}

static void run_raw(const char *sql) {
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(folder.store, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void make_text(void) {
    put_file("visit_id;client_id;date\r\n", 25);
}

static void make_long_text(void) {
    char text[20000];
    memset(text, 'x', sizeof text);
    put_file(text, sizeof text);
}

static void make_other_program(void) {
    run_raw("CREATE TABLE bookmarks (url TEXT)");
}

static void make_other_application(void) {
    run_raw("PRAGMA application_id = 77; PRAGMA user_version = 1; CREATE TABLE plans (x)");
}

static void make_newer(void) {
    import_day(30);
    run_raw("PRAGMA user_version = 3");
}

static void make_cut_to(off_t length) {
    import_day(30);
    ck_assert_int_eq(truncate(folder.store, length < 0 ? size_of(folder.store) + length : length), 0);
}

static void make_half(void) {
    import_day(30);
    ck_assert_int_eq(truncate(folder.store, size_of(folder.store) / 2 / 4096 * 4096), 0);
}

static void make_last_page_cut(void) {
    make_cut_to(-100);
}

static void make_first_page_cut(void) {
    make_cut_to(1000);
}

static void make_header_cut(void) {
    make_cut_to(50);
}

static void make_schema_garbage(void) {
    import_day(30);
    FILE *file = fopen(folder.store, "r+b");
    ck_assert_int_eq(fseek(file, 100, SEEK_SET), 0);
    for (int i = 0; i < 3000; i++)
        fputc(0xa5, file);
    fclose(file);
}

static void make_folder(void) {
    ck_assert_int_eq(mkdir(folder.store, 0700), 0);
}

static const struct {
    void (*make)(void);
    ht_status status;
    const char *text; /* after the path */
} BAD[] = {
    {make_text, HT_EINPUT, " is not a hemtur store: it is no SQLite file; choose another file with --db"},
    {make_long_text, HT_EINPUT, " is not a hemtur store: it is no SQLite file; choose another file with --db"},
    {make_other_program, HT_EINPUT, " is not a hemtur store: another program made it; choose another file with --db"},
    {make_other_application, HT_EINPUT,
     " is not a hemtur store: another program made it; choose another file with --db"},
    {make_newer, HT_EINPUT,
     " was made by a newer hemtur (store version 3, this one knows 2): install that version, or choose another file "
     "with --db"},
    {make_half, HT_ESYSTEM, " is damaged or cut short: put back a backup of it, or import into another file with --db"},
    {make_last_page_cut, HT_ESYSTEM,
     " is damaged or cut short: put back a backup of it, or import into another file with --db"},
    {make_first_page_cut, HT_ESYSTEM,
     " is damaged or cut short: put back a backup of it, or import into another file with --db"},
    {make_header_cut, HT_ESYSTEM,
     " is damaged or cut short: put back a backup of it, or import into another file with --db"},
    {make_schema_garbage, HT_ESYSTEM,
     " is damaged or cut short: put back a backup of it, or import into another file with --db"},
    {make_folder, HT_ESYSTEM, NULL},
};

static uint64_t digest(const char *path) {
    uint64_t hash = 14695981039346656037u;
    FILE *file = fopen(path, "rb");
    for (int c; file && (c = fgetc(file)) != EOF;)
        hash = (hash ^ (uint64_t)c) * 1099511628211u;
    if (file)
        fclose(file);
    return hash;
}

static void assert_refused(ht_store_mode mode, ht_status status, const char *text) {
    char expected[HT_ERR_TEXT];
    ck_assert_ptr_null(ht_store_open(folder.store, mode, &err));
    ck_assert_msg(err.status == status, "%d: %s", err.status, err.text);
    snprintf(expected, sizeof expected, "%s%s", folder.store, text ? text : "");
    ck_assert_msg(text ? strcmp(err.text, expected) == 0 : strstr(err.text, folder.store) != NULL, "%s", err.text);
}

START_TEST(file_that_is_no_good_store_is_refused_and_left_as_it_is) {
    char before[300], after[300];
    BAD[_i].make();
    uint64_t was = digest(folder.store);
    test_folder_list(&folder, before, sizeof before);
    for (ht_store_mode mode = HT_STORE_READ; mode <= HT_STORE_CREATE; mode++)
        assert_refused(mode, BAD[_i].status, BAD[_i].text);
    ck_assert_uint_eq(digest(folder.store), was);
    ck_assert_str_eq(test_folder_list(&folder, after, sizeof after), before);
    rmdir(folder.store);
}
END_TEST

START_TEST(no_file_and_an_empty_one_are_no_store_until_something_is_imported) {
    const char *text = ": no store there: run `hemtur import DIR` first, or choose another file with --db";
    assert_refused(HT_STORE_READ, HT_EINPUT, text);
    assert_refused(HT_STORE_WRITE, HT_EINPUT, text);
    ck_assert_int_eq(size_of(folder.store), -1);
    put_file("", 0); /* what a kill in the first moment of an import leaves */
    assert_refused(HT_STORE_READ, HT_EINPUT, text);
    assert_refused(HT_STORE_WRITE, HT_EINPUT, text);
    ck_assert_int_eq(size_of(folder.store), 0);
    import_day(30);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
}
END_TEST

START_TEST(folder_that_is_not_there_is_said) {
    ck_assert_ptr_null(ht_store_open("/nowhere/hemtur.db", HT_STORE_CREATE, &err));
    ck_assert_int_eq(err.status, HT_ESYSTEM);
    ck_assert_str_eq(err.text,
                     "/nowhere/hemtur.db cannot be made: No such file or directory; choose another file with --db");
}
END_TEST

/* A value that no import wrote: a row is named by its table and column, not read as something else. */
START_TEST(value_edited_by_hand_is_named) {
    ht_store_range range = {test_date("2025-03-05"), test_date("2025-03-05"), false};
    ht_dataset read;
    import_day(30);
    run_raw("UPDATE visits SET start = '99:99' WHERE visit_id = 'V7-1'");
    test_data_init(&read);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "table visits, column start holds a value that it cannot have"));
    ht_store_close(store);
    ht_dataset_release(&read);
}
END_TEST

START_TEST(damage_inside_is_said_when_it_is_met) {
    ht_store_range range = {test_date("2025-03-05"), test_date("2025-03-05"), false};
    ht_dataset read;
    import_day(30);
    FILE *file = fopen(folder.store, "r+b");
    off_t size = size_of(folder.store);
    for (off_t at = 4096 * 45; at < size; at++) {
        ck_assert_int_eq(fseek(file, (long)at, SEEK_SET), 0);
        fputc(0xa5, file);
    }
    fclose(file);
    test_data_init(&read);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, " is damaged or cut short: "));
    ht_store_close(store);
    ht_dataset_release(&read);
}
END_TEST

/* ---- other programs ---- */

START_TEST(second_writer_is_told_who_waits_for_whom) {
    char expected[HT_ERR_TEXT];
    import_day(30);
    ht_store *first = ht_store_open(folder.store, HT_STORE_WRITE, &err),
             *second = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(ht_store_begin(first, &err), HT_OK);
    ht_store_set_patience(second, 50);
    ck_assert_int_eq(ht_store_begin(second, &err), HT_ESYSTEM);
    snprintf(expected, sizeof expected, "%s is locked by another program: wait until that is done, then run this again",
             folder.store);
    ck_assert_str_eq(err.text, expected);
    ck_assert_int_eq(test_day_minutes(folder.store), 30); /* readers go on */
    ck_assert_int_eq(ht_store_commit(first, &err), HT_OK);
    ck_assert_int_eq(ht_store_begin(second, &err), HT_OK);
    ht_store_close(second);
    ht_store_close(first);
}
END_TEST

START_TEST(file_that_was_taken_away_is_noticed) {
    import_day(30);
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ck_assert_int_eq(unlink(folder.store), 0);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "was removed or moved by another program"));
    ht_store_close(store);
}
END_TEST

/* ---- rights ---- */

/* Reads the store whose path is context; 0 where that works. */
static int read_store(void *context) {
    ht_store_range range = {test_date("2025-03-05"), test_date("2025-03-05"), false};
    ht_dataset read;
    test_data_init(&read);
    ht_store *store = ht_store_open(context, HT_STORE_READ, &err);
    int failed = !store || ht_store_read(store, &range, &read, &err) != HT_OK ||
                 ht_dataset_count(&read, HT_VISITS) != TEST_DAY_VISITS;
    if (failed)
        fprintf(stderr, "%s\n", err.text);
    ht_store_close(store);
    ht_dataset_release(&read);
    return failed;
}

/* 0 where opening for writing, or the first write, is refused as a matter of the system, with words about what to do.
 */
static int write_store(void *context) {
    ht_store *store = ht_store_open(context, HT_STORE_CREATE, &err);
    if (store && ht_store_begin(store, &err) == HT_OK)
        return 1;
    ht_store_close(store);
    if (err.status != HT_ESYSTEM || !strstr(err.text, "--db"))
        fprintf(stderr, "%s\n", err.text);
    return err.status != HT_ESYSTEM || !strstr(err.text, "--db");
}

/* Gives folder and store to everybody with these modes. */
static void set_modes(mode_t file, mode_t directory) {
    ck_assert_int_eq(chmod(folder.store, file), 0);
    ck_assert_int_eq(chmod(folder.path, directory), 0);
}

START_TEST(read_only_folder_can_be_read) {
    import_day(30);
    uint64_t was = digest(folder.store);
    set_modes(0444, 0555);
    ck_assert_int_eq(test_in_child(TEST_AS_NOBODY, read_store, folder.store), 0);
    ck_assert_int_eq(test_in_child(TEST_AS_NOBODY, write_store, folder.store), 0);
    set_modes(0666, 0555); /* the file may be written, but no log beside it */
    ck_assert_int_eq(test_in_child(TEST_AS_NOBODY, read_store, folder.store), 0);
    ck_assert_int_eq(test_in_child(TEST_AS_NOBODY, write_store, folder.store), 0);
    ck_assert_uint_eq(digest(folder.store), was);
}
END_TEST

/* Immutable would pass over what is only in the log. */
START_TEST(read_only_folder_with_a_log_is_not_read_without_it) {
    char wal[160];
    import_day(30);
    snprintf(wal, sizeof wal, "%s-wal", folder.store);
    FILE *file = fopen(wal, "wb");
    fputs("something", file);
    fclose(file);
    set_modes(0444, 0555);
    ck_assert_int_eq(chmod(wal, 0), 0);
    ck_assert_int_ne(test_in_child(TEST_AS_NOBODY, read_store, folder.store), 0);
}
END_TEST

START_TEST(new_store_in_a_read_only_folder_is_refused) {
    char list[100];
    ck_assert_int_eq(chmod(folder.path, 0555), 0);
    ck_assert_int_eq(test_in_child(TEST_AS_NOBODY, write_store, folder.store), 0);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "");
}
END_TEST

/* ---- no room ---- */

/* 0 where an import with files limited to *(rlim_t *)context bytes fails as it should. */
static int import_without_room(void *context) {
    ht_dataset data;
    struct rlimit limit = {*(rlim_t *)context, *(rlim_t *)context};
    test_day(&data, 45);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    ht_store *store = ht_store_open(folder.store, HT_STORE_CREATE, &err);
    bool stored = store && ht_store_begin(store, &err) == HT_OK &&
                  ht_store_write(store, HT_SERIES_STAY, &data, &done, &err) == HT_OK &&
                  ht_store_commit(store, &err) == HT_OK;
    ht_store_close(store);
    ht_dataset_release(&data);
    bool said = err.status == HT_ESYSTEM && strstr(err.text, ": the disk is full: free some space");
    if (!said)
        fprintf(stderr, "%s\n", err.text);
    return stored || !said;
}

START_TEST(full_disk_leaves_the_former_data) {
    rlim_t room[] = {8192, 40000, 70000};
    import_day(30);
    ck_assert_int_eq(test_in_child(TEST_AS_I_AM, import_without_room, &room[_i]), 0);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
}
END_TEST

START_TEST(full_disk_leaves_no_half_made_store) {
    rlim_t room[] = {0, 20000, 70000};
    char list[200];
    ck_assert_int_eq(test_in_child(TEST_AS_I_AM, import_without_room, &room[_i]), 0);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "");
}
END_TEST

START_TEST(store_at_its_largest_size_is_full) {
    ht_dataset data;
    int64_t pages;
    char limit[64];
    import_day(30);
    test_day(&data, 45);
    for (int32_t i = 0; i < 5000; i++) {
        char cells[64];
        snprintf(cells, sizeof cells, "S1;2025-01-01;08:00;08:30;Q%d;C1", (int)i);
        test_row(&data, HT_PERFORMED, i + 2, cells);
    }
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ht_store_number(store, "PRAGMA page_count", &pages, &err);
    snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", (int)pages + 3);
    ht_store_run(store, limit, &err);
    ck_assert_int_eq(ht_store_begin(store, &err), HT_OK);
    ck_assert_int_eq(ht_store_write(store, HT_SERIES_STAY, &data, &done, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, ": the disk is full: free some space, then run this again"));
    ht_store_close(store);
    ht_dataset_release(&data);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
}
END_TEST

START_TEST(backup_without_room_leaves_no_file) {
    char list[200];
    rlim_t room = 0;
    import_day(30);
    struct rlimit was, limit;
    getrlimit(RLIMIT_FSIZE, &was);
    limit = (struct rlimit){room, was.rlim_max};
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    char target[160];
    snprintf(target, sizeof target, "%s/copy.db", folder.path);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_int_eq(ht_store_backup(store, target, &err), HT_ESYSTEM);
    setrlimit(RLIMIT_FSIZE, &was);
    ht_store_close(store);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db");
}
END_TEST

/* ---- versions to come ---- */

static const char *const NEXT_STEP[] = {"ALTER TABLE teams ADD COLUMN next TEXT;", NULL};
static const char *const BROKEN_STEP[] = {"ALTER TABLE teams ADD COLUMN next TEXT;",
                                          "ALTER TABLE nowhere ADD COLUMN next TEXT;", NULL};

static ht_status upgrade_with(const char *const *next) {
    const char *const *step[] = {ht_store_schema.step[0], ht_store_schema.step[1], next};
    ht_schema schema = {step, 3};
    ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
    ht_status status = ht_store_upgrade(store, &schema, &err);
    ht_store_close(store);
    return status;
}

START_TEST(older_store_is_copied_and_brought_up_to_date) {
    char list[200];
    import_day(30);
    ck_assert_msg(upgrade_with(NEXT_STEP) == HT_OK, "%s", err.text);
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "hemtur.db hemtur.db.before-v3");
    ck_assert_ptr_null(ht_store_open(folder.store, HT_STORE_READ, &err)); /* newer now */
    ck_assert_ptr_nonnull(strstr(err.text, "store version 3"));
    char copy[160];
    snprintf(copy, sizeof copy, "%s.before-v3", folder.store);
    ck_assert_int_eq(rename(copy, folder.store), 0);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
}
END_TEST

START_TEST(upgrade_that_fails_leaves_the_store) {
    import_day(30);
    ck_assert_int_ne(upgrade_with(BROKEN_STEP), HT_OK);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
}
END_TEST

static Suite *store_damage_suite(void) {
    Suite *suite = suite_create("store_damage");
    TCase *tests = tcase_create("store_damage");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, file_that_is_no_good_store_is_refused_and_left_as_it_is, 0,
                        (int)(sizeof BAD / sizeof BAD[0]));
    tcase_add_test(tests, no_file_and_an_empty_one_are_no_store_until_something_is_imported);
    tcase_add_test(tests, folder_that_is_not_there_is_said);
    tcase_add_test(tests, value_edited_by_hand_is_named);
    tcase_add_test(tests, damage_inside_is_said_when_it_is_met);
    tcase_add_test(tests, second_writer_is_told_who_waits_for_whom);
    tcase_add_test(tests, file_that_was_taken_away_is_noticed);
    tcase_add_test(tests, read_only_folder_can_be_read);
    tcase_add_test(tests, read_only_folder_with_a_log_is_not_read_without_it);
    tcase_add_test(tests, new_store_in_a_read_only_folder_is_refused);
    tcase_add_loop_test(tests, full_disk_leaves_the_former_data, 0, 3);
    tcase_add_loop_test(tests, full_disk_leaves_no_half_made_store, 0, 3);
    tcase_add_test(tests, store_at_its_largest_size_is_full);
    tcase_add_test(tests, backup_without_room_leaves_no_file);
    tcase_add_test(tests, older_store_is_copied_and_brought_up_to_date);
    tcase_add_test(tests, upgrade_that_fails_leaves_the_store);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(store_damage_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
