/* Plans in the store: versions, which one holds, what makes one outdated; copies and purge. */
#include <check.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "io/store_internal.h"
#include "tests/support_store.h"

static ht_test_folder folder;
static ht_dataset data;
static ht_err err;
static int32_t day;

static const struct {
    ht_table_id table;
    const char *cells;
} FOLDER[] = {
    {HT_TEAMS, "T1;North"},
    {HT_CLIENTS, "C1;T1;59;18;S1"},
    {HT_CLIENTS, "C2;T2;59;18"},
    {HT_STAFF, "S1;T1"},
    {HT_STAFF, "S2;T2"},
    {HT_SKILLS, "S1;insulin"},
    {HT_ROSTER, "S1;2025-03-05;07:00;15:00"},
    {HT_ROSTER, "S2;2025-03-05;07:00;15:00"},
    {HT_ROSTER, "S1;2025-03-06;07:00;15:00"},
    {HT_ABSENCES, "S2;;2025-03-20;2025-03-21"},
    {HT_VISITS, "V1;C1;2025-03-05;08:00;30;;;;;;2"},
    {HT_VISITS, "V2;C2;2025-03-05;09:00;30"},
    {HT_VISITS, "V3;C1;2025-03-06;08:00;30;;;;;;;;;V1;60"},
    {HT_RELATIONS, "C2;S1;known"},
    {HT_TRAVEL, "C1;C2;car;5"},
    {HT_PERFORMED, "S1;2025-03-04;08:00;08:30;;C1"},
    {HT_SETTINGS, "after_min;15"},
};

static void set_up(void) {
    test_folder_make(&folder);
    test_data_init(&data);
    ht_err_init(&err);
    for (size_t i = 0; i < sizeof FOLDER / sizeof FOLDER[0]; i++)
        test_row(&data, FOLDER[i].table, (int32_t)i + 2, FOLDER[i].cells);
    test_import(folder.store, &data);
    day = test_date("2025-03-05");
}

static void tear_down(void) {
    ht_dataset_release(&data);
    test_folder_remove(&folder);
}

static ht_store *open_store(ht_store_mode mode) {
    ht_store *store = ht_store_open(folder.store, mode, &err);
    ck_assert_msg(store != NULL, "%s", err.text);
    return store;
}

static ht_sym symbol(const char *text) {
    return ht_strings_intern(&data.text, text, strlen(text));
}

static void add_entry(ht_plan *plan, const char *visit, const char *staff, int32_t start) {
    ht_plan_entry *entry = ht_array_push(&plan->entries);
    *entry = (ht_plan_entry){symbol(visit), symbol(staff), start};
}

static void add_unplanned(ht_plan *plan, const char *visit, ht_rule rule, const char *reason, const char *would_help) {
    ht_unplanned *row = ht_array_push(&plan->unplanned);
    *row = (ht_unplanned){symbol(visit), rule, reason, would_help};
}

static ht_plan_record record_of(int64_t seed) {
    ht_plan_record record = {.profile = "contact-first",
                             .seed = seed,
                             .work = 5000000000,
                             .wall_ms = 1234,
                             .levels = 2,
                             .visits = 2,
                             .unplanned = 1};
    snprintf(record.level_name[0], HT_LEVEL_NAME, "coverage");
    snprintf(record.level_name[1], HT_LEVEL_NAME, "promise");
    record.level_value[0] = 10;
    record.level_value[1] = INT64_MAX;
    return record;
}

/* Stores V1 planned at start, V2 not, for the whole day or one team. */
static void save(const char *team, int64_t seed, int32_t start) {
    ht_plan plan;
    ht_plan_record record = record_of(seed);
    ht_store *store = open_store(HT_STORE_WRITE);
    ht_plan_init(&plan, day, symbol(team), &ht_allocator_system);
    add_entry(&plan, "V1", "S1", start);
    add_entry(&plan, "V1", "S2", start);
    add_unplanned(&plan, "V2", HT_RULE_FULL, "on_shift=2 full=2", "");
    ck_assert_msg(ht_store_save_plan(store, &data, &plan, &record, &err) == HT_OK, "%s", err.text);
    ht_plan_release(&plan);
    ht_store_close(store);
}

/* "version[cpo]" of each plan, a blank between. */
static const char *versions(char *out, size_t size) {
    ht_array records;
    ht_store *store = open_store(HT_STORE_READ);
    size_t used = 0;
    ht_array_init(&records, sizeof(ht_plan_record), &ht_allocator_system);
    ck_assert_msg(ht_store_list_plans(store, HT_BLANK, &records, &err) == HT_OK, "%s", err.text);
    out[0] = '\0';
    for (int32_t i = 0; i < records.count; i++) {
        const ht_plan_record *record = ht_array_at(&records, i);
        used += (size_t)snprintf(out + used, size - used, "%s%s%d%s%s%s", used ? " " : "", record->team,
                                 (int)record->version, record->current ? "c" : "", record->published ? "p" : "",
                                 record->outdated ? "o" : "");
    }
    ht_array_release(&records);
    ht_store_close(store);
    return out;
}

static void assert_versions(const char *expected) {
    char list[200];
    ck_assert_str_eq(versions(list, sizeof list), expected);
}

/* ---- versions ---- */

START_TEST(plan_loads_as_saved) {
    ht_dataset read;
    ht_plan plan;
    ht_plan_record record;
    save("", 7, 8 * 3600 + 61);
    test_data_init(&read);
    ht_store *store = open_store(HT_STORE_READ);
    ck_assert_msg(ht_store_load_plan(store, day, "", 0, &read, &plan, &record, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(plan.date, day);
    ck_assert_int_eq(plan.team, HT_NO_TEXT);
    ck_assert_int_eq(plan.entries.count, 2);
    const ht_plan_entry *entry = ht_array_at(&plan.entries, 1);
    ck_assert_str_eq(ht_dataset_text(&read, entry->visit), "V1");
    ck_assert_str_eq(ht_dataset_text(&read, entry->staff), "S2");
    ck_assert_int_eq(entry->start, 8 * 3600 + 61);
    ck_assert(plan.lists_unplanned);
    ck_assert_int_eq(plan.unplanned.count, 1);
    const ht_unplanned *unplanned = ht_array_at(&plan.unplanned, 0);
    ck_assert_str_eq(ht_dataset_text(&read, unplanned->visit), "V2");
    ck_assert_int_eq(unplanned->rule, HT_RULE_FULL);
    ck_assert_str_eq(unplanned->reason, "on_shift=2 full=2");
    ck_assert_str_eq(unplanned->would_help, "");
    ht_plan_record saved = record_of(7);
    ck_assert_int_eq(record.version, 1);
    ck_assert_str_eq(record.profile, saved.profile);
    ck_assert_int_eq(record.seed, 7);
    ck_assert_int_eq(record.work, saved.work);
    ck_assert_int_eq(record.wall_ms, saved.wall_ms);
    ck_assert_int_eq(record.visits, 2);
    ck_assert_int_eq(record.unplanned, 1);
    ck_assert_int_eq(record.levels, 2);
    ck_assert_str_eq(record.level_name[1], "promise");
    ck_assert_int_eq(record.level_value[1], INT64_MAX);
    ck_assert_uint_eq(strlen(record.created), 19);
    ck_assert(record.current && !record.published && !record.outdated);
    ht_plan_release(&plan);
    ht_store_close(store);
    ht_dataset_release(&read);
}
END_TEST

START_TEST(settings_in_force_are_kept_with_the_plan) {
    int64_t found;
    save("", 1, 8 * 3600);
    ht_store *store = open_store(HT_STORE_READ);
    ck_assert_int_eq(
        ht_store_number(store, "SELECT count(*) FROM plans WHERE settings = 'after_min=15' || char(10)", &found, &err),
        HT_OK);
    ck_assert_int_eq(found, 1);
    ht_store_close(store);
}
END_TEST

static int32_t loaded_start(int32_t version) {
    ht_dataset read;
    ht_plan plan;
    ht_plan_record record;
    test_data_init(&read);
    ht_store *store = open_store(HT_STORE_READ);
    ht_status status = ht_store_load_plan(store, day, "", version, &read, &plan, &record, &err);
    int32_t start = status == HT_OK ? ((const ht_plan_entry *)ht_array_at(&plan.entries, 0))->start : -1;
    ht_plan_release(&plan);
    ht_store_close(store);
    ht_dataset_release(&read);
    return start;
}

START_TEST(new_plan_keeps_the_former) {
    save("", 1, 8 * 3600);
    save("", 2, 8 * 3600 + 60);
    assert_versions("1 2c");
    ck_assert_int_eq(loaded_start(1), 8 * 3600);
    ck_assert_int_eq(loaded_start(2), 8 * 3600 + 60);
    ck_assert_int_eq(loaded_start(0), 8 * 3600 + 60);
}
END_TEST

START_TEST(restore_and_publish_move_their_flag) {
    save("", 1, 8 * 3600);
    save("", 2, 8 * 3600 + 60);
    ht_store *store = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_publish(store, day, "", 2, &err), HT_OK);
    ck_assert_int_eq(ht_store_set_current(store, day, "", 1, &err), HT_OK);
    ht_store_close(store);
    assert_versions("1c 2p");
    store = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_publish(store, day, "", 1, &err), HT_OK);
    ht_store_close(store);
    assert_versions("1cp 2");
}
END_TEST

START_TEST(missing_plan_is_said_and_changes_nothing) {
    save("", 1, 8 * 3600);
    ht_store *store = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_set_current(store, day, "", 3, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "no plan of 2025-03-05 has version 3: `hemtur plans list` shows them");
    ck_assert_int_eq(ht_store_publish(store, day, "T1", 1, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, "no plan of 2025-03-05, team T1 has version 1: `hemtur plans list` shows them");
    ht_store_close(store);
    assert_versions("1c");
    day++;
    ck_assert_int_eq(loaded_start(0), -1);
    ck_assert_str_eq(err.text, "no plan of 2025-03-06 is stored: make one with `hemtur plan --date 2025-03-06`");
}
END_TEST

START_TEST(plan_of_all_teams_takes_the_place_of_single_teams) {
    save("", 1, 8 * 3600);
    save("T1", 2, 8 * 3600);
    assert_versions("1c T11c");
    save("", 3, 8 * 3600);
    assert_versions("1 2c T11");
}
END_TEST

START_TEST(plan_of_an_unknown_visit_is_refused) {
    ht_plan plan;
    ht_plan_record record = record_of(1);
    ht_store *store = open_store(HT_STORE_WRITE);
    ht_plan_init(&plan, day, HT_NO_TEXT, &ht_allocator_system);
    add_entry(&plan, "V77", "S1", 8 * 3600);
    ck_assert_int_eq(ht_store_save_plan(store, &data, &plan, &record, &err), HT_EINPUT);
    ck_assert_ptr_nonnull(strstr(err.text, "V77"));
    ht_plan_release(&plan);
    ht_store_close(store);
    assert_versions("");
}
END_TEST

/* ---- planned rows of the dataset ---- */

static void assert_planned(const char *from, const char *to, const char *expected) {
    ht_dataset read;
    char text[300] = "";
    size_t used = 0;
    test_read(folder.store, from, to, &read);
    for (int32_t i = 0; i < read.planned.count; i++) {
        const ht_performed_row *row = ht_array_at(&read.planned, i);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s %s %d-%d", used ? ", " : "",
                                 ht_dataset_text(&read, row->visit_id), ht_dataset_text(&read, row->client_id),
                                 ht_dataset_text(&read, row->staff_id), (int)row->start / 60, (int)row->end / 60);
    }
    ck_assert_str_eq(text, expected);
    ht_dataset_release(&read);
}

START_TEST(current_plans_are_read_as_planned_rows) {
    save("", 1, 7 * 3600);
    save("", 2, 8 * 3600);
    assert_planned("2025-03-01", "2025-03-05", "V1 C1 S1 480-510, V1 C1 S2 480-510");
    assert_planned("2025-03-01", "2025-03-04", "");
    assert_planned("2025-03-06", "2025-03-06", "V1 C1 S1 480-510, V1 C1 S2 480-510"); /* V3 follows it */
}
END_TEST

START_TEST(plan_of_a_team_goes_before_that_of_all) {
    ht_plan plan;
    ht_plan_record record = record_of(1);
    ht_store *store = open_store(HT_STORE_WRITE);
    ht_plan_init(&plan, day, HT_NO_TEXT, &ht_allocator_system);
    add_entry(&plan, "V1", "S1", 8 * 3600);
    add_entry(&plan, "V2", "S2", 9 * 3600);
    ck_assert_int_eq(ht_store_save_plan(store, &data, &plan, &record, &err), HT_OK);
    ht_plan_release(&plan);
    ht_plan_init(&plan, day, symbol("T2"), &ht_allocator_system);
    add_entry(&plan, "V2", "S1", 10 * 3600);
    ck_assert_int_eq(ht_store_save_plan(store, &data, &plan, &record, &err), HT_OK);
    ht_plan_release(&plan);
    assert_planned("2025-03-05", "2025-03-05", "V1 C1 S1 480-510, V2 C2 S1 600-630");
    ht_plan_init(&plan, day, symbol("T2"), &ht_allocator_system);
    add_unplanned(&plan, "V2", HT_RULE_FULL, "", "");
    ck_assert_int_eq(ht_store_save_plan(store, &data, &plan, &record, &err), HT_OK);
    ht_plan_release(&plan);
    ht_store_close(store);
    assert_planned("2025-03-05", "2025-03-05", "V1 C1 S1 480-510");
}
END_TEST

/* "V1 S1 480" of each row, "V2 -" of a visit that is left out. */
static void assert_rows(const ht_array *rows, const char *expected) {
    char text[300] = "";
    size_t used = 0;
    for (int32_t i = 0; i < rows->count; i++) {
        const ht_performed_row *row = ht_array_at(rows, i);
        bool out = row->staff_id == HT_NO_TEXT;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s ", used ? ", " : "",
                                 ht_dataset_text(&data, row->visit_id));
        used += (size_t)(out ? snprintf(text + used, sizeof text - used, "-")
                             : snprintf(text + used, sizeof text - used, "%s %d", ht_dataset_text(&data, row->staff_id),
                                        (int)row->start / 60));
        ck_assert_int_eq(row->date, day);
    }
    ck_assert_str_eq(text, expected);
}

static void assert_published(const char *expected, const char *left_out, const char *left_out_now) {
    ht_store_range range = {.from = day, .to = day};
    ht_store *store = open_store(HT_STORE_READ);
    ht_array rows;
    ht_array_init(&rows, sizeof(ht_performed_row), &ht_allocator_system);
    ck_assert_int_eq(ht_store_read_published(store, &range, &data, &rows, &err), HT_OK);
    assert_rows(&rows, expected);
    ht_array_empty(&rows);
    ck_assert_int_eq(ht_store_read_left_out(store, &range, HT_PLANS_PUBLISHED, &data, &rows, &err), HT_OK);
    assert_rows(&rows, left_out);
    ht_array_empty(&rows);
    ck_assert_int_eq(ht_store_read_left_out(store, &range, HT_PLANS_CURRENT, &data, &rows, &err), HT_OK);
    assert_rows(&rows, left_out_now);
    ht_array_release(&rows);
    ht_store_close(store);
}

static void publish(const char *team, int32_t version) {
    ht_store *store = open_store(HT_STORE_WRITE);
    ck_assert_msg(ht_store_publish(store, day, team, version, &err) == HT_OK, "%s", err.text);
    ht_store_close(store);
}

/* The published plan stays what people were told, whatever is planned later. */
START_TEST(published_plans_are_read_as_they_were_told) {
    save("", 1, 7 * 3600);
    assert_published("", "", "V2 -");
    publish("", 1);
    assert_published("V1 S1 420, V1 S2 420", "V2 -", "V2 -");
    save("", 2, 8 * 3600);
    assert_published("V1 S1 420, V1 S2 420", "V2 -", "V2 -");
}
END_TEST

/* A team's plan speaks for its visits, also where it is just current and not published. */
START_TEST(published_plan_of_a_team) {
    ht_plan plan;
    ht_plan_record record = record_of(1);
    save("", 1, 7 * 3600);
    publish("", 1);
    ht_store *store = open_store(HT_STORE_WRITE);
    ht_plan_init(&plan, day, symbol("T2"), &ht_allocator_system);
    add_entry(&plan, "V2", "S1", 10 * 3600);
    ck_assert_int_eq(ht_store_save_plan(store, &data, &plan, &record, &err), HT_OK);
    ht_plan_release(&plan);
    ht_store_close(store);
    assert_published("V1 S1 420, V1 S2 420", "V2 -", "");
    publish("T2", 1);
    assert_published("V1 S1 420, V2 S1 600, V1 S2 420", "", "");
}
END_TEST

/* ---- outdated ---- */

static const struct {
    ht_table_id table;
    const char *cells;
    const char *versions;
} CHANGE[] = {
    {HT_VISITS, "V3;C1;2025-03-06;08:15;30;;;;;;;;;V1;60", "1c"}, /* another day */
    {HT_VISITS, "V9;C1;2025-03-06;08:15;30", "1c"},
    {HT_VISITS, "V9;C1;2025-03-05;08:15;30", "1co"},
    {HT_VISITS, "V1;C1;2025-03-07;08:00;30", "1co"}, /* moved away */
    {HT_ROSTER, "S1;2025-03-06;07:00;16:00", "1c"},
    {HT_ROSTER, "S1;2025-03-05;07:00;16:00", "1co"},
    {HT_ABSENCES, "S1;;2025-03-01;2025-03-04", "1c"},
    {HT_ABSENCES, "S1;;2025-03-05 22:00;2025-03-07", "1co"},
    {HT_ABSENCES, "S1;;2025-03-01;2025-03-31", "1co"},
    {HT_ABSENCES, "S2;;2025-03-20;2025-03-22", "1c"},
    {HT_CLIENTS, "C1;T1;59;18;S1", "1c"}, /* just as it was */
    {HT_CLIENTS, "C1;T1;59;18;S2", "1co"},
    {HT_CLIENTS, "C9;T1;59;18", "1co"},
    {HT_STAFF, "S1;T2", "1co"},
    {HT_SKILLS, "S2;insulin", "1co"},
    {HT_RELATIONS, "C2;S1;blocked", "1co"},
    {HT_RELATIONS, "C2;S1;known", "1c"},
    {HT_TRAVEL, "C1;C2;car;5,5", "1co"},
    {HT_TEAMS, "T1;South", "1co"},
    {HT_SETTINGS, "after_min;20", "1co"},
    {HT_SETTINGS, "after_min;15", "1c"},
    {HT_PERFORMED, "S1;2025-03-05;08:00;08:30;;C1", "1c"},
};

START_TEST(plan_is_outdated_when_what_it_was_made_from_changes) {
    ht_dataset change;
    save("", 1, 8 * 3600);
    test_data_init(&change);
    test_row(&change, CHANGE[_i].table, 2, CHANGE[_i].cells);
    test_import(folder.store, &change);
    char list[100];
    ck_assert_msg(strcmp(versions(list, sizeof list), CHANGE[_i].versions) == 0, "%s: %s, expected %s",
                  CHANGE[_i].cells, list, CHANGE[_i].versions);
    ht_dataset_release(&change);
}
END_TEST

START_TEST(importing_the_same_again_leaves_plans_valid) {
    save("", 1, 8 * 3600);
    test_import(folder.store, &data);
    assert_versions("1c");
}
END_TEST

/* A plan takes its time: what is imported meanwhile counts too. */
START_TEST(plan_is_outdated_when_its_data_changed_while_it_was_made) {
    static const char *const expected[] = {"1c", "1co"};
    static const char *const cells[] = {"C1;T1;59;18;S1", "C1;T1;59;18;S2"};
    ht_store_range range = {day, day, true};
    ht_plan plan;
    ht_plan_record record = record_of(1);
    ht_dataset read, change;
    ht_store *store = open_store(HT_STORE_WRITE);
    test_data_init(&read);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_OK);
    test_data_init(&change);
    test_row(&change, HT_CLIENTS, 2, cells[_i]);
    test_import(folder.store, &change);
    ht_plan_init(&plan, day, HT_NO_TEXT, &ht_allocator_system);
    ck_assert_int_eq(ht_store_save_plan(store, &read, &plan, &record, &err), HT_OK);
    ck_assert(record.outdated == (_i == 1));
    ht_plan_release(&plan);
    ht_store_close(store);
    ht_dataset_release(&change);
    ht_dataset_release(&read);
    assert_versions(expected[_i]);
}
END_TEST

/* A plan of a day that was purged meanwhile would bring back what was to go; days that a purge leaves are stored. */
START_TEST(plan_of_a_day_that_was_purged_while_it_was_made_is_not_stored) {
    static const struct {
        const char *before;
        ht_status status;
    } CASES[] = {{"2025-03-05", HT_OK}, {"2025-03-06", HT_EINPUT}};
    ht_store_range range = {day, day, true};
    ht_plan plan;
    ht_plan_record record = record_of(1);
    ht_purged purged;
    ht_dataset read, change;
    test_data_init(&change); /* the day has a series, which goes on */
    test_row(&change, HT_SERIES, 2, "R1;C1;08:00;30;;;;;;;;;;;;;;;daily;2025-01-01");
    test_import(folder.store, &change);
    ht_dataset_release(&change);
    ht_store *store = open_store(HT_STORE_WRITE);
    ht_store *other = open_store(HT_STORE_WRITE);
    test_data_init(&read);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_OK);
    ck_assert_int_eq(ht_store_purge(other, test_date(CASES[_i].before), &purged, &err), HT_OK);
    ht_plan_init(&plan, day, HT_NO_TEXT, &ht_allocator_system);
    ck_assert_int_eq(ht_store_save_plan(store, &read, &plan, &record, &err), CASES[_i].status);
    ht_dataset_release(&read);
    test_data_init(&read);
    ck_assert_int_eq(ht_store_read(store, &range, &read, &err), HT_OK); /* what is read since is fine */
    ck_assert_int_eq(ht_store_save_plan(store, &read, &plan, &record, &err), HT_OK);
    ht_plan_release(&plan);
    ht_dataset_release(&read);
    ht_store_close(other);
    ht_store_close(store);
}
END_TEST

START_TEST(plan_outlives_its_visits) {
    ht_dataset change;
    save("", 1, 8 * 3600);
    test_data_init(&change);
    test_row(&change, HT_VISITS, 2, "V2;C2;2025-03-05;09:00;30");
    test_import(folder.store, &change); /* V1 of the date is no longer listed */
    ht_dataset_release(&change);
    assert_versions("1co");
    ck_assert_int_eq(loaded_start(1), 8 * 3600);
    assert_planned("2025-03-05", "2025-03-05", "V1 C1 S1 480-510, V1 C1 S2 480-510");
}
END_TEST

/* ---- copies and purge ---- */

START_TEST(backup_is_a_whole_store) {
    char target[sizeof folder.store], list[300];
    struct stat info;
    save("", 1, 8 * 3600);
    snprintf(target, sizeof target, "%s/copy.db", folder.path);
    ht_store *store = open_store(HT_STORE_READ);
    ht_store *writer = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_begin(writer, &err), HT_OK); /* in use */
    ck_assert_msg(ht_store_backup(store, target, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(ht_store_backup(store, target, &err), HT_EINPUT);
    ht_store_close(writer);
    ht_store_close(store);
    ck_assert_int_eq(stat(target, &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0600);
    snprintf(folder.store, sizeof folder.store, "%s", target);
    assert_versions("1c");
    assert_planned("2025-03-05", "2025-03-05", "V1 C1 S1 480-510, V1 C1 S2 480-510");
    ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "copy.db hemtur.db");
}
END_TEST

START_TEST(backup_into_nowhere_is_said) {
    ht_store *store = open_store(HT_STORE_READ);
    ck_assert_int_eq(ht_store_backup(store, "/nowhere/copy.db", &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/copy.db cannot be written: No such file or directory"));
    ht_store_close(store);
}
END_TEST

static const struct {
    ht_table_id table;
    const char *cells;
} OLD[] = {
    {HT_STAFF, "S7;T1;;;;;;;;;;2025-01-31"}, /* nobody names it but the skill, which goes with it */
    {HT_STAFF, "S8;T1;;;;;;;;;;2025-01-31"}, /* C1's second contact */
    {HT_STAFF, "S9;T1;;;;;;;;;;2025-01-31"}, /* performed a kept visit */
    {HT_CLIENTS, "C1;T1;59;18;S1;S8"},
    {HT_CLIENTS, "C7;T1;59;18;;;;;;;;;;;;;2025-01-31"},
    {HT_CLIENTS, "C8;T1;59;18;;;;;;;;;;;;;2025-01-31"}, /* performed */
    {HT_SKILLS, "S7;insulin"},
    {HT_RELATIONS, "C7;S1;known"},
    {HT_TRAVEL, "C7;C1;car;5"},
    {HT_TRAVEL, "office:T1;C1;car;5"},
    {HT_STAFF, "S6;T1;;;;;;;;;;2025-01-31"}, /* usual staff of a series that goes on */
    {HT_SERIES, "R1;C1;08:00;30;;;;;;;;;;;;;;;daily;2025-01-01;2025-03-04;;;S7"},
    {HT_SERIES, "R2;C7;08:00;30;;;;;;;;;;;;;;;daily;2025-01-01;;;;S7"}, /* its client has left */
    {HT_SERIES, "R3;C1;08:00;30;;;;;;;;;;;;;;;daily;2025-01-01;2025-03-05;;;S6"},
    {HT_SERIES, "R4;C1;08:00;30;;;;;;;;;;;;;;;daily;2025-01-01"},
    {HT_ABSENCES, "S1;;2025-01-01;2025-03-04"},
    {HT_ABSENCES, "S1;;2025-02-01;2025-03-05"},
    {HT_PERFORMED, "S9;2025-03-05;08:00;08:30;;C8"},
};

START_TEST(purge_removes_what_is_old_and_who_is_named_no_more) {
    ht_dataset change, read;
    ht_purged purged;
    int64_t left;
    save("", 1, 8 * 3600);
    day++;
    save("", 1, 8 * 3600);
    test_data_init(&change);
    for (size_t i = 0; i < sizeof OLD / sizeof OLD[0]; i++)
        test_row(&change, OLD[i].table, (int32_t)i + 2, OLD[i].cells);
    test_import(folder.store, &change);
    ht_dataset_release(&change);
    ht_store *store = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_run(store, "UPDATE plans SET outdated = 0", &err), HT_OK);
    ck_assert_msg(ht_store_purge(store, test_date("2025-03-05"), &purged, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(purged.performed, 1);
    ck_assert_int_eq(purged.absences, 1);
    ck_assert_int_eq(purged.visits + purged.roster + purged.plans, 0);
    ck_assert_int_eq(purged.series, 2);
    ck_assert_int_eq(purged.clients, 1);
    ck_assert_int_eq(purged.staff, 1);
    assert_versions("1c 1c");
    ck_assert_msg(ht_store_purge(store, test_date("2025-03-06"), &purged, &err) == HT_OK, "%s", err.text);
    ck_assert_int_eq(purged.visits, 2);
    ck_assert_int_eq(purged.roster, 2);
    ck_assert_int_eq(purged.plans, 1);
    ck_assert_int_eq(purged.series, 1);
    ck_assert_int_eq(purged.clients, 1);
    ck_assert_int_eq(purged.staff, 2);
    ck_assert_int_eq(ht_store_number(store, "SELECT count(*) FROM plan_entries", &left, &err), HT_OK);
    ck_assert_int_eq(left, 2);
    ht_store_close(store);
    test_read(folder.store, "2025-01-01", "2025-12-31", &read);
    ck_assert_int_eq(ht_dataset_count(&read, HT_CLIENTS), 2);
    ck_assert_int_eq(ht_dataset_count(&read, HT_STAFF), 3);
    ck_assert_int_eq(ht_dataset_count(&read, HT_SKILLS), 1);
    ck_assert_int_eq(ht_dataset_count(&read, HT_RELATIONS), 1);
    ck_assert_int_eq(ht_dataset_count(&read, HT_TRAVEL), 2);
    ht_dataset_release(&read);
}
END_TEST

static bool file_holds(const char *path, const char *text) {
    char bytes[65536];
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    size_t length, wanted = strlen(text), kept = 0;
    bool holds = false;
    while (!holds && (length = fread(bytes + kept, 1, sizeof bytes - kept, file)) > 0) {
        length += kept;
        for (size_t at = 0; at + wanted <= length && !holds; at++)
            holds = memcmp(bytes + at, text, wanted) == 0;
        kept = length < wanted ? length : wanted;
        memmove(bytes, bytes + length - kept, kept);
    }
    fclose(file);
    return holds;
}

START_TEST(purged_ids_are_in_no_file) {
    ht_dataset change;
    ht_purged purged;
    test_data_init(&change);
    test_row(&change, HT_CLIENTS, 2, "Gone-Client-4711;T1;59;18;;;;;;;;;;;;;2025-01-31");
    test_import(folder.store, &change);
    ht_dataset_release(&change);
    ck_assert(file_holds(folder.store, "Gone-Client-4711"));
    ht_store *store = open_store(HT_STORE_WRITE);
    ck_assert_int_eq(ht_store_purge(store, test_date("2025-03-01"), &purged, &err), HT_OK);
    ck_assert_int_eq(purged.clients, 1);
    char wal[160];
    struct stat info;
    snprintf(wal, sizeof wal, "%s-wal", folder.store);
    ck_assert(stat(wal, &info) != 0 || info.st_size == 0);
    ck_assert(!file_holds(folder.store, "Gone-Client-4711"));
    ht_store_close(store);
}
END_TEST

static Suite *store_plans_suite(void) {
    Suite *suite = suite_create("store_plans");
    TCase *tests = tcase_create("store_plans");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, plan_loads_as_saved);
    tcase_add_test(tests, settings_in_force_are_kept_with_the_plan);
    tcase_add_test(tests, new_plan_keeps_the_former);
    tcase_add_test(tests, restore_and_publish_move_their_flag);
    tcase_add_test(tests, missing_plan_is_said_and_changes_nothing);
    tcase_add_test(tests, plan_of_all_teams_takes_the_place_of_single_teams);
    tcase_add_test(tests, plan_of_an_unknown_visit_is_refused);
    tcase_add_test(tests, current_plans_are_read_as_planned_rows);
    tcase_add_test(tests, plan_of_a_team_goes_before_that_of_all);
    tcase_add_test(tests, published_plans_are_read_as_they_were_told);
    tcase_add_test(tests, published_plan_of_a_team);
    tcase_add_loop_test(tests, plan_is_outdated_when_what_it_was_made_from_changes, 0,
                        (int)(sizeof CHANGE / sizeof CHANGE[0]));
    tcase_add_test(tests, importing_the_same_again_leaves_plans_valid);
    tcase_add_loop_test(tests, plan_is_outdated_when_its_data_changed_while_it_was_made, 0, 2);
    tcase_add_loop_test(tests, plan_of_a_day_that_was_purged_while_it_was_made_is_not_stored, 0, 2);
    tcase_add_test(tests, plan_outlives_its_visits);
    tcase_add_test(tests, backup_is_a_whole_store);
    tcase_add_test(tests, backup_into_nowhere_is_said);
    tcase_add_test(tests, purge_removes_what_is_old_and_who_is_named_no_more);
    tcase_add_test(tests, purged_ids_are_in_no_file);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(store_plans_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
