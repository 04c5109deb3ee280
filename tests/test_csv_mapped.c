/* Files of another system, read as a mapping says: the rows that come of them, and what is said. */
#include "io/csv_mapped.h"

#include <check.h>

#include "base/text.h"
#include "model/validate.h"
#include "tests/support.h"

enum { FILES = 2 };

static FILE *file_of(const char *text) {
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    rewind(file);
    return file;
}

/* What the rows of a table hold that is not blank: "visits:2 visit_id=V1 client_id=K1 ...". */
static void tell_rows(const ht_dataset *data, const ht_table *table, ht_text *out) {
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++) {
        const void *row = ht_array_at(&data->table[table->id], i);
        ht_text_addf(out, "%s:%d", table->name, (int)ht_row_line(row));
        for (int32_t c = 0; c < table->count; c++) {
            const ht_column *column = &table->columns[c];
            char cell[600];
            ht_cell_print(column, ht_row_get(row, column), &data->text, HT_ENGLISH, cell, sizeof cell);
            if (ht_row_get(row, column) != column->blank)
                ht_text_addf(out, " %s=%s", column->name, cell);
        }
        ht_text_addf(out, "\n");
    }
}

static void tell_issues(const ht_array *list, const char *kind, ht_text *out) {
    for (int32_t i = 0; i < list->count; i++) {
        const ht_issue *issue = ht_array_at(list, i);
        ht_text_addf(out, "%s%s:%d: %s: %s\n", kind, issue->file, (int)issue->line, issue->column, issue->text);
    }
}

static ht_status read_all(const char *mapping, const char *const names[FILES], const char *const files[FILES],
                          ht_dataset *data, ht_issues *issues, const ht_allocator *allocator) {
    ht_csv_map map;
    ht_mapped mapped;
    ht_err err;
    ht_err_init(&err);
    ht_csv_map_init(&map, allocator);
    ht_mapped_init(&mapped, &map, data, issues);
    FILE *file = file_of(mapping);
    ht_status status = ht_csv_map_read_file(file, "map.csv", &map, issues, &err);
    fclose(file);
    for (int32_t i = 0; i < FILES && files[i] != NULL && !status && issues->count == 0; i++) {
        file = file_of(files[i]);
        status = ht_mapped_read(&mapped, file, names[i], &err);
        fclose(file);
    }
    if (!status)
        status = ht_mapped_finish(&mapped, &err);
    if (!status && issues->count == 0 && !ht_validate(data, issues))
        status = HT_ENOMEM;
    ht_mapped_release(&mapped);
    ht_csv_map_release(&map);
    return status;
}

/* Reads the files (b1.csv, and k.csv where there is a second) and holds all that comes of them against what is expected. */
static void expect(const char *mapping, const char *const files[FILES], const char *expected) {
    static const char *const NAMES[FILES] = {"b1.csv", "k.csv"};
    ht_dataset data;
    ht_issues issues;
    ht_text out;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_text_init(&out, &ht_allocator_system);
    ck_assert_int_eq(read_all(mapping, NAMES, files, &data, &issues, &ht_allocator_system), HT_OK);
    tell_issues(&issues.issues, "", &out);
    tell_issues(&issues.notes, "note ", &out);
    for (int32_t id = 0; id < HT_TABLES && issues.count == 0; id++)
        if (id != HT_CLIENTS) /* there for references alone */
            tell_rows(&data, ht_table_get((ht_table_id)id), &out);
    ck_assert_str_eq(ht_text_get(&out), expected);
    ht_text_release(&out);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}

#define HEAD "file;kind;from;to;value\n"
#define ABSENT "*;column;Vem;absences.staff_id;\n*;column;Från;absences.from;\n*;column;Till;absences.to;\n"
#define ROSTER                                                                                                         \
    "*;column;Vem;roster.staff_id;\n*;column;Datum;roster.date;\n*;column;Start;roster.start;\n"                       \
    "*;column;Slut;roster.end;\n"
#define STAFF "*;column;Nr;staff.staff_id;\n*;prefix;;staff.staff_id;P\n*;constant;;staff.team;A\n"

static const struct {
    const char *what, *mapping, *file, *expected;
} CASE[] = {
    {"columns, prefix, constant; the others are dropped, personal numbers and all", HEAD STAFF,
     "Nr;Namn;Personnr;;Titel\n7;Anna;811228-9874;811228-9874;\n8;Bo;;;\n",
     "note b1.csv:1: : columns that the mapping does not name, left out: Namn, Personnr, Titel\n"
     "staff:2 staff_id=P7 team=A\nstaff:3 staff_id=P8 team=A\n"},
    {"a personal number in a column that is read is refused", HEAD STAFF, "Nr\n811228-9874\n",
     "b1.csv:2: Nr: '********-****' looks like a personal identity number: use an id of your own\n"},
    {"an id that the prefix makes none of", HEAD STAFF, "Nr\n7 a\n",
     "b1.csv:2: Nr: '7 a': expected an id: a letter, then at most 31 letters, digits, '_', '.' or '-'"
     ", or a word that the mapping translates (a row of kind word)\n"},
    {"a blank cell where a value is needed", HEAD STAFF, "Nr;Namn\n;Anna\n",
     "b1.csv:2: Nr: blank: a value is needed\n"
     "note b1.csv:1: : columns that the mapping does not name, left out: Namn\n"},
    {"a needed column that the file lacks", HEAD STAFF, "Namn\nAnna\n",
     "b1.csv:1: Nr: this column is missing, and it is needed\n"
     "note b1.csv:1: : columns that the mapping does not name, left out: Namn\n"},
    {"words, our own too", HEAD STAFF "*;column;Titel;staff.title;\n*;word;Usk nattlag;staff.title;usk\n",
     "Nr;Titel\n1;usk NATTLAG\n2;vårdbiträde\n3;\n",
     "staff:2 staff_id=P1 team=A title=usk\n"
     "staff:3 staff_id=P2 team=A title=vb\nstaff:4 staff_id=P3 team=A\n"},
    {"an unknown code", HEAD STAFF "*;column;Titel;staff.title;\n*;word;Usk nattlag;staff.title;usk\n",
     "Nr;Titel\n1;Chef\n",
     "b1.csv:2: Titel: 'Chef': expected one of usk, usk_transition, vb, other, a word of the mapping: Usk nattlag\n"},
    {"a text with words is one of them", HEAD STAFF "*;column;Kön;staff.gender;\n*;word;K;staff.gender;woman\n",
     "Nr;Kön\n1;K\n2;X\n", "b1.csv:3: Kön: 'X': expected a word of the mapping: K\n"},
    {"any other word", HEAD STAFF "*;column;Kön;staff.gender;\n*;word;K;staff.gender;woman\n*;word;*;staff.gender;\n",
     "Nr;Kön\n1;K\n2;X\n", "staff:2 staff_id=P1 team=A gender=woman\nstaff:3 staff_id=P2 team=A\n"},
    {"rows are kept and skipped, and counted", HEAD STAFF "*;keep;Sort;;A | B\n*;skip;Vilande;staff;ja\n",
     "Nr;Sort;Vilande\n1;a;\n2;B;ja\n3;C;ja\n4;;\n5;B;nej\n",
     "note b1.csv:0: Sort: 2 rows left out, they do not hold 'A | B'\n"
     "note b1.csv:0: Vilande: 1 row left out, it holds 'ja'\n"
     "staff:2 staff_id=P1 team=A\nstaff:6 staff_id=P5 team=A\n"},
    {"a column that keep looks at is needed", HEAD STAFF "*;keep;Sort;;A\n", "Nr\n1\n",
     "b1.csv:1: Sort: this column is missing, and it is needed\n"},
    {"an optional column that the file lacks is noted", HEAD STAFF "*;column;Titel;staff.title;\n", "Nr\n1\n",
     "note b1.csv:0: : columns of the mapping that the file lacks: Titel\nstaff:2 staff_id=P1 team=A\n"},
    {"what a table needs and nothing gives", HEAD "*;column;Nr;staff.staff_id;\n", "Nr\nP1\n",
     "map.csv:0: to: b1.csv gives staff, but nothing gives staff.team: add a row of kind column or constant\n"},
    {"two patterns that both give a column", HEAD STAFF "b*.csv;column;Anst;staff.staff_id;\n", "Nr;Anst\n1;2\n",
     "map.csv:5: to: staff.staff_id is given twice for b1.csv: keep one of the rows that are about it\n"},
    {"a constant for all files and a column of some", HEAD STAFF "b*.csv;column;Grupp;staff.team;\n", "Nr;Grupp\n1;B\n",
     "map.csv:5: to: staff.team is given twice for b1.csv: keep one of the rows that are about it\n"},
    {"a word for nothing where a value is needed", HEAD STAFF "*;word;okänd;staff.staff_id;\n", "Nr\nokänd\n1\n",
     "b1.csv:2: Nr: blank: a value is needed\n"},
    {"an empty file", HEAD STAFF, "", "b1.csv:0: : the file is empty: its first line must name the columns\n"},
    {"a header alone", HEAD STAFF, "Nr;Namn\n",
     "note b1.csv:1: : columns that the mapping does not name, left out: Namn\n"},
    {"a column of ours is not in the file's eyes", HEAD STAFF, "Nr;team\n1;B\n",
     "note b1.csv:1: : columns that the mapping does not name, left out: team\nstaff:2 staff_id=P1 team=A\n"},
    {"what the validation says names their columns", HEAD STAFF "*;column;Vik;staff.from;\n*;column;Slutat;staff.to;\n",
     "Nr;Vik;Slutat\n1;2026-01-02;20260101\n1;;\n",
     "b1.csv:3: Nr: P1 is on b1.csv:2 already: each row has a key of its own\n"
     "b1.csv:2: Slutat: 2026-01-01 is before 2026-01-02, where the row's time begins\n"},
    {"references name the file that should have it", HEAD ABSENT STAFF "*;keep;Sort;staff;S\n*;keep;Sort;absences;F\n",
     "Sort;Nr;Vem;Från;Till\nS;1;;;\nF;;P2;2026-01-01;2026-01-02\n",
     "b1.csv:3: Vem: 'P2' is not in b1.csv: add it there or correct it\n"},
    {"a date and time in one cell is split",
     HEAD STAFF ROSTER "*;keep;Sort;staff;S\n*;keep;Sort;roster;R\n"
                       "*;column;Paus;roster.break_min;\n",
     "Sort;Nr;Vem;Datum;Start;Slut;Paus\nS;1;;;;;\nR;;P1;2026-03-10 07:00;2026-03-10 07:00;2026-03-10T15.30;0:30\n",
     "staff:2 staff_id=P1 team=A\nroster:3 staff_id=P1 date=2026-03-10 start=07:00 end=15:30 break_min=30\n"},
    {"a shift that ends before it starts", HEAD STAFF ROSTER "*;keep;Sort;staff;S\n*;keep;Sort;roster;R\n",
     "Sort;Nr;Vem;Datum;Start;Slut\nS;1;;;;\nR;;P1;20260310;16.00;15.30\n",
     "b1.csv:3: Slut: the shift ends 15:30, not after its start 16:00: one over midnight is two rows, the first to "
     "24:00\n"},
};

START_TEST(tables_come_of_other_files) {
    expect(CASE[_i].mapping, (const char *const[FILES]){CASE[_i].file, NULL}, CASE[_i].expected);
}
END_TEST

/* ---- visits ---- */

#define CLIENTS                                                                                                        \
    "k.csv;column;Nr;clients.client_id;\nk.csv;constant;;clients.team;A\nk.csv;constant;;clients.lat;64\n"             \
    "k.csv;constant;;clients.lon;19\n"
#define BOTH(column) "visits." column "|visit_series." column
#define VISITS                                                                                                         \
    "b*;keep;När;visit_series;*\nb*;skip;När;visits;*\nb*;column;När;visit_series.recurs;\n"                        \
    "b*;column;Dag;visits.date|visit_series.from;\nb*;column;Kund;" BOTH(                                              \
        "client_id") ";\n"                                                                                             \
                     "b*;column;Start;" BOTH("start") ";\nb*;slot;Morgon;" BOTH(                                       \
                         "start") ";08:00|60|90\n"                                                                     \
                                  "b*;slot;Lunch;" BOTH("start") ";12:00|0|0\nb*;column;Min;" BOTH(                    \
                                      "minutes") ";\n"                                                                 \
                                                 "b*;column;Före;" BOTH("before_min") ";\nb*;column;Slinga;" BOTH(     \
                                                     "route") ";\n"                                                    \
                                                              "b*;column;Dubbel;" BOTH(                                \
                                                                  "double_id") ";\nb*;column;"                         \
                                                                               "Insats;" BOTH("service") ";"           \
                                                                                                         "\n"
#define COLUMNS "När;Dag;Kund;Start;Min;Före;Slinga;Dubbel;Insats\n"

static const struct {
    const char *what, *rows, *expected;
} VISIT[] = {
    {"a slot is a time with a window; the row's own window is stronger",
     ";20260310;K1;Morgon;20;;;;\n;20260310;K1;LUNCH;0:30;15;;;\n;20260310;K1;15.00;45,0;;;;\n",
     "visits:2 visit_id=K1-20260310-0800 client_id=K1 date=2026-03-10 start=08:00 minutes=20 before_min=60 "
     "after_min=90\n"
     "visits:3 visit_id=K1-20260310-1200 client_id=K1 date=2026-03-10 start=12:00 minutes=30 before_min=15 "
     "after_min=0\n"
     "visits:4 visit_id=K1-20260310-1500 client_id=K1 date=2026-03-10 start=15:00 minutes=45\n"},
    {"rows of one visit are put together",
     ";20260310;K1;08:00;20;;S1;;dress\n;20260310;K1;08:00;25;10;S1;;shower\n;20260311;K1;08:00;5;;S1;;\n",
     "visits:2 visit_id=K1-20260310-0800 client_id=K1 date=2026-03-10 start=08:00 minutes=45 before_min=10 "
     "service=shower\n"
     "visits:4 visit_id=K1-20260311-0800 client_id=K1 date=2026-03-11 start=08:00 minutes=5\n"},
    {"a recurrence makes a series",
     "Varannan vecka, ons;20260105;K1;Morgon;20;;S1;;\nvarannan vecka ons;20260105;K1;Morgon;5;;S1;;\n",
     "visit_series:2 series_id=K1-0800-b2eb client_id=K1 start=08:00 minutes=25 before_min=60 after_min=90 "
     "recurs=every 2 weeks wed from=2026-01-05\n"},
    {"a recurrence that says nothing", "Ibland;20260105;K1;Morgon;20;;;;\n",
     "b1.csv:2: När: 'Ibland': expected how often, such as daily, weekly mon wed, every 2 weeks fri, even weeks mon"
     ", or a word that the mapping translates (a row of kind word)\n"},
    {"double staffing", ";20260310;K1;08:00;20;;S1;D1;\n;20260310;K1;08:00;20;;S2;D1;\n",
     "visits:2 visit_id=K1-20260310-0800 client_id=K1 date=2026-03-10 start=08:00 minutes=20 staff_needed=2\n"},
    {"double staffing of one row is noted", ";20260310;K1;08:00;20;;S1;D1;\n",
     "note b1.csv:2: : double staffing 'D1' has one route alone at this time: taken as a visit for one person\n"
     "visits:2 visit_id=K1-20260310-0800 client_id=K1 date=2026-03-10 start=08:00 minutes=20\n"},
    {"double staffing without a route", ";20260310;K1;08:00;20;;;D1;\n",
     "b1.csv:2: : double staffing 'D1' without a route: give it, routes tell the persons apart\n"},
    {"rows of one visit with different windows", ";20260310;K1;08:00;20;10;S1;;\n;20260310;K1;08:00;25;15;S1;;\n",
     "b1.csv:3: Före: '15', but '10' on b1.csv:2, a row of the same visit: make them the same\n"},
    {"more than a visit may be long", ";20260310;K1;08:00;700;;S1;;\n;20260310;K1;08:00;21;;S1;;\n",
     "b1.csv:3: Min: 721 with the other rows of the same visit: at most 720\n"},
    {"an unknown slot", ";20260310;K1;Fika;20;;;;\n",
     "b1.csv:2: Start: 'Fika': expected a time of day (HH:MM, 00:00 to 24:00), a word of the mapping: Morgon, "
     "Lunch\n"},
    {"a malformed length", ";20260310;K1;08:00;halv;;;;\n",
     "b1.csv:2: Min: 'halv': expected minutes (45) or H:MM (0:45), 1 to 720 min\n"},
    {"half a minute", ";20260310;K1;08:00;7,5;;;;\n",
     "b1.csv:2: Min: '7,5': expected minutes (45) or H:MM (0:45), 1 to 720 min\n"},
    {"no client", ";20260310;K9;08:00;20;;;;\n", "b1.csv:2: Kund: 'K9' is not in k.csv: add it there or correct it\n"},
};

START_TEST(visits_come_of_rows_for_each_service_and_person) {
    char rows[2048];
    snprintf(rows, sizeof rows, COLUMNS "%s", VISIT[_i].rows);
    expect(HEAD CLIENTS VISITS, (const char *const[FILES]){rows, "Nr\nK1\n"}, VISIT[_i].expected);
}
END_TEST

START_TEST(double_staffing_is_told_in_one_way) {
    static const char *const FILE_TEXT[FILES] = {"A;B;C;D\n", NULL};
    expect(HEAD "*;column;A;visits.client_id;\n*;column;B;visits.date;\n*;column;C;visits.start;\n"
                "*;constant;;visits.minutes;9\n*;column;D;visits.double_id;\n*;constant;;visits.staff_needed;2\n",
           FILE_TEXT,
           "map.csv:0: to: b1.csv gives visits.double_id, but nothing gives visits.route, which tells the persons "
           "apart\n"
           "map.csv:0: to: b1.csv gives both visits.double_id and visits.staff_needed: keep one of them\n");
}
END_TEST

START_TEST(lines_of_the_second_file_are_its_own) {
    expect(HEAD STAFF "*;column;Till;staff.to;\n*;column;Från;staff.from;\n",
           (const char *const[FILES]){"Nr;Från;Till\n1;;\n\n2;;\n", "Nr;Från;Till\n3;;\n2;20260102;20260101\n"},
           "k.csv:3: Nr: P2 is on b1.csv:4 already: each row has a key of its own\n"
           "k.csv:3: Till: 2026-01-01 is before 2026-01-02, where the row's time begins\n");
}
END_TEST

START_TEST(own_files_keep_their_names) {
    ht_dataset data;
    ht_issues issues;
    ht_csv_map map;
    ht_mapped mapped;
    ht_err err;
    char place[HT_PLACE_TEXT];
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_csv_map_init(&map, &ht_allocator_system);
    ht_mapped_init(&mapped, &map, &data, &issues);
    ht_err_init(&err);
    ht_staff_row *row = ht_array_push(&data.table[HT_STAFF]);
    row->line = 5;
    ck_assert(ht_mapped_add_own(&mapped, "staff.csv", HT_STAFF, 0));
    row = ht_array_push(&data.table[HT_STAFF]);
    row->line = 2;
    ck_assert(ht_mapped_add_own(&mapped, "more.csv", HT_STAFF, 1));
    ck_assert_int_eq(row->line, 7);
    ck_assert_int_eq(ht_mapped_finish(&mapped, &err), HT_OK);
    ht_issues_place(&issues, 5, place);
    ck_assert_str_eq(place, "staff.csv:5");
    ht_issues_place(&issues, 7, place);
    ck_assert_str_eq(place, "more.csv:2");
    ht_issues_file(&issues, HT_STAFF, place);
    ck_assert_str_eq(place, "staff.csv");
    ht_mapped_release(&mapped);
    ht_csv_map_release(&map);
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}
END_TEST

START_TEST(running_out_of_memory_is_an_error) {
    static const char *const NAMES[FILES] = {"b1.csv", "k.csv"};
    static const char *const TEXT[FILES] = {COLUMNS ";20260310;K1;08:00;20;;S1;D1;a\n;20260310;K1;08:00;20;;S2;D1;\n"
                                                    "Varje dag;20260310;K1;Morgon;20;;S1;;\n",
                                            "Nr;Namn\nK1;x\n"};
    ht_status status = HT_ENOMEM;
    for (int32_t calls = 0; status == HT_ENOMEM; calls++) {
        ht_limited_memory memory;
        ht_dataset data;
        ht_issues issues;
        ht_limited_memory_init(&memory, calls);
        bool there = ht_dataset_init(&data, &memory.allocator);
        ht_issues_init(&issues, &memory.allocator);
        if (there)
            status = read_all(HEAD CLIENTS VISITS, NAMES, TEXT, &data, &issues, &memory.allocator);
        ht_issues_release(&issues);
        ht_dataset_release(&data);
    }
    ck_assert_int_eq(status, HT_OK);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("csv_mapped");
    TCase *tests = tcase_create("csv_mapped");
    tcase_add_loop_test(tests, tables_come_of_other_files, 0, sizeof CASE / sizeof CASE[0]);
    tcase_add_loop_test(tests, visits_come_of_rows_for_each_service_and_person, 0, sizeof VISIT / sizeof VISIT[0]);
    tcase_add_test(tests, double_staffing_is_told_in_one_way);
    tcase_add_test(tests, lines_of_the_second_file_are_its_own);
    tcase_add_test(tests, own_files_keep_their_names);
    tcase_add_test(tests, running_out_of_memory_is_an_error);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
