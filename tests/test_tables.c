/* The descriptions of files and columns: complete, without two meanings of one header, and each cell read and printed.
 */
#include "model/tables.h"

#include "base/rng.h"
#include "tests/support.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static ht_strings pool;

static void set_up(void) {
    ck_assert(ht_strings_init(&pool, &ht_allocator_system));
}

static void tear_down(void) {
    ht_strings_release(&pool);
}

static const ht_column *column_of(const char *table, const char *name) {
    const ht_table *t = ht_table_find(table);
    ck_assert_ptr_nonnull(t);
    int32_t index = ht_table_column(t, name);
    ck_assert_msg(index >= 0, "%s %s", table, name);
    return &t->columns[index];
}

/* A row is its line and one int32_t for each column, in any order but without holes or sharing; a visit has its series'
 * fields too. */
START_TEST(columns_cover_the_row) {
    const ht_table *table = ht_table_get((ht_table_id)_i);
    int32_t others = table->id == HT_VISITS ? 3 : 0;
    ck_assert_int_eq(table->id, _i);
    ck_assert_uint_eq(table->row_size, sizeof(int32_t) * (size_t)(table->count + 1 + others));
    for (int32_t i = 0; i < table->count; i++) {
        ck_assert_uint_ge(table->columns[i].offset, sizeof(int32_t));
        ck_assert_uint_lt(table->columns[i].offset, table->row_size);
        for (int32_t j = 0; j < i; j++) {
            ck_assert_uint_ne(table->columns[i].offset, table->columns[j].offset);
        }
    }
}
END_TEST

START_TEST(each_header_means_one_column) {
    const ht_table *table = ht_table_get((ht_table_id)_i);
    for (int32_t i = 0; i < table->count; i++) {
        const ht_column *column = &table->columns[i];
        const char *part;
        size_t length;
        ck_assert_int_eq(ht_table_column(table, column->name), i);
        ck_assert_int_eq(ht_table_column(table, column->swedish), i);
        for (size_t at = 0; column->others != NULL && ht_list_next(column->others, &at, &part, &length);) {
            char header[64];
            snprintf(header, sizeof(header), "%.*s", (int)length, part);
            ck_assert_int_eq(ht_table_column(table, header), i);
        }
    }
}
END_TEST

START_TEST(keys_are_needed_or_told_apart) {
    const ht_table *table = ht_table_get((ht_table_id)_i);
    int32_t keys = 0;
    for (int32_t i = 0; i < table->count; i++) {
        keys += table->columns[i].key ? 1 : 0;
        ck_assert(table->columns[i].type != HT_COL_WORD || table->columns[i].words != NULL);
        ck_assert(table->columns[i].type != HT_COL_DECIMAL || table->columns[i].scale > 1);
    }
    ck_assert_int_gt(keys, 0);
}
END_TEST

START_TEST(names_fold_letter_case) {
    ck_assert_ptr_eq(ht_table_find("Visits"), ht_table_get(HT_VISITS));
    ck_assert_ptr_eq(ht_table_find("VISITS"), ht_table_get(HT_VISITS));
    ck_assert_ptr_null(ht_table_find("visit"));
    ck_assert_ptr_null(ht_table_find("visits.csv"));
    ck_assert_ptr_null(ht_table_find(""));
    const ht_table *clients = ht_table_get(HT_CLIENTS);
    ck_assert_str_eq(clients->columns[ht_table_column(clients, "  FastOMS\t")].name, "contact");
    ck_assert_str_eq(clients->columns[ht_table_column(clients, "ÅLDER_65")].name, "age_65");
    ck_assert_str_eq(clients->columns[ht_table_column(clients, "HUSHÅLL")].name, "household");
    ck_assert_int_eq(ht_table_column(clients, ""), -1);
    ck_assert_int_eq(ht_table_column(clients, "contac"), -1);
    ck_assert_int_eq(ht_table_column(clients, "others"), -1);
}
END_TEST

/* Of a cell that is read: its value (for texts the text), and how it is printed. */
static const struct {
    const char *table, *column, *cell;
    int32_t value;
    const char *english, *swedish;
} CELLS[] = {
    {"roster", "date", "20250305", 20152, "2025-03-05", "2025-03-05"},
    {"roster", "start", "7.05", 25500, "07:05", "07:05"},
    {"roster", "kind", "AN", HT_KIND_OFFICE, "office", "kontor"},
    {"roster", "kind", "work", HT_KIND_WORK, "work", "arbete"},
    {"roster", "break_min", "30", 30, "30", "30"},
    {"roster", "locked", "ja", 1, "yes", "ja"},
    {"roster", "locked", "0", 0, "no", "nej"},
    {"staff", "title", "va", HT_TITLE_VB, "vb", "vb"},
    {"staff", "title", "Undersköterska", HT_TITLE_USK, "usk", "usk"},
    {"staff", "title", "USK_ÖVERGÅNG", HT_TITLE_USK_TRANSITION, "usk_transition", "usk_övergång"},
    {"staff", "percent", "87,5", 8750, "87,5", "87,5"},
    {"staff", "mode", "Till Fots", HT_WALK, "walk", "gång"},
    {"clients", "lat", "63,0324115", 630324115, "63,0324115", "63,0324115"},
    {"clients", "lon", "-0.5", -5000000, "-0,5", "-0,5"},
    {"travel", "minutes", "7,633333", 458, "7,633333", "7,633333"},
    {"travel", "minutes", "26", 1560, "26", "26"},
    {"absences", "from", "2025-03-05", 20152 * 1440, "2025-03-05", "2025-03-05"},
    {"absences", "from", "2025-03-05 07:30", 20152 * 1440 + 450, "2025-03-05 07:30", "2025-03-05 07:30"},
    {"absences", "to", "2025-03-05", 20153 * 1440, "2025-03-05", "2025-03-05"},
    {"absences", "to", "2025-03-05T07:30", 20152 * 1440 + 450, "2025-03-05 07:30", "2025-03-05 07:30"},
    {"absences", "to", "2025-03-05 24:00", 20153 * 1440, "2025-03-05", "2025-03-05"},
    {"absences", "to", "2025-03-05 00:00", 20152 * 1440, "2025-03-04", "2025-03-04"},
    {"absences", "from", "1969-12-31 23:00", -60, "1969-12-31 23:00", "1969-12-31 23:00"},
    {"visits", "staff_needed", "2", 2, "2", "2"},
};

START_TEST(cells_are_read_and_printed) {
    const ht_column *column = column_of(CELLS[_i].table, CELLS[_i].column);
    char expected[128], out[600];
    int32_t value, again;
    ck_assert(ht_cell_parse(column, CELLS[_i].cell, &pool, &value, expected, sizeof(expected)));
    ck_assert_int_eq(value, CELLS[_i].value);
    ck_assert(ht_cell_print(column, value, &pool, HT_ENGLISH, out, sizeof(out)));
    ck_assert_str_eq(out, CELLS[_i].english);
    ck_assert(ht_cell_parse(column, out, &pool, &again, expected, sizeof(expected)));
    ck_assert_int_eq(again, value);
    ck_assert(ht_cell_print(column, value, &pool, HT_SWEDISH, out, sizeof(out)));
    ck_assert_str_eq(out, CELLS[_i].swedish);
    ck_assert(ht_cell_parse(column, out, &pool, &again, expected, sizeof(expected)));
    ck_assert_int_eq(again, value);
}
END_TEST

static const struct {
    const char *table, *column, *cell, *text;
} TEXTS[] = {
    {"clients", "client_id", "K1", "K1"},
    {"visits", "locked_staff", " P1 |P2|", "P1|P2"},
    {"visits", "skill", "insulin | lift", "insulin|lift"},
    {"visits", "skill", "|", ""},
    {"travel", "from", "office", "office"},
    {"travel", "from", "office:A", "office:A"},
    {"visits", "service", "Dusch, morgon", "Dusch, morgon"},
    {"visit_series", "pauses", "20260701 .. 2026-07-31|2026-12-24|", "2026-07-01..2026-07-31|2026-12-24..2026-12-24"},
    {"settings", "value", "cost: 1*travel + 2*overtime", "cost: 1*travel + 2*overtime"}};

/* Texts of words that are kept in English. */
static const struct {
    const char *column, *cell, *english, *swedish;
} SERIES[] = {{"recurs", "VARJE VECKA, mån och tisdagar", "weekly mon tue", "Varje vecka, mån tis"},
              {"recurs", "weekdays", "weekdays", "Vardagar"},
              {"except", "20260310 | Helgdagar", "2026-03-10|holidays", "2026-03-10|helgdagar"},
              {"except", "eves|Aftnar|afton", "eves", "aftnar"}};

START_TEST(words_of_series_are_read_and_printed) {
    const ht_column *column = column_of("visit_series", SERIES[_i].column);
    char expected[128], out[600];
    int32_t value, again;
    ck_assert(ht_cell_parse(column, SERIES[_i].cell, &pool, &value, expected, sizeof(expected)));
    ck_assert_str_eq(ht_strings_text(&pool, value), SERIES[_i].english);
    ck_assert(ht_cell_print(column, value, &pool, HT_SWEDISH, out, sizeof(out)));
    ck_assert_str_eq(out, SERIES[_i].swedish);
    ck_assert(ht_cell_parse(column, out, &pool, &again, expected, sizeof(expected)));
    ck_assert_int_eq(again, value);
}
END_TEST

START_TEST(texts_are_read_and_printed) {
    const ht_column *column = column_of(TEXTS[_i].table, TEXTS[_i].column);
    char expected[128], out[600];
    int32_t value;
    ck_assert(ht_cell_parse(column, TEXTS[_i].cell, &pool, &value, expected, sizeof(expected)));
    ck_assert_str_eq(ht_strings_text(&pool, value), TEXTS[_i].text);
    ck_assert(ht_cell_print(column, value, &pool, HT_SWEDISH, out, sizeof(out)));
    ck_assert_str_eq(out, TEXTS[_i].text);
}
END_TEST

#define CODE_64 "0123456789012345678901234567890123456789012345678901234567890123"

static const struct {
    const char *table, *column, *cell, *expected;
} BAD[] = {
    {"clients", "client_id", "1K", "an id: a letter, then at most 31 letters, digits, '_', '.' or '-'"},
    {"clients", "client_id", "K 1", "an id: a letter, then at most 31 letters, digits, '_', '.' or '-'"},
    {"visits", "locked_staff", "P1|2", "ids with | between them, at most 512 bytes in all"},
    {"visits", "skill", CODE_64 "x", "codes of at most 64 bytes with | between them, at most 512 in all"},
    {"travel", "from", "office:", "a client id, office or office:TEAM"},
    {"travel", "from", "office A", "a client id, office or office:TEAM"},
    {"visits", "service", CODE_64 "x", "one line of at most 64 bytes"},
    {"visits", "service", "two\nlines", "one line of at most 64 bytes"},
    {"roster", "date", "2025-02-30", "a date (YYYY-MM-DD, 1900 to 2199)"},
    {"roster", "start", "25:00", "a time of day (HH:MM, 00:00 to 24:00)"},
    {"absences", "to", "2025-03-05 7", "a date (YYYY-MM-DD, 1900 to 2199) or a date and time (YYYY-MM-DD HH:MM)"},
    {"absences", "to", "2025-03-05 07:30:15",
     "a date (YYYY-MM-DD, 1900 to 2199) or a date and time (YYYY-MM-DD HH:MM)"},
    {"absences", "to", "2025-03-05  07:30", "a date (YYYY-MM-DD, 1900 to 2199) or a date and time (YYYY-MM-DD HH:MM)"},
    {"absences", "to", "2025-03-0507:30", "a date (YYYY-MM-DD, 1900 to 2199) or a date and time (YYYY-MM-DD HH:MM)"},
    {"visits", "minutes", "-5", "a whole number from 1 to 720"},
    {"visits", "minutes", "0", "a whole number from 1 to 720"},
    {"visits", "minutes", "721", "a whole number from 1 to 720"},
    {"visits", "minutes", "30,5", "a whole number from 1 to 720"},
    {"visits", "minutes", "99999999999", "a whole number from 1 to 720"},
    {"clients", "lat", "90,0000001", "a number from -90 to 90"},
    {"travel", "minutes", "-1", "a number from 0 to 1440"},
    {"travel", "minutes", "x", "a number from 0 to 1440"},
    {"staff", "title", "boss", "one of usk, usk_transition, vb, other"},
    {"visits", "counts", "maybe", "one of no, yes"},
    {"visit_series", "series_id", "S23456789012345678901234",
     "an id: a letter, then at most 22 letters, digits, '_', '.' or '-'"},
    {"visit_series", "recurs", "weekly someday",
     "how often, such as daily, weekly mon wed, every 2 weeks fri, even weeks mon"},
    {"visit_series", "pauses", "2026-07-31..2026-07-01",
     "periods that begin before they end, and one is reversed: its last day stands first"},
    {"visit_series", "pauses", "2026-07-01..2026-07-31|2026-12-24..2026-12-20",
     "periods that begin before they end, and one is reversed: its last day stands first"},
    {"visit_series", "pauses", "2026-07-01-2026-07-31",
     "periods YYYY-MM-DD..YYYY-MM-DD with | between them, at most 512 bytes in all"},
    {"visit_series", "except", "2026-07-01..2026-07-02",
     "dates (YYYY-MM-DD), holidays or eves, with | between them, at most 512 bytes in all"},
    {"visit_series", "except", "holidays,eves",
     "dates (YYYY-MM-DD), holidays or eves, with | between them, at most 512 bytes in all"},
};

START_TEST(bad_cells_say_what_is_expected) {
    char expected[128];
    int32_t value;
    ck_assert(!ht_cell_parse(column_of(BAD[_i].table, BAD[_i].column), BAD[_i].cell, &pool, &value, expected,
                             sizeof(expected)));
    ck_assert_str_eq(expected, BAD[_i].expected);
}
END_TEST

START_TEST(blank_values_are_blank_cells) {
    char out[600] = "x";
    for (int32_t id = 0; id < HT_TABLES; id++) {
        const ht_table *table = ht_table_get((ht_table_id)id);
        for (int32_t c = 0; c < table->count; c++) {
            int32_t blank = ht_column_holds_text(&table->columns[c]) ? HT_NO_TEXT : HT_BLANK;
            ck_assert(ht_cell_print(&table->columns[c], blank, &pool, HT_ENGLISH, out, sizeof(out)));
            ck_assert_str_eq(out, "");
        }
    }
}
END_TEST

START_TEST(a_small_room_is_told) {
    char out[4];
    ht_sym sym = ht_strings_intern(&pool, "too long", 8);
    ck_assert(!ht_cell_print(column_of("visits", "service"), sym, &pool, HT_ENGLISH, out, sizeof(out)));
    ck_assert(!ht_cell_print(column_of("visits", "date"), 0, &pool, HT_ENGLISH, out, sizeof(out)));
}
END_TEST

/* Every number a column may hold is printed so that it reads back the same. */
START_TEST(numbers_read_back) {
    ht_rng rng;
    ht_rng_init(&rng, 5, 0);
    const ht_table *table = ht_table_get((ht_table_id)_i);
    for (int32_t c = 0; c < table->count; c++) {
        const ht_column *column = &table->columns[c];
        for (int32_t i = 0; i < 500 && (column->type == HT_COL_INT || column->type == HT_COL_DECIMAL); i++) {
            char out[600], expected[128];
            int32_t again;
            int32_t value = (int32_t)(column->min + (int64_t)(ht_rng_unit(&rng) * ((double)column->max - column->min)));
            ck_assert(ht_cell_print(column, value, &pool, HT_ENGLISH, out, sizeof(out)));
            ck_assert(ht_cell_parse(column, out, &pool, &again, expected, sizeof(expected)));
            ck_assert_int_eq(again, value);
        }
    }
}
END_TEST

START_TEST(rows_are_set_and_got) {
    ht_visit_row row = {.line = 7};
    const ht_column *minutes = column_of("visits", "längd");
    ht_row_set(&row, minutes, 45);
    ck_assert_int_eq(row.minutes, 45);
    ck_assert_int_eq(ht_row_get(&row, minutes), 45);
    ck_assert_int_eq(ht_row_line(&row), 7);
}
END_TEST

/* A cell that cannot be kept expects nothing: that is how memory that ran out is told from a bad cell. */
START_TEST(memory_runs_out) {
    static const char *const COLUMN[] = {"visit_id", "locked_staff", "service", "skill"};
    for (int i = 0; i < COUNT(COLUMN); i++) {
        ht_limited_memory memory;
        ht_strings small;
        char expected[128] = "x";
        int32_t value;
        ht_limited_memory_init(&memory, 1000);
        ck_assert(ht_strings_init(&small, &memory.allocator));
        memory.calls = 0;
        char cell[16] = "V0";
        int32_t kept = 0;
        while (ht_cell_parse(column_of("visits", COLUMN[i]), cell, &small, &value, expected, sizeof(expected))) {
            snprintf(cell, sizeof(cell), "V%d", (int)++kept);
        }
        ck_assert_str_eq(expected, "");
        ck_assert_int_ge(kept, 1);
        ht_strings_release(&small);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("tables");
    TCase *tests = tcase_create("tables");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, columns_cover_the_row, 0, HT_TABLES);
    tcase_add_loop_test(tests, each_header_means_one_column, 0, HT_TABLES);
    tcase_add_loop_test(tests, keys_are_needed_or_told_apart, 0, HT_TABLES);
    tcase_add_test(tests, names_fold_letter_case);
    tcase_add_loop_test(tests, cells_are_read_and_printed, 0, COUNT(CELLS));
    tcase_add_loop_test(tests, texts_are_read_and_printed, 0, COUNT(TEXTS));
    tcase_add_loop_test(tests, words_of_series_are_read_and_printed, 0, COUNT(SERIES));
    tcase_add_loop_test(tests, bad_cells_say_what_is_expected, 0, COUNT(BAD));
    tcase_add_test(tests, blank_values_are_blank_cells);
    tcase_add_test(tests, a_small_room_is_told);
    tcase_add_loop_test(tests, numbers_read_back, 0, HT_TABLES);
    tcase_add_test(tests, rows_are_set_and_got);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
