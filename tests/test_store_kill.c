/* Imports, plans, upgrades and copies that are killed at random moments leave the former data whole. */
#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/rng.h"
#include "io/store_internal.h"
#include "tests/support.h"
#include "tests/support_store.h"
#include "tests/support_world.h"

static ht_test_folder folder;
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

/* Starts work in a process of its own, kills it after some microseconds. */
static void kill_after(void (*work)(void *context), void *context, int32_t microseconds) {
    struct timespec pause = {0, (long)microseconds * 1000};
    int state;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        work(context);
        _exit(0);
    }
    nanosleep(&pause, NULL);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, &state, 0), child);
}

static void import_twice(void *context) {
    ht_dataset *data = context;
    test_import(folder.store, &data[0]);
    test_import(folder.store, &data[1]);
}

START_TEST(killed_import_leaves_one_import_whole) {
    ht_dataset data[2];
    ht_rng rng;
    test_day(&data[0], 20);
    test_day(&data[1], 40);
    ht_rng_init(&rng, 3, 0);
    import_day(30);
    for (int i = 0; i < test_rounds(10, 200); i++) {
        kill_after(import_twice, data, ht_rng_below(&rng, 80000));
        int32_t minutes = test_day_minutes(folder.store);
        ck_assert(minutes == 20 || minutes == 30 || minutes == 40);
    }
    ht_dataset_release(&data[0]);
    ht_dataset_release(&data[1]);
}
END_TEST

/* A first import that is killed leaves nothing, or a store; the next one works in any case. */
START_TEST(killed_first_import_can_be_run_again) {
    ht_dataset data[2];
    ht_rng rng;
    test_day(&data[0], 20);
    test_day(&data[1], 40);
    ht_rng_init(&rng, 4, 0);
    for (int i = 0; i < test_rounds(10, 200); i++) {
        kill_after(import_twice, data, ht_rng_below(&rng, 40000));
        import_day(30);
        ck_assert_int_eq(test_day_minutes(folder.store), 30);
        ck_assert_int_eq(unlink(folder.store), 0);
    }
    ht_dataset_release(&data[0]);
    ht_dataset_release(&data[1]);
}
END_TEST

/* Saves plan after plan until it is killed. */
static void save_plans(void *context) {
    ht_dataset *data = context;
    ht_plan plan;
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    ht_plan_init(&plan, test_date("2025-03-05"), HT_NO_TEXT, &ht_allocator_system);
    for (int32_t i = 0; i < TEST_DAY_VISITS; i++) {
        ht_plan_entry *entry = ht_array_push(&plan.entries);
        *entry = (ht_plan_entry){visit[i].visit_id, ht_strings_find(&data->text, "S1"), visit[i].start};
    }
    for (;;) {
        ht_plan_record record = {.profile = "own", .levels = 1, .level_name = {"coverage"}};
        ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
        ck_assert_int_eq(ht_store_save_plan(store, data, &plan, &record, &err), HT_OK);
        ht_store_close(store);
    }
}

/* Plans that lack a part, versions that are missing, days without just one current plan. */
static const char BROKEN_PLANS[] =
    "SELECT (SELECT count(*) FROM plans p WHERE (SELECT count(*) FROM plan_entries e WHERE e.plan_id = p.plan_id) <> "
    "1200"
    " OR (SELECT count(*) FROM plan_levels l WHERE l.plan_id = p.plan_id) <> 1)"
    " + (SELECT count(*) - max(version) FROM plans) + (SELECT count(*) <> 1 FROM plans WHERE current = 1)"
    " + (SELECT version <> (SELECT max(version) FROM plans) FROM plans WHERE current = 1)";

START_TEST(killed_plan_leaves_whole_plans) {
    ht_dataset data;
    ht_rng rng;
    int64_t plans = 0, before = 0, broken;
    test_day(&data, 30);
    test_import(folder.store, &data);
    ht_rng_init(&rng, 5, 0);
    for (int i = 0; i < test_rounds(10, 200); i++, before = plans) {
        kill_after(save_plans, &data, ht_rng_below(&rng, 60000));
        ht_store *store = ht_store_open(folder.store, HT_STORE_WRITE, &err);
        ck_assert_msg(store != NULL, "%s", err.text);
        ck_assert_int_eq(ht_store_number(store, "SELECT count(*) FROM plans", &plans, &err), HT_OK);
        ck_assert_int_ge(plans, before);
        ck_assert_int_eq(ht_store_number(store, BROKEN_PLANS, &broken, &err), HT_OK);
        ck_assert(plans == 0 || broken == 0);
        ht_store_close(store);
    }
    ck_assert_int_gt(plans, 0);
    ck_assert_int_eq(test_day_minutes(folder.store), 30);
    ht_dataset_release(&data);
}
END_TEST

/* ---- copies: beside a store that is brought up to date, and backups ---- */

static void remove_in_folder(const char *name) {
    char path[WORLD_PATH];
    world_join(path, folder.path, name);
    unlink(path);
}

/* What no list of a folder shows: temporary files. */
static void assert_nothing_hidden(void) {
    DIR *entries = opendir(folder.path);
    ck_assert_ptr_nonnull(entries);
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;)
        ck_assert_msg(entry->d_name[0] != '.' || strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0,
                      "%s", entry->d_name);
    closedir(entries);
}

/* How many microseconds work takes that nobody kills, and half as many more: a process of its own begins slowly. */
static int32_t span_of(void (*work)(void *context), void *context) {
    struct timespec begun, ended;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    work(context);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    int64_t span = (ended.tv_sec - begun.tv_sec) * INT64_C(1000000) + (ended.tv_nsec - begun.tv_nsec) / 1000;
    return (int32_t)(span * 3 / 2 < 999999 ? span * 3 / 2 : 999999) + 1;
}

static void upgrade(void *context) {
    (void)context;
    ht_err_init(&err);
    ht_store_close(ht_store_open(folder.store, HT_STORE_WRITE, &err));
}

/* The former version, alone. */
static void begin_former(const char *former) {
    remove_in_folder("hemtur.db-wal");
    remove_in_folder("hemtur.db-shm");
    remove_in_folder("hemtur.db-journal");
    remove_in_folder("hemtur.db.before-v2");
    remove_in_folder("hemtur.db");
    world_copy(former, folder.store);
}

/* The next one that opens it brings it up to date, with the copy of the former one beside it and nothing else. */
START_TEST(killed_upgrade_is_made_by_the_next) {
    char former[WORLD_PATH];
    ht_rng rng;
    snprintf(former, sizeof former, "%s.former", folder.path);
    test_rebuild(former, HT_SOURCE_DIR "/tests/stores/v1.sql");
    begin_former(former);
    int32_t span = span_of(upgrade, NULL);
    uint64_t whole = world_digest(folder.path);
    ht_rng_init(&rng, 6, 0);
    for (int i = 0; i < test_rounds(20, 200); i++) {
        begin_former(former);
        kill_after(upgrade, NULL, ht_rng_below(&rng, span));
        upgrade(NULL);
        ck_assert_msg(err.status == HT_OK, "%s", err.text);
        assert_nothing_hidden();
        ck_assert_msg(world_digest(folder.path) == whole, "kill %d of %d us", i, (int)span);
    }
    unlink(former);
}
END_TEST

static void back_up(void *context) {
    ht_err_init(&err);
    ht_store *store = ht_store_open(folder.store, HT_STORE_READ, &err);
    ht_store_backup(store, context, &err);
    ht_store_close(store);
}

/* A copy that was killed is whole or not there; what it left goes with the next. */
START_TEST(killed_copy_leaves_nothing_that_stays) {
    char target[WORLD_PATH], list[400];
    ht_rng rng;
    import_day(30);
    world_join(target, folder.path, "copy.db");
    int32_t span = span_of(back_up, target);
    ht_rng_init(&rng, 7, 0);
    for (int i = 0; i < test_rounds(20, 200); i++) {
        remove_in_folder("copy.db");
        kill_after(back_up, target, ht_rng_below(&rng, span));
        if (access(target, F_OK) == 0)
            ck_assert_int_eq(test_day_minutes(target), 30);
        remove_in_folder("copy.db");
        back_up(target);
        ck_assert_msg(err.status == HT_OK, "%s", err.text);
        ck_assert_str_eq(test_folder_list(&folder, list, sizeof list), "copy.db hemtur.db");
        assert_nothing_hidden();
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("store_kill");
    TCase *tests = tcase_create("store_kill");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, killed_import_leaves_one_import_whole);
    tcase_add_test(tests, killed_first_import_can_be_run_again);
    tcase_add_test(tests, killed_plan_leaves_whole_plans);
    tcase_add_test(tests, killed_upgrade_is_made_by_the_next);
    tcase_add_test(tests, killed_copy_leaves_nothing_that_stays);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
