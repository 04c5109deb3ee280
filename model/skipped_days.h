/* model/skipped_days.h: the days on which a series of visits does not come: its cells `pauses` and `except`.
 *
 * pauses: "2026-07-01..2026-07-31|2026-12-20..2027-01-06", first and last day inclusive; a single day stands for itself.
 * except: dates, and the words holidays (helgdagar) and eves (aftnar) of base/holidays.h: "2026-03-10|holidays".
 */
#ifndef HT_MODEL_SKIPPED_DAYS_H
#define HT_MODEL_SKIPPED_DAYS_H

#include "model/tables.h"

/* The canonical text of a cell: dates as YYYY-MM-DD, words in English. False where the cell holds something else, or
 * out is too small. */
bool ht_pauses_read(const char *cell, char *out, size_t size);
/* Why a cell may be refused: a period's last day stands first. */
bool ht_pauses_run_backwards(const char *cell);
bool ht_except_read(const char *cell, char *out, size_t size);

/* A canonical cell in the words of a language; false where out is too small. */
bool ht_except_print(const char *except, ht_words_in words, char *out, size_t size);

/* Of canonical cells. */
bool ht_is_paused(const char *pauses, int32_t date);
bool ht_is_excepted(const char *except, int32_t date);

#endif
