/* io/whole_file.h: files that a reader sees whole or not at all: written under a temporary name in their folder, synced,
 * renamed.
 *
 * A file of its own is renamed when it is closed. The files of one run can be handed over to a batch: they are closed
 * then, however many there are, and get their names together when the last of them is written.
 *
 * Ownership: ht_whole_file_close(), _abandon() or _hand_over() ends each ht_whole_file_open(), also where it fails.
 * Errors:    HT_ESYSTEM with the path and the system's words; the first failure is kept until the end.
 */
#ifndef HT_IO_WHOLE_FILE_H
#define HT_IO_WHOLE_FILE_H

#include <stddef.h>

#include "base/array.h"
#include "base/status.h"
#include "base/text.h"

typedef struct ht_whole_file ht_whole_file;

/* Opens folder/name for writing (mode 0600). NULL on failure. */
ht_whole_file *ht_whole_file_open(const char *folder, const char *name, ht_err *err);
/* The same by one path, for a file that a user names: a folder, a device or the file `source` is never replaced. Sweeps
 * the folder. */
ht_whole_file *ht_whole_file_open_beside(const char *path, const char *source, ht_err *err);
void ht_whole_file_put(ht_whole_file *file, const char *bytes, size_t length);
ht_status ht_whole_file_close(ht_whole_file *file, ht_err *err); /* sync, rename */
void ht_whole_file_abandon(ht_whole_file *file);                 /* removes the temporary file */

/* A new file in the folder that only its owner reads, under a name that the sweep below knows; -1 where there is none:
 * errno, or path->failed. The caller closes it. */
int ht_temporary_open(const char *folder, const char *name, ht_text *path);

/* Temporary files that killed runs left in the folder hold personal data: they go. Those of a run that lives stay. */
void ht_whole_file_sweep(const char *folder);

typedef struct ht_file_batch {
    ht_array waiting; /* written, not yet renamed */
    ht_array folders; /* those that were made for it */
} ht_file_batch;

void ht_file_batch_init(ht_file_batch *batch);
/* Makes a folder (its owner's alone) where it is missing, and sweeps it. */
ht_status ht_file_batch_folder(ht_file_batch *batch, const char *path, ht_err *err);
ht_status ht_whole_file_hand_over(ht_whole_file *file, ht_file_batch *batch, ht_err *err); /* sync, close */
/* Gives every file its name, in the order they were handed over. A failure leaves the rest to be removed. */
ht_status ht_file_batch_place(ht_file_batch *batch, ht_err *err);
/* Removes what was not placed, files and folders. */
void ht_file_batch_release(ht_file_batch *batch);

#endif
