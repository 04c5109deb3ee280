/* io/csv_folder.h: a folder of CSV files in and out.
 */
#ifndef HT_IO_CSV_FOLDER_H
#define HT_IO_CSV_FOLDER_H

#include "io/csv_map.h"

typedef struct ht_folder {
    bool listed[HT_TABLES]; /* the folder has this file */
} ht_folder;

/* Reads every file it knows of folder. Other *.csv names: one note that lists them. Needed files (model/tables.h) must be there unless
 * `any_subset`; then at least one. */
typedef enum ht_folder_mode { HT_FOLDER_WHOLE, HT_FOLDER_ANY_SUBSET } ht_folder_mode;
ht_status ht_folder_read(const char *path, ht_folder_mode mode, ht_dataset *data, ht_folder *folder, ht_issues *issues,
                         ht_err *err);

/* The same with files of another system, as the mapping says; files that it does not name are read as above. Tables that need a file have it of either kind. */
ht_status ht_folder_read_mapped(const char *path, ht_folder_mode mode, const ht_csv_map *map, ht_dataset *data,
                                ht_folder *folder, ht_issues *issues, ht_err *err);

/* A plan that a person made: visit_id, staff_id, start (HH:MM or HH:MM:SS), optionally date. Rows of other dates are left out, with a note;
 * HT_EINPUT where they are all there is.
 * Unknown visits and staff are interned and left for the check to report. */
ht_status ht_plan_csv_read(const char *path, int32_t date, ht_dataset *data, ht_array *entries, ht_issues *issues,
                           ht_err *err);

#endif
