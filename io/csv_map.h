/* io/csv_map.h: a mapping: which columns and words of another system's files are which of ours.
 *
 * A CSV file with the columns file, kind, from, to, value (Swedish: fil, slag, från, till, värde). `file` names the files
 * that a row is about: a name, or a pattern in which * stands for anything. `to` is one of our columns, "visits.start", or several, | between.
 *
 *   kind      from                to            value
 *   column    their column        our column
 *   constant                      our column    what each row holds
 *   word      their word, or *    our column    what it means, blank for nothing; * is any other word
 *   slot      their word          X.start       HH:MM|minutes before|minutes after: a time in words (Morgon, Lunch, Kväll)
 *   prefix                        our column    put before each id of theirs: ids begin with a letter
 *   keep      their column        a table       words, | between: other rows are left out; * is anything but a blank
 *   skip      their column        a table       words: these rows are left out
 *
 * keep and skip without a table are about all tables that the file gives. Beside the columns of visits and visit_series
 * there are two that are read but not stored: `route` and `double_id` (model/merge_visits.h).
 * The reading habits are those of io/csv_read.h.
 *
 * Ownership: the map owns its rows and texts; const once it is read.
 * Errors:    what is wrong with the mapping goes to issues, at its file, line and column.
 */
#ifndef HT_IO_CSV_MAP_H
#define HT_IO_CSV_MAP_H

#include "model/issues.h"
#include "model/tables.h"

typedef enum ht_map_kind {
    HT_MAP_COLUMN,
    HT_MAP_CONSTANT,
    HT_MAP_WORD,
    HT_MAP_SLOT,
    HT_MAP_PREFIX,
    HT_MAP_KEEP,
    HT_MAP_SKIP
} ht_map_kind;

/* Columns of a row that are no column of the table. */
enum { HT_MAP_ROUTE = 1000, HT_MAP_DOUBLE_ID, HT_MAP_NO_COLUMN };

typedef struct ht_map_slot {
    int32_t start, before, after; /* seconds; minutes */
} ht_map_slot;

typedef struct ht_map_row {
    int32_t line;
    ht_map_kind kind;
    const char *file, *from, *to, *value; /* as given, "" where blank */
    ht_table_id table;                    /* HT_TABLES: all of the file's */
    int32_t column;                       /* of the table, or one of the above */
    ht_map_slot slot;
} ht_map_row;

typedef struct ht_csv_map {
    const char *name; /* of the mapping's file, for messages */
    ht_array rows;    /* of ht_map_row */
    ht_arena arena;
} ht_csv_map;

enum { HT_MAP_ROWS_MAX = 2000 };

void ht_csv_map_init(ht_csv_map *map, const ht_allocator *allocator);
void ht_csv_map_release(ht_csv_map *map);

/* HT_EINPUT where the file cannot be opened; the rows that are right are in the map also where others are not. */
ht_status ht_csv_map_read(const char *path, ht_csv_map *map, ht_issues *issues, ht_err *err);
ht_status ht_csv_map_read_file(FILE *file, const char *name, ht_csv_map *map, ht_issues *issues, ht_err *err);

/* True where the row is about the file. */
bool ht_map_row_is_of(const ht_map_row *row, const char *file);
/* True where the mapping gives tables from the file; tables[id] becomes true for each of them. */
bool ht_csv_map_tables(const ht_csv_map *map, const char *file, bool tables[HT_TABLES]);

#endif
