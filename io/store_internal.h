/* io/store_internal.h: what the files of the store share, and what its tests need to break it on purpose.
 *
 * Only io/store*.c (and the store's own tests) include this; nobody else sees SQLite.
 * Errors: every failure of SQLite goes through ht_store_fail(), which knows the file, what happened and what to do.
 */
#ifndef HT_IO_STORE_INTERNAL_H
#define HT_IO_STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/calendar.h"
#include "base/text.h"
#include "io/store.h"
#include "model/tables.h"

/* "hmtr": tells a hemtur store from any other SQLite file. */
enum { HT_STORE_APPLICATION = 0x686d7472, HT_STORE_PATIENCE_MS = 5000 };

struct ht_store {
    sqlite3 *db;
    char *path;
    ht_store_mode mode;
    int64_t imports_read; /* how many imports had changed the data when it was last read here; -1: not read */
    int64_t purges_read;  /* how many purges there had been then */
    bool unused; /* this open made the file, and nothing has been committed to it since: close removes it again */
};

/* The failure SQLite just reported, in words. */
ht_status ht_store_fail(ht_store *store, ht_err *err);

/* How long a locked store is waited for; HT_STORE_PATIENCE_MS unless told. */
void ht_store_set_patience(ht_store *store, int milliseconds);

/* Runs statements that give no rows. */
ht_status ht_store_run(ht_store *store, const char *sql, ht_err *err);

/* Never NULL without err set. The caller finalizes. */
sqlite3_stmt *ht_store_prepare(ht_store *store, const char *sql, ht_err *err);

/* The next row of a query: HT_OK, and *row tells whether there was one. */
ht_status ht_store_next(ht_store *store, sqlite3_stmt *query, bool *row, ht_err *err);

/* Runs a prepared statement that gives no rows, and makes it ready for the next values. */
ht_status ht_store_apply(ht_store *store, sqlite3_stmt *statement, ht_err *err);

/* The first column of a query's first row; 0 where there is no row. */
ht_status ht_store_number(ht_store *store, const char *sql, int64_t *number, ht_err *err);

/* Binds text as SQLite TEXT. Nothing is copied, so this cannot fail: the bytes must hold until the statement has run. */
void ht_bind_text(sqlite3_stmt *statement, int index, const char *text);
/* Binds a date as 'YYYY-MM-DD', made in text. */
void ht_bind_date(sqlite3_stmt *statement, int index, int32_t date, char text[HT_DATE_TEXT]);
/* The text of a column; "" for NULL. */
const char *ht_column_text(sqlite3_stmt *query, int index);

/* ---- schema (io/store_schema.c) ---- */

/* The steps from an empty file to the schema of this program: step[n] leads from version n to n + 1; SQL in parts,
 * ended by NULL. */
typedef struct ht_schema {
    const char *const *const *step;
    int32_t versions;
} ht_schema;

extern const ht_schema ht_store_schema;

/* Brings the store to schema's version in one transaction. An older store (not an empty one) is first copied to
 * FILE.before-vN, N the first version it is brought to. */
ht_status ht_store_upgrade(ht_store *store, const ht_schema *schema, ht_err *err);

/* HT_EINPUT where the file is foreign or newer than schema. *version is 0 for an empty file. */
ht_status ht_store_identify(ht_store *store, const ht_schema *schema, int32_t *version, ht_err *err);

/* ---- rows of the tables (io/store_rows.c) ---- */

enum { HT_ROW_INTS = 32 }; /* room for a row of any table: rows are structs of int32_t */

/* "a","b": the columns of a table as SQL, in the order of their descriptions. */
void ht_sql_columns(ht_text *sql, const ht_table *table);

/* Binds one value as the schema keeps it; dates and times are made in text. */
void ht_cell_bind(sqlite3_stmt *statement, int index, const ht_column *column, int32_t value, const ht_strings *pool,
                  char text[HT_STAMP_TEXT]);

/* Where the texts of rows that are read become symbols: interned in `add`, or, where that is NULL, looked up in `known`
 * (HT_NO_SYMBOL for what it does not hold). */
typedef struct ht_row_reader {
    ht_store *store;
    const ht_table *table;
    ht_strings *add;
    const ht_strings *known;
    ht_sym last[HT_ROW_INTS]; /* by column: the symbol read last; HT_NO_TEXT at first */
} ht_row_reader;

/* Reads the row the query stands on, its first columns being those of ht_sql_columns(), line 0. HT_ESYSTEM where a
 * value is none that the column can hold (somebody edited the store). */
ht_status ht_row_read(ht_row_reader *reader, sqlite3_stmt *query, void *row, ht_err *err);

/* The visits that visits of the dates ?1 to ?2 follow, as SQL. "IS NOT NULL" lets the index of those alone be used. */
#define HT_STORE_FOLLOWED_IDS "SELECT after_visit FROM visits WHERE date BETWEEN ?1 AND ?2 AND after_visit IS NOT NULL"

/* ---- keeping (io/store_keep.c) ---- */

/* Writes a consistent copy under a temporary name, syncs it, and renames it to path (replacing what is there); nothing
 * where the store is no longer of that version, as another program was first. */
ht_status ht_store_copy(ht_store *store, int32_t version, const char *path, ht_err *err);

/* ---- plans (io/store_plans.c) ---- */

/* Fills data->planned with what the current plans say of the range and of the visits of other dates that the range's
 * visits follow. */
ht_status ht_store_read_planned(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_err *err);

#endif
