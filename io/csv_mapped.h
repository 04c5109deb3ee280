/* io/csv_mapped.h: files of another system read into our tables, as a mapping (io/csv_map.h) says.
 *
 * Columns that the mapping does not name are dropped, and a note names them, never what is in them. A cell that holds a
 * personal identity number is refused in a column that is read. Beside what our own files may hold: minutes as H:MM, a
 * date with a time behind it where a date or a time is wanted, ids that get their prefix, words of the mapping.
 *
 * Lines of rows count on from file to file, until ht_mapped_finish() tells the issues what they are (model/issues.h).
 *
 * Use:       init, then each file, ours among them, finish, release.
 * Errors:    as io/csv_read.h.
 */
#ifndef HT_IO_CSV_MAPPED_H
#define HT_IO_CSV_MAPPED_H

#include <stdio.h>

#include "io/csv_map.h"

typedef struct ht_mapped {
    const ht_csv_map *map;
    ht_dataset *data;
    ht_issues *issues;
    int32_t lines;             /* before the file that comes next */
    ht_array sources;          /* of ht_issue_source */
    ht_array parts[HT_TABLES]; /* of ht_visit_part: of visits and series alone */
} ht_mapped;

void ht_mapped_init(ht_mapped *mapped, const ht_csv_map *map, ht_dataset *data, ht_issues *issues);
void ht_mapped_release(ht_mapped *mapped);

/* Reads a file that the mapping names. */
ht_status ht_mapped_read(ht_mapped *mapped, FILE *file, const char *file_name, ht_err *err);
/* The table's rows from `first` on are of a file of ours, just read. False where memory is out. */
bool ht_mapped_add_own(ht_mapped *mapped, const char *file_name, ht_table_id table, int32_t first);

/* Puts rows together to visits (model/merge_visits.h); issues name the files' own names and lines from here on. */
ht_status ht_mapped_finish(ht_mapped *mapped, ht_err *err);

#endif
