/* One data set, saved in every way that Swedish spreadsheets and planning systems save it, is read equal each time. */
#include <check.h>

#include "base/calendar.h"
#include "base/text.h"
#include "io/csv_read.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* ---- the data ---- */

static const struct {
    const char *table, *csv;
} DATA[] = {
    {"teams", "team_id;unit;lat;lon;buffer_shifts\nNorr;Öst;59,9;17,60125;2\nSyd.1;;;;\n"},
    {"clients", "client_id;team;lat;lon;contact;contact_status;age_65;staff_cap;key;environment;from;to\n"
                "K1;Norr;59,901;-17,601;P1;accepted;yes;8;\"nyckel; \"\"röd\"\"\";katt|rök;2026-01-01;\n"
                "K2;Norr;59,8633333;17,5;;declined;no;;'=1+1;;;2027-12-31\n"},
    {"staff", "staff_id;team;title;employment;percent;mode;start_place;language;gender\n"
              "P1;Norr;usk_transition;permanent;87,5;bicycle;home;svenska|dari;K\nP2;Norr;vb;hourly;;walk;;;\n"},
    {"skills", "staff_id;skill;from;to\nP1;insulin, sårvård;2026-01-01;2026-12-31\nP2;@x;;\n"},
    {"roster", "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;route_name;mode;locked\n"
               "P1;2026-03-10;07:00;15:30;work;30;10:45;12:00;Slinga å;car;yes\n"
               "P1;2026-03-10;09:05;09:30;office;;;;-;;\nP2;2026-03-10;15:30;24:00;work;;;;;;no\n"},
    {"absences", "staff_id;client_id;from;to\nP2;;2026-03-09;2026-03-09\n;K2;2026-03-10 07:30;2026-03-12 09:00\n"},
    {"visits",
     "visit_id;client_id;date;start;minutes;before_min;latest;skill;staff_needed;priority;service;locked_staff;"
     "locked_start;counts\n"
     "V1;K1;2026-03-10;08:00;30;15;09:05;insulin, sårvård;2;1;dusch;P1|P2;08:15;yes\n"
     "V2;K2;2026-03-10;00:00;5;;;;;3;+46;;;no\n"},
    {"relations", "client_id;staff_id;kind\nK1;P2;blocked\nK2;P1;known\n"},
    {"travel", "from;to;mode;minutes\nK1;office:Norr;car;7,5\nK1;K2;walk;0,0166667\n"},
    {"performed", "staff_id;date;start;end;visit_id;client_id\nP1;2026-03-09;08:01;08:29;;K1\n"},
    {"settings", "name;value\nafter_min;30\nprofile.mine.1;coverage: 1*unplanned + 2*travel\n"},
};

/* ---- how it may be saved ---- */

typedef enum encoding { UTF_8, UTF_8_WITH_MARK, WINDOWS_1252, ENCODINGS } encoding;
typedef enum clock_form { FULL, WITH_POINT, SHORT, CLOCKS } clock_form;

typedef struct habit {
    encoding encoding;
    char separator, decimal;
    clock_form clock;
    bool compact_dates, separator_line, lines_of_unix, quotes_all, excel_extras;
    ht_words_in words;
} habit;

enum { VARIANTS_OF_REST = 2 * CLOCKS * 2 * 2 * 2 * 2 * 2 * 2 };

/* The index-th of all combinations. */
static habit habit_of(int32_t index) {
    static const char SEPARATOR[] = ";,\t";
    habit h;
    h.encoding = (encoding)(index % ENCODINGS);
    h.separator = SEPARATOR[(index /= ENCODINGS) % 3];
    h.decimal = (index /= 3) % 2 ? '.' : ',';
    h.clock = (clock_form)((index /= 2) % CLOCKS);
    h.compact_dates = (index /= CLOCKS) % 2;
    h.separator_line = (index /= 2) % 2;
    h.lines_of_unix = (index /= 2) % 2;
    h.quotes_all = (index /= 2) % 2;
    h.excel_extras = (index /= 2) % 2;
    h.words = (index /= 2) % 2 ? HT_SWEDISH : HT_ENGLISH;
    return h;
}

static const char *describe(const habit *h) {
    static char text[200];
    snprintf(text, sizeof text, "encoding %d, separator '%c', decimal '%c', clock %d%s%s%s%s%s%s", (int)h->encoding,
             h->separator, h->decimal, (int)h->clock, h->compact_dates ? ", YYYYMMDD" : "",
             h->separator_line ? ", sep=" : "", h->lines_of_unix ? ", LF" : ", CRLF", h->quotes_all ? ", quoted" : "",
             h->excel_extras ? ", empty columns and rows" : "", h->words == HT_SWEDISH ? ", Swedish" : "");
    return text;
}

static void remove_all(char *text, char mark) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != mark)
            *to++ = *from;
    *to = '\0';
}

static void save_time(const habit *h, char *time) {
    if (h->clock == WITH_POINT)
        time[2] = '.';
    if (h->clock == SHORT && time[0] == '0')
        memmove(time, time + 1, strlen(time));
}

/* The cell as that habit writes it. */
static void save_value(const habit *h, const ht_column *column, char *cell) {
    char *mark = strchr(cell, ',');
    bool stamp = column->type == HT_COL_FROM || column->type == HT_COL_TO;
    if (column->type == HT_COL_DECIMAL && mark != NULL)
        *mark = h->decimal;
    if (column->type == HT_COL_TIME && *cell != '\0')
        save_time(h, cell);
    if (stamp && strlen(cell) > HT_DATE_TEXT)
        save_time(h, cell + HT_DATE_TEXT);
    if ((column->type == HT_COL_DATE || stamp) && h->compact_dates)
        remove_all(cell, '-');
}

/* One byte for each of å ä ö Å Ä Ö (U+00C0 .. U+00FF, two bytes in UTF-8). */
static void add_encoded(ht_text *out, const habit *h, const char *text) {
    for (; *text != '\0'; text++) {
        char byte = *text;
        if (h->encoding == WINDOWS_1252 && (unsigned char)byte == 0xc3)
            byte = (char)((unsigned char)*++text + 0x40);
        ht_text_add(out, &byte, 1);
    }
}

static void add_cell(ht_text *out, const habit *h, const char *cell) {
    const char all[] = {h->separator, '"', '\n', '\0'};
    bool quoted = (h->quotes_all && *cell != '\0') || strpbrk(cell, all) != NULL;
    char text[2000];
    size_t used = 0;
    for (; *cell != '\0'; cell++) {
        if (*cell == '"')
            text[used++] = '"';
        text[used++] = *cell;
    }
    text[used] = '\0';
    ht_text_add(out, "\"", quoted);
    add_encoded(out, h, text);
    ht_text_add(out, "\"", quoted);
}

static void end_line(ht_text *out, const habit *h) {
    for (int i = 0; h->excel_extras && i < 3; i++)
        ht_text_add(out, &h->separator, 1);
    ht_text_addf(out, "%s", h->lines_of_unix ? "\n" : "\r\n");
}

static const char NOTES[] = "första \"raden\"\nandra; raden, sist";

static void save(const habit *h, const ht_table *table, const ht_dataset *data, ht_text *out) {
    char cell[1000];
    ht_text_addf(out, "%s", h->encoding == UTF_8_WITH_MARK ? "\xEF\xBB\xBF" : "");
    if (h->separator_line)
        ht_text_addf(out, "sep=%c%s", h->separator, h->lines_of_unix ? "\n" : "\r\n");
    for (int32_t c = 0; c < table->count; c++) {
        add_cell(out, h, h->words == HT_SWEDISH ? table->columns[c].swedish : table->columns[c].name);
        ht_text_add(out, &h->separator, 1);
    }
    add_cell(out, h, "anteckning");
    end_line(out, h);
    for (int32_t r = 0; r < ht_dataset_count(data, table->id); r++) {
        const void *row = ht_array_at(&data->table[table->id], r);
        for (int32_t c = 0; c < table->count; c++) {
            const ht_column *column = &table->columns[c];
            ck_assert(ht_cell_print(column, ht_row_get(row, column), &data->text, h->words, cell, sizeof cell));
            save_value(h, column, cell);
            add_cell(out, h, cell);
            ht_text_add(out, &h->separator, 1);
        }
        add_cell(out, h, NOTES);
        end_line(out, h);
    }
    for (int i = 0; h->excel_extras && i < 2; i++) {
        for (int32_t c = 0; c < table->count; c++)
            ht_text_add(out, &h->separator, 1);
        end_line(out, h);
    }
}

/* ---- reading it ---- */

static ht_dataset first;

static void set_up(void) {
    ck_assert(ht_dataset_init(&first, &ht_allocator_system));
    for (int i = 0; i < COUNT(DATA); i++)
        support_rows(&first, DATA[i].table, DATA[i].csv);
}

static void tear_down(void) {
    ht_dataset_release(&first);
}

static void read_saved(const habit *h, const ht_table *table, const ht_text *saved, ht_dataset *data) {
    ht_issues issues;
    ht_err err;
    ht_err_init(&err);
    ht_issues_init(&issues, &ht_allocator_system);
    FILE *file = fmemopen(saved->bytes, saved->length, "rb");
    ck_assert_ptr_nonnull(file);
    ht_status status = ht_csv_read(file, table->name, table, data, &issues, &err);
    fclose(file);
    ck_assert_msg(status == HT_OK, "%s: %s: %s", table->name, describe(h), err.text);
    if (issues.count > 0) {
        const ht_issue *one = ht_array_at(&issues.issues, 0);
        ck_abort_msg("%s: %s: line %d: %s: %s", table->name, describe(h), (int)one->line, one->column, one->text);
    }
    ck_assert_msg(issues.notes.count == 1, "%s: %s: notes beside the one of the unknown column", table->name,
                  describe(h));
    ht_issues_release(&issues);
}

static void assert_equal(const habit *h, const ht_table *table, const ht_dataset *read) {
    char left[1000], right[1000];
    ck_assert_msg(ht_dataset_count(read, table->id) == ht_dataset_count(&first, table->id), "%s: %s: %d rows",
                  table->name, describe(h), (int)ht_dataset_count(read, table->id));
    for (int32_t r = 0; r < ht_dataset_count(&first, table->id); r++)
        for (int32_t c = 0; c < table->count; c++) {
            const ht_column *column = &table->columns[c];
            int32_t was = ht_row_get(ht_array_at(&first.table[table->id], r), column);
            int32_t is = ht_row_get(ht_array_at(&read->table[table->id], r), column);
            ck_assert(ht_cell_print(column, was, &first.text, HT_ENGLISH, left, sizeof left));
            ck_assert(ht_cell_print(column, is, &read->text, HT_ENGLISH, right, sizeof right));
            ck_assert_msg(strcmp(left, right) == 0, "%s: %s: %s: '%s' became '%s'", table->name, describe(h),
                          column->name, left, right);
        }
}

/* All combinations with HT_FULL; else each seventh, which has every pair of habits. */
START_TEST(every_habit_reads_equal) {
    int32_t step = test_rounds(7, 1);
    for (int32_t rest = 0; rest < VARIANTS_OF_REST; rest += step) {
        habit h = habit_of(_i + ENCODINGS * 3 * rest);
        ht_dataset read;
        ht_text saved;
        ck_assert(ht_dataset_init(&read, &ht_allocator_system));
        ht_text_init(&saved, &ht_allocator_system);
        for (int i = 0; i < COUNT(DATA); i++) {
            const ht_table *table = ht_table_find(DATA[i].table);
            ht_text_empty(&saved);
            save(&h, table, &first, &saved);
            read_saved(&h, table, &saved, &read);
            assert_equal(&h, table, &read);
        }
        ht_text_release(&saved);
        ht_dataset_release(&read);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("excel_habits");
    TCase *all = tcase_create("habits");
    tcase_set_timeout(all, 300);
    tcase_add_checked_fixture(all, set_up, tear_down);
    tcase_add_loop_test(all, every_habit_reads_equal, 0, ENCODINGS * 3);
    suite_add_tcase(suite, all);
    return ht_run_suite(suite);
}
