#include "io/csv_read.h"

#include "base/text.h"
#include "io/csv_rows.h"

enum { ROW_INTS = 64 };

/* ---- a table of the folder ---- */

typedef struct table_rows {
    const ht_table *table;
    ht_dataset *data;
} table_rows;

static ht_csv_want table_column(const void *context, int32_t index) {
    const table_rows *rows = context;
    const ht_column *column = &rows->table->columns[index];
    return (ht_csv_want){column->name, column->swedish, column->needed};
}

static int32_t table_find(const void *context, const char *header) {
    const table_rows *rows = context;
    return ht_table_column(rows->table, header);
}

/* False when memory is out. */
static bool take_cell(const ht_csv_row *row, const table_rows *rows, int32_t index, int32_t *value) {
    const ht_column *column = &rows->table->columns[index];
    const char *cell = ht_csv_trim(row->cell[index]);
    if (*cell == '\0' && column->needed)
        ht_csv_refuse_blank(row, index);
    if (*cell == '\0' || ht_csv_refuse_personal_number(row, index))
        return true;
    return ht_csv_parse(row, index, column, cell, &rows->data->text, value);
}

/* Adds the row where it has no issue. */
static bool table_row(void *context, const ht_csv_row *row) {
    const table_rows *rows = context;
    const ht_table *table = rows->table;
    int32_t values[ROW_INTS] = {row->line};
    for (int32_t i = 0; i < table->count; i++) {
        int32_t value = table->columns[i].blank;
        if (!take_cell(row, rows, i, &value))
            return false;
        ht_row_set(values, &table->columns[i], value);
    }
    if (ht_csv_row_refused(row))
        return true;
    void *place = ht_array_push(&rows->data->table[table->id]);
    if (place)
        memcpy(place, values, table->row_size);
    return place != NULL;
}

ht_status ht_csv_read(FILE *file, const char *file_name, const ht_table *table, ht_dataset *data, ht_issues *issues,
                      ht_err *err) {
    table_rows rows = {table, data};
    ht_csv_shape shape = {&rows, table->count, HT_CSV_OTHERS_UNKNOWN, table_column, table_find, table_row};
    _Static_assert(sizeof(ht_visit_row) <= ROW_INTS * sizeof(int32_t), "the widest row has room");
    return ht_csv_read_rows(file, file_name, &shape, issues, err);
}

/* ---- columns a caller wants ---- */

typedef struct wanted_rows {
    const ht_csv_want *want;
    int32_t wants;
    bool (*row)(void *context, int32_t line, const char *const *cells);
    void *context;
} wanted_rows;

static ht_csv_want wanted_column(const void *context, int32_t index) {
    const wanted_rows *rows = context;
    return rows->want[index];
}

static int32_t wanted_find(const void *context, const char *header) {
    const wanted_rows *rows = context;
    for (int32_t i = 0; i < rows->wants; i++) {
        const ht_csv_want *want = &rows->want[i];
        if (ht_word_equal(header, want->name) || (want->swedish && ht_word_equal(header, want->swedish)))
            return i;
    }
    return -1;
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
}

static bool wanted_row(void *context, const ht_csv_row *row) {
    const wanted_rows *rows = context;
    for (int32_t i = 0; i < rows->wants; i++)
        if (!ht_csv_refuse_personal_number(row, i) && rows->want[i].needed && is_blank(row->cell[i]))
            ht_csv_refuse_blank(row, i);
    return ht_csv_row_refused(row) || rows->row(rows->context, row->line, (const char *const *)row->cell);
}

ht_status ht_csv_read_cells(FILE *file, const char *file_name, const ht_csv_want *want, int32_t wants,
                            bool (*row)(void *context, int32_t line, const char *const *cells), void *context,
                            ht_issues *issues, ht_err *err) {
    wanted_rows rows = {want, wants, row, context};
    ht_csv_shape shape = {&rows, wants, HT_CSV_OTHERS_UNKNOWN, wanted_column, wanted_find, wanted_row};
    return ht_csv_read_rows(file, file_name, &shape, issues, err);
}
