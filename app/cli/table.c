#include "app/cli/table.h"

#include <math.h>

#include "app/cli/colour.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"
#include "io/csv_write.h"

enum { GAP = 2, SHARE_SCALE = 10000, SHARE_DIGITS = 4, COLUMNS_MAX = 24, WORD_ROOM = 128 };

void ht_table_out_init(ht_table_out *table, const ht_table_head *head, int32_t columns) {
    *table = (ht_table_out){.head = head, .columns = columns};
    ht_array_init(&table->cells, sizeof(const char *), &ht_allocator_system);
    ht_arena_init(&table->arena, &ht_allocator_system);
}

void ht_table_out_release(ht_table_out *table) {
    ht_array_release(&table->cells);
    ht_arena_release(&table->arena);
}

void ht_cell_text(ht_table_out *table, const char *text) {
    const char *copy = ht_arena_text(&table->arena, text, strlen(text));
    const char **cell = copy != NULL ? ht_array_push(&table->cells) : NULL;
    if (cell == NULL)
        table->failed = true;
    else
        *cell = copy;
}

void ht_cell_integer(ht_table_out *table, int64_t value) {
    ht_cell_decimal(table, value, 1, 0, '.');
}

void ht_cell_decimal(ht_table_out *table, int64_t value, int64_t scale, int32_t digits, char mark) {
    char text[32];
    ht_decimal_print(value, scale, digits, mark, text, sizeof text);
    ht_cell_text(table, text);
}

void ht_cell_share(ht_table_out *table, double share, char mark) {
    if (isfinite(share))
        ht_cell_decimal(table, llround(share * SHARE_SCALE), SHARE_SCALE, SHARE_DIGITS, mark);
    else
        ht_cell_text(table, "");
}

void ht_cell_date(ht_table_out *table, int32_t date) {
    char text[HT_DATE_TEXT];
    ht_date_print(date, text, sizeof text);
    ht_cell_text(table, text);
}

char ht_decimal_mark(const ht_call *call) {
    return call->format == HT_FORMAT_CSV || call->words == HT_SWEDISH ? ',' : '.';
}

/* ---- printing ---- */

static const char *cell_at(const ht_table_out *table, int32_t row, int32_t column) {
    return *(const char *const *)ht_array_at(&table->cells, row * table->columns + column);
}

static void measure(const ht_table_out *table, int32_t *width) {
    int32_t rows = table->cells.count / table->columns;
    for (int32_t c = 0; c < table->columns; c++) {
        width[c] = ht_utf8_width(_(table->head[c].title));
        for (int32_t r = 0; r < rows; r++) {
            int32_t wide = ht_utf8_width(cell_at(table, r, c));
            width[c] = wide > width[c] ? wide : width[c];
        }
    }
}

/* One row; nothing is printed after its last text. */
static void print_row(const ht_table_out *table, const int32_t *width, const char *const *cells) {
    int32_t owed = 0;
    for (int32_t c = 0; c < table->columns; c++) {
        int32_t wide = ht_utf8_width(cells[c]);
        int32_t before = table->head[c].kind == HT_RIGHT ? width[c] - wide : 0;
        if (wide > 0)
            printf("%*s%s", (int)(owed + before), "", cells[c]);
        owed = wide > 0 ? width[c] - wide - before + GAP : owed + width[c] + GAP;
    }
}

/* The reader's words for the names of a cell: "coverage=0|cost=12" as "coverage 0, cost 12". */
static const char *cell_words(ht_table_out *table, const char *names) {
    const char *part, *words;
    char name[WORD_ROOM];
    size_t at = 0, length;
    ht_text text;
    ht_text_init(&text, table->arena.allocator);
    while (ht_list_next(names, &at, &part, &length)) {
        size_t head = strcspn(part, "=|");
        head = head < length ? head : length;
        snprintf(name, sizeof name, "%.*s", (int)head, part);
        ht_text_addf(&text, "%s%s%s%.*s", text.length > 0 ? ", " : "", ht_named(name), head < length ? " " : "",
                     head < length ? (int)(length - head - 1) : 0, part + head + (head < length));
    }
    words = text.failed ? NULL : ht_arena_text(&table->arena, ht_text_get(&text), text.length);
    ht_text_release(&text);
    return words;
}

static void translate(ht_table_out *table) {
    for (int32_t i = 0; i < table->cells.count; i++) {
        const char **cell = ht_array_at(&table->cells, i);
        if (table->head[i % table->columns].kind == HT_WORDS)
            *cell = cell_words(table, *cell);
        table->failed = table->failed || *cell == NULL;
    }
}

static void print_aligned(const ht_table_out *table) {
    int32_t width[COLUMNS_MAX] = {0};
    const char *titles[COLUMNS_MAX];
    for (int32_t c = 0; c < table->columns; c++)
        titles[c] = _(table->head[c].title);
    measure(table, width);
    ht_colour_begin(stdout, HT_COLOUR_HEADING);
    print_row(table, width, titles);
    ht_colour_end(stdout);
    printf("\n");
    const char *const *cells = table->cells.items;
    for (int32_t r = 0; r < table->cells.count / table->columns; r++) {
        print_row(table, width, cells + r * table->columns);
        printf("\n");
    }
}

static ht_status print_csv(const ht_table_out *table, ht_err *err) {
    ht_csv_out *out = ht_csv_out_stream(stdout, err);
    if (out == NULL)
        return err->status;
    for (int32_t c = 0; c < table->columns; c++)
        ht_csv_out_text(out, table->head[c].name);
    ht_csv_out_end_row(out);
    for (int32_t r = 0; r < table->cells.count / table->columns; r++) {
        for (int32_t c = 0; c < table->columns; c++) {
            const char *text = cell_at(table, r, c);
            if (table->head[c].kind == HT_RIGHT)
                ht_csv_out_number(out, text);
            else
                ht_csv_out_text(out, text);
        }
        ht_csv_out_end_row(out);
    }
    return ht_csv_out_close(out, err);
}

ht_status ht_table_out_print(ht_table_out *table, ht_format format, ht_err *err) {
    if (table->failed)
        return ht_fail_memory(err);
    if (format == HT_FORMAT_CSV)
        return print_csv(table, err);
    translate(table);
    if (table->failed)
        return ht_fail_memory(err);
    print_aligned(table);
    return HT_OK;
}
