#include "app/cli/table.h"

#include <math.h>

#include "app/cli/colour.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"
#include "io/csv_write.h"

enum { GAP = 2, SHARE_SCALE = 10000, SHARE_DIGITS = 4, PER_MILLE = 1000, COLUMNS_MAX = 24, WORD_ROOM = 128 };

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
    ht_cell_decimal(table, llround(share * SHARE_SCALE), SHARE_SCALE, SHARE_DIGITS, mark);
}

void ht_cell_percent(ht_table_out *table, double share, char mark) {
    char number[32], text[40];
    ht_decimal_print(llround(share * PER_MILLE), PER_MILLE / 100, 1, mark, number, sizeof number);
    snprintf(text, sizeof text, "%s %%", number);
    ht_cell_text(table, text);
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

static int32_t larger(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* The next line of a heading, as many words as the width holds; *at is 0 before the first call. False at the end. */
static bool next_line(const char *title, size_t *at, int32_t width, char line[WORD_ROOM]) {
    char tried[WORD_ROOM];
    *at += strspn(title + *at, " ");
    line[0] = '\0';
    for (size_t end = *at, next; title[end] != '\0'; end = next) {
        next = end + strspn(title + end, " ");
        next += strcspn(title + next, " ");
        snprintf(tried, sizeof tried, "%.*s", (int)(next - *at), title + *at);
        if (line[0] != '\0' && ht_utf8_width(tried) > width)
            break;
        memcpy(line, tried, sizeof tried);
    }
    *at += strlen(line);
    return line[0] != '\0';
}

/* The width of a column: 0 where all its cells are blank, else that of its widest cell or longest word of the heading. */
static int32_t column_width(const ht_table_out *table, int32_t column) {
    int32_t rows = table->cells.count / table->columns, width = 0;
    char word[WORD_ROOM];
    for (int32_t r = 0; r < rows; r++)
        width = larger(width, ht_utf8_width(cell_at(table, r, column)));
    if (rows > 0 && width == 0)
        return 0;
    for (size_t at = 0; next_line(_(table->head[column].title), &at, 0, word);)
        width = larger(width, ht_utf8_width(word));
    return width;
}

/* One row; nothing is printed after its last text. */
static void print_row(const ht_table_out *table, const int32_t *width, const char *const *cells) {
    int32_t owed = 0;
    for (int32_t c = 0; c < table->columns; c++) {
        if (width[c] == 0)
            continue;
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

static int32_t lines_of(const char *title, int32_t width) {
    char line[WORD_ROOM];
    int32_t lines = 0;
    for (size_t at = 0; next_line(title, &at, width, line);)
        lines++;
    return lines;
}

/* Headings stand on their columns: short ones at the bottom. */
static void print_headings(const ht_table_out *table, const int32_t *width) {
    static const char NOTHING[] = "";
    char line[COLUMNS_MAX][WORD_ROOM];
    const char *cells[COLUMNS_MAX];
    size_t at[COLUMNS_MAX] = {0};
    int32_t most = 0;
    for (int32_t c = 0; c < table->columns; c++)
        most = larger(most, width[c] > 0 ? lines_of(_(table->head[c].title), width[c]) : 0);
    for (int32_t left = most; left > 0; left--) {
        for (int32_t c = 0; c < table->columns; c++) {
            const char *title = _(table->head[c].title);
            bool begun = width[c] > 0 && lines_of(title, width[c]) >= left;
            cells[c] = begun && next_line(title, &at[c], width[c], line[c]) ? line[c] : NOTHING;
        }
        ht_colour_begin(stdout, HT_COLOUR_HEADING);
        print_row(table, width, cells);
        ht_colour_end(stdout);
        printf("\n");
    }
}

static void print_aligned(const ht_table_out *table) {
    int32_t width[COLUMNS_MAX] = {0};
    for (int32_t c = 0; c < table->columns; c++)
        width[c] = column_width(table, c);
    print_headings(table, width);
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
