/* app/import.h: a folder of CSV files into the store, in one transaction.
 *
 * Errors: HT_EINPUT with issues->count > 0 where the data is wrong; on any failure the store is as it was, and a store
 * that was not there is still not there.
 */
#ifndef HT_APP_IMPORT_H
#define HT_APP_IMPORT_H

#include "io/csv_folder.h"
#include "io/store.h"

typedef struct ht_import_job {
    const char *folder, *db;
    const char *map; /* a mapping for files of another system (io/csv_map.h); NULL for none */
    ht_folder_mode mode;
} ht_import_job;

typedef struct ht_import_summary {
    bool listed[HT_TABLES];
    int32_t rows[HT_TABLES];
    int32_t from, to; /* dates of visits and roster rows; HT_BLANK where there are none */
    ht_store_changes done;
} ht_import_summary;

/* issues is init'ed; notes are in it whether or not the import succeeds. */
ht_status ht_import(const ht_import_job *job, ht_issues *issues, ht_import_summary *summary, ht_err *err);

#endif
