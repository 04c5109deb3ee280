/* io/csv_read.h: reads one CSV file of the folder into its table, with every habit of Swedish exports.
 *
 * Reads:  UTF-8 with or without BOM, else Windows-1252: decided cell by cell, as a stream cannot be looked through beforehand;
 *         ';', ',' or tab (of the `sep=;` line, else the one the header has most of); decimal comma or point;
 *         CRLF or LF; quoted fields with line breaks; headers in any order and either language; a leading ' before = + - @ tab CR
 *         (or before another such ') is stripped: io/csv_write.h puts it there.
 * Passes: rows with all cells blank. Unknown columns are noted once; cells a short row lacks are blank.
 * Refuses: a line or row above 1 MiB (while streaming, so a pipe is fine), a NUL byte, a mark of quotation out of place, a missing needed
 *         column, a column named twice, a cell beyond the header's columns, a bad cell, a cell that holds a personal identity number
 *         (of any column; shown masked). All bad rows are reported, with the line they began on; bad rows are not added.
 * Errors: HT_ESYSTEM where the file cannot be read, HT_ENOMEM. What is wrong with the data goes to issues.
 * Cost:   streams; memory is that of the rows.
 */
#ifndef HT_IO_CSV_READ_H
#define HT_IO_CSV_READ_H

#include <stdio.h>

#include "model/issues.h"
#include "model/tables.h"

enum { HT_CSV_LINE_MAX = 1 << 20 };

/* file_name is for messages ("visits.csv"). */
ht_status ht_csv_read(FILE *file, const char *file_name, const ht_table *table, ht_dataset *data, ht_issues *issues,
                      ht_err *err);

/* The same for columns that are not a table of the folder: calls row() with one cell text for each wanted header, "" where blank or absent.
 * Blanks inside quotes are the text's own here. */
typedef struct ht_csv_want {
    const char *name, *swedish; /* swedish: NULL for none */
    bool needed;                /* the column must be there and no cell blank */
} ht_csv_want;

/* Reads any CSV file; row() returns false when memory is out. cells[i] belongs to want[i]. */
ht_status ht_csv_read_cells(FILE *file, const char *file_name, const ht_csv_want *want, int32_t wants,
                            bool (*row)(void *context, int32_t line, const char *const *cells), void *context,
                            ht_issues *issues, ht_err *err);

#endif
