#include "bench/results.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/numbers.h"
#include "bench/cells.h"
#include "io/csv_write.h"

const int32_t ht_bench_mark[HT_BENCH_MARKS] = {1, 2, 5, 10, 20, 30, 60, 120};

static const size_t MARK_CELL[HT_BENCH_MARKS] = {offsetof(ht_bench_row, at_1_s),  offsetof(ht_bench_row, at_2_s),
                                                 offsetof(ht_bench_row, at_5_s),  offsetof(ht_bench_row, at_10_s),
                                                 offsetof(ht_bench_row, at_20_s), offsetof(ht_bench_row, at_30_s),
                                                 offsetof(ht_bench_row, at_60_s), offsetof(ht_bench_row, at_120_s)};

const char *ht_bench_at_mark(const ht_bench_row *row, int32_t mark) {
    return (const char *)row + MARK_CELL[mark];
}

void ht_bench_set_mark(ht_bench_row *row, int32_t mark, const char *values) {
    ht_bench_set((char *)row + MARK_CELL[mark], values);
}

/* ---- columns ---- */

typedef enum column_kind { TEXT, NUMBER } column_kind;

typedef struct column {
    const char *name;
    column_kind kind;
    int64_t scale;
    int32_t digits;
    size_t offset;
} column;

typedef struct record {
    const column *columns;
    int32_t count;
    size_t size; /* of the struct */
} record;

#define ROW(kind, name, scale, digits) {#name, kind, scale, digits, offsetof(ht_bench_row, name)},
#define MOMENT(kind, name, scale, digits) {#name, kind, scale, digits, offsetof(ht_trace_row, name)},

static const column ROW_COLUMNS[] = {HT_BENCH_COLUMN_LIST(ROW)};
static const column MOMENT_COLUMNS[] = {HT_TRACE_COLUMN_LIST(MOMENT)};

enum { COLUMNS_MAX = 56 };

static const record RUN = {ROW_COLUMNS, sizeof ROW_COLUMNS / sizeof ROW_COLUMNS[0], sizeof(ht_bench_row)};
static const record TRACE = {MOMENT_COLUMNS, sizeof MOMENT_COLUMNS / sizeof MOMENT_COLUMNS[0], sizeof(ht_trace_row)};

_Static_assert(sizeof ROW_COLUMNS / sizeof ROW_COLUMNS[0] <= COLUMNS_MAX, "room for every column");

static char *text_of(const column *c, void *item) {
    return (char *)item + c->offset;
}

static int64_t *number_of(const column *c, void *item) {
    return (int64_t *)(void *)((char *)item + c->offset);
}

static void blank(const record *r, void *item) {
    memset(item, 0, r->size);
    for (int32_t i = 0; i < r->count; i++)
        if (r->columns[i].kind == NUMBER)
            *number_of(&r->columns[i], item) = HT_BENCH_BLANK;
}

void ht_bench_row_init(ht_bench_row *row) {
    blank(&RUN, row);
}

int64_t ht_bench_cost(int64_t cost, int64_t scale) {
    return llround((double)cost * HT_BENCH_COST / (double)scale);
}

void ht_bench_set(char *cell, const char *text) {
    snprintf(cell, HT_BENCH_TEXT, "%s", text);
}

bool ht_bench_same_run(const ht_bench_row *a, const ht_bench_row *b) {
    return strcmp(a->binary, b->binary) == 0 && strcmp(a->processor, b->processor) == 0 &&
           strcmp(a->case_id, b->case_id) == 0 && strcmp(a->data, b->data) == 0 && strcmp(a->date, b->date) == 0 &&
           strcmp(a->without, b->without) == 0 && a->seed == b->seed && a->time_limit == b->time_limit &&
           a->work == b->work && a->threads == b->threads;
}

static bool same_as_run(const ht_trace_row *t, const ht_bench_row *row) {
    return strcmp(t->binary, row->binary) == 0 && strcmp(t->case_id, row->case_id) == 0 &&
           strcmp(t->data, row->data) == 0 && strcmp(t->without, row->without) == 0 && t->seed == row->seed &&
           t->time_limit == row->time_limit && t->work == row->work && t->threads == row->threads;
}

/* ---- level values ---- */

void ht_levels_print(const int64_t *value, int32_t levels, char *out) {
    size_t length = 0;
    out[0] = '\0';
    for (int32_t i = 0; i < levels && length + 32 < HT_BENCH_TEXT; i++)
        length +=
            (size_t)snprintf(out + length, HT_BENCH_TEXT - length, "%s%lld", i > 0 ? "|" : "", (long long)value[i]);
}

int32_t ht_levels_parse(const char *text, int64_t *value) {
    char part[32];
    int32_t levels = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, "|");
        if (levels == HT_LEVELS_MAX || length >= sizeof part)
            return -1;
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        if (!ht_int_parse(part, &value[levels++]))
            return -1;
        text += length + (text[length] == '|');
    }
    return levels;
}

int32_t ht_levels_compare(const char *a, const char *b) {
    int64_t x[HT_LEVELS_MAX], y[HT_LEVELS_MAX];
    int32_t levels = ht_levels_parse(a, x);
    if (levels != ht_levels_parse(b, y))
        return 0;
    for (int32_t i = 0; i < levels; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

/* ---- reading ---- */

typedef struct reading {
    const record *record;
    ht_array *rows;
    ht_array *lines; /* int32_t: where each row began; NULL: not asked */
} reading;

static void take_cell(ht_cells *in, const column *c, int32_t line, const char *text, void *item) {
    int64_t *number = number_of(c, item);
    if (c->kind == TEXT)
        ht_bench_set(text_of(c, item), text);
    else if (*text == '\0')
        *number = HT_BENCH_BLANK;
    else if (!ht_decimal_parse(text, c->scale, number))
        ht_issues_add(&in->issues, in->path, line, c->name, "'%s' is no number", text);
}

static bool take_row(void *context, int32_t line, const char *const *cells) {
    ht_cells *in = context;
    const reading *to = in->rows;
    void *item = ht_array_push(to->rows);
    int32_t *began = to->lines != NULL ? ht_array_push(to->lines) : NULL;
    if (item == NULL || (to->lines != NULL && began == NULL))
        return false;
    if (began != NULL)
        *began = line;
    for (int32_t i = 0; i < to->record->count; i++)
        take_cell(in, &to->record->columns[i], line, cells[i], item);
    return true;
}

static ht_status read_records(const char *path, reading to, ht_err *err) {
    ht_csv_want want[COLUMNS_MAX];
    ht_cells in = {.rows = &to};
    for (int32_t i = 0; i < to.record->count; i++)
        want[i] = (ht_csv_want){.name = to.record->columns[i].name};
    want[to.record == &RUN ? 0 : 1].needed = true; /* the commit, the binary: no other CSV file has these */
    return ht_cells_read(path, want, to.record->count, take_row, &in, err);
}

ht_status ht_results_read(const char *path, ht_array *rows, ht_err *err) {
    return read_records(path, (reading){.record = &RUN, .rows = rows}, err);
}

ht_status ht_trace_read(const char *path, ht_array *rows, ht_err *err) {
    return read_records(path, (reading){.record = &TRACE, .rows = rows}, err);
}

/* ---- writing ---- */

static void write_cell(ht_csv_out *out, const column *c, const void *item) {
    char text[HT_BENCH_TEXT] = "";
    int64_t number;
    memcpy(text, (const char *)item + c->offset, c->kind == TEXT ? HT_BENCH_TEXT : 0);
    if (c->kind == TEXT) {
        ht_csv_out_text(out, text);
        return;
    }
    memcpy(&number, (const char *)item + c->offset, sizeof number);
    if (number != HT_BENCH_BLANK)
        ht_decimal_print(number, c->scale, c->digits, ',', text, sizeof text);
    ht_csv_out_number(out, text);
}

static ht_status to_disk(FILE *file, const char *path, ht_csv_out *out, ht_err *err) {
    if (ht_csv_out_close(out, err))
        return ht_err_context(err, "%s", path);
    return fsync(fileno(file)) == 0 ? HT_OK : ht_fail(err, HT_ESYSTEM, "%s: %s", path, ht_error_text(errno));
}

static ht_status write_header(FILE *file, const char *path, const record *r, ht_err *err) {
    ht_csv_out *out = ht_csv_out_stream(file, err);
    if (out == NULL)
        return err->status;
    for (int32_t i = 0; i < r->count; i++)
        ht_csv_out_text(out, r->columns[i].name);
    ht_csv_out_end_row(out);
    return to_disk(file, path, out, err);
}

static ht_status write_rows(FILE *file, const char *path, const record *r, const void *items, int32_t count,
                            ht_err *err) {
    ht_csv_out *out = ht_csv_out_stream(file, err);
    if (out == NULL)
        return err->status;
    for (int32_t k = 0; k < count; k++) {
        for (int32_t i = 0; i < r->count; i++)
            write_cell(out, &r->columns[i], (const char *)items + (size_t)k * r->size);
        ht_csv_out_end_row(out);
    }
    return to_disk(file, path, out, err);
}

/* ---- files that are written on ---- */

static ht_status cut(FILE *file, const char *path, off_t length, ht_err *err) {
    if (fflush(file) == 0 && ftruncate(fileno(file), length) == 0 && fseeko(file, 0, SEEK_END) == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, "%s: cannot be shortened: %s", path, ht_error_text(errno));
}

/* Cuts the file before the line with this number, and what stands behind the last line break in any case. */
static ht_status cut_at_line(FILE *file, const char *path, int32_t line, ht_err *err) {
    off_t at = 0, keep = 0;
    int32_t seen = 1;
    rewind(file);
    for (int byte; (byte = getc(file)) != EOF && seen < line;) {
        at++;
        if (byte == '\n') {
            seen++;
            keep = at;
        }
    }
    return cut(file, path, keep, err);
}

/* Rows are written in the order of our columns: a file of other columns cannot go on. */
static bool header_is_ours(FILE *file, const record *r) {
    char name[64];
    rewind(file);
    for (int32_t i = 0; i < r->count; i++) {
        size_t length = 0;
        int byte;
        while ((byte = getc(file)) != EOF && byte != ';' && byte != '\r' && length + 1 < sizeof name)
            name[length++] = (char)byte;
        name[length] = '\0';
        if (strcmp(name, r->columns[i].name) != 0 || byte != (i + 1 < r->count ? ';' : '\r'))
            return false;
    }
    return true;
}

/* Two runs that write the same file would mix their rows. The lock goes with the process. */
static ht_status lock(FILE *file, const char *path, ht_err *err) {
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fileno(file), F_SETLK, &whole) == 0)
        return HT_OK;
    return ht_fail(err, HT_ESYSTEM, "%s: another run writes it: wait for that, or name another file", path);
}

/* A new file gets its header. */
static ht_status open_file(const char *path, const record *r, FILE **file, ht_err *err) {
    *file = fopen(path, "a+b");
    if (*file == NULL)
        return ht_fail(err, HT_ESYSTEM, "%s: cannot be opened: %s", path, ht_error_text(errno));
    struct stat found;
    if (fstat(fileno(*file), &found) != 0 || !S_ISREG(found.st_mode)) /* it is read, and cut where a row is torn */
        return ht_fail(err, HT_ESYSTEM, "%s: it is no ordinary file", path);
    ht_status status = lock(*file, path, err);
    if (!status)
        status = cut_at_line(*file, path, INT32_MAX, err);
    if (status)
        return status;
    if (ftello(*file) == 0)
        return write_header(*file, path, r, err);
    if (header_is_ours(*file, r))
        return fseeko(*file, 0, SEEK_END) == 0 ? HT_OK : ht_fail(err, HT_ESYSTEM, "%s: %s", path, ht_error_text(errno));
    return ht_fail(err, HT_EINPUT, "%s: its columns are not those of this program: name another file", path);
}

/* The trace is written first: a run that was killed in between stands at its end, and is in no row of the results. */
static ht_status drop_unfinished(ht_results *results, const ht_array *moments, const ht_array *lines, ht_err *err) {
    for (int32_t first = 0, i = 0; i < moments->count; i++) {
        const ht_trace_row *moment = moments->items;
        bool held = false;
        for (int32_t k = 0; k < results->rows.count && !held; k++)
            held = same_as_run(&moment[i], ht_array_at(&results->rows, k));
        if (held)
            first = i + 1;
        else if (i + 1 == moments->count)
            return cut_at_line(results->trace, results->trace_path, ((const int32_t *)lines->items)[first], err);
    }
    return HT_OK;
}

static ht_status mend_trace(ht_results *results, ht_err *err) {
    ht_array moments, lines;
    ht_array_init(&moments, sizeof(ht_trace_row), &ht_allocator_system);
    ht_array_init(&lines, sizeof(int32_t), &ht_allocator_system);
    reading in = {.record = &TRACE, .rows = &moments, .lines = &lines};
    ht_status status = read_records(results->trace_path, in, err);
    if (!status)
        status = drop_unfinished(results, &moments, &lines, err);
    ht_array_release(&moments);
    ht_array_release(&lines);
    return status;
}

ht_status ht_results_open(ht_results *results, const char *path, const char *trace_path, ht_err *err) {
    *results = (ht_results){.path = path, .trace_path = trace_path};
    ht_array_init(&results->rows, sizeof(ht_bench_row), &ht_allocator_system);
    ht_status status = open_file(path, &RUN, &results->file, err);
    if (!status)
        status = ht_results_read(path, &results->rows, err);
    if (!status)
        status = open_file(trace_path, &TRACE, &results->trace, err);
    if (!status)
        status = mend_trace(results, err);
    return status ? status : lock(results->file, path, err); /* reading it by its name gave the lock back */
}

void ht_results_close(ht_results *results) {
    if (results->file != NULL)
        fclose(results->file);
    if (results->trace != NULL)
        fclose(results->trace);
    ht_array_release(&results->rows);
}

bool ht_results_hold(const ht_results *results, const ht_bench_row *run) {
    for (int32_t i = 0; i < results->rows.count; i++)
        if (ht_bench_same_run(ht_array_at(&results->rows, i), run))
            return true;
    return false;
}

ht_status ht_results_add(ht_results *results, const ht_bench_row *row, const ht_array *trace, ht_err *err) {
    ht_bench_row *kept = ht_array_push(&results->rows);
    if (kept == NULL)
        return ht_fail_memory(err);
    *kept = *row;
    ht_status status = write_rows(results->trace, results->trace_path, &TRACE, trace->items, trace->count, err);
    return status ? status : write_rows(results->file, results->path, &RUN, row, 1, err);
}
