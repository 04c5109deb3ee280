/* app/cli/table.h: rows for people or programs: an aligned table, or CSV of the same cells, on stdout.
 *
 * For people a long heading is broken between its words where its column is narrower, and a column that is blank in
 * every row is left out: reports are read in windows of 80 to 160 columns.
 *
 * Errors: a table that ran out of memory prints nothing and says so: ht_table_out_print().
 */
#ifndef HT_APP_CLI_TABLE_H
#define HT_APP_CLI_TABLE_H

#include "app/cli/cli.h"

/* HT_WORDS: stable names, with '|' between several and "=value" behind; people see their own words for them. */
typedef enum ht_column_kind { HT_LEFT, HT_RIGHT, HT_WORDS } ht_column_kind;

typedef struct ht_table_head {
    const char *name;  /* header in CSV, stable */
    const char *title; /* header for people, N_() */
    ht_column_kind kind;
} ht_table_head;

typedef struct ht_table_out {
    const ht_table_head *head;
    int32_t columns;
    ht_array cells; /* of const char *, row by row */
    ht_arena arena;
    bool failed;
} ht_table_out;

void ht_table_out_init(ht_table_out *table, const ht_table_head *head, int32_t columns);
void ht_table_out_release(ht_table_out *table);

void ht_cell_text(ht_table_out *table, const char *text);
void ht_cell_integer(ht_table_out *table, int64_t value);
/* value / scale with at most `digits` digits after a decimal mark: ',' in Swedish and in CSV. */
void ht_cell_decimal(ht_table_out *table, int64_t value, int64_t scale, int32_t digits, char mark);
/* A share as programs read it (0,4321), and as people do (43,2 %). */
void ht_cell_share(ht_table_out *table, double share, char mark);
void ht_cell_percent(ht_table_out *table, double share, char mark);
void ht_cell_date(ht_table_out *table, int32_t date);

char ht_decimal_mark(const ht_call *call);

/* HT_FORMAT_TABLE or HT_FORMAT_CSV. */
ht_status ht_table_out_print(ht_table_out *table, ht_format format, ht_err *err);

#endif
