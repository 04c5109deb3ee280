/* What is written is read back equal; the old file stays where the new one cannot be written. */
#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/rng.h"
#include "io/csv_read.h"
#include "io/csv_write.h"
#include "tests/support_store.h"

static ht_test_folder place;
static const char *const folder = place.path;
static char path[128];
static ht_err err;

static void set_up(void) {
    test_folder_make(&place);
    snprintf(path, sizeof path, "%s/x.csv", folder);
    ht_err_init(&err);
}

static void tear_down(void) {
    test_folder_remove(&place);
}

static int32_t files_in_folder(void) {
    int32_t count = 0;
    DIR *all = opendir(folder);
    ck_assert_ptr_nonnull(all);
    for (struct dirent *entry; (entry = readdir(all)) != NULL;)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(all);
    return count;
}

static void assert_holds(const char *file_path, const char *bytes) {
    char text[4096];
    FILE *file = fopen(file_path, "rb");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, bytes);
}

static void put_old(void) {
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs("old", file);
    fclose(file);
}

/* ---- cells ---- */

static const struct {
    const char *text, *cell;
} CELL[] = {
    {"", ""},
    {"a", "a"},
    {"a b", "a b"},
    {"å", "å"},
    {"=1+1", "'=1+1"},
    {"+46", "'+46"},
    {"-a", "'-a"},
    {"@a", "'@a"},
    {"\ta", "\"'\ta\""},
    {"\ra", "\"'\ra\""},
    {"'=1", "''=1"},
    {"''-", "'''-"},
    {"'a", "'a"},
    {"a=1", "a=1"},
    {"a;b", "\"a;b\""},
    {"a\"b", "\"a\"\"b\""},
    {"\"", "\"\"\"\""},
    {"a\nb", "\"a\nb\""},
    {" a", "\" a\""},
    {"a ", "\"a \""},
    {"=\"a\"", "\"'=\"\"a\"\"\""},
    {"a,b", "a,b"},
};

START_TEST(cells_are_escaped_and_quoted_as_needed) {
    char expected[256];
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ck_assert_ptr_nonnull(out);
    ht_csv_out_text(out, CELL[_i].text);
    ht_csv_out_number(out, "-0,5");
    ht_csv_out_end_row(out);
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    snprintf(expected, sizeof expected, "\xEF\xBB\xBF%s;-0,5\r\n", CELL[_i].cell);
    assert_holds(path, expected);
}
END_TEST

START_TEST(a_stream_gets_the_same_cells_without_a_mark) {
    FILE *file = fopen(path, "wb");
    ht_csv_out *out = ht_csv_out_stream(file, &err);
    ck_assert_ptr_nonnull(out);
    ht_csv_out_text(out, "a;b");
    ht_csv_out_end_row(out);
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    fputs("more", file); /* still the caller's */
    fclose(file);
    assert_holds(path, "\"a;b\"\r\nmore");
}
END_TEST

enum { TEXTS = 2000, TEXT_ROOM = 64 };

/* Texts made of just what is special. */
static void random_text(ht_rng *rng, char *out) {
    static const char *const PART[] = {"'",  "=", "+", "-", "@", "\t", "\r",     "\n",
                                       "\"", ";", ",", " ", "a", "å",  "\u20AC", "1"};
    int32_t parts = ht_rng_below(rng, 9);
    *out = '\0';
    for (int32_t i = 0; i < parts; i++)
        strncat(out, PART[ht_rng_below(rng, (int32_t)(sizeof PART / sizeof *PART))], TEXT_ROOM - strlen(out) - 1);
}

typedef struct written {
    char (*text)[TEXT_ROOM];
    int32_t row;
} written;

static bool compare(void *context, int32_t line, const char *const *cells) {
    (void)line;
    written *all = context;
    ck_assert_str_eq(cells[0], all->text[2 * all->row]);
    ck_assert_str_eq(cells[1], all->text[2 * all->row + 1]);
    ck_assert_str_eq(cells[2], "x");
    all->row++;
    return true;
}

START_TEST(every_text_is_read_back_the_same) {
    static char text[2 * TEXTS][TEXT_ROOM];
    static const ht_csv_want WANT[] = {{"one", NULL, false}, {"two", NULL, false}, {"three", NULL, false}};
    ht_rng rng;
    ht_issues issues;
    written all = {text, 0};
    ht_rng_init(&rng, 1, 0);
    ht_issues_init(&issues, &ht_allocator_system);
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    for (int32_t i = 0; i < 3; i++)
        ht_csv_out_text(out, WANT[i].name);
    ht_csv_out_end_row(out);
    for (int32_t i = 0; i < TEXTS; i++) {
        random_text(&rng, text[2 * i]);
        random_text(&rng, text[2 * i + 1]);
        ht_csv_out_text(out, text[2 * i]);
        ht_csv_out_text(out, text[2 * i + 1]);
        ht_csv_out_text(out, "x"); /* no row is blank */
        ht_csv_out_end_row(out);
    }
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    FILE *file = fopen(path, "rb");
    ck_assert_int_eq(ht_csv_read_cells(file, "x.csv", WANT, 3, compare, &all, &issues, &err), HT_OK);
    fclose(file);
    ck_assert_int_eq(issues.count, 0);
    ck_assert_int_eq(all.row, TEXTS);
    ht_issues_release(&issues);
}
END_TEST

/* ---- tables ---- */

static ht_sym random_name(ht_rng *rng, ht_dataset *data, const ht_column *column) {
    static const char *const PLACE[] = {"office", "office:A", "K7"};
    static const char *const CODE[] = {"=1+1", "'-x", "a;b", "nyckel \"7\"", "-", "åäö", "+46", "x"};
    static const char *const LIST[] = {"a", "a|b", "åska|=b|c"};
    static const char *const RECURS[] = {"daily", "weekly mon wed", "every 4 weeks", "even weeks fri", "holidays"};
    static const char *const PAUSES[] = {"2026-07-01..2026-07-31", "2026-07-01..2026-07-01|2026-08-01..2027-01-06"};
    static const char *const EXCEPT[] = {"2026-03-10", "holidays|eves", "2026-03-10|holidays|2026-03-12"};
    static const char *const VALUE[] = {"-7", "0,5", "coverage promise;continuity", "'+1", "@x"};
    char id[32];
    const char *text = id;
    snprintf(id, sizeof id, "%c%d.%d", 'A' + ht_rng_below(rng, 26), (int)ht_rng_below(rng, 1000),
             (int)ht_rng_below(rng, 9));
    if (column->type == HT_COL_IDS)
        snprintf(id, sizeof id, "P%d|Q%d", (int)ht_rng_below(rng, 1000), (int)ht_rng_below(rng, 1000));
    else if (column->type == HT_COL_PLACE)
        text = PLACE[ht_rng_below(rng, 3)];
    else if (column->type == HT_COL_CODE)
        text = CODE[ht_rng_below(rng, 8)];
    else if (column->type == HT_COL_CODES)
        text = LIST[ht_rng_below(rng, 3)];
    else if (column->type == HT_COL_VALUE)
        text = VALUE[ht_rng_below(rng, 5)];
    else if (column->type == HT_COL_RECURS)
        text = RECURS[ht_rng_below(rng, 5)];
    else if (column->type == HT_COL_PAUSES)
        text = PAUSES[ht_rng_below(rng, 2)];
    else if (column->type == HT_COL_EXCEPT)
        text = EXCEPT[ht_rng_below(rng, 3)];
    return ht_strings_intern(&data->text, text, strlen(text));
}

static int32_t random_value(ht_rng *rng, ht_dataset *data, const ht_column *column) {
    int32_t words = 0;
    switch (column->type) {
    case HT_COL_DATE:
        return HT_DATE_MIN + ht_rng_below(rng, HT_DATE_MAX - HT_DATE_MIN + 1);
    case HT_COL_TIME:
        return ht_rng_below(rng, 2) ? 60 * ht_rng_below(rng, 1441) : ht_rng_below(rng, 86401);
    case HT_COL_FROM:
    case HT_COL_TO:
        return 1440 * ht_rng_below(rng, 80000) + (ht_rng_below(rng, 2) ? 0 : ht_rng_below(rng, 1440));
    case HT_COL_INT:
    case HT_COL_DECIMAL:
        return (int32_t)(column->min + (int64_t)(ht_rng_unit(rng) * ((double)column->max - column->min + 1)));
    case HT_COL_WORD:
        while (column->words[words].name)
            words++;
        return ht_rng_below(rng, words);
    case HT_COL_FLAG:
        return ht_rng_below(rng, 2);
    default:
        return random_name(rng, data, column);
    }
}

enum { ROWS = 500 };

static void fill(ht_dataset *data, const ht_table *table, uint64_t seed) {
    ht_rng rng;
    ht_rng_init(&rng, seed, (uint64_t)table->id);
    for (int32_t i = 0; i < ROWS; i++) {
        void *row = ht_array_push(&data->table[table->id]);
        ck_assert_ptr_nonnull(row);
        for (int32_t k = 0; k < table->count; k++) {
            const ht_column *column = &table->columns[k];
            bool blank = !column->needed && ht_rng_below(&rng, 3) == 0;
            ht_row_set(row, column, blank ? column->blank : random_value(&rng, data, column));
        }
    }
}

static void assert_rows_equal(const ht_dataset *a, const ht_dataset *b, const ht_table *table) {
    ck_assert_int_eq(ht_dataset_count(b, table->id), ROWS);
    for (int32_t i = 0; i < ROWS; i++)
        for (int32_t k = 0; k < table->count; k++) {
            const ht_column *column = &table->columns[k];
            int32_t left = ht_row_get(ht_array_at(&a->table[table->id], i), column);
            int32_t right = ht_row_get(ht_array_at(&b->table[table->id], i), column);
            if (ht_column_holds_text(column))
                ck_assert_str_eq(ht_dataset_text(a, left), ht_dataset_text(b, right));
            else
                ck_assert_msg(left == right, "%s.%s: %d became %d", table->name, column->name, (int)left, (int)right);
        }
}

static void round_trip(const ht_table *table, ht_words_in words) {
    ht_dataset first, second;
    ht_issues issues;
    char name[128];
    ck_assert(ht_dataset_init(&first, &ht_allocator_system));
    ck_assert(ht_dataset_init(&second, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    fill(&first, table, words == HT_SWEDISH ? 1 : 2);
    ck_assert_msg(ht_csv_write_table(folder, table, &first, words, &err) == HT_OK, "%s", err.text);
    snprintf(name, sizeof name, "%s/%s.csv", folder, table->name);
    FILE *file = fopen(name, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ht_csv_read(file, table->name, table, &second, &issues, &err), HT_OK);
    fclose(file);
    if (issues.count > 0) {
        const ht_issue *one = ht_array_at(&issues.issues, 0);
        ck_abort_msg("%s:%d: %s: %s", one->file, (int)one->line, one->column, one->text);
    }
    ck_assert_int_eq(issues.notes.count, 0);
    assert_rows_equal(&first, &second, table);
    ht_issues_release(&issues);
    ht_dataset_release(&second);
    ht_dataset_release(&first);
}

START_TEST(tables_round_trip_in_english) {
    round_trip(ht_table_get((ht_table_id)_i), HT_ENGLISH);
}
END_TEST

START_TEST(tables_round_trip_in_swedish) {
    round_trip(ht_table_get((ht_table_id)_i), HT_SWEDISH);
}
END_TEST

START_TEST(swedish_headers_are_written_on_demand) {
    ht_dataset data;
    char name[128];
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    snprintf(name, sizeof name, "%s/relations.csv", folder);
    ck_assert_int_eq(ht_csv_write_table(folder, ht_table_get(HT_RELATIONS), &data, HT_SWEDISH, &err), HT_OK);
    assert_holds(name, "\xEF\xBB\xBF"
                       "brukare_id;personal_id;slag\r\n");
    ck_assert_int_eq(ht_csv_write_table(folder, ht_table_get(HT_RELATIONS), &data, HT_ENGLISH, &err), HT_OK);
    assert_holds(name, "\xEF\xBB\xBF"
                       "client_id;staff_id;kind\r\n");
    ht_dataset_release(&data);
}
END_TEST

/* ---- the old file or the new one, whole ---- */

START_TEST(only_the_owner_reads_what_is_written) {
    struct stat about;
    umask(0);
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    ck_assert_int_eq(stat(path, &about), 0);
    ck_assert_int_eq(about.st_mode & 0777, 0600);
}
END_TEST

START_TEST(the_old_file_stays_until_close) {
    put_old();
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ht_csv_out_text(out, "new");
    assert_holds(path, "old");
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    assert_holds(path, "\xEF\xBB\xBFnew");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(an_abandoned_file_leaves_nothing) {
    put_old();
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ht_csv_out_text(out, "new");
    ht_csv_out_abandon(out);
    assert_holds(path, "old");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(what_a_killed_run_left_is_in_nobodys_way) {
    char left[256];
    snprintf(left, sizeof left, "%s/.x.csv.%ld-0.tmp", folder, (long)getpid());
    FILE *file = fopen(left, "wb");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ck_assert_ptr_nonnull(out);
    ht_csv_out_text(out, "new");
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_OK);
    assert_holds(path, "\xEF\xBB\xBFnew");
    ck_assert_int_eq(unlink(left), 0);
}
END_TEST

/* True where body() is, in a process of its own: what it does to its rights and limits ends with it. */
static bool in_child(bool (*body)(void)) {
    int status = 1;
    pid_t child = fork();
    if (child == 0)
        _exit(body() ? 0 : 1);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A file that may not grow beyond 4 KiB stands for a disk that is full. */
static bool fails_on_full_disk(void) {
    struct rlimit small = {4096, 4096};
    char expected[256];
    signal(SIGXFSZ, SIG_IGN);
    ht_csv_out *out = setrlimit(RLIMIT_FSIZE, &small) == 0 ? ht_csv_out_open(folder, "x.csv", &err) : NULL;
    for (int32_t i = 0; i < 10000 && out; i++) {
        ht_csv_out_text(out, "cell");
        ht_csv_out_end_row(out);
    }
    snprintf(expected, sizeof expected, "%s: cannot be written: %s", path, strerror(EFBIG));
    return out && ht_csv_out_close(out, &err) == HT_ESYSTEM && strcmp(err.text, expected) == 0;
}

START_TEST(a_full_disk_leaves_the_old_file) {
    put_old();
    ck_assert(in_child(fails_on_full_disk));
    assert_holds(path, "old");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(a_stream_on_a_full_disk_is_a_system_error) {
    FILE *file = fopen("/dev/full", "wb");
    if (!file)
        return; /* this system has none */
    ht_csv_out *out = ht_csv_out_stream(file, &err);
    ht_csv_out_text(out, "cell");
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_ESYSTEM);
    ck_assert_ptr_nonnull(strstr(err.text, strerror(ENOSPC)));
    fclose(file);
}
END_TEST

START_TEST(a_name_taken_by_a_folder_is_a_system_error) {
    ck_assert_int_eq(mkdir(path, 0700), 0);
    ht_csv_out *out = ht_csv_out_open(folder, "x.csv", &err);
    ck_assert_int_eq(ht_csv_out_close(out, &err), HT_ESYSTEM);
    ck_assert_int_eq(files_in_folder(), 1);
    rmdir(path);
}
END_TEST

START_TEST(a_missing_folder_is_named) {
    ck_assert_ptr_null(ht_csv_out_open("/nowhere/at/all", "x.csv", &err));
    ck_assert_int_eq(err.status, HT_ESYSTEM);
    ck_assert_str_eq(err.text, "/nowhere/at/all/x.csv: cannot be written: No such file or directory");
}
END_TEST

/* Root can write anywhere, so it becomes nobody first. */
static bool fails_on_read_only_folder(void) {
    if (geteuid() == 0 && setuid(65534) != 0)
        return false;
    return !ht_csv_out_open(folder, "x.csv", &err) && err.status == HT_ESYSTEM && strstr(err.text, strerror(EACCES));
}

START_TEST(a_read_only_folder_leaves_the_old_file) {
    put_old();
    ck_assert_int_eq(chmod(folder, 0555), 0);
    ck_assert(in_child(fails_on_read_only_folder));
    ck_assert_int_eq(chmod(folder, 0700), 0);
    assert_holds(path, "old");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

static Suite *csv_write_suite(void) {
    Suite *suite = suite_create("csv_write");
    TCase *tcase = tcase_create("csv_write");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, cells_are_escaped_and_quoted_as_needed, 0, COUNT(CELL));
    tcase_add_test(tcase, a_stream_gets_the_same_cells_without_a_mark);
    tcase_add_test(tcase, every_text_is_read_back_the_same);
    tcase_add_loop_test(tcase, tables_round_trip_in_english, 0, HT_TABLES);
    tcase_add_loop_test(tcase, tables_round_trip_in_swedish, 0, HT_TABLES);
    tcase_add_test(tcase, swedish_headers_are_written_on_demand);
    tcase_add_test(tcase, only_the_owner_reads_what_is_written);
    tcase_add_test(tcase, the_old_file_stays_until_close);
    tcase_add_test(tcase, an_abandoned_file_leaves_nothing);
    tcase_add_test(tcase, what_a_killed_run_left_is_in_nobodys_way);
    tcase_add_test(tcase, a_full_disk_leaves_the_old_file);
    tcase_add_test(tcase, a_stream_on_a_full_disk_is_a_system_error);
    tcase_add_test(tcase, a_name_taken_by_a_folder_is_a_system_error);
    tcase_add_test(tcase, a_missing_folder_is_named);
    tcase_add_test(tcase, a_read_only_folder_leaves_the_old_file);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(csv_write_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
