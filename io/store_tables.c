/* Whole tables and ranges of days between the dataset and the store. */
#include "io/store_internal.h"

#include <assert.h>

#include "base/calendar.h"
#include "base/words.h"

/* ---- which rows a dataset brings, and what they speak of ---- */

/* The keys of the rows with line > 0 of one table, and what they cover, so that stored rows about it that they do not
 * list go: dates, or the clients whose series they are. */
typedef struct brought {
    const ht_dataset *data;
    const ht_table *table;
    const ht_column *scope; /* a date, or a client; NULL: rows replace by key alone */
    ht_arena arena;
    uint8_t *covered; /* a bit for each value of the scope, `values` of them from `first` on */
    int32_t first, values;
    ht_store_range span; /* from the first covered date to the last */
    int32_t *slot;       /* hash table of row numbers, -1 free */
    uint32_t mask;
} brought;

static const ht_column *date_column(const ht_table *table) {
    for (int32_t c = 0; c < table->count; c++)
        if (table->columns[c].type == HT_COL_DATE && strcmp(table->columns[c].name, "date") == 0)
            return &table->columns[c];
    return NULL;
}

static const ht_column *client_column(const ht_table *table) {
    for (int32_t c = 0; c < table->count; c++)
        if (strcmp(table->columns[c].name, "client_id") == 0)
            return &table->columns[c];
    return NULL;
}

static const ht_column *scope_column(const ht_table *table, ht_unlisted_series unlisted) {
    if (table->id == HT_SERIES)
        return unlisted == HT_SERIES_GO ? client_column(table) : NULL;
    return table->dated ? date_column(table) : NULL;
}

static const void *row_at(const ht_dataset *data, const ht_table *table, int32_t index) {
    return ht_array_at(&data->table[table->id], index);
}

static int32_t line_of(const void *row) {
    int32_t line;
    memcpy(&line, row, sizeof line); /* every row begins with it */
    return line;
}

static uint32_t hash_key(const ht_table *table, const void *row) {
    uint32_t hash = 2166136261u; /* FNV-1a, a word at a time */
    for (int32_t c = 0; c < table->count; c++)
        if (table->columns[c].key)
            hash = (hash ^ (uint32_t)ht_row_get(row, &table->columns[c])) * 16777619u;
    return hash ^ (hash >> 15);
}

static bool same_key(const ht_table *table, const void *a, const void *b) {
    for (int32_t c = 0; c < table->count; c++)
        if (table->columns[c].key && ht_row_get(a, &table->columns[c]) != ht_row_get(b, &table->columns[c]))
            return false;
    return true;
}

static int32_t *find_slot(const brought *b, const void *row) {
    uint32_t at = hash_key(b->table, row) & b->mask;
    while (b->slot[at] >= 0 && !same_key(b->table, row, row_at(b->data, b->table, b->slot[at])))
        at = (at + 1) & b->mask;
    return &b->slot[at];
}

static bool brings_key(const brought *b, const void *row) {
    return *find_slot(b, row) >= 0;
}

/* Clients that only the store knows have symbols behind those of the dataset's own rows. */
static bool covers(const brought *b, const void *row) {
    int32_t bit = b->scope ? ht_row_get(row, b->scope) - b->first : -1;
    return bit >= 0 && bit < b->values && (b->covered[bit / 8] >> (bit % 8) & 1);
}

static void cover(brought *b, int32_t value) {
    int32_t bit = value - b->first;
    b->covered[bit / 8] = (uint8_t)(b->covered[bit / 8] | 1 << (bit % 8));
    b->span.from = value < b->span.from ? value : b->span.from;
    b->span.to = value > b->span.to ? value : b->span.to;
}

static void brought_release(brought *b) {
    ht_arena_release(&b->arena);
}

/* False when memory is out. Release it always. */
static bool brought_init(brought *b, const ht_dataset *data, const ht_table *table, ht_unlisted_series unlisted) {
    int32_t rows = ht_dataset_count(data, table->id);
    uint32_t slots = 2;
    *b = (brought){.data = data,
                   .table = table,
                   .scope = scope_column(table, unlisted),
                   .first = table->dated ? HT_DATE_MIN : 0,
                   .values = table->dated ? HT_DATE_MAX - HT_DATE_MIN + 1 : ht_strings_count(&data->text),
                   .span = {HT_DATE_MAX, HT_DATE_MIN, false}};
    ht_arena_init(&b->arena, data->text.arena.allocator);
    while (slots / 2 < (uint32_t)rows)
        slots *= 2;
    b->mask = slots - 1;
    b->slot = HT_ARENA_NEW(&b->arena, slots, int32_t);
    b->covered = HT_ARENA_NEW(&b->arena, b->values / 8 + 1, uint8_t);
    if (!b->slot || !b->covered)
        return false;
    memset(b->slot, 0xff, slots * sizeof *b->slot);
    for (int32_t i = 0; i < rows; i++) {
        const void *row = row_at(data, table, i);
        if (line_of(row) == 0)
            continue;
        *find_slot(b, row) = i;
        if (b->scope)
            cover(b, ht_row_get(row, b->scope));
    }
    return true;
}

/* ---- reading ---- */

static sqlite3_stmt *prepare_text(ht_store *store, ht_text *sql, ht_err *err) {
    if (sql->failed) {
        ht_fail_memory(err);
        return NULL;
    }
    return ht_store_prepare(store, ht_text_get(sql), err);
}

/* SELECT of a table's columns, by key: the same store gives the same rows in the same order. */
static sqlite3_stmt *prepare_select(ht_store *store, const ht_table *table, const char *condition, ht_err *err) {
    ht_text sql;
    ht_text_init(&sql, &ht_allocator_system);
    ht_text_addf(&sql, "SELECT ");
    ht_sql_columns(&sql, table);
    ht_text_addf(&sql, " FROM \"%s\"%s ORDER BY ", table->name, condition);
    const ht_column *date = date_column(table);
    if (date)
        ht_text_addf(&sql, "date"); /* once: named twice, SQLite would sort what lies in this order */
    for (int32_t c = 0, keys = date != NULL; c < table->count; c++)
        if (table->columns[c].key && &table->columns[c] != date)
            ht_text_addf(&sql, "%s\"%s\"", keys++ ? "," : "", table->columns[c].name);
    sqlite3_stmt *query = prepare_text(store, &sql, err);
    ht_text_release(&sql);
    return query;
}

/* Appends the query's rows to the table of data; those that `instead` brings or covers are left out (NULL: none). */
static ht_status append_rows(ht_store *store, sqlite3_stmt *query, const ht_table *table, ht_dataset *data,
                             const brought *instead, ht_err *err) {
    ht_row_reader reader = {store, table, &data->text, NULL, {HT_NO_TEXT}};
    int32_t row[HT_ROW_INTS];
    bool more;
    while (ht_store_next(store, query, &more, err) == HT_OK && more) {
        if (ht_row_read(&reader, query, row, err) != HT_OK)
            return err->status;
        if (instead && (brings_key(instead, row) || covers(instead, row)))
            continue;
        void *item = ht_array_push(&data->table[table->id]);
        if (!item)
            return ht_fail_memory(err);
        memcpy(item, row, table->row_size);
    }
    return err->status;
}

/* Where the texts are that a statement is bound to. */
typedef struct range_texts {
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
} range_texts;

static void bind_range(sqlite3_stmt *query, const ht_store_range *range, range_texts *texts) {
    if (sqlite3_bind_parameter_count(query) < 2)
        return;
    ht_bind_date(query, 1, range->from, texts->from);
    ht_bind_date(query, 2, range->to, texts->to);
}

static ht_status read_table(ht_store *store, ht_table_id id, const char *condition, const ht_store_range *range,
                            ht_dataset *data, const brought *instead, ht_err *err) {
    const ht_table *table = ht_table_get(id);
    range_texts texts;
    sqlite3_stmt *query = prepare_select(store, table, condition, err);
    if (!query)
        return err->status;
    if (range)
        bind_range(query, range, &texts);
    ht_status status = append_rows(store, query, table, data, instead, err);
    sqlite3_finalize(query);
    return status;
}

static ht_status read_kept(ht_store *store, ht_table_id id, ht_unlisted_series unlisted, ht_dataset *data,
                           ht_err *err) {
    brought instead;
    ht_status status = brought_init(&instead, data, ht_table_get(id), unlisted)
                           ? read_table(store, id, "", NULL, data, &instead, err)
                           : ht_fail_memory(err);
    brought_release(&instead);
    return status;
}

/* Where the stored rows of a table matter to those that a dataset brings. Travel is the largest: its pairs are looked at
 * only where some come. */
static bool is_judged_with_kept(const ht_dataset *data, ht_table_id id) {
    return id == HT_TRAVEL ? ht_dataset_count(data, id) > 0 : id != HT_PERFORMED;
}

ht_status ht_store_read_kept(ht_store *store, ht_unlisted_series unlisted, ht_dataset *data, ht_err *err) {
    ht_snapshot snapshot;
    ht_err_init(err);
    ht_status status = ht_store_snapshot_begin(store, &snapshot, err);
    if (status != HT_OK)
        return status;
    for (ht_table_id id = 0; id < HT_TABLES && status == HT_OK; id++)
        if (is_judged_with_kept(data, id))
            status = read_kept(store, id, unlisted, data, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

#define IN_RANGE " WHERE date BETWEEN ?1 AND ?2"
/* The visits of other dates that visits of the range follow. */
#define FOLLOWED " WHERE visit_id IN (" HT_STORE_FOLLOWED_IDS ") AND date NOT BETWEEN ?1 AND ?2"
/* Their performed rows, looked for on the visit's own date: performed lies by date. */
#define FOLLOWED_PERFORMED " WHERE (date, visit_id) IN (SELECT date, visit_id FROM visits" FOLLOWED ")"

ht_status ht_store_read(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_err *err) {
    static const struct {
        ht_table_id table;
        const char *condition;
    } part[] = {{HT_TEAMS, ""},
                {HT_CLIENTS, ""},
                {HT_STAFF, ""},
                {HT_SKILLS, ""},
                {HT_RELATIONS, ""},
                {HT_SETTINGS, ""},
                {HT_ABSENCES, ""},
                {HT_ROSTER, IN_RANGE},
                {HT_VISITS, IN_RANGE},
                {HT_VISITS, FOLLOWED},
                {HT_SERIES, ""},
                {HT_PERFORMED, IN_RANGE},
                {HT_PERFORMED, FOLLOWED_PERFORMED},
                {HT_TRAVEL, ""}};
    ht_snapshot snapshot;
    ht_err_init(err);
    ht_status status = ht_store_snapshot_begin(store, &snapshot, err);
    if (status != HT_OK)
        return status;
    for (size_t i = 0; i < sizeof part / sizeof part[0] && status == HT_OK; i++)
        if (part[i].table != HT_TRAVEL || range->with_travel)
            status = read_table(store, part[i].table, part[i].condition, range, data, NULL, err);
    if (status == HT_OK)
        status = ht_store_read_planned(store, range, data, err);
    if (status == HT_OK)
        status = ht_store_number(store, "SELECT number FROM imports", &store->imports_read, err);
    if (status == HT_OK)
        status = ht_store_number(store, "SELECT ifnull(max(number), 0) FROM purges", &store->purges_read, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

ht_status ht_store_read_dated(ht_store *store, ht_table_id table, const ht_store_range *range, ht_dataset *data,
                              ht_err *err) {
    ht_err_init(err);
    return read_table(store, table, IN_RANGE, range, data, NULL, err);
}

/* ---- writing ---- */

static void add_conflict_target(ht_text *sql, const ht_table *table) {
    ht_text_addf(sql, " ON CONFLICT (");
    for (int32_t c = 0, keys = 0; c < table->count; c++)
        if (table->columns[c].key)
            ht_text_addf(sql, "%s\"%s\"", keys++ ? "," : "", table->columns[c].name);
    ht_text_addf(sql, ") DO ");
}

/* A row that is just as it was stays untouched, so that it marks no plan outdated. Never REPLACE: that would delete,
 * and what refers to the row with it. */
static void add_upsert(ht_text *sql, const ht_table *table) {
    int32_t values = 0;
    for (int32_t c = 0; c < table->count; c++)
        if (!table->columns[c].key)
            ht_text_addf(sql, "%s\"%s\" = excluded.\"%s\"", values++ ? ", " : "UPDATE SET ", table->columns[c].name,
                         table->columns[c].name);
    for (int32_t c = 0, tests = 0; c < table->count; c++)
        if (!table->columns[c].key)
            ht_text_addf(sql, "%s\"%s\".\"%s\" IS NOT excluded.\"%s\"", tests++ ? " OR " : " WHERE ", table->name,
                         table->columns[c].name, table->columns[c].name);
    if (values == 0)
        ht_text_addf(sql, "NOTHING");
}

static sqlite3_stmt *prepare_insert(ht_store *store, const ht_table *table, ht_err *err) {
    ht_text sql;
    ht_text_init(&sql, &ht_allocator_system);
    ht_text_addf(&sql, "INSERT INTO \"%s\" (", table->name);
    ht_sql_columns(&sql, table);
    ht_text_addf(&sql, ") VALUES (");
    for (int32_t c = 0; c < table->count; c++)
        ht_text_addf(&sql, c ? ",?" : "?");
    ht_text_addf(&sql, ")");
    add_conflict_target(&sql, table);
    add_upsert(&sql, table);
    sqlite3_stmt *statement = prepare_text(store, &sql, err);
    ht_text_release(&sql);
    return statement;
}

static sqlite3_stmt *prepare_delete(ht_store *store, const ht_table *table, ht_err *err) {
    ht_text sql;
    ht_text_init(&sql, &ht_allocator_system);
    ht_text_addf(&sql, "DELETE FROM \"%s\"", table->name);
    for (int32_t c = 0, keys = 0; c < table->count; c++)
        if (table->columns[c].key)
            ht_text_addf(&sql, "%s\"%s\" = ?%d", keys++ ? " AND " : " WHERE ", table->columns[c].name, (int)c + 1);
    sqlite3_stmt *statement = prepare_text(store, &sql, err);
    ht_text_release(&sql);
    return statement;
}

/* Deletes the row the query stands on; its columns are those of the table. */
static ht_status delete_row(ht_store *store, sqlite3_stmt *query, const ht_table *table, sqlite3_stmt *statement,
                            ht_err *err) {
    for (int32_t c = 0; c < table->count; c++)
        if (table->columns[c].key)
            ht_bind_text(statement, c + 1, ht_column_text(query, c));
    return ht_store_apply(store, statement, err);
}

/* Of what the dataset covers, the rows that it no longer lists go. */
static ht_status sweep_rows(ht_store *store, sqlite3_stmt *query, sqlite3_stmt *statement, const brought *b,
                            int32_t *removed, ht_err *err) {
    ht_row_reader reader = {store, b->table, NULL, &b->data->text, {HT_NO_TEXT}};
    int32_t row[HT_ROW_INTS];
    bool more;
    while (ht_store_next(store, query, &more, err) == HT_OK && more) {
        if (ht_row_read(&reader, query, row, err) != HT_OK)
            return err->status;
        if (!covers(b, row) || brings_key(b, row))
            continue;
        if (delete_row(store, query, b->table, statement, err) != HT_OK)
            return err->status;
        ++*removed;
    }
    return err->status;
}

static ht_status sweep(ht_store *store, const ht_table *table, ht_unlisted_series unlisted, const ht_dataset *data,
                       int32_t *removed, ht_err *err) {
    brought b;
    range_texts texts;
    sqlite3_stmt *query = NULL, *statement = NULL;
    if (!brought_init(&b, data, table, unlisted))
        ht_fail_memory(err);
    else if ((query = prepare_select(store, table, table->dated ? IN_RANGE : "", err)) &&
             (statement = prepare_delete(store, table, err))) {
        bind_range(query, &b.span, &texts);
        sweep_rows(store, query, statement, &b, removed, err);
    }
    sqlite3_finalize(query);
    sqlite3_finalize(statement);
    brought_release(&b);
    return err->status;
}

static ht_status write_row(ht_store *store, sqlite3_stmt *insert, const ht_table *table, const ht_dataset *data,
                           const void *row, ht_err *err) {
    char text[HT_ROW_INTS][HT_STAMP_TEXT];
    assert(table->count <= HT_ROW_INTS);
    for (int32_t c = 0; c < table->count; c++)
        ht_cell_bind(insert, c + 1, &table->columns[c], ht_row_get(row, &table->columns[c]), &data->text, text[c]);
    ht_status status = ht_store_apply(store, insert, err);
    if (status == HT_EINTERNAL)
        ht_err_context(err, "%s.csv:%d", table->name, (int)line_of(row));
    return status;
}

static int compare_orders(const void *a, const void *b) {
    uint64_t left, right;
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return (left > right) - (left < right);
}

/* The order to write rows in: by date where the table's key begins with one, so that they go to the end of the tree,
 * page after page. */
static uint64_t *writing_order(const ht_table *table, const ht_dataset *data, ht_arena *arena) {
    int32_t rows = ht_dataset_count(data, table->id);
    const ht_column *date = date_column(table);
    uint64_t *order = HT_ARENA_NEW(arena, rows, uint64_t);
    for (int32_t i = 0; order && i < rows; i++) {
        uint64_t day = date ? (uint64_t)(ht_row_get(row_at(data, table, i), date) - HT_DATE_MIN) : 0;
        order[i] = day << 32 | (uint32_t)i;
    }
    if (order && date)
        qsort(order, (size_t)rows, sizeof *order, compare_orders);
    return order;
}

static ht_status write_rows(ht_store *store, sqlite3_stmt *insert, const ht_table *table, const ht_dataset *data,
                            ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, data->text.arena.allocator);
    const uint64_t *order = writing_order(table, data, &arena);
    ht_status status = order ? HT_OK : ht_fail_memory(err);
    for (int32_t i = 0; i < ht_dataset_count(data, table->id) && status == HT_OK; i++) {
        const void *row = row_at(data, table, (int32_t)(uint32_t)order[i]);
        if (line_of(row) > 0)
            status = write_row(store, insert, table, data, row, err);
    }
    ht_arena_release(&arena);
    return status;
}

static ht_status write_table(ht_store *store, const ht_table *table, ht_unlisted_series unlisted,
                             const ht_dataset *data, int32_t *removed, ht_err *err) {
    if (scope_column(table, unlisted) && sweep(store, table, unlisted, data, removed, err) != HT_OK)
        return err->status;
    sqlite3_stmt *insert = prepare_insert(store, table, err);
    if (!insert)
        return err->status;
    ht_status status = write_rows(store, insert, table, data, err);
    sqlite3_finalize(insert);
    return status;
}

/* Tables in the order of their ids: what others refer to comes first. What was performed makes no plan outdated. */
ht_status ht_store_write(ht_store *store, ht_unlisted_series unlisted, const ht_dataset *data, ht_store_changes *done,
                         ht_err *err) {
    int64_t changes = 0;
    assert(!sqlite3_get_autocommit(store->db));
    *done = (ht_store_changes){{0}};
    ht_err_init(err);
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        int64_t before = sqlite3_total_changes64(store->db);
        if (ht_dataset_count(data, id) > 0 &&
            write_table(store, ht_table_get(id), unlisted, data, &done->removed[id], err) != HT_OK)
            return err->status;
        if (id != HT_PERFORMED)
            changes += sqlite3_total_changes64(store->db) - before;
    }
    return changes > 0 ? ht_store_run(store, "UPDATE imports SET number = number + 1", err) : HT_OK;
}
