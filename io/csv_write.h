/* io/csv_write.h: writes CSV as Excel in Sweden reads it: UTF-8 with BOM, ';', CRLF, decimal comma.
 *
 * Text cells that begin with = + - @ tab or CR get a leading ' (formula injection); numbers never.
 * Files are whole ones (io/whole_file.h); what killed runs left in their folder is removed.
 *
 * Ownership: ht_csv_out_close(), _hand_over() or _abandon() ends each ht_csv_out_open().
 * Errors:    HT_ESYSTEM with the path and the system's words; the first failure is kept until close.
 */
#ifndef HT_IO_CSV_WRITE_H
#define HT_IO_CSV_WRITE_H

#include "io/whole_file.h"
#include "model/tables.h"

typedef struct ht_csv_out ht_csv_out;

/* Opens folder/name for writing (mode 0600). NULL on failure. */
ht_csv_out *ht_csv_out_open(const char *folder, const char *name, ht_err *err);
void ht_csv_out_text(ht_csv_out *out, const char *text);     /* one cell, escaped and quoted as needed */
void ht_csv_out_number(ht_csv_out *out, const char *number); /* one cell as it is */
void ht_csv_out_end_row(ht_csv_out *out);
ht_status ht_csv_out_close(ht_csv_out *out, ht_err *err);                           /* sync, rename */
ht_status ht_csv_out_hand_over(ht_csv_out *out, ht_file_batch *batch, ht_err *err); /* sync; no stream */
void ht_csv_out_abandon(ht_csv_out *out);                                           /* removes the temporary file */

/* All rows of one table, written to folder/name.csv, to be closed or handed over. NULL on failure. */
ht_csv_out *ht_csv_out_open_table(const char *folder, const ht_table *table, const ht_dataset *data, ht_words_in words,
                                  ht_err *err);
/* The same, closed. */
ht_status ht_csv_write_table(const char *folder, const ht_table *table, const ht_dataset *data, ht_words_in words,
                             ht_err *err);

/* The same cells on a stream (stdout), for --format csv: no BOM, no temporary name. */
ht_csv_out *ht_csv_out_stream(FILE *file, ht_err *err);

#endif
