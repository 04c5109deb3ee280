#include "io/csv_rows.h"

#include <csv.h>
#include <errno.h>
#include <strings.h>

#include "base/text.h"
#include "base/words.h"

enum { LINES_ROOM = HT_CSV_LINE_MAX + (1 << 16), SHOWN = 64, EXPECTED = 256 };

/* ---- physical lines ---- */

/* The lines of a stream, one at a time whole in memory; the room is bounded, so that an endless line of a pipe is
 * refused early. */
typedef struct lines {
    FILE *file;
    char *room;
    size_t begin, end; /* bytes of room read and not yet passed */
    const char *text;  /* the line, its line break included */
    size_t length;
    int32_t number; /* from 1 */
    bool over;      /* the stream has no more */
} lines;

typedef enum line_found { A_LINE, NO_MORE_LINES, LINE_TOO_LONG, READ_FAILED } line_found;

static bool fill(lines *in) {
    size_t there = in->end - in->begin;
    memmove(in->room, in->room + in->begin, there);
    in->begin = 0;
    in->end = there + fread(in->room + there, 1, LINES_ROOM - there, in->file);
    in->over = feof(in->file) != 0;
    return !ferror(in->file);
}

static line_found next_line(lines *in) {
    in->begin += in->length;
    in->length = 0;
    for (size_t seen = 0;;) {
        size_t there = in->end - in->begin;
        in->text = in->room + in->begin;
        const char *stop = memchr(in->text + seen, '\n', there - seen);
        if (stop || (in->over && there > 0)) {
            in->length = stop ? (size_t)(stop - in->text) + 1 : there;
            in->number++;
            return in->length > HT_CSV_LINE_MAX ? LINE_TOO_LONG : A_LINE;
        }
        if (in->over)
            return NO_MORE_LINES;
        if (there > HT_CSV_LINE_MAX) {
            in->number++;
            return LINE_TOO_LONG;
        }
        seen = there;
        if (!fill(in))
            return READ_FAILED;
    }
}

/* ---- rows of cells ---- */

/* STOPPED: an issue after which the rest of the file cannot be trusted. libcsv's callbacks cannot fail, so they look
 * here first. */
typedef enum reader_state { READING, STOPPED, OUT_OF_MEMORY } reader_state;

enum { UNKNOWN = -1, UNNAMED = -2 };

typedef struct reader {
    ht_csv_row row;
    const ht_csv_shape *shape;
    ht_arena arena;
    ht_text cells;       /* of this row, each ended by a NUL */
    ht_array starts;     /* size_t: where in cells each begins */
    int32_t positions;   /* named by the header; 0 until it is read */
    int32_t *column_at;  /* by position: a column of the shape, UNKNOWN or UNNAMED */
    const char **header; /* by position, as the file spells it */
    char blank[1];       /* the text of a cell that the row lacks */
    size_t row_bytes;
    bool row_ended;
    reader_state state;
} reader;

/* Masked and cut, for a message: out holds SHOWN bytes. */
static const char *shown(const char *text, char *out) {
    static const char CUT[] = "...";
    ht_text_mask(text, out, SHOWN - (sizeof CUT - 1));
    size_t length = strlen(out);
    if (length < strlen(text)) /* a mask is never shorter than the number */
        memcpy(out + length, CUT, sizeof CUT);
    return out;
}

static void refuse_personal_number(const ht_csv_row *row, const char *column) {
    ht_issues_add(row->issues, row->file_name, row->line, column,
                  _("'********-****' looks like a personal identity number: use an id of your own"));
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool all_blank(const char *text, size_t length) {
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    return length == 0;
}

char *ht_csv_trim(char *text) {
    while (is_blank(*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    text[length] = '\0';
    return text;
}

/* True where the writer put a ' in front, to keep a spreadsheet from running the text: io/csv_write.c. */
static bool escaped(const char *bytes, size_t length) {
    size_t quotes = 0;
    while (quotes < length && bytes[quotes] == '\'')
        quotes++;
    return quotes > 0 && quotes < length && strchr("=+-@\t\r", bytes[quotes]) != NULL;
}

/* A cell that is no UTF-8 is taken as Windows-1252: decided cell by cell, as a stream cannot be looked through
 * beforehand. */
static void take_cell(void *bytes, size_t length, void *context) {
    reader *r = context;
    const char *text = length > 0 ? bytes : "";
    size_t *start = r->state == READING ? ht_array_push(&r->starts) : NULL;
    if (!start) {
        r->state = r->state == READING ? OUT_OF_MEMORY : r->state;
        return;
    }
    *start = r->cells.length;
    if (escaped(text, length)) {
        text++;
        length--;
    }
    if (ht_utf8_valid(text, length))
        ht_text_add(&r->cells, text, length);
    else
        ht_text_add_windows_1252(&r->cells, text, length);
    ht_text_add(&r->cells, "", 1);
}

static char *cell_at(const reader *r, int32_t position) {
    const size_t *start = ht_array_at(&r->starts, position);
    return r->cells.bytes + *start;
}

static bool blank_row(const reader *r) {
    for (int32_t i = 0; i < r->starts.count; i++) {
        const char *cell = cell_at(r, i);
        if (!all_blank(cell, strlen(cell)))
            return false;
    }
    return true;
}

/* ---- the header ---- */

/* Finds what the header at a position means. */
static void bind(reader *r, int32_t position, const char *header) {
    char out[SHOWN];
    r->column_at[position] = UNNAMED;
    r->header[position] = ht_arena_text(&r->arena, out, strlen(shown(header, out)));
    if (!r->header[position])
        r->state = OUT_OF_MEMORY;
    else if (ht_has_personal_number(header))
        refuse_personal_number(&r->row, "");
    else if (*header != '\0') {
        int32_t column = r->shape->find(r->shape->context, header);
        r->column_at[position] = column < 0 ? UNKNOWN : column;
        if (column >= 0 && r->row.header[column])
            ht_issues_add(r->row.issues, r->row.file_name, r->row.line, r->header[position],
                          _("names the same column as '%s': keep one of them"), r->row.header[column]);
        else if (column >= 0)
            r->row.header[column] = r->header[position];
    }
}

static void note_unknown(reader *r) {
    ht_text names;
    ht_text_init(&names, r->row.issues->issues.allocator);
    for (int32_t i = 0; i < r->positions; i++)
        if (r->column_at[i] == UNKNOWN)
            ht_text_addf(&names, "%s%s", names.length > 0 ? ", " : "", r->header[i]);
    if (names.failed)
        r->state = OUT_OF_MEMORY;
    else if (names.length > 0)
        ht_issues_note(r->row.issues, r->row.file_name, r->row.line, "",
                       r->shape->others == HT_CSV_OTHERS_DROPPED
                           ? _("columns that the mapping does not name, left out: %s")
                           : _("unknown columns, not read: %s"),
                       ht_text_get(&names));
    ht_text_release(&names);
}

static void report_missing(reader *r) {
    for (int32_t i = 0; i < r->shape->columns; i++) {
        ht_csv_want column = r->shape->column(r->shape->context, i);
        if (!r->row.header[i] && column.needed)
            ht_issues_add(r->row.issues, r->row.file_name, r->row.line, column.name,
                          _("this column is missing, and it is needed"));
    }
}

static void take_header(reader *r) {
    int32_t positions = r->starts.count;
    r->column_at = HT_ARENA_NEW(&r->arena, positions, int32_t);
    r->header = HT_ARENA_NEW(&r->arena, positions, const char *);
    if (!r->column_at || !r->header) {
        r->state = OUT_OF_MEMORY;
        return;
    }
    r->positions = positions;
    for (int32_t i = 0; i < positions && r->state == READING; i++)
        bind(r, i, ht_csv_trim(cell_at(r, i)));
    if (r->state == READING)
        note_unknown(r);
    report_missing(r);
    if (r->state == READING && r->row.issues->count > r->row.issues_before)
        r->state = STOPPED; /* no cell of it would have a sure meaning */
}

/* ---- a row ---- */

/* The columns nobody asked for may hold anything but a personal identity number, which those that are dropped hold as
 * a rule. */
static void take_unread_cell(reader *r, int32_t position) {
    char out[SHOWN];
    char *cell = ht_csv_trim(cell_at(r, position));
    const char *header = position < r->positions ? r->header[position] : "";
    bool dropped = r->shape->others == HT_CSV_OTHERS_DROPPED && position < r->positions;
    if (!dropped && ht_has_personal_number(cell))
        refuse_personal_number(&r->row, header);
    else if (position >= r->positions && *cell != '\0')
        ht_issues_add(r->row.issues, r->row.file_name, r->row.line, "",
                      _("'%s' is beyond the %d columns of the header"), shown(cell, out), (int)r->positions);
}

static void take_row(reader *r) {
    for (int32_t i = 0; i < r->shape->columns; i++)
        r->row.cell[i] = r->blank;
    for (int32_t i = 0; i < r->starts.count; i++) {
        if (i < r->positions && r->column_at[i] >= 0)
            r->row.cell[r->column_at[i]] = cell_at(r, i);
        else
            take_unread_cell(r, i);
    }
    if (!r->shape->row(r->shape->context, &r->row))
        r->state = OUT_OF_MEMORY;
}

static void end_row(int terminator, void *context) {
    (void)terminator;
    reader *r = context;
    r->row_ended = true;
    r->row.issues_before = r->row.issues->count;
    if (r->cells.failed || r->row.issues->failed)
        r->state = OUT_OF_MEMORY;
    else if (r->state == READING && !blank_row(r)) {
        if (r->positions == 0)
            take_header(r);
        else
            take_row(r);
    }
    ht_text_empty(&r->cells);
    ht_array_empty(&r->starts);
}

/* ---- the file ---- */

/* The candidate that is there most often outside quotes. */
static unsigned char separator_of(const char *text, size_t length) {
    static const char CANDIDATE[] = ";,\t";
    int32_t count[sizeof CANDIDATE] = {0};
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        const char *found = text[i] != '\0' ? strchr(CANDIDATE, text[i]) : NULL;
        quoted ^= text[i] == '"';
        if (found && !quoted)
            count[found - CANDIDATE]++;
    }
    int32_t best = 0;
    for (int32_t i = 1; CANDIDATE[i] != '\0'; i++)
        best = count[i] > count[best] ? i : best;
    return (unsigned char)CANDIDATE[best];
}

/* "sep=;": the line that some exports begin with. */
static bool separator_line(const char *text, size_t length, unsigned char *separator) {
    while (length > 0 && (text[length - 1] == '\r' || text[length - 1] == '\n'))
        length--;
    if (length != 5 || strncasecmp(text, "sep=", 4) != 0 || !strchr(";,\t", text[4]))
        return false;
    *separator = (unsigned char)text[4];
    return true;
}

static void stop_at(reader *r, int32_t line, const char *text) {
    ht_issues_add(r->row.issues, r->row.file_name, line, "", "%s", text);
    r->state = STOPPED;
}

/* Finds the separator from the first lines; true while they are not the header's. */
static bool before_header(lines *in, struct csv_parser *parser, bool *known) {
    unsigned char separator;
    if (in->number == 1 && in->length >= 3 && memcmp(in->text, "\xEF\xBB\xBF", 3) == 0) {
        in->begin += 3;
        in->text += 3;
        in->length -= 3;
    }
    if (all_blank(in->text, in->length))
        return true;
    if (!*known && separator_line(in->text, in->length, &separator)) {
        csv_set_delim(parser, separator);
        *known = true;
        return true;
    }
    if (!*known)
        csv_set_delim(parser, separator_of(in->text, in->length));
    return false;
}

static void take_line(reader *r, const lines *in, struct csv_parser *parser) {
    r->row.line = r->row_ended ? in->number : r->row.line;
    r->row_bytes = in->length + (r->row_ended ? 0 : r->row_bytes);
    r->row_ended = false;
    if (r->row_bytes > HT_CSV_LINE_MAX)
        stop_at(r, r->row.line,
                _("a quotation mark is opened here and not closed within 1 MiB; not read from here on"));
    else if (csv_parse(parser, in->text, in->length, take_cell, end_row, r) == in->length)
        return;
    else if (csv_error(parser) == CSV_EPARSE)
        stop_at(r, in->number,
                _("a quotation mark inside a cell: quote the whole cell and double the mark; not read from here on"));
    else
        r->state = OUT_OF_MEMORY;
}

static void take_last(reader *r, struct csv_parser *parser) {
    if (csv_fini(parser, take_cell, end_row, r) != 0 && r->state == READING) {
        if (csv_error(parser) == CSV_EPARSE)
            stop_at(r, r->row.line, _("a quotation mark is opened in this row and never closed"));
        else
            r->state = OUT_OF_MEMORY;
    }
    if (r->state == READING && r->positions == 0)
        stop_at(r, 0, _("the file is empty: its first line must name the columns"));
}

static ht_status read_lines(reader *r, lines *in, struct csv_parser *parser, ht_err *err) {
    line_found found = A_LINE;
    bool separator_known = false, in_header = false;
    while (r->state == READING && (found = next_line(in)) == A_LINE) {
        if (memchr(in->text, '\0', in->length))
            stop_at(r, in->number,
                    _("a NUL byte: this is no text file (UTF-16? save it as CSV UTF-8); not read from here on"));
        else if (in_header || !before_header(in, parser, &separator_known)) {
            in_header = true;
            take_line(r, in, parser);
        }
    }
    if (found == READ_FAILED)
        return ht_fail(err, HT_ESYSTEM, _("%s: cannot be read: %s"), r->row.file_name, ht_error_text(errno));
    if (found == LINE_TOO_LONG)
        stop_at(r, in->number, _("a line above 1 MiB; not read from here on"));
    if (r->state == READING)
        take_last(r, parser);
    return r->state == OUT_OF_MEMORY || r->row.issues->failed ? ht_fail_memory(err) : HT_OK;
}

static ht_status read_parsed(reader *r, FILE *file, ht_err *err) {
    struct csv_parser parser;
    lines in = {.file = file, .room = ht_arena_alloc(&r->arena, 1, LINES_ROOM)};
    r->row.cell = HT_ARENA_NEW(&r->arena, r->shape->columns, char *);
    r->row.header = HT_ARENA_NEW(&r->arena, r->shape->columns, const char *);
    if (!in.room || !r->row.cell || !r->row.header ||
        csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        return ht_fail_memory(err);
    csv_set_blk_size(&parser, 4096);
    ht_status status = read_lines(r, &in, &parser, err);
    csv_free(&parser);
    return status;
}

ht_status ht_csv_read_rows(FILE *file, const char *file_name, const ht_csv_shape *shape, ht_issues *issues,
                           ht_err *err) {
    const ht_allocator *allocator = issues->issues.allocator;
    reader r = {.row = {.file_name = file_name, .issues = issues}, .shape = shape, .row_ended = true};
    ht_arena_init(&r.arena, allocator);
    ht_text_init(&r.cells, allocator);
    ht_array_init(&r.starts, sizeof(size_t), allocator);
    ht_status status = read_parsed(&r, file, err);
    ht_array_release(&r.starts);
    ht_text_release(&r.cells);
    ht_arena_release(&r.arena);
    return status;
}

/* ---- a cell ---- */

void ht_csv_refuse(const ht_csv_row *row, int32_t column, const char *text, const char *expected) {
    char out[SHOWN];
    ht_issues_add(row->issues, row->file_name, row->line, row->header[column], _("'%s': expected %s"), shown(text, out),
                  expected);
}

bool ht_csv_refuse_personal_number(const ht_csv_row *row, int32_t column) {
    bool refused = ht_has_personal_number(row->cell[column]); /* a coordinate is never taken for one: base/text.h */
    if (refused)
        refuse_personal_number(row, row->header[column]);
    return refused;
}

void ht_csv_refuse_blank(const ht_csv_row *row, int32_t column) {
    ht_issues_add(row->issues, row->file_name, row->line, row->header[column], _("blank: a value is needed"));
}

bool ht_csv_parse(const ht_csv_row *row, int32_t index, const ht_column *column, const char *text, ht_strings *pool,
                  int32_t *value) {
    char expected[EXPECTED] = "";
    if (ht_cell_parse(column, text, pool, value, expected, sizeof expected))
        return true;
    if (expected[0] == '\0')
        return false;
    ht_csv_refuse(row, index, text, expected);
    return true;
}

bool ht_csv_row_refused(const ht_csv_row *row) {
    return row->issues->count > row->issues_before;
}
