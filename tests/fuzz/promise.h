/* tests/fuzz/promise.h: what the fuzz targets promise of all that was read.
 */
#ifndef HT_TESTS_FUZZ_PROMISE_H
#define HT_TESTS_FUZZ_PROMISE_H

#include <stdbool.h>

#include "model/dataset.h"
#include "model/issues.h"
#include "model/tables.h"

/* Ends the process with these words where it is not kept. */
void promise(bool kept, const char *what);

/* Every cell of the table's rows prints, and parses back the same. */
void promise_rows(ht_dataset *data, const ht_table *table);

/* Issues and notes are UTF-8, have a place, and show nobody's personal identity number. */
void promise_issues(const ht_issues *issues);

#endif
