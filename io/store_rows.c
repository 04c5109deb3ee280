/* One row of a table between its struct and SQLite, by the descriptions of model/tables.h. What a value looks like:
 * io/store_schema.c. */
#include "io/store_internal.h"

#include <assert.h>

#include "base/calendar.h"
#include "base/words.h"
#include "model/recurrence.h"
#include "model/skipped_days.h"

enum { STAMP_DATE = 10, SOUND_ROOM = 1024 };

_Static_assert(sizeof(ht_series_row) <= HT_ROW_INTS * sizeof(int32_t), "the widest row");

void ht_sql_columns(ht_text *sql, const ht_table *table) {
    for (int32_t c = 0; c < table->count; c++)
        ht_text_addf(sql, "%s\"%s\"", c ? "," : "", table->columns[c].name);
}

/* ---- writing ---- */

static bool is_blank(const ht_column *column, int32_t value) {
    return ht_column_holds_text(column) ? value == HT_NO_TEXT : value == HT_BLANK;
}

static void bind_time(sqlite3_stmt *statement, int index, int32_t seconds, char text[HT_STAMP_TEXT]) {
    ht_time_print(seconds, text, HT_STAMP_TEXT);
    ht_bind_text(statement, index, text);
}

/* Stamps may lie before 1970: the date is rounded down. */
static void bind_stamp(sqlite3_stmt *statement, int index, int32_t minutes, char text[HT_STAMP_TEXT]) {
    int32_t date = minutes / HT_DAY_MINUTES - (minutes % HT_DAY_MINUTES < 0);
    ht_date_print(date, text, HT_STAMP_TEXT);
    text[STAMP_DATE] = ' ';
    ht_time_print((minutes - date * HT_DAY_MINUTES) * 60, text + STAMP_DATE + 1, HT_STAMP_TEXT - STAMP_DATE - 1);
    ht_bind_text(statement, index, text);
}

void ht_cell_bind(sqlite3_stmt *statement, int index, const ht_column *column, int32_t value, const ht_strings *pool,
                  char text[HT_STAMP_TEXT]) {
    if (is_blank(column, value)) {
        if (column->key)
            ht_bind_text(statement, index, "");
        else
            sqlite3_bind_null(statement, index);
        return;
    }
    switch (column->type) {
    case HT_COL_DATE:
        ht_bind_date(statement, index, value, text);
        break;
    case HT_COL_TIME:
        bind_time(statement, index, value, text);
        break;
    case HT_COL_FROM:
    case HT_COL_TO:
        bind_stamp(statement, index, value, text);
        break;
    case HT_COL_INT:
    case HT_COL_FLAG:
        sqlite3_bind_int(statement, index, value);
        break;
    case HT_COL_DECIMAL:
        sqlite3_bind_double(statement, index, (double)value / column->scale);
        break;
    case HT_COL_WORD:
        ht_bind_text(statement, index, column->words[value].name);
        break;
    default:
        ht_bind_text(statement, index, ht_strings_text(pool, value));
    }
}

/* ---- reading ---- */

/* Rows come by key, so that a text often is that of the row before: this one is looked at first. */
static ht_sym read_text(ht_row_reader *reader, sqlite3_stmt *query, int index, const char *text) {
    ht_sym *last = &reader->last[index];
    const ht_strings *pool = reader->add ? reader->add : reader->known;
    if (strcmp(ht_strings_text(pool, *last), text) == 0)
        return *last;
    ht_sym sym = reader->add ? ht_strings_intern(reader->add, text, (size_t)sqlite3_column_bytes(query, index))
                             : ht_strings_find(pool, text);
    if (sym != HT_NO_SYMBOL)
        *last = sym;
    return sym;
}

static bool read_stamp(const char *text, int32_t *minutes) {
    char date_text[HT_DATE_TEXT];
    int32_t date, seconds;
    if (strlen(text) != HT_STAMP_TEXT - 1)
        return false;
    memcpy(date_text, text, STAMP_DATE);
    date_text[STAMP_DATE] = '\0';
    if (!ht_date_parse(date_text, &date) || !ht_time_parse(text + STAMP_DATE + 1, &seconds))
        return false;
    *minutes = date * HT_DAY_MINUTES + seconds / 60;
    return true;
}

static bool read_word(const ht_word *words, const char *text, int32_t *value) {
    for (*value = 0; words[*value].name; ++*value)
        if (strcmp(words[*value].name, text) == 0)
            return true;
    return false;
}

static bool read_int(sqlite3_stmt *query, int index, int32_t *value) {
    int64_t number = sqlite3_column_int64(query, index);
    *value = (int32_t)number;
    return number > HT_BLANK && number <= INT32_MAX;
}

/* The scaled integer was divided by scale: the nearest integer is it again. */
static bool read_decimal(sqlite3_stmt *query, int index, int32_t scale, int32_t *value) {
    double scaled = sqlite3_column_double(query, index) * scale;
    if (!(scaled > HT_BLANK && scaled < INT32_MAX))
        return false;
    *value = (int32_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    return true;
}

static bool read_number(const ht_column *column, sqlite3_stmt *query, int index, int32_t *value) {
    if (sqlite3_column_type(query, index) == SQLITE_NULL) {
        *value = HT_BLANK;
        return true;
    }
    return column->type == HT_COL_DECIMAL ? read_decimal(query, index, column->scale, value)
                                          : read_int(query, index, value);
}

/* Texts that mean something must: one that nobody can read would lose visits without a word. */
static bool is_sound(const ht_column *column, const char *text) {
    char canonical[SOUND_ROOM];
    ht_recurrence recurrence;
    switch (column->type) {
    case HT_COL_RECURS:
        return ht_recurrence_parse(text, &recurrence);
    case HT_COL_PAUSES:
        return ht_pauses_read(text, canonical, sizeof canonical);
    case HT_COL_EXCEPT:
        return ht_except_read(text, canonical, sizeof canonical);
    default:
        return true;
    }
}

/* HT_NO_SYMBOL of a text: memory is out, or nobody knows it. */
static bool read_cell(ht_row_reader *reader, const ht_column *column, sqlite3_stmt *query, int index, int32_t *value) {
    if (column->type == HT_COL_INT || column->type == HT_COL_FLAG || column->type == HT_COL_DECIMAL)
        return read_number(column, query, index, value);
    const char *text = ht_column_text(query, index);
    if (!is_sound(column, text))
        return false;
    if (*text == '\0') {
        *value = ht_column_holds_text(column) ? HT_NO_TEXT : HT_BLANK;
        return true;
    }
    switch (column->type) {
    case HT_COL_DATE:
        return ht_date_parse(text, value);
    case HT_COL_TIME:
        return ht_time_parse(text, value);
    case HT_COL_FROM:
    case HT_COL_TO:
        return read_stamp(text, value);
    case HT_COL_WORD:
        return read_word(column->words, text, value);
    default:
        *value = read_text(reader, query, index, text);
        return true;
    }
}

ht_status ht_row_read(ht_row_reader *reader, sqlite3_stmt *query, void *row, ht_err *err) {
    memset(row, 0, reader->table->row_size);
    for (int32_t c = 0; c < reader->table->count; c++) {
        const ht_column *column = &reader->table->columns[c];
        int32_t value;
        if (!read_cell(reader, column, query, c, &value))
            return ht_fail(
                err, HT_ESYSTEM,
                _("%s: table %s, column %s holds a value that it cannot have: put back a backup, or import that "
                  "table again"),
                reader->store->path, reader->table->name, column->name);
        if (reader->add && value == HT_NO_SYMBOL && ht_column_holds_text(column))
            return ht_fail_memory(err);
        ht_row_set(row, column, value);
    }
    return HT_OK;
}
