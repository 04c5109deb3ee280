#include "io/csv_mapped.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "io/csv_rows.h"
#include "model/merge_visits.h"

enum { NO_HEADER = -1, CELL_MAX = 600, EXPECTED = 512, ROW_INTS = 64, ROUTE = 0, DOUBLE_ID = 1, MARKS = 2 };

void ht_mapped_init(ht_mapped *mapped, const ht_csv_map *map, ht_dataset *data, ht_issues *issues) {
    const ht_allocator *allocator = issues->issues.allocator;
    *mapped = (ht_mapped){.map = map, .data = data, .issues = issues};
    ht_array_init(&mapped->sources, sizeof(ht_issue_source), allocator);
    for (int32_t id = 0; id < HT_TABLES; id++)
        ht_array_init(&mapped->parts[id], sizeof(ht_visit_part), allocator);
}

void ht_mapped_release(ht_mapped *mapped) {
    ht_array_release(&mapped->sources);
    for (int32_t id = 0; id < HT_TABLES; id++)
        ht_array_release(&mapped->parts[id]);
}

/* ---- what the mapping says of one file ---- */

/* Where the cells of one of our columns come from. */
typedef struct feed_column {
    int32_t header;       /* of the file, NO_HEADER */
    const char *constant; /* NULL for none */
    const char *prefix;   /* "" for none */
    int32_t first, count; /* its words and slots among those of the file */
} feed_column;

/* A table that the file gives rows of. */
typedef struct feed {
    const ht_table *table;
    feed_column *column; /* by column, then ROUTE and DOUBLE_ID */
    bool left_out;       /* this row */
} feed;

typedef struct file_reader {
    ht_mapped *mapped;
    const char *file_name;
    ht_arena arena;
    const ht_map_row **rule; /* the mapping's rows about the file */
    int32_t rules;
    const ht_map_row **word; /* words and slots, those of one column together */
    int32_t words;
    const char **header; /* their columns that are read, each once */
    bool *header_needed;
    int32_t headers;
    feed feeds[HT_TABLES];
    int32_t fed;
    int32_t *left_out; /* by rule: rows that no table got, for this rule first */
    int32_t rows, last_line;
    const ht_map_slot *slot; /* that the row's start was given as */
} file_reader;

static bool is_mark(int32_t column) {
    return column == HT_MAP_ROUTE || column == HT_MAP_DOUBLE_ID;
}

static bool is_visits(const ht_table *table) {
    return table->id == HT_VISITS || table->id == HT_SERIES;
}

static feed_column *column_of(const feed *of, int32_t column) {
    return &of->column[is_mark(column) ? of->table->count + column - HT_MAP_ROUTE : column];
}

static feed *feed_of(file_reader *r, ht_table_id table) {
    for (int32_t i = 0; i < r->fed; i++)
        if (r->feeds[i].table->id == table)
            return &r->feeds[i];
    return NULL;
}

/* The index of their column among those that are read. */
static int32_t header_named(file_reader *r, const char *name) {
    for (int32_t i = 0; i < r->headers; i++)
        if (ht_word_equal(r->header[i], name))
            return i;
    r->header[r->headers] = name;
    return r->headers++;
}

static bool begin_feed(file_reader *r, ht_table_id table) {
    if (feed_of(r, table))
        return true;
    feed *of = &r->feeds[r->fed++];
    of->table = ht_table_get(table);
    of->column = HT_ARENA_NEW(&r->arena, of->table->count + MARKS, feed_column);
    for (int32_t c = 0; of->column && c < of->table->count + MARKS; c++)
        of->column[c] = (feed_column){.header = NO_HEADER, .prefix = ""};
    return of->column != NULL;
}

static bool find_rules(file_reader *r) {
    const ht_array *rows = &r->mapped->map->rows;
    r->rule = HT_ARENA_NEW(&r->arena, rows->count, const ht_map_row *);
    r->word = HT_ARENA_NEW(&r->arena, rows->count, const ht_map_row *);
    r->header = HT_ARENA_NEW(&r->arena, rows->count, const char *);
    r->header_needed = HT_ARENA_NEW(&r->arena, rows->count, bool);
    r->left_out = HT_ARENA_NEW(&r->arena, rows->count, int32_t);
    if (!r->rule || !r->word || !r->header || !r->header_needed || !r->left_out)
        return false;
    for (int32_t i = 0; i < rows->count; i++) {
        const ht_map_row *row = ht_array_at(rows, i);
        if (!ht_map_row_is_of(row, r->file_name))
            continue;
        r->rule[r->rules++] = row;
        if (row->kind == HT_MAP_COLUMN && !begin_feed(r, row->table))
            return false;
    }
    return true;
}

/* ---- binding the rules to columns ---- */

static void tell_twice(const file_reader *r, const ht_map_row *row) {
    ht_issues_add(r->mapped->issues, r->mapped->map->name, row->line, "to",
                  _("%s is given twice for %s: keep one of the rows that are about it"), row->to, r->file_name);
}

static void bind_rule(file_reader *r, const ht_map_row *row) {
    if (row->kind == HT_MAP_KEEP || row->kind == HT_MAP_SKIP) {
        r->header_needed[header_named(r, row->from)] = true;
        return;
    }
    feed *of = feed_of(r, row->table);
    if (!of)
        return; /* a word or constant of a pattern, for another file */
    feed_column *column = column_of(of, row->column);
    bool given = column->header != NO_HEADER || column->constant;
    if (row->kind == HT_MAP_COLUMN && !given)
        column->header = header_named(r, row->from);
    else if (row->kind == HT_MAP_CONSTANT && !given)
        column->constant = row->value;
    else if (row->kind == HT_MAP_PREFIX && *column->prefix == '\0')
        column->prefix = row->value;
    else if (row->kind != HT_MAP_WORD && row->kind != HT_MAP_SLOT)
        tell_twice(r, row);
    bool needed = is_mark(row->column) || of->table->columns[row->column].needed;
    if (row->kind == HT_MAP_COLUMN && !given && needed)
        r->header_needed[column->header] = true;
}

/* The words of each column, one behind the other. */
static void bind_words(file_reader *r, const feed *of) {
    for (int32_t c = 0; c < of->table->count + MARKS; c++) {
        feed_column *column = &of->column[c];
        column->first = r->words;
        for (int32_t i = 0; i < r->rules; i++) {
            const ht_map_row *row = r->rule[i];
            bool word = row->kind == HT_MAP_WORD || row->kind == HT_MAP_SLOT;
            if (word && row->table == of->table->id && column_of(of, row->column) == column)
                r->word[r->words++] = row;
        }
        column->count = r->words - column->first;
    }
}

/* What the table needs and no rule gives; ids of visits are made where the file has none. */
static void check_needed(const file_reader *r, const feed *of) {
    for (int32_t c = is_visits(of->table) ? 1 : 0; c < of->table->count; c++) {
        const ht_column *column = &of->table->columns[c];
        if (column->needed && of->column[c].header == NO_HEADER && !of->column[c].constant)
            ht_issues_add(r->mapped->issues, r->mapped->map->name, 0, "to",
                          _("%s gives %s, but nothing gives %s.%s: add a row of kind column or constant"), r->file_name,
                          of->table->name, of->table->name, column->name);
    }
}

/* How many persons come is told by the rows of the pair or by a column, not by both. */
static void check_double(const file_reader *r, const feed *of) {
    if (!is_visits(of->table) || column_of(of, HT_MAP_DOUBLE_ID)->header == NO_HEADER)
        return;
    const feed_column *staff = column_of(of, ht_table_column(of->table, "staff_needed"));
    if (column_of(of, HT_MAP_ROUTE)->header == NO_HEADER)
        ht_issues_add(r->mapped->issues, r->mapped->map->name, 0, "to",
                      _("%s gives %s.double_id, but nothing gives %s.route, which tells the persons apart"),
                      r->file_name, of->table->name, of->table->name);
    if (staff->header != NO_HEADER || staff->constant)
        ht_issues_add(r->mapped->issues, r->mapped->map->name, 0, "to",
                      _("%s gives both %s.double_id and %s.staff_needed: keep one of them"), r->file_name,
                      of->table->name, of->table->name);
}

static bool bind(file_reader *r) {
    if (!find_rules(r))
        return false;
    for (int32_t i = 0; i < r->rules; i++)
        bind_rule(r, r->rule[i]);
    for (int32_t i = 0; i < r->fed; i++) {
        bind_words(r, &r->feeds[i]);
        check_needed(r, &r->feeds[i]);
        check_double(r, &r->feeds[i]);
    }
    return true;
}

/* ---- cells ---- */

/* A date with a time behind it ("2026-11-23 07:30", "2026-11-23T07:30") where just one of them is wanted. */
static const char *part_of_stamp(ht_column_type type, const char *cell, char *out) {
    size_t length = strcspn(cell, " T");
    int32_t date;
    if ((type != HT_COL_DATE && type != HT_COL_TIME) || cell[length] == '\0' || length >= HT_DATE_TEXT)
        return cell;
    memcpy(out, cell, length);
    out[length] = '\0';
    if (!ht_date_parse(out, &date))
        return cell;
    return type == HT_COL_DATE ? out : cell + length + 1;
}

/* Lengths of time that exports give as "0:45" too. */
static bool is_length(const ht_column *column) {
    static const char *const LENGTH[] = {"minutes", "before_min", "after_min", "gap_min", "gap_max", "break_min"};
    bool length = false;
    for (size_t i = 0; i < sizeof LENGTH / sizeof LENGTH[0] && !length; i++)
        length = strcmp(column->name, LENGTH[i]) == 0;
    return length;
}

/* "0:45" and "1:30:00" as minutes; "45" and "45,0" too. */
static const char *minutes_of(const char *cell, char *out) {
    int32_t seconds;
    int64_t minutes;
    if (strchr(cell, ':') && ht_time_parse(cell, &seconds) && seconds % 60 == 0)
        minutes = seconds / 60;
    else if (!ht_decimal_parse(cell, 1000, &minutes) || minutes % 1000 != 0)
        return cell;
    else
        minutes /= 1000;
    snprintf(out, CELL_MAX, "%lld", (long long)minutes);
    return out;
}

/* Their ids with the prefix before each; cut where there is no room, which then is no id. */
static const char *prefixed(const char *prefix, const char *cell, char *out) {
    const char *part;
    size_t length, used = 0;
    for (size_t at = 0; used < CELL_MAX && ht_list_next(cell, &at, &part, &length);)
        used += (size_t)snprintf(out + used, CELL_MAX - used, "%s%s%.*s", used > 0 ? "|" : "", prefix,
                                 (int)(length < CELL_MAX ? length : CELL_MAX), part);
    return out;
}

/* The word of the mapping that the cell is: its own, else the one for any other; NULL for neither. */
static const ht_map_row *word_of(const file_reader *r, const feed_column *column, const char *cell) {
    const ht_map_row *any = NULL;
    for (int32_t i = column->first; i < column->first + column->count; i++) {
        if (ht_word_equal(r->word[i]->from, cell))
            return r->word[i];
        if (strcmp(r->word[i]->from, "*") == 0)
            any = r->word[i];
    }
    return any;
}

/* What a row of kind word may well stand for: who writes "2 jan" for a date has another file to mend. */
static bool may_be_word(ht_column_type type) {
    return type == HT_COL_ID || type == HT_COL_IDS || type == HT_COL_WORD || type == HT_COL_FLAG ||
           type == HT_COL_RECURS;
}

/* When a visit starts may be told in words: "Morgon". */
static bool may_be_slot(const ht_column *ours) {
    return ours->type == HT_COL_TIME && strcmp(ours->name, "start") == 0;
}

/* "a time of day (HH:MM), a word of the mapping: Morgon, Lunch"; where there are no words yet, that there may be. */
static void refuse_cell(const file_reader *r, const ht_csv_row *row, const feed_column *column, const ht_column *ours,
                        const char *cell, const char *expected) {
    char text[EXPECTED];
    size_t used = 0;
    if (column->count > 0)
        used = (size_t)snprintf(text, sizeof text, "%s%s%s", expected, *expected != '\0' ? ", " : "",
                                _("a word of the mapping: "));
    else if (may_be_word(ours->type))
        snprintf(text, sizeof text, _("%s, or a word that the mapping translates (a row of kind word)"), expected);
    else if (may_be_slot(ours))
        snprintf(text, sizeof text, _("%s, or a word that the mapping gives a time (a row of kind slot)"), expected);
    else
        snprintf(text, sizeof text, "%s", expected);
    for (int32_t i = column->first; i < column->first + column->count && used < sizeof text; i++)
        used +=
            (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > column->first ? ", " : "", r->word[i]->from);
    ht_csv_refuse(row, column->header, cell, text);
}

/* Texts have no form of their own that words stand beside: with words, just those are right. */
static bool words_alone(const ht_column *ours, const feed_column *column) {
    bool text = ours->type == HT_COL_CODE || ours->type == HT_COL_CODES || ours->type == HT_COL_VALUE;
    return text && column->count > 0;
}

/* Parses their cell (not blank) as one of ours; false where memory is out. */
static bool parse_cell(file_reader *r, const ht_csv_row *row, const feed_column *column, const ht_column *ours,
                       const char *cell, int32_t *value) {
    char out[CELL_MAX] = "", expected[EXPECTED / 2] = "";
    const char *text = part_of_stamp(ours->type, cell, out);
    if (is_length(ours))
        text = minutes_of(cell, out);
    else if (*column->prefix != '\0')
        text = prefixed(column->prefix, cell, out);
    bool right = !words_alone(ours, column);
    if (right && ht_cell_parse(ours, text, &r->mapped->data->text, value, expected, sizeof expected))
        return true;
    if (right && expected[0] == '\0')
        return false;
    if (is_length(ours))
        snprintf(expected, sizeof expected, _("minutes (45) or H:MM (0:45), %d to %d min"), (int)ours->min,
                 (int)ours->max);
    refuse_cell(r, row, column, ours, cell, expected);
    return true;
}

/* Reads one column of a table; false where memory is out. */
static bool take_cell(file_reader *r, const ht_csv_row *row, const feed *of, int32_t c, int32_t *value) {
    const ht_column *ours = &of->table->columns[c];
    const feed_column *column = &of->column[c];
    char expected[EXPECTED] = "";
    const char *cell = column->header == NO_HEADER ? "" : ht_csv_trim(row->cell[column->header]);
    const ht_map_row *word = *cell == '\0' ? NULL : word_of(r, column, cell);
    const char *said = word && word->kind == HT_MAP_WORD ? word->value : column->constant;
    if (word && word->kind == HT_MAP_SLOT) {
        r->slot = &word->slot;
        *value = word->slot.start;
        return true;
    }
    const char *text = said ? said : cell;
    if (*text == '\0' && ours->needed && column->header != NO_HEADER)
        ht_csv_refuse_blank(row, column->header);
    if (*text == '\0')
        return true;
    return said ? ht_cell_parse(ours, said, &r->mapped->data->text, value, expected, sizeof expected) /* it can be */
                : parse_cell(r, row, column, ours, cell, value);
}

/* ---- rows ---- */

/* The window of a slot, where the row has none of its own. */
static void fill_window(const file_reader *r, const ht_table *table, int32_t *values) {
    const ht_column *before = &table->columns[ht_table_column(table, "before_min")];
    const ht_column *after = &table->columns[ht_table_column(table, "after_min")];
    if (ht_row_get(values, before) == HT_BLANK)
        ht_row_set(values, before, r->slot->before);
    if (ht_row_get(values, after) == HT_BLANK)
        ht_row_set(values, after, r->slot->after);
}

static ht_sym mark_of(const file_reader *r, const ht_csv_row *row, const feed *of, int32_t mark) {
    int32_t header = column_of(of, mark)->header;
    const char *cell = header == NO_HEADER ? "" : ht_csv_trim(row->cell[header]);
    return ht_strings_intern(&r->mapped->data->text, cell, strlen(cell));
}

/* Notes the row that was just added as a part of a visit. */
static bool add_part(const file_reader *r, const ht_csv_row *row, const feed *of) {
    ht_visit_part part = {ht_dataset_count(r->mapped->data, of->table->id) - 1, mark_of(r, row, of, HT_MAP_ROUTE),
                          mark_of(r, row, of, HT_MAP_DOUBLE_ID)};
    ht_visit_part *place = part.route == HT_NO_SYMBOL || part.pair == HT_NO_SYMBOL
                               ? NULL
                               : ht_array_push(&r->mapped->parts[of->table->id]);
    if (place)
        *place = part;
    return place != NULL;
}

/* Adds the row to a table where it has no issue. */
static bool take_row_of(file_reader *r, const ht_csv_row *row, const feed *of) {
    const ht_table *table = of->table;
    int32_t values[ROW_INTS] = {r->mapped->lines + row->line};
    r->slot = NULL;
    for (int32_t c = 0; c < table->count; c++) {
        int32_t value = table->columns[c].blank;
        if (!take_cell(r, row, of, c, &value))
            return false;
        ht_row_set(values, &table->columns[c], value);
    }
    if (ht_csv_row_refused(row))
        return true;
    if (r->slot)
        fill_window(r, table, values);
    void *place = ht_array_push(&r->mapped->data->table[table->id]);
    if (place)
        memcpy(place, values, table->row_size);
    return place && (!is_visits(table) || add_part(r, row, of));
}

/* True where the cell is one of the rule's words; * is any but a blank. */
static bool rule_holds(const ht_map_row *rule, const char *cell) {
    const char *part;
    size_t length;
    bool holds = false;
    for (size_t at = 0; *cell != '\0' && !holds && ht_list_next(rule->value, &at, &part, &length);) {
        char word[CELL_MAX];
        snprintf(word, sizeof word, "%.*s", (int)(length < CELL_MAX ? length : CELL_MAX), part);
        holds = strcmp(word, "*") == 0 || ht_word_equal(word, cell);
    }
    return holds;
}

/* Marks the tables that the row is not for. A row for none is counted, at the first rule that says so. */
static bool leave_out(file_reader *r, const ht_csv_row *row) {
    int32_t first = -1, left_out = 0;
    for (int32_t f = 0; f < r->fed; f++)
        r->feeds[f].left_out = false;
    for (int32_t i = 0; i < r->rules; i++) {
        const ht_map_row *rule = r->rule[i];
        if (rule->kind != HT_MAP_KEEP && rule->kind != HT_MAP_SKIP)
            continue;
        bool holds = rule_holds(rule, ht_csv_trim(row->cell[header_named(r, rule->from)]));
        for (int32_t f = 0; f < r->fed && holds == (rule->kind == HT_MAP_SKIP); f++)
            if ((rule->table == HT_TABLES || rule->table == r->feeds[f].table->id) && !r->feeds[f].left_out) {
                r->feeds[f].left_out = true;
                left_out++;
                first = first < 0 ? i : first;
            }
    }
    if (left_out == r->fed && first >= 0)
        r->left_out[first]++;
    return left_out == r->fed;
}

/* Columns of the mapping that the file does not have and that it can be without. */
static bool note_lacking(const file_reader *r, const ht_csv_row *row) {
    ht_text names;
    ht_text_init(&names, r->mapped->issues->issues.allocator);
    for (int32_t i = 0; i < r->headers; i++)
        if (!row->header[i])
            ht_text_addf(&names, "%s%s", names.length > 0 ? ", " : "", r->header[i]);
    if (names.length > 0)
        ht_issues_note(r->mapped->issues, r->file_name, 0, "", _("columns of the mapping that the file lacks: %s"),
                       ht_text_get(&names));
    bool fits = !names.failed;
    ht_text_release(&names);
    return fits;
}

static bool take_row(void *context, const ht_csv_row *row) {
    file_reader *r = context;
    bool fits = r->rows++ > 0 || note_lacking(r, row);
    r->last_line = row->line;
    if (!fits || leave_out(r, row))
        return fits;
    for (int32_t i = 0; i < r->headers; i++)
        if (row->header[i])
            ht_csv_refuse_personal_number(row, i);
    for (int32_t f = 0; f < r->fed && fits && !ht_csv_row_refused(row); f++)
        if (!r->feeds[f].left_out)
            fits = take_row_of(r, row, &r->feeds[f]);
    return fits;
}

/* ---- the file ---- */

static ht_csv_want header_at(const void *context, int32_t index) {
    const file_reader *r = context;
    return (ht_csv_want){r->header[index], NULL, r->header_needed[index]};
}

static int32_t find_header(const void *context, const char *header) {
    const file_reader *r = context;
    for (int32_t i = 0; i < r->headers; i++)
        if (ht_word_equal(r->header[i], header))
            return i;
    return -1;
}

static void note_left_out(const file_reader *r) {
    for (int32_t i = 0; i < r->rules; i++) {
        const ht_map_row *rule = r->rule[i];
        if (r->left_out[i] > 0)
            ht_issues_note(
                r->mapped->issues, r->file_name, 0, rule->from,
                rule->kind == HT_MAP_SKIP
                    ? HT_PLURAL("%d row left out, it holds '%s'", "%d rows left out, they hold '%s'", r->left_out[i])
                    : HT_PLURAL("%d row left out, it does not hold '%s'", "%d rows left out, they do not hold '%s'",
                                r->left_out[i]),
                r->left_out[i], rule->value);
    }
}

/* What the file calls our columns, for messages; NULL where memory is out. */
static const char *const *headers_of(const file_reader *r, const feed *of) {
    ht_arena *arena = &r->mapped->issues->arena;
    const char **header = HT_ARENA_NEW(arena, of->table->count, const char *);
    for (int32_t c = 0; header && c < of->table->count; c++)
        header[c] = of->column[c].header == NO_HEADER ? NULL : r->header[of->column[c].header];
    return header;
}

/* A new source, whose lines end at last_line. */
static ht_issue_source *add_source(ht_mapped *mapped, const char *file_name, int32_t last_line) {
    ht_issue_source *source = ht_array_push(&mapped->sources);
    if (!source)
        return NULL;
    source->file = ht_arena_text(&mapped->issues->arena, file_name, strlen(file_name));
    source->lines_before = mapped->lines;
    mapped->lines += last_line;
    return source->file ? source : NULL;
}

static bool remember(const file_reader *r) {
    ht_issue_source *source = add_source(r->mapped, r->file_name, r->last_line);
    for (int32_t f = 0; f < r->fed && source; f++) {
        ht_table_id id = r->feeds[f].table->id;
        source->header[id] = headers_of(r, &r->feeds[f]);
        source = source->header[id] ? source : NULL;
    }
    return source != NULL;
}

static ht_status read_bound(file_reader *r, FILE *file, ht_err *err) {
    ht_csv_shape shape = {r, r->headers, HT_CSV_OTHERS_DROPPED, header_at, find_header, take_row};
    ht_status status = ht_csv_read_rows(file, r->file_name, &shape, r->mapped->issues, err);
    if (status)
        return status;
    note_left_out(r);
    return remember(r) ? HT_OK : ht_fail_memory(err);
}

ht_status ht_mapped_read(ht_mapped *mapped, FILE *file, const char *file_name, ht_err *err) {
    file_reader r = {.mapped = mapped, .file_name = file_name};
    int32_t before = mapped->issues->count;
    ht_arena_init(&r.arena, mapped->issues->issues.allocator);
    ht_status status = bind(&r) ? HT_OK : ht_fail_memory(err);
    if (!status && mapped->issues->count == before) /* else no row would be whole */
        status = read_bound(&r, file, err);
    else if (!status && !remember(&r))
        status = ht_fail_memory(err);
    ht_arena_release(&r.arena);
    return status;
}

bool ht_mapped_add_own(ht_mapped *mapped, const char *file_name, ht_table_id table, int32_t first) {
    ht_array *rows = &mapped->data->table[table];
    int32_t last_line = 0;
    for (int32_t i = first; i < rows->count; i++) {
        int32_t *line = ht_array_at(rows, i); /* every row begins with it */
        last_line = *line > last_line ? *line : last_line;
        *line += mapped->lines;
    }
    return add_source(mapped, file_name, last_line) != NULL;
}

ht_status ht_mapped_finish(ht_mapped *mapped, ht_err *err) {
    for (int32_t i = 0; i < mapped->sources.count; i++) {
        ht_issue_source *place = ht_array_push(&mapped->issues->sources);
        if (!place)
            return ht_fail_memory(err);
        *place = *(const ht_issue_source *)ht_array_at(&mapped->sources, i);
    }
    for (int32_t id = 0; id < HT_TABLES; id++)
        if (mapped->parts[id].count > 0 &&
            !ht_merge_visits(mapped->data, (ht_table_id)id, &mapped->parts[id], mapped->issues))
            return ht_fail_memory(err);
    return mapped->issues->failed ? ht_fail_memory(err) : HT_OK;
}
