/* Every habit of Swedish exports is read alike; every bad input is refused with its line and column. */
#include <check.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "io/csv_read.h"
#include "tests/support.h"

#define BOM "\xEF\xBB\xBF"
#define PERSONAL "811228-9874" /* the tax agency's published example */

static ht_dataset data;
static ht_issues issues;
static ht_err err;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_err_init(&err);
}

static void tear_down(void) {
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}

static FILE *file_of(const char *bytes, size_t length) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    rewind(file);
    return file;
}

static ht_status read_bytes(const char *table, const char *bytes, size_t length) {
    char name[32];
    FILE *file = file_of(bytes, length);
    snprintf(name, sizeof name, "%s.csv", table);
    ht_status status = ht_csv_read(file, name, ht_table_find(table), &data, &issues, &err);
    fclose(file);
    return status;
}

static ht_status read_text(const char *table, const char *text) {
    return read_bytes(table, text, strlen(text));
}

static const ht_issue *issue(int32_t index) {
    ck_assert_int_lt(index, issues.issues.count);
    return ht_array_at(&issues.issues, index);
}

static void assert_no_issue(const char *of) {
    if (issues.count > 0)
        ck_abort_msg("%s\n%s:%d: %s: %s", of, issue(0)->file, (int)issue(0)->line, issue(0)->column, issue(0)->text);
}

/* ---- habits ---- */

#define ROWS "K1;A;63,032424;20,011409;nyckelskåp\nK2;A;-0,5;7;\n"

static const char *const SAME_CLIENTS[] = {
    "client_id;team;lat;lon;key\n" ROWS,
    BOM "client_id;team;lat;lon;key\r\nK1;A;63,032424;20,011409;nyckelskåp\r\nK2;A;-0,5;7;\r\n",
    "client_id,team,lat,lon,key\nK1,A,63.032424,20.011409,nyckelskåp\nK2,A,-0.5,7,\n",
    "client_id\tteam\tlat\tlon\tkey\nK1\tA\t63,032424\t20.011409\tnyckelskåp\nK2\tA\t-0,5\t7\t\n",
    "sep=;\nclient_id;team;lat;lon;key\n" ROWS,
    BOM "sep=;\r\nclient_id;team;lat;lon;key\r\n" ROWS,
    "SEP=,\r\nclient_id,team,lat,lon,key\r\nK1,A,63.032424,20.011409,nyckelskåp\r\nK2,A,-0.5,7,\r\n",
    "sep=\t\nclient_id\tteam\tlat\tlon\tkey\nK1\tA\t63,032424\t20.011409\tnyckelskåp\nK2\tA\t-0,5\t7\t\n",
    "brukare_id;grupp;latitud;longitud;nyckel\n" ROWS,
    "kundnr;Grupp;LATITUD;Longitud;Nyckel\n" ROWS,
    "key;lon;lat;client_id;team\nnyckelskåp;20,011409;63,032424;K1;A\n;7;-0,5;K2;A\n",
    "\"client_id\";\"team\";\"lat\";\"lon\";\"key\"\n\"K1\";\"A\";\"63,032424\";\"20,011409\";\"nyckelskåp\"\n"
    "K2;A;\"-0,5\";7;\"\"\n",
    " client_id ; team;lat ;lon;key\n K1;A ; 63,032424;20,011409 ;\" nyckelskåp \"\nK2;A;-0,5;7; \n",
    "\n\r\nclient_id;team;lat;lon;key\n\n;;;;\nK1;A;63,032424;20,011409;nyckelskåp\n \n\"\";;;;\nK2;A;-0,5;7;\n\n",
    "client_id;team;lat;lon;key;\nK1;A;63,032424;20,011409;nyckelskåp;\nK2;A;-0,5;7;;\n", /* no name, no cell */
    "client_id;team;lat;lon;key\nK1;A;63,032424;20,011409;nyckelskåp\nK2;A;-0,5;7",       /* short, no line end */
    "client_id;team;lat;lon;key\nK1;A;63,032424;20,011409;nyckelskåp;;\nK2;A;'-0,5;7\n",  /* blank beyond; escaped */
    "client_id;team;lat;lon;key\nK1;A;63,032424;20,011409;nyckelsk\xE5p\nK2;A;-0,5;7;\n", /* Windows-1252 */
    "client_id;team;lat;lon;key\rK1;A;63,032424;20,011409;nyckelskåp\rK2;A;-0,5;7\r",
};

START_TEST(habits_read_the_same) {
    const char *text = SAME_CLIENTS[_i];
    ck_assert_msg(read_text("clients", text) == HT_OK, "%s\n%s", text, err.text);
    assert_no_issue(text);
    ck_assert_int_eq(issues.notes.count, 0);
    const ht_client_row *row = ht_dataset_rows(&data, HT_CLIENTS);
    ck_assert_int_eq(ht_dataset_count(&data, HT_CLIENTS), 2);
    ck_assert_str_eq(ht_dataset_text(&data, row[0].client_id), "K1");
    ck_assert_str_eq(ht_dataset_text(&data, row[0].team), "A");
    ck_assert_int_eq(row[0].lat, 630324240);
    ck_assert_int_eq(row[0].lon, 200114090);
    ck_assert_str_eq(ht_dataset_text(&data, row[0].key), "nyckelskåp");
    ck_assert_str_eq(ht_dataset_text(&data, row[1].client_id), "K2");
    ck_assert_int_eq(row[1].lat, -5000000);
    ck_assert_int_eq(row[1].lon, 70000000);
    ck_assert_int_eq(row[1].key, HT_NO_TEXT);
    ck_assert_int_eq(row[1].from, HT_BLANK);
}
END_TEST

static const char *const SAME_ROSTER[] = {
    "staff_id;date;start;end;kind\nP1;2025-03-05;07:05;24:00;office\n",
    "staff_id;date;start;end;kind\nP1;20250305;07.05;24.00;An\n",
    "personal_id;datum;starttid;slutar;slag\nP1;2025-03-05;7:05;24:00;kontor\n",
};

START_TEST(dates_times_and_words_read_the_same) {
    ck_assert_int_eq(read_text("roster", SAME_ROSTER[_i]), HT_OK);
    assert_no_issue(SAME_ROSTER[_i]);
    const ht_roster_row *row = ht_dataset_rows(&data, HT_ROSTER);
    ck_assert_int_eq(ht_dataset_count(&data, HT_ROSTER), 1);
    ck_assert_int_eq(row->line, 2);
    ck_assert_int_eq(row->date, 20152);
    ck_assert_int_eq(row->start, (7 * 60 + 5) * 60);
    ck_assert_int_eq(row->end, 86400);
    ck_assert_int_eq(row->kind, HT_KIND_OFFICE);
}
END_TEST

START_TEST(rows_know_the_line_they_began_on) {
    ck_assert_int_eq(
        read_text("settings", "sep=;\n\nname;value;note\na;1\n\n\"b\";2;\"two\nlines\r\nor three\"\nc;3\nd;\"4\n4\"\n"),
        HT_OK);
    const ht_setting_row *row = ht_dataset_rows(&data, HT_SETTINGS);
    ck_assert_int_eq(ht_dataset_count(&data, HT_SETTINGS), 3);
    ck_assert_int_eq(row[0].line, 4);
    ck_assert_int_eq(row[1].line, 6);
    ck_assert_int_eq(row[2].line, 9);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(issue(0)->line, 10);
    ck_assert_ptr_nonnull(strstr(issue(0)->text, "'4?4': expected one line"));
}
END_TEST

START_TEST(unknown_columns_are_noted_once) {
    ck_assert_int_eq(read_text("settings", "name;colour;value;\"shoe\nsize\"\na;red;1;40\nb;blue;2;41\n"), HT_OK);
    assert_no_issue("unknown");
    ck_assert_int_eq(ht_dataset_count(&data, HT_SETTINGS), 2);
    ck_assert_int_eq(issues.notes.count, 1);
    const ht_issue *note = ht_array_at(&issues.notes, 0);
    ck_assert_str_eq(note->file, "settings.csv");
    ck_assert_int_eq(note->line, 1);
    ck_assert_str_eq(note->text, "unknown columns, not read: colour, shoe?size");
}
END_TEST

/* ---- bad input ---- */

#define PERSONAL_ISSUE "'********-****' looks like a personal identity number: use an id of your own"
#define SKILLS "staff_id;skill;from\n"

typedef struct bad_case {
    const char *table, *text;
    int32_t line;
    const char *column, *issue;
    int32_t rows; /* that are read all the same */
} bad_case;

static const bad_case BAD[] = {
    {"skills", "", 0, "", "the file is empty: its first line must name the columns", 0},
    {"skills", BOM "\r\n", 0, "", "the file is empty: its first line must name the columns", 0},
    {"skills", "staff_id;from\nP1;2025-01-01\n", 1, "skill", "this column is missing, and it is needed", 0},
    {"skills", "staff_id;skill;Kompetens\nP1;a;b\n", 1, "Kompetens",
     "names the same column as 'skill': keep one of them", 0},
    {"skills", "staff_id;skill;" PERSONAL "\nP1;a;b\n", 1, "", PERSONAL_ISSUE, 0},
    {"skills", SKILLS "P1;a\nP2;;\nP3;b\n", 3, "skill", "blank: a value is needed", 2},
    {"skills", "STAFF_ID;skill\n1P;a\nP3;b\n", 2, "STAFF_ID", NULL, 1},
    {"skills", SKILLS "P1;a;2025-02-30\nP3;b\n", 2, "from", NULL, 1},
    {"skills", SKILLS "P1;a;;b\nP3;b\n", 2, "", "'b' is beyond the 3 columns of the header", 1},
    {"skills", SKILLS "P1;\"a\"b\nP3;b\n", 2, "",
     "a quotation mark inside a cell: quote the whole cell and double the mark; not read from here on", 0},
    {"skills", SKILLS "P1;a\nP2;\"b\nP3;b\n", 3, "", "a quotation mark is opened in this row and never closed", 1},
    {"skills", "staff_id;skill;pet\nP1;a;" PERSONAL "\nP3;b;cat\n", 2, "pet", PERSONAL_ISSUE, 1},
    {"skills", SKILLS "P1;a;;" PERSONAL "\nP3;b\n", 2, "", PERSONAL_ISSUE, 1},
};

START_TEST(bad_input_names_line_and_column) {
    const bad_case *bad = &BAD[_i];
    ck_assert_int_eq(read_text(bad->table, bad->text), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_str_eq(issue(0)->file, "skills.csv");
    ck_assert_int_eq(issue(0)->line, bad->line);
    ck_assert_str_eq(issue(0)->column, bad->column);
    if (bad->issue)
        ck_assert_str_eq(issue(0)->text, bad->issue);
    ck_assert_int_eq(ht_dataset_count(&data, HT_SKILLS), bad->rows);
}
END_TEST

START_TEST(a_bad_cell_is_shown_with_what_was_expected) {
    ck_assert_int_eq(read_text("skills", SKILLS "P1;a;tomorrow\n"), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_msg(strncmp(issue(0)->text, "'tomorrow': expected a date", 27) == 0, "%s", issue(0)->text);
}
END_TEST

START_TEST(a_long_bad_cell_is_cut) {
    char text[4096] = SKILLS "P1;a;";
    size_t length = strlen(text);
    memset(text + length, 'x', 3000);
    ck_assert_int_eq(read_text("skills", text), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_uint_lt(strlen(issue(0)->text), 200);
}
END_TEST

START_TEST(every_bad_cell_of_a_file_is_counted) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_addf(&text, "%s", SKILLS);
    for (int32_t i = 0; i < 300; i++)
        ht_text_addf(&text, "%d;a;never\n", (int)i);
    ck_assert_int_eq(read_text("skills", ht_text_get(&text)), HT_OK);
    ht_text_release(&text);
    ck_assert_int_eq(issues.count, 600);
    ck_assert_int_eq(issues.issues.count, HT_ISSUES_SHOWN);
    ck_assert_int_eq(issue(2)->line, 3);
    ck_assert_int_eq(ht_dataset_count(&data, HT_SKILLS), 0);
}
END_TEST

START_TEST(a_nul_byte_names_its_line) {
    static const char TEXT[] = SKILLS "P1;a\nP2;b\0c\nP3;d\n";
    ck_assert_int_eq(read_bytes("skills", TEXT, sizeof TEXT - 1), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(issue(0)->line, 3);
    ck_assert_ptr_nonnull(strstr(issue(0)->text, "NUL byte"));
}
END_TEST

START_TEST(utf_16_is_no_text_file) {
    static const char TEXT[] = "\xFF\xFEs\0t\0a\0f\0f\0_\0i\0d\0\n\0";
    ck_assert_int_eq(read_bytes("skills", TEXT, sizeof TEXT - 1), HT_OK);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(issue(0)->line, 1);
    ck_assert_ptr_nonnull(strstr(issue(0)->text, "UTF-16"));
}
END_TEST

/* ---- long lines, through a pipe ---- */

/* A child writes the text, then `count` times the block, until nobody reads it any more; line `line` is refused. */
static void assert_refused_from_pipe(const char *text, const char *block, int32_t count, int32_t line,
                                     const char *words) {
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        bool going = write(ends[1], text, strlen(text)) > 0;
        for (int32_t i = 0; i < count && going; i++)
            going = write(ends[1], block, strlen(block)) > 0;
        _exit(0);
    }
    close(ends[1]);
    FILE *file = fdopen(ends[0], "rb");
    ck_assert_int_eq(ht_csv_read(file, "skills.csv", ht_table_find("skills"), &data, &issues, &err), HT_OK);
    fclose(file);
    waitpid(child, NULL, 0);
    ck_assert_int_eq(issues.count, 1);
    ck_assert_int_eq(issue(0)->line, line);
    ck_assert_str_eq(issue(0)->text, words);
}

enum { FOREVER = INT32_MAX }; /* the child ends by SIGPIPE */

START_TEST(an_endless_line_is_refused_while_streaming) {
    assert_refused_from_pipe(SKILLS "P1;a\nP2;", "0123456789abcdef", FOREVER, 3,
                             "a line above 1 MiB; not read from here on");
    ck_assert_int_eq(ht_dataset_count(&data, HT_SKILLS), 1);
}
END_TEST

START_TEST(a_long_line_is_refused) {
    assert_refused_from_pipe(SKILLS "P1;a\nP2;", "0123456789abcdef", HT_CSV_LINE_MAX / 16, 3,
                             "a line above 1 MiB; not read from here on");
}
END_TEST

START_TEST(an_endless_quoted_cell_is_refused_while_streaming) {
    assert_refused_from_pipe(SKILLS "P1;a\nP2;\"", "0123456789abcde\n", FOREVER, 3,
                             "a quotation mark is opened here and not closed within 1 MiB; not read from here on");
}
END_TEST

START_TEST(a_line_of_just_1_MiB_is_read) {
    static const char BEGIN[] = "name;value;note\na;1;";
    char *text = malloc(HT_CSV_LINE_MAX + sizeof BEGIN);
    ck_assert_ptr_nonnull(text);
    memset(text, 'x', HT_CSV_LINE_MAX + 16);
    memcpy(text, BEGIN, sizeof BEGIN - 1);
    text[HT_CSV_LINE_MAX + 15] = '\n'; /* the second line begins at 16 */
    ck_assert_int_eq(read_bytes("settings", text, HT_CSV_LINE_MAX + 16), HT_OK);
    free(text);
    assert_no_issue("1 MiB");
    ck_assert_int_eq(ht_dataset_count(&data, HT_SETTINGS), 1);
}
END_TEST

START_TEST(a_stream_that_fails_is_a_system_error) {
    FILE *file = fopen("/", "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(ht_csv_read(file, "skills.csv", ht_table_find("skills"), &data, &issues, &err), HT_ESYSTEM);
    fclose(file);
    ck_assert_str_eq(err.text, "skills.csv: cannot be read: Is a directory");
}
END_TEST

/* ---- personal identity numbers ---- */

static const char *const PERSONAL_FORM[] = {PERSONAL, "8112289874", "19811228-9874", "198112289874", "811228+9874"};

static void assert_column_refuses(const ht_table *table, int32_t column, const char *number) {
    char file_name[32];
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    for (int32_t i = 0; i < table->count; i++)
        ht_text_addf(&text, "%s%s", i > 0 ? ";" : "", table->columns[i].name);
    ht_text_addf(&text, "\n");
    for (int32_t i = 0; i < table->count; i++)
        ht_text_addf(&text, "%s%s", i > 0 ? ";" : "", i == column ? number : "");
    snprintf(file_name, sizeof file_name, "%s.csv", table->name);
    FILE *file = file_of(ht_text_get(&text), text.length);
    ck_assert_int_eq(ht_csv_read(file, file_name, table, &data, &issues, &err), HT_OK);
    fclose(file);
    ht_text_release(&text);
    bool found = false;
    for (int32_t i = 0; i < issues.issues.count; i++) {
        const ht_issue *one = issue(i);
        ck_assert_ptr_null(strstr(one->text, "9874"));
        found |= strcmp(one->column, table->columns[column].name) == 0 && strcmp(one->text, PERSONAL_ISSUE) == 0;
    }
    ck_assert_msg(found, "%s.%s takes %s", table->name, table->columns[column].name, number);
    ck_assert_int_eq(ht_dataset_count(&data, table->id), 0);
}

START_TEST(personal_numbers_are_refused_in_every_column) {
    const ht_table *table = ht_table_get((ht_table_id)_i);
    for (int32_t column = 0; column < table->count; column++)
        for (size_t form = 0; form < sizeof PERSONAL_FORM / sizeof *PERSONAL_FORM; form++) {
            tear_down();
            set_up();
            assert_column_refuses(table, column, PERSONAL_FORM[form]);
        }
}
END_TEST

START_TEST(a_coordinate_is_no_personal_number) {
    ck_assert_int_eq(read_text("clients", "client_id;team;lat;lon\nK1;A;63,8112289874;-8.8112289874\n"), HT_OK);
    assert_no_issue("coordinate");
    ck_assert_int_eq(ht_dataset_count(&data, HT_CLIENTS), 1);
}
END_TEST

/* ---- wanted columns ---- */

static bool join(void *context, int32_t line, const char *const *cells) {
    ht_text_addf(context, "%d[%s][%s]", (int)line, cells[0], cells[1]);
    return true;
}

static const ht_csv_want WANT[] = {{"one", "ett", true}, {"two", NULL, false}};

static const struct {
    const char *text, *joined, *issue;
} WANTED[] = {
    {"one;two\na;b\n\nc;d\n", "2[a][b]4[c][d]", NULL},
    {"other;TWO;ETT\nx;b;a\n", "2[a][b]", NULL},
    {"one\na\n", "2[a][]", NULL},
    {"one;two\n\" a \";'''=1\n", "2[ a ][''=1]", NULL},
    {"one;two\n'a;'+\n", "2['a][+]", NULL},
    {"one;two\n;b\nc;d\n", "3[c][d]", "blank: a value is needed"},
    {"two\nb\n", "", "this column is missing, and it is needed"},
    {"one;two\na;" PERSONAL "\nc;d\n", "3[c][d]", PERSONAL_ISSUE},
};

START_TEST(wanted_columns_are_read) {
    ht_text joined;
    ht_text_init(&joined, &ht_allocator_system);
    FILE *file = file_of(WANTED[_i].text, strlen(WANTED[_i].text));
    ck_assert_int_eq(ht_csv_read_cells(file, "any.csv", WANT, 2, join, &joined, &issues, &err), HT_OK);
    fclose(file);
    ck_assert_str_eq(ht_text_get(&joined), WANTED[_i].joined);
    ck_assert_int_eq(issues.count, WANTED[_i].issue != NULL);
    if (WANTED[_i].issue)
        ck_assert_str_eq(issue(0)->text, WANTED[_i].issue);
    ht_text_release(&joined);
}
END_TEST

static bool no_memory(void *context, int32_t line, const char *const *cells) {
    (void)context;
    (void)line;
    (void)cells;
    return false;
}

START_TEST(a_caller_without_memory_stops_the_reading) {
    FILE *file = file_of("one\na\n", 6);
    ck_assert_int_eq(ht_csv_read_cells(file, "any.csv", WANT, 2, no_memory, NULL, &issues, &err), HT_ENOMEM);
    fclose(file);
}
END_TEST

/* ---- memory ---- */

static ht_status read_limited(int32_t calls) {
    static const char TEXT[] =
        "name;note;value\na;x;1\nbad name which is much too long to be a code, so that there is an "
        "issue, too, of it;x;\nb;\xE5;2\n";
    ht_limited_memory memory;
    ht_limited_memory_init(&memory, calls);
    ht_dataset small;
    ht_issues found;
    ht_status status = HT_ENOMEM;
    ht_issues_init(&found, &memory.allocator);
    if (ht_dataset_init(&small, &memory.allocator)) {
        FILE *file = file_of(TEXT, sizeof TEXT - 1);
        ht_err_init(&err);
        status = ht_csv_read(file, "settings.csv", ht_table_find("settings"), &small, &found, &err);
        fclose(file);
        if (status == HT_OK) {
            ck_assert_int_eq(ht_dataset_count(&small, HT_SETTINGS), 2);
            ck_assert_int_eq(found.count, 2);
        }
        ht_dataset_release(&small);
    }
    ht_issues_release(&found);
    return status;
}

START_TEST(memory_may_run_out_at_any_call) {
    int32_t calls = 0;
    for (; read_limited(calls) != HT_OK; calls++) {
        ck_assert_int_lt(calls, 1000);
        ck_assert(err.status == HT_ENOMEM || err.status == HT_OK);
    }
    ck_assert_int_gt(calls, 5);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

static Suite *csv_read_suite(void) {
    Suite *suite = suite_create("csv_read");
    TCase *tcase = tcase_create("csv_read");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, habits_read_the_same, 0, COUNT(SAME_CLIENTS));
    tcase_add_loop_test(tcase, dates_times_and_words_read_the_same, 0, COUNT(SAME_ROSTER));
    tcase_add_test(tcase, rows_know_the_line_they_began_on);
    tcase_add_test(tcase, unknown_columns_are_noted_once);
    tcase_add_loop_test(tcase, bad_input_names_line_and_column, 0, COUNT(BAD));
    tcase_add_test(tcase, a_bad_cell_is_shown_with_what_was_expected);
    tcase_add_test(tcase, a_long_bad_cell_is_cut);
    tcase_add_test(tcase, every_bad_cell_of_a_file_is_counted);
    tcase_add_test(tcase, a_nul_byte_names_its_line);
    tcase_add_test(tcase, utf_16_is_no_text_file);
    tcase_add_test(tcase, an_endless_line_is_refused_while_streaming);
    tcase_add_test(tcase, a_long_line_is_refused);
    tcase_add_test(tcase, an_endless_quoted_cell_is_refused_while_streaming);
    tcase_add_test(tcase, a_line_of_just_1_MiB_is_read);
    tcase_add_test(tcase, a_stream_that_fails_is_a_system_error);
    tcase_add_loop_test(tcase, personal_numbers_are_refused_in_every_column, 0, HT_TABLES);
    tcase_add_test(tcase, a_coordinate_is_no_personal_number);
    tcase_add_loop_test(tcase, wanted_columns_are_read, 0, COUNT(WANTED));
    tcase_add_test(tcase, a_caller_without_memory_stops_the_reading);
    tcase_add_test(tcase, memory_may_run_out_at_any_call);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void) {
    SRunner *runner = srunner_create(csv_read_suite());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
