/* tests/support_rows.h: a dataset and a plan written as text in the test itself.
 *
 * Errors: a row that cannot be read ends the test with the reader's words.
 */
#ifndef HT_TESTS_SUPPORT_ROWS_H
#define HT_TESTS_SUPPORT_ROWS_H

#include "model/plan.h"

/* Reads CSV text as rows of a table ("visits"). NULL and "" add nothing. */
void support_rows(ht_dataset *data, const char *table, const char *csv);

/* Adds lines "V1 P1 08:00"; ids that are new are interned. */
void support_plan(ht_dataset *data, const char *lines, ht_plan *plan);

#endif
