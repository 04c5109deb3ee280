/* tests/support_store.h: folders to be thrown away, and datasets typed as CSV cells, for the tests of the store.
 *
 * Errors: what goes wrong here fails the test.
 */
#ifndef HT_TESTS_SUPPORT_STORE_H
#define HT_TESTS_SUPPORT_STORE_H

#include "base/text.h"
#include "io/store.h"
#include "model/tables.h"

typedef struct ht_test_folder {
    char path[64];
    char store[128]; /* path/hemtur.db */
} ht_test_folder;

void test_folder_make(ht_test_folder *folder);
void test_folder_remove(ht_test_folder *folder);
/* Files in the folder, by name, a blank between. */
const char *test_folder_list(const ht_test_folder *folder, char *out, size_t size);

/* Adds one row, its cells in the order of the table's columns with ';' between; missing and empty cells are blank. */
void test_row(ht_dataset *data, ht_table_id id, int32_t line, const char *cells);

/* All rows of a table as such lines. The caller releases. */
ht_text test_rows(const ht_dataset *data, ht_table_id id);

void test_data_init(ht_dataset *data);

/* Opens, begins, writes, commits, closes. */
void test_import(const char *path, const ht_dataset *data);

/* Reads days [from, to] into data, which is init'ed here. */
void test_read(const char *path, const char *from, const char *to, ht_dataset *data);

/* Makes a store of an earlier version from a file of SQL text. */
void test_rebuild(const char *path, const char *sql_file);

int32_t test_date(const char *text);

enum { TEST_DAY_CLIENTS = 300, TEST_DAY_VISITS_EACH = 4, TEST_DAY_VISITS = TEST_DAY_CLIENTS * TEST_DAY_VISITS_EACH };

/* 2025-03-05 with visits of `minutes` each, and clients whose staff_cap is that too: parts of two imports in one store
 * would show. data is init'ed here. */
void test_day(ht_dataset *data, int32_t minutes);

/* The minutes that all visits and clients of the store agree on; fails where they do not, are not all there, or the
 * file is damaged. */
int32_t test_day_minutes(const char *path);

/* Runs body in a process of its own and returns its exit code; as an ordinary user where the tests run as root. */
typedef enum ht_test_rights { TEST_AS_I_AM, TEST_AS_NOBODY } ht_test_rights;
int test_in_child(ht_test_rights rights, int (*body)(void *context), void *context);

#endif
