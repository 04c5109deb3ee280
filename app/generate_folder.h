/* app/generate_folder.h: made-up data as a folder of CSV files.
 *
 * The files and HT_GENERATE_NOTE, which says how they were made, are written whole under temporary names and renamed at
 * the end. A folder that has one of the files but not the note holds somebody else's data and is left alone; other
 * names are never touched.
 *
 * Errors: HT_EUSAGE where the options do not go together, HT_EINPUT where the folder holds other data; the file system's.
 */
#ifndef HT_APP_GENERATE_FOLDER_H
#define HT_APP_GENERATE_FOLDER_H

#include <stdatomic.h>

#include "model/generate.h"
#include "model/tables.h"

#define HT_GENERATE_NOTE "generate.txt"

typedef struct ht_generate_job {
    ht_generate_options options;
    const char *folder;     /* made (owner only) where it is missing */
    ht_words_in words;      /* of headers */
    const atomic_int *stop; /* not 0: give up, and leave the folder as it was; NULL: never */
} ht_generate_job;

typedef struct ht_generate_summary {
    bool written[HT_TABLES];
    int32_t rows[HT_TABLES];
    bool stopped;
} ht_generate_summary;

ht_status ht_generate_folder(const ht_generate_job *job, ht_generate_summary *summary, ht_err *err);

#endif
