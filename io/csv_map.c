#include "io/csv_map.h"

#include <errno.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "io/csv_read.h"

enum { FILE_CELL, KIND_CELL, FROM_CELL, TO_CELL, VALUE_CELL, CELLS, SHOWN = 64, EXPECTED = 256, NAME = 64 };

static const ht_csv_want WANT[CELLS] = {[FILE_CELL] = {"file", "fil", true},
                                        [KIND_CELL] = {"kind", "slag", true},
                                        [FROM_CELL] = {"from", "från", false},
                                        [TO_CELL] = {"to", "till", false},
                                        [VALUE_CELL] = {"value", "värde", false}};

/* In the order of ht_map_kind. */
static const ht_word KIND[] = {{"column", "kolumn", NULL},     {"constant", "konstant", NULL},
                               {"word", "ord", NULL},          {"slot", "tidsord", NULL},
                               {"prefix", "prefix", "förled"}, {"keep", "behåll", NULL},
                               {"skip", "hoppa över", NULL},   {NULL, NULL, NULL}};

/* ---- the map ---- */

void ht_csv_map_init(ht_csv_map *map, const ht_allocator *allocator) {
    map->name = "";
    ht_array_init(&map->rows, sizeof(ht_map_row), allocator);
    ht_arena_init(&map->arena, allocator);
}

void ht_csv_map_release(ht_csv_map *map) {
    ht_array_release(&map->rows);
    ht_arena_release(&map->arena);
}

static char folded(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* True where text is the pattern, * standing for any run of characters, letter case of a-z folded. */
static bool matches(const char *pattern, const char *text) {
    const char *star = NULL, *after = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            after = text;
        } else if (folded(*pattern) == folded(*text)) {
            pattern++;
            text++;
        } else if (star) { /* let the last * take one more */
            pattern = star + 1;
            text = ++after;
        } else
            return false;
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

bool ht_map_row_is_of(const ht_map_row *row, const char *file) {
    return matches(row->file, file);
}

bool ht_csv_map_tables(const ht_csv_map *map, const char *file, bool tables[HT_TABLES]) {
    bool named = false;
    for (int32_t i = 0; i < map->rows.count; i++) {
        const ht_map_row *row = ht_array_at(&map->rows, i);
        if (row->kind == HT_MAP_COLUMN && ht_map_row_is_of(row, file))
            named = tables[row->table] = true;
    }
    return named;
}

/* ---- one row ---- */

typedef struct map_reader {
    ht_csv_map *map;
    ht_issues *issues;
    ht_strings pool; /* for values that are parsed to see whether they can be */
} map_reader;

static void refuse(const map_reader *r, int32_t line, int32_t cell, const char *text, const char *expected) {
    char shown[SHOWN];
    ht_text_mask(text, shown, sizeof shown);
    ht_issues_add(r->issues, r->map->name, line, WANT[cell].name, _("'%s': expected %s"), shown, expected);
}

/* What a kind needs of a cell. */
typedef enum cell_need { NONE, MAY, MUST } cell_need;

static void check_cell(const map_reader *r, const ht_map_row *row, int32_t cell, const char *text, cell_need need) {
    const char *kind = KIND[row->kind].name;
    if (need == MUST && *text == '\0')
        ht_issues_add(r->issues, r->map->name, row->line, WANT[cell].name, _("blank: a row of kind %s needs it"), kind);
    else if (need == NONE && *text != '\0')
        ht_issues_add(r->issues, r->map->name, row->line, WANT[cell].name,
                      _("leave it blank: a row of kind %s has none"), kind);
}

static void check_cells(const map_reader *r, const ht_map_row *row) {
    static const cell_need NEED[][3] = {
        /* from, to, value */
        [HT_MAP_COLUMN] = {MUST, MUST, NONE}, [HT_MAP_CONSTANT] = {NONE, MUST, MUST}, [HT_MAP_WORD] = {MUST, MUST, MAY},
        [HT_MAP_SLOT] = {MUST, MUST, MUST},   [HT_MAP_PREFIX] = {NONE, MUST, MUST},   [HT_MAP_KEEP] = {MUST, MAY, MUST},
        [HT_MAP_SKIP] = {MUST, MAY, MUST}};
    check_cell(r, row, FROM_CELL, row->from, NEED[row->kind][0]);
    check_cell(r, row, TO_CELL, row->to, NEED[row->kind][1]);
    check_cell(r, row, VALUE_CELL, row->value, NEED[row->kind][2]);
}

static void refuse_table(const map_reader *r, const ht_map_row *row) {
    ht_text names;
    ht_text_init(&names, r->issues->issues.allocator);
    ht_text_addf(&names, "%s", _("one of "));
    for (int32_t id = 0; id < HT_TABLES; id++)
        ht_text_addf(&names, "%s%s", id > 0 ? ", " : "", ht_table_get((ht_table_id)id)->name);
    refuse(r, row->line, TO_CELL, row->to, ht_text_get(&names));
    ht_text_release(&names);
}

static int32_t column_named(const ht_table *table, const char *name) {
    bool visits = table->id == HT_VISITS || table->id == HT_SERIES;
    int32_t column = ht_table_column(table, name);
    if (column < 0 && visits && ht_word_equal(name, "route"))
        return HT_MAP_ROUTE;
    if (column < 0 && visits && ht_word_equal(name, "double_id"))
        return HT_MAP_DOUBLE_ID;
    return column < 0 ? HT_MAP_NO_COLUMN : column;
}

/* "visits.start", or for keep and skip "visits" or nothing. */
static void find_target(const map_reader *r, ht_map_row *row) {
    char table_name[NAME];
    size_t length = strcspn(row->to, ".");
    bool whole = row->kind == HT_MAP_KEEP || row->kind == HT_MAP_SKIP;
    row->table = HT_TABLES;
    row->column = HT_MAP_NO_COLUMN;
    if (*row->to == '\0')
        return;
    snprintf(table_name, sizeof table_name, "%.*s", (int)(length < NAME ? length : NAME), row->to);
    const ht_table *table = ht_table_find(table_name);
    if (!table) {
        refuse_table(r, row);
        return;
    }
    row->table = table->id;
    if (whole && row->to[length] != '\0')
        refuse(r, row->line, TO_CELL, row->to, _("the table alone: a row is kept or left out as a whole"));
    else if (!whole) {
        row->column = row->to[length] == '.' ? column_named(table, row->to + length + 1) : HT_MAP_NO_COLUMN;
        if (row->column == HT_MAP_NO_COLUMN)
            refuse(r, row->line, TO_CELL, row->to, _("a table and one of its columns, such as visits.start"));
    }
}

/* The column that the row is about; NULL where it is none of the table's own. */
static const ht_column *column_of(const ht_map_row *row) {
    return row->table < HT_TABLES && row->column < HT_MAP_ROUTE ? &ht_table_get(row->table)->columns[row->column]
                                                                : NULL;
}

/* A value that becomes a cell of ours; false where memory is out. */
static bool check_value(map_reader *r, const ht_map_row *row) {
    char expected[EXPECTED] = "";
    int32_t ignored;
    const ht_column *column = column_of(row);
    if (!column || *row->value == '\0' ||
        ht_cell_parse(column, row->value, &r->pool, &ignored, expected, sizeof expected))
        return true;
    if (expected[0] == '\0')
        return false;
    refuse(r, row->line, VALUE_CELL, row->value, expected);
    return true;
}

static bool take_minutes(const char **text, int32_t *minutes) {
    char digits[NAME];
    size_t length = strcspn(*text, "|");
    int64_t number = 0;
    snprintf(digits, sizeof digits, "%.*s", (int)(length < NAME ? length : NAME), *text);
    bool right = (*text)[0] != '\0' && ht_int_parse(digits, &number) && number >= 0 && number <= HT_DAY_SECONDS / 60;
    *minutes = (int32_t)number;
    *text += length + ((*text)[length] == '|' ? 1 : 0);
    return right;
}

/* "08:00|60|90" */
static void read_slot(const map_reader *r, ht_map_row *row) {
    char start[NAME];
    const ht_column *column = column_of(row);
    size_t length = strcspn(row->value, "|");
    const char *rest = row->value + length + (row->value[length] == '|' ? 1 : 0);
    if (row->table < HT_TABLES &&
        (!column || strcmp(column->name, "start") != 0 || (row->table != HT_VISITS && row->table != HT_SERIES)))
        refuse(r, row->line, TO_CELL, row->to, _("visits.start or visit_series.start: a slot is when a visit starts"));
    snprintf(start, sizeof start, "%.*s", (int)(length < NAME ? length : NAME), row->value);
    if (*row->value != '\0' && (!ht_time_parse(start, &row->slot.start) || !take_minutes(&rest, &row->slot.before) ||
                                !take_minutes(&rest, &row->slot.after) || *rest != '\0'))
        refuse(r, row->line, VALUE_CELL, row->value,
               _("a time and the minutes before and after it, such as 08:00|60|90"));
}

static void check_prefix(const map_reader *r, const ht_map_row *row) {
    const ht_column *column = column_of(row);
    if (row->table < HT_TABLES && row->column != HT_MAP_NO_COLUMN &&
        !(column && (column->type == HT_COL_ID || column->type == HT_COL_IDS || column->type == HT_COL_PLACE)))
        refuse(r, row->line, TO_CELL, row->to, _("a column of ids: a prefix makes numbers ids"));
    if (*row->value != '\0' && !ht_id_valid(row->value))
        refuse(r, row->line, VALUE_CELL, row->value, _("a letter, then letters or digits"));
}

static bool check_row(map_reader *r, ht_map_row *row) {
    check_cells(r, row);
    find_target(r, row);
    switch (row->kind) {
    case HT_MAP_CONSTANT:
    case HT_MAP_WORD:
        return check_value(r, row);
    case HT_MAP_SLOT:
        read_slot(r, row);
        break;
    case HT_MAP_PREFIX:
        check_prefix(r, row);
        break;
    case HT_MAP_COLUMN:
    case HT_MAP_KEEP:
    case HT_MAP_SKIP:
        break;
    }
    return true;
}

static const char *keep_trimmed(ht_arena *arena, const char *text) {
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        length--;
    return ht_arena_text(arena, text, length);
}

/* One row of the map for each target; false where memory is out. */
static bool add_row(map_reader *r, ht_map_row row, const char *to, size_t length) {
    int32_t before = r->issues->count;
    row.to = ht_arena_text(&r->map->arena, to, length);
    if (!row.to || !check_row(r, &row))
        return false;
    if (r->map->rows.count == HT_MAP_ROWS_MAX)
        ht_issues_add(r->issues, r->map->name, row.line, "", _("a mapping has at most %d rows"), HT_MAP_ROWS_MAX);
    if (r->issues->count > before)
        return true;
    ht_map_row *place = ht_array_push(&r->map->rows);
    if (place)
        *place = row;
    return place != NULL;
}

static bool take_row(void *context, int32_t line, const char *const *cells) {
    map_reader *r = context;
    const char *cell[CELLS], *to;
    size_t length;
    for (int32_t i = 0; i < CELLS; i++) {
        cell[i] = keep_trimmed(&r->map->arena, cells[i]);
        if (!cell[i])
            return false;
    }
    int32_t kind = ht_word_find(KIND, cell[KIND_CELL], strlen(cell[KIND_CELL]));
    if (kind < 0) {
        refuse(r, line, KIND_CELL, cell[KIND_CELL], _("one of column, constant, word, slot, prefix, keep, skip"));
        return true;
    }
    ht_map_row row = {.line = line,
                      .kind = (ht_map_kind)kind,
                      .file = cell[FILE_CELL],
                      .from = cell[FROM_CELL],
                      .value = cell[VALUE_CELL]};
    size_t at = 0;
    bool fits = true;
    if (!ht_list_next(cell[TO_CELL], &at, &to, &length))
        return add_row(r, row, "", 0);
    do
        fits = add_row(r, row, to, length);
    while (fits && ht_list_next(cell[TO_CELL], &at, &to, &length));
    return fits;
}

/* ---- the rows together ---- */

static bool gives(const ht_map_row *row) {
    return row->kind == HT_MAP_COLUMN || row->kind == HT_MAP_CONSTANT;
}

static bool same_target(const ht_map_row *row, const ht_map_row *other) {
    return row->table == other->table && row->column == other->column;
}

/* True where the two say two things of one cell. */
static bool clash(const ht_map_row *row, const ht_map_row *other) {
    bool words = (row->kind == HT_MAP_WORD || row->kind == HT_MAP_SLOT) &&
                 (other->kind == HT_MAP_WORD || other->kind == HT_MAP_SLOT) && ht_word_equal(row->from, other->from);
    bool prefixes = row->kind == HT_MAP_PREFIX && other->kind == HT_MAP_PREFIX;
    return same_target(row, other) && ((gives(row) && gives(other)) || words || prefixes) &&
           ht_word_equal(row->file, other->file);
}

static void check_clashes(const map_reader *r) {
    const ht_map_row *row = r->map->rows.items;
    for (int32_t i = 0; i < r->map->rows.count; i++)
        for (int32_t k = 0; k < i; k++)
            if (clash(&row[i], &row[k])) {
                ht_issues_add(r->issues, r->map->name, row[i].line, WANT[TO_CELL].name,
                              _("%s is told on line %d already: keep one of the two rows"), row[i].to,
                              (int)row[k].line);
                break;
            }
}

/* Words, slots and prefixes are of what a column row reads. */
static void check_uses(const map_reader *r) {
    const ht_map_row *row = r->map->rows.items;
    for (int32_t i = 0; i < r->map->rows.count; i++) {
        bool read = gives(&row[i]) || row[i].column == HT_MAP_NO_COLUMN;
        for (int32_t k = 0; k < r->map->rows.count && !read; k++)
            read = row[k].kind == HT_MAP_COLUMN && same_target(&row[i], &row[k]);
        if (!read)
            ht_issues_add(r->issues, r->map->name, row[i].line, WANT[TO_CELL].name,
                          _("no row of kind column gives %s: add one, or take this row out"), row[i].to);
    }
}

static bool is_column(const ht_map_row *row, const char *name) {
    const ht_column *column = row->kind == HT_MAP_COLUMN ? column_of(row) : NULL;
    return column && strcmp(column->name, name) == 0;
}

/* Nobody lives where latitude and longitude are the same number. */
static void check_coordinates(const map_reader *r) {
    const ht_map_row *row = r->map->rows.items;
    for (int32_t i = 0; i < r->map->rows.count; i++)
        for (int32_t k = 0; k < r->map->rows.count && is_column(&row[i], "lon"); k++)
            if (is_column(&row[k], "lat") && row[k].table == row[i].table && ht_word_equal(row[k].file, row[i].file) &&
                ht_word_equal(row[k].from, row[i].from))
                ht_issues_add(r->issues, r->map->name, row[i].line, WANT[FROM_CELL].name,
                              _("%s gives both lat and lon (line %d): they are two columns"), row[i].from,
                              (int)row[k].line);
}

ht_status ht_csv_map_read_file(FILE *file, const char *name, ht_csv_map *map, ht_issues *issues, ht_err *err) {
    map_reader r = {.map = map, .issues = issues};
    map->name = ht_arena_text(&map->arena, name, strlen(name));
    if (!map->name || !ht_strings_init(&r.pool, map->arena.allocator))
        return ht_fail_memory(err);
    ht_status status = ht_csv_read_cells(file, map->name, WANT, CELLS, take_row, &r, issues, err);
    ht_strings_release(&r.pool);
    if (!status && issues->count == 0) {
        check_clashes(&r);
        check_uses(&r);
        check_coordinates(&r);
    }
    return status;
}

ht_status ht_csv_map_read(const char *path, ht_csv_map *map, ht_issues *issues, ht_err *err) {
    const char *slash = strrchr(path, '/');
    FILE *file = fopen(path, "rb");
    if (!file)
        return ht_fail_open(err, path, errno);
    ht_status status = ht_csv_map_read_file(file, slash ? slash + 1 : path, map, issues, err);
    fclose(file);
    return status;
}
