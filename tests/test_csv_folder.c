/* A folder of CSV files, and a plan that a person made. */
#include <check.h>
#include <unistd.h>

#include "base/calendar.h"
#include "io/csv_folder.h"
#include "model/plan.h"
#include "tests/support.h"
#include "tests/support_store.h"

static ht_test_folder place;
static const char *const path = place.path;
static ht_dataset data;
static ht_issues issues;
static ht_folder folder;
static ht_err err;

static void set_up(void) {
    test_folder_make(&place);
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_err_init(&err);
    memset(&folder, 0, sizeof folder);
}

static void tear_down(void) {
    test_folder_remove(&place);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}

static void put(const char *name, const char *text) {
    char full[128];
    snprintf(full, sizeof full, "%s/%s", path, name);
    FILE *file = fopen(full, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

#define CLIENTS "client_id;team;lat;lon\nK1;A;63;20\n"
#define STAFF "staff_id;team\nP1;A\n"
#define ROSTER "staff_id;date;start;end\nP1;2025-03-05;07:00;12:00\n"
#define VISITS "visit_id;client_id;date;start;minutes\nV1;K1;2025-03-05;07:30;20\n"

static void put_whole(void) {
    put("clients.csv", CLIENTS);
    put("Staff.CSV", STAFF);
    put("roster.csv", ROSTER);
    put("visits.csv", VISITS);
}

static const ht_issue *issue(int32_t index) {
    ck_assert_int_lt(index, issues.issues.count);
    return ht_array_at(&issues.issues, index);
}

START_TEST(a_whole_folder_is_read) {
    put_whole();
    ck_assert_msg(ht_folder_read(path, HT_FOLDER_WHOLE, &data, &folder, &issues, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(issues.notes.count, 0);
    for (int32_t id = 0; id < HT_TABLES; id++) {
        bool there = id == HT_CLIENTS || id == HT_STAFF || id == HT_ROSTER || id == HT_VISITS;
        ck_assert_int_eq(folder.listed[id], there);
        ck_assert_int_eq(ht_dataset_count(&data, (ht_table_id)id), there);
    }
}
END_TEST

START_TEST(other_csv_files_are_noted_once) {
    put_whole();
    put("zebra.csv", "a\n");
    put("apple.csv", "a\n");
    put("811228-9874.csv", "a\n");
    put("readme.txt", "a\n");
    ck_assert_int_eq(ht_folder_read(path, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(issues.notes.count, 1);
    const ht_issue *note = ht_array_at(&issues.notes, 0);
    ck_assert_str_eq(note->text, "other files, not read: ********-****.csv, apple.csv, zebra.csv");
}
END_TEST

START_TEST(each_missing_needed_file_is_an_issue) {
    put("clients.csv", CLIENTS);
    put("visits.csv", VISITS);
    ck_assert_int_eq(ht_folder_read(path, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 2);
    ck_assert_str_eq(issue(0)->file, "staff.csv");
    ck_assert_str_eq(issue(1)->file, "roster.csv");
    ck_assert_str_eq(issue(1)->text, "this file is missing, and it is needed");
}
END_TEST

START_TEST(a_subset_is_enough_for_an_update) {
    put("visits.csv", VISITS);
    ck_assert_int_eq(ht_folder_read(path, HT_FOLDER_ANY_SUBSET, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert(folder.listed[HT_VISITS] && !folder.listed[HT_CLIENTS]);
}
END_TEST

START_TEST(an_empty_folder_is_bad_input) {
    ht_folder_mode mode = _i == 0 ? HT_FOLDER_WHOLE : HT_FOLDER_ANY_SUBSET;
    put("readme.txt", "a\n");
    ck_assert_int_eq(ht_folder_read(path, mode, &data, &folder, &issues, &err), HT_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.text, path));
    ck_assert_ptr_nonnull(strstr(err.text, "no file that can be imported"));
}
END_TEST

START_TEST(a_missing_folder_is_bad_input) {
    ck_assert_int_eq(ht_folder_read("/nowhere", HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "/nowhere: cannot be opened: No such file or directory");
}
END_TEST

START_TEST(one_table_in_two_files_is_an_issue) {
    put_whole();
    put("staff.csv", STAFF);
    ck_assert_int_eq(ht_folder_read(path, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_ptr_nonnull(strstr(issue(0)->text, "the folder has this file twice"));
}
END_TEST

START_TEST(issues_of_all_files_are_collected) {
    put("clients.csv", "client_id;team;lat;lon\nK1;A;630;20\n");
    put("staff.csv", "staff_id;team\nP1;?\n");
    put("roster.csv", ROSTER);
    put("visits.csv", "visit_id;client_id;date;start;minutes\nV1;K1;2025-02-30;25:00;-5\n");
    ck_assert_int_eq(ht_folder_read(path, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 5);
    ck_assert_str_eq(issue(0)->file, "clients.csv");
    ck_assert_str_eq(issue(1)->file, "staff.csv");
    ck_assert_str_eq(issue(2)->column, "date");
    ck_assert_str_eq(issue(3)->column, "start");
    ck_assert_str_eq(issue(4)->column, "minutes");
}
END_TEST

static ht_status read_limited(int32_t calls) {
    ht_limited_memory memory;
    ht_dataset small;
    ht_issues found;
    ht_status status = HT_ENOMEM;
    ht_limited_memory_init(&memory, calls);
    ht_issues_init(&found, &memory.allocator);
    ht_err_init(&err);
    if (ht_dataset_init(&small, &memory.allocator)) {
        status = ht_folder_read(path, HT_FOLDER_WHOLE, &small, &folder, &found, &err);
        ck_assert_int_eq(status, err.status);
        ck_assert(status != HT_OK || ht_dataset_count(&small, HT_VISITS) == 1);
        ht_dataset_release(&small);
    }
    ht_issues_release(&found);
    return status;
}

START_TEST(memory_may_run_out_at_any_call) {
    int32_t calls = 0;
    put_whole();
    put("other.csv", "a\n");
    for (ht_status status = HT_ENOMEM; status != HT_OK; calls++) {
        status = read_limited(calls);
        ck_assert(status == HT_OK || status == HT_ENOMEM);
        ck_assert_int_lt(calls, 1000);
    }
    ck_assert_int_gt(calls, 10);
}
END_TEST

/* ---- plan.csv ---- */

static ht_status read_plan(const char *text, ht_array *entries) {
    char full[128];
    int32_t date;
    put("plan.csv", text);
    snprintf(full, sizeof full, "%s/plan.csv", path);
    ck_assert(ht_date_parse("2025-03-05", &date));
    return ht_plan_csv_read(full, date, &data, entries, &issues, &err);
}

static const char *const SAME_PLAN[] = {
    "visit_id;staff_id;start\nV1;P1;07:30\nV2;P2;09:40:30\n",
    "date,staff_id,visit_id,start\n2025-03-05,P1,V1,07:30:00\n2025-03-06,P9,V9,07:30\n20250305,P2,V2,09.40.30\n",
    "besök_id;personal_id;starttid;datum;roll\nV1;P1;7:30;;team\nV2;P2;09:40:30;;contact\n",
};

START_TEST(a_plan_is_read) {
    ht_array entries;
    ht_array_init(&entries, sizeof(ht_plan_entry), &ht_allocator_system);
    ck_assert_int_eq(read_plan(SAME_PLAN[_i], &entries), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(entries.count, 2);
    const ht_plan_entry *entry = entries.items;
    ck_assert_str_eq(ht_dataset_text(&data, entry[0].visit), "V1");
    ck_assert_str_eq(ht_dataset_text(&data, entry[0].staff), "P1");
    ck_assert_int_eq(entry[0].start, 27000);
    ck_assert_str_eq(ht_dataset_text(&data, entry[1].visit), "V2");
    ck_assert_int_eq(entry[1].start, 34830);
    ht_array_release(&entries);
}
END_TEST

/* "no rule is broken" of a plan of another day would say nothing. */
START_TEST(a_plan_of_another_date_is_bad_input) {
    ht_array entries;
    ht_array_init(&entries, sizeof(ht_plan_entry), &ht_allocator_system);
    ck_assert_int_eq(read_plan("visit_id;staff_id;start;date\nV1;P1;07:30;2025-03-06\n", &entries), HT_EINPUT);
    ck_assert_str_eq(err.text, "plan.csv has no row of 2025-03-05");
    ck_assert_int_eq(entries.count, 0);
    ht_array_release(&entries);
}
END_TEST

START_TEST(rows_of_other_dates_are_noted) {
    ht_array entries;
    ht_array_init(&entries, sizeof(ht_plan_entry), &ht_allocator_system);
    ck_assert_int_eq(read_plan("BESÖK_ID;Personal_Id;STARTTID;datum\nV1;P1;07:30;2025-03-06\nV2;P2;08:00;\n"
                               "V3;P3;08:00;2025-03-04\n",
                               &entries),
                     HT_OK);
    ck_assert_int_eq(issues.notes.count, 1);
    ck_assert_str_eq(((const ht_issue *)issues.notes.items)->text, "2 rows are not of 2025-03-05 and left out");
    ck_assert_int_eq(entries.count, 1);
    ht_array_release(&entries);
}
END_TEST

START_TEST(bad_cells_of_a_plan_are_issues) {
    ht_array entries;
    ht_array_init(&entries, sizeof(ht_plan_entry), &ht_allocator_system);
    ck_assert_int_eq(read_plan("visit_id;staff_id;start;date\n1V;P1;07:30;\nV2;P2;7;\nV3;;08:00;\nV4;P4;09:00;monday\n"
                               "V5;P5;10:00;\n",
                               &entries),
                     HT_OK);
    ck_assert_int_eq(issues.count, 4);
    static const char *const COLUMN[] = {"visit_id", "start", "staff_id", "date"};
    for (int32_t i = 0; i < 4; i++) {
        ck_assert_str_eq(issue(i)->file, "plan.csv");
        ck_assert_int_eq(issue(i)->line, i + 2);
        ck_assert_str_eq(issue(i)->column, COLUMN[i]);
    }
    ck_assert_str_eq(issue(1)->text, "'7': expected a time (HH:MM or HH:MM:SS)");
    ck_assert_int_eq(entries.count, 1);
    ht_array_release(&entries);
}
END_TEST

START_TEST(a_plan_that_is_not_there_is_bad_input) {
    ck_assert_int_eq(ht_plan_csv_read("/nowhere/plan.csv", 0, &data, NULL, &issues, &err), HT_EINPUT);
}
END_TEST

/* The published real day, where it is at hand: it has no licence, so no row of it is in the repository. */
START_TEST(the_real_day_is_read) {
    static const char REAL_DAY[] = HT_SOURCE_DIR "/../shared/realday";
    if (access(REAL_DAY, R_OK) != 0) {
        fprintf(stderr, "skipped: no %s\n", REAL_DAY);
        return;
    }
    ck_assert_int_eq(ht_folder_read(REAL_DAY, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(ht_dataset_count(&data, HT_VISITS), 330);
    ck_assert_int_eq(ht_dataset_count(&data, HT_CLIENTS), 90);
    ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), 32);
    ck_assert_int_eq(ht_dataset_count(&data, HT_ROSTER), 33);
    ck_assert_int_eq(ht_dataset_count(&data, HT_TRAVEL), 24570);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

static Suite *csv_folder_suite(void) {
    Suite *suite = suite_create("csv_folder");
    TCase *tcase = tcase_create("csv_folder");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_whole_folder_is_read);
    tcase_add_test(tcase, other_csv_files_are_noted_once);
    tcase_add_test(tcase, each_missing_needed_file_is_an_issue);
    tcase_add_test(tcase, a_subset_is_enough_for_an_update);
    tcase_add_loop_test(tcase, an_empty_folder_is_bad_input, 0, 2);
    tcase_add_test(tcase, a_missing_folder_is_bad_input);
    tcase_add_test(tcase, one_table_in_two_files_is_an_issue);
    tcase_add_test(tcase, issues_of_all_files_are_collected);
    tcase_add_test(tcase, memory_may_run_out_at_any_call);
    tcase_add_loop_test(tcase, a_plan_is_read, 0, COUNT(SAME_PLAN));
    tcase_add_test(tcase, a_plan_of_another_date_is_bad_input);
    tcase_add_test(tcase, rows_of_other_dates_are_noted);
    tcase_add_test(tcase, bad_cells_of_a_plan_are_issues);
    tcase_add_test(tcase, a_plan_that_is_not_there_is_bad_input);
    tcase_add_test(tcase, the_real_day_is_read);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(csv_folder_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
