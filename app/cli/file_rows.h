/* app/cli/file_rows.h: how many rows the files of a folder have, as people and as programs read it.
 */
#ifndef HT_APP_CLI_FILE_ROWS_H
#define HT_APP_CLI_FILE_ROWS_H

#include "app/cli/cli.h"
#include "io/json.h"

/* A row "clients.csv, 25" for each listed table (lists of HT_TABLES), as a table or as CSV. */
ht_status ht_file_rows_print(const bool *listed, const int32_t *rows, ht_format format, ht_err *err);

/* The same as an object under key. */
void ht_file_rows_json(ht_json *json, const char *key, const bool *listed, const int32_t *rows);

#endif
