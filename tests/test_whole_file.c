/* Files are seen whole or not at all, alone and in batches; what dead processes left goes. */
#include "io/whole_file.h"

#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "tests/support.h"
#include "tests/support_store.h"

enum { MANY = 300, FEW_HANDLES = 32 };

static ht_test_folder place;
static ht_file_batch batch;
static ht_err err;
static char inner[128]; /* a folder in the folder */

static void set_up(void) {
    test_folder_make(&place);
    snprintf(inner, sizeof inner, "%s/inner", place.path);
    ht_err_init(&err);
    ht_file_batch_init(&batch);
}

static void remove_hidden(void) {
    DIR *all = opendir(place.path);
    for (struct dirent *entry; (entry = readdir(all)) != NULL;)
        if (entry->d_name[0] == '.')
            unlinkat(dirfd(all), entry->d_name, 0);
    closedir(all);
}

static void tear_down(void) {
    ht_file_batch_release(&batch);
    remove_hidden();
    rmdir(inner);
    test_folder_remove(&place);
}

static int32_t entries_in(const char *folder) {
    int32_t count = 0;
    DIR *all = opendir(folder);
    ck_assert_ptr_nonnull(all);
    while (readdir(all) != NULL)
        count++;
    closedir(all);
    return count - 2; /* . and .. */
}

static void write_text(const char *folder, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void assert_holds(const char *folder, const char *name, const char *text) {
    char path[256], read[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s is not there", path);
    read[fread(read, 1, sizeof read - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(read, text);
}

static void hand_over(const char *folder, const char *name, const char *text) {
    ht_whole_file *file = ht_whole_file_open(folder, name, &err);
    ck_assert_msg(file != NULL, "%s", err.text);
    ht_whole_file_put(file, text, strlen(text));
    ck_assert_msg(ht_whole_file_hand_over(file, &batch, &err) == HT_OK, "%s", err.text);
}

START_TEST(a_batch_gets_its_names_at_the_end) {
    write_text(place.path, "a", "old");
    ck_assert_int_eq(ht_file_batch_folder(&batch, inner, &err), HT_OK);
    hand_over(place.path, "a", "new");
    hand_over(inner, "b", "new");
    assert_holds(place.path, "a", "old");
    ck_assert_int_eq(ht_file_batch_place(&batch, &err), HT_OK);
    assert_holds(place.path, "a", "new");
    assert_holds(inner, "b", "new");
    ht_file_batch_release(&batch);
    ck_assert_int_eq(entries_in(inner), 1); /* what is placed stays */
    ck_assert_int_eq(entries_in(place.path), 2);
    char path[160];
    snprintf(path, sizeof path, "%s/b", inner);
    ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(a_batch_that_is_not_placed_leaves_nothing) {
    write_text(place.path, "a", "old");
    ck_assert_int_eq(ht_file_batch_folder(&batch, inner, &err), HT_OK);
    hand_over(place.path, "a", "new");
    hand_over(inner, "b", "new");
    ht_file_batch_release(&batch);
    assert_holds(place.path, "a", "old");
    ck_assert_int_eq(entries_in(place.path), 1); /* the folder that was made is gone too */
}
END_TEST

START_TEST(a_folder_that_was_there_stays) {
    ck_assert_int_eq(mkdir(inner, 0755), 0);
    ck_assert_int_eq(ht_file_batch_folder(&batch, inner, &err), HT_OK);
    ht_file_batch_release(&batch);
    ck_assert_int_eq(entries_in(inner), 0);
}
END_TEST

START_TEST(folders_and_files_are_their_owners_alone) {
    struct stat about;
    umask(0);
    ck_assert_int_eq(ht_file_batch_folder(&batch, inner, &err), HT_OK);
    ck_assert_int_eq(stat(inner, &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0700);
    hand_over(place.path, "a", "new");
    ck_assert_int_eq(ht_file_batch_place(&batch, &err), HT_OK);
    char path[160];
    snprintf(path, sizeof path, "%s/a", place.path);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0600);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_named) {
    ck_assert_int_eq(ht_file_batch_folder(&batch, "/nowhere/at/all", &err), HT_ESYSTEM);
    ck_assert_str_eq(err.text, "cannot make the folder /nowhere/at/all: No such file or directory");
}
END_TEST

START_TEST(a_name_taken_by_a_folder_stops_the_batch_and_leaves_nothing_temporary) {
    ck_assert_int_eq(mkdir(inner, 0700), 0);
    hand_over(place.path, "inner", "new");
    hand_over(place.path, "z", "new");
    ck_assert_int_eq(ht_file_batch_place(&batch, &err), HT_ESYSTEM);
    ht_file_batch_release(&batch);
    ck_assert_int_eq(entries_in(place.path), 1);
}
END_TEST

static int writes_many(void *context) {
    (void)context;
    struct rlimit few = {FEW_HANDLES, FEW_HANDLES};
    if (setrlimit(RLIMIT_NOFILE, &few) != 0)
        return 1;
    for (int32_t i = 0; i < MANY; i++) {
        char name[16];
        snprintf(name, sizeof name, "f%03d", (int)i);
        ht_whole_file *file = ht_whole_file_open(place.path, name, &err);
        if (file == NULL || ht_whole_file_hand_over(file, &batch, &err) != HT_OK)
            return 2;
    }
    return ht_file_batch_place(&batch, &err) == HT_OK ? 0 : 3;
}

START_TEST(a_batch_needs_few_open_files) {
    ck_assert_int_eq(test_in_child(TEST_AS_I_AM, writes_many, NULL), 0);
    ck_assert_int_eq(entries_in(place.path), MANY);
}
END_TEST

/* A process that is no more. */
static long dead_process(void) {
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    return (long)child;
}

START_TEST(a_named_file_is_written_and_replaced) {
    char path[256];
    snprintf(path, sizeof path, "%s/named", place.path);
    for (int i = 0; i < 2; i++) {
        ht_whole_file *file = ht_whole_file_open_beside(path, "/nowhere", &err);
        ck_assert_msg(file != NULL, "%s", err.text);
        ht_whole_file_put(file, "text", 4);
        ck_assert_int_eq(access(path, F_OK), i == 0 ? -1 : 0); /* the older one stays until the new one is whole */
        ck_assert_int_eq(ht_whole_file_close(file, &err), HT_OK);
        ck_assert_int_eq(access(path, F_OK), 0);
    }
    unlink(path);
}
END_TEST

START_TEST(a_folder_a_device_and_the_source_are_never_replaced) {
    char source[256], same[256];
    snprintf(source, sizeof source, "%s/source", place.path);
    snprintf(same, sizeof same, "%s/./source", place.path);
    write_text(place.path, "source", "precious");
    const char *const paths[] = {place.path, "/dev/null", source, same};
    static const char *const MESSAGE[] = {"Is a directory", "it is no file", "it is the file that is read",
                                          "it is the file that is read"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        ck_assert_ptr_null(ht_whole_file_open_beside(paths[i], source, &err));
        ck_assert_int_eq(err.status, HT_ESYSTEM);
        ck_assert_msg(strstr(err.text, MESSAGE[i]) != NULL, "%s", err.text);
    }
    ck_assert_int_eq(entries_in(place.path), 1);
    unlink(source);
}
END_TEST

START_TEST(what_dead_processes_left_goes_and_nothing_else) {
    static const char *const STAYS[] = {
        ".x.csv.tmp",   ".x.csv.1.tmp",     ".%ld-0.tmp", "x.csv.%ld-0.tmp", ".x.csv.%ld-.tmp", ".x.csv.-0.tmp",
        ".x.csv.%ld-0", ".x.csv.%ld-a.tmp", ".tmp",       ".x.csv.0-0.tmp",  ".x.csv%ld-0.tmp", "mine.csv"};
    char name[64];
    long dead = dead_process();
    int32_t stay = sizeof STAYS / sizeof *STAYS;
    for (int32_t i = 0; i < stay; i++) {
        const char *at = strstr(STAYS[i], "%ld");
        if (at != NULL)
            snprintf(name, sizeof name, "%.*s%ld%s", (int)(at - STAYS[i]), STAYS[i], dead, at + 3);
        else
            snprintf(name, sizeof name, "%s", STAYS[i]);
        write_text(place.path, name, "");
    }
    snprintf(name, sizeof name, ".x.csv.%ld-0.tmp", (long)getpid()); /* of a run that lives */
    write_text(place.path, name, "");
    snprintf(name, sizeof name, ".x.csv.%ld-12.tmp", dead);
    write_text(place.path, name, "");
    ck_assert_int_eq(entries_in(place.path), stay + 2);
    ht_whole_file_sweep(place.path);
    ck_assert_int_eq(entries_in(place.path), stay + 1);
    char gone[160];
    snprintf(gone, sizeof gone, "%s/.x.csv.%ld-12.tmp", place.path, dead);
    ck_assert_int_ne(access(gone, F_OK), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("whole_file");
    TCase *tcase = tcase_create("whole_file");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_batch_gets_its_names_at_the_end);
    tcase_add_test(tcase, a_batch_that_is_not_placed_leaves_nothing);
    tcase_add_test(tcase, a_folder_that_was_there_stays);
    tcase_add_test(tcase, folders_and_files_are_their_owners_alone);
    tcase_add_test(tcase, a_folder_that_cannot_be_made_is_named);
    tcase_add_test(tcase, a_name_taken_by_a_folder_stops_the_batch_and_leaves_nothing_temporary);
    tcase_add_test(tcase, a_batch_needs_few_open_files);
    tcase_add_test(tcase, a_named_file_is_written_and_replaced);
    tcase_add_test(tcase, a_folder_a_device_and_the_source_are_never_replaced);
    tcase_add_test(tcase, what_dead_processes_left_goes_and_nothing_else);
    suite_add_tcase(suite, tcase);
    return ht_run_suite(suite);
}
