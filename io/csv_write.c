#include "io/csv_write.h"

#include <errno.h>

#include "base/words.h"

enum { CELL_ROOM = 1024 };

struct ht_csv_out {
    ht_whole_file *file; /* NULL for a stream */
    FILE *stream;
    bool in_row;
    int error; /* of the stream: the first errno, 0 while all is well */
};

static void keep_error(ht_csv_out *out) {
    if (out->error == 0)
        out->error = errno != 0 ? errno : EIO;
}

static void put(ht_csv_out *out, const char *bytes, size_t length) {
    if (out->file)
        ht_whole_file_put(out->file, bytes, length);
    else if (out->error == 0 && fwrite(bytes, 1, length, out->stream) != length)
        keep_error(out);
}

static void begin_cell(ht_csv_out *out) {
    if (out->in_row)
        put(out, ";", 1);
    out->in_row = true;
}

/* ---- files ---- */

static void destroy(ht_csv_out *out) {
    ht_allocator_system.release(ht_allocator_system.context, out);
}

static ht_csv_out *create(ht_err *err) {
    ht_csv_out *out = ht_allocator_system.resize(ht_allocator_system.context, NULL, sizeof *out);
    if (!out) {
        ht_fail_memory(err);
        return NULL;
    }
    *out = (ht_csv_out){0};
    return out;
}

ht_csv_out *ht_csv_out_open(const char *folder, const char *name, ht_err *err) {
    ht_csv_out *out = create(err);
    if (!out)
        return NULL;
    ht_whole_file_sweep(folder);
    out->file = ht_whole_file_open(folder, name, err);
    if (!out->file) {
        destroy(out);
        return NULL;
    }
    put(out, "\xEF\xBB\xBF", 3);
    return out;
}

ht_csv_out *ht_csv_out_stream(FILE *file, ht_err *err) {
    ht_csv_out *out = create(err);
    if (out)
        out->stream = file;
    return out;
}

static ht_status end_stream(ht_csv_out *out, ht_err *err) {
    if (fflush(out->stream) != 0)
        keep_error(out);
    if (out->error == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, _("cannot write the output: %s"), ht_error_text(out->error));
}

ht_status ht_csv_out_close(ht_csv_out *out, ht_err *err) {
    ht_status status = out->file ? ht_whole_file_close(out->file, err) : end_stream(out, err);
    destroy(out);
    return status;
}

ht_status ht_csv_out_hand_over(ht_csv_out *out, ht_file_batch *batch, ht_err *err) {
    ht_status status = ht_whole_file_hand_over(out->file, batch, err);
    destroy(out);
    return status;
}

void ht_csv_out_abandon(ht_csv_out *out) {
    if (out->file)
        ht_whole_file_abandon(out->file);
    destroy(out);
}

/* ---- cells ---- */

/* A text that a spreadsheet would run gets a '. So does one that already looks as if it had: the reader takes just one
 * away. */
static bool needs_escape(const char *text) {
    text += strspn(text, "'");
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

static bool needs_quotes(const char *text) {
    size_t length = strlen(text);
    return length > 0 && (strpbrk(text, "\";\r\n\t") || text[0] == ' ' || text[length - 1] == ' ');
}

void ht_csv_out_text(ht_csv_out *out, const char *text) {
    bool quoted = needs_quotes(text);
    begin_cell(out);
    if (quoted)
        put(out, "\"", 1);
    if (needs_escape(text))
        put(out, "'", 1);
    for (const char *mark; quoted && (mark = strchr(text, '"')) != NULL; text = mark + 1) {
        put(out, text, (size_t)(mark - text) + 1);
        put(out, "\"", 1);
    }
    put(out, text, strlen(text));
    if (quoted)
        put(out, "\"", 1);
}

void ht_csv_out_number(ht_csv_out *out, const char *number) {
    begin_cell(out);
    put(out, number, strlen(number));
}

void ht_csv_out_end_row(ht_csv_out *out) {
    put(out, "\r\n", 2);
    out->in_row = false;
}

/* ---- a table ---- */

/* Words and texts may be of somebody else's making; the rest is printed by our own number printer. */
static bool is_number(ht_column_type type) {
    switch (type) {
    case HT_COL_DATE:
    case HT_COL_TIME:
    case HT_COL_FROM:
    case HT_COL_TO:
    case HT_COL_INT:
    case HT_COL_DECIMAL:
        return true;
    default:
        return false;
    }
}

static void write_header(ht_csv_out *out, const ht_table *table, ht_words_in words) {
    for (int32_t i = 0; i < table->count; i++)
        ht_csv_out_text(out, words == HT_SWEDISH ? table->columns[i].swedish : table->columns[i].name);
    ht_csv_out_end_row(out);
}

static bool write_row(ht_csv_out *out, const ht_table *table, const ht_dataset *data, const void *row,
                      ht_words_in words) {
    char cell[CELL_ROOM];
    for (int32_t i = 0; i < table->count; i++) {
        const ht_column *column = &table->columns[i];
        if (!ht_cell_print(column, ht_row_get(row, column), &data->text, words, cell, sizeof cell))
            return false;
        if (is_number(column->type))
            ht_csv_out_number(out, cell);
        else
            ht_csv_out_text(out, cell);
    }
    ht_csv_out_end_row(out);
    return true;
}

ht_csv_out *ht_csv_out_open_table(const char *folder, const ht_table *table, const ht_dataset *data, ht_words_in words,
                                  ht_err *err) {
    char name[64];
    snprintf(name, sizeof name, "%s.csv", table->name);
    ht_csv_out *out = ht_csv_out_open(folder, name, err);
    if (!out)
        return NULL;
    write_header(out, table, words);
    for (int32_t i = 0; i < ht_dataset_count(data, table->id); i++)
        if (!write_row(out, table, data, ht_array_at(&data->table[table->id], i), words)) {
            ht_csv_out_abandon(out);
            ht_fail(err, HT_EINTERNAL, _("%s/%s: row %d has a cell that cannot be printed"), folder, name, (int)i + 1);
            return NULL;
        }
    return out;
}

ht_status ht_csv_write_table(const char *folder, const ht_table *table, const ht_dataset *data, ht_words_in words,
                             ht_err *err) {
    ht_csv_out *out = ht_csv_out_open_table(folder, table, data, words, err);
    return out ? ht_csv_out_close(out, err) : err->status;
}
