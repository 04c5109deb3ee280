/* model/recurrence.h: how often a series of visits comes back: "weekly mon wed", "Varannan vecka, ons".
 *
 * Reads, letter case, commas and blanks free, both languages:
 *   daily | every N days          Varje dag, Dagligen | Varannan dag, Var 3:e dag
 *   weekly DAYS | DAYS            Varje vecka, mån tis | Måndagar och onsdagar
 *   every N weeks DAYS            Varannan vecka, ons | Var 4:e vecka, fre | Var fjärde vecka | Varannan fredag
 *   even weeks DAYS, odd weeks    Jämna veckor, mån | Udda veckor
 *   weekdays | weekends           Vardagar | Helger, Varannan helg
 *   holidays                      Helgdagar
 * DAYS are full or short names of weekdays, also "mon-fri", weekdays or weekends; without them it is the weekday of the
 * series' first day. N is 1 to 52; weeks (ISO, Monday first) are counted from the one of the first day.
 */
#ifndef HT_MODEL_RECURRENCE_H
#define HT_MODEL_RECURRENCE_H

#include "model/tables.h"

typedef enum ht_recurs_kind {
    HT_RECURS_WEEKS, /* each `every`-th week from the first day's on */
    HT_RECURS_EVEN,  /* weeks of even ISO number */
    HT_RECURS_ODD,
    HT_RECURS_DAYS,    /* each `every`-th day from the first on; 2 at least */
    HT_RECURS_HOLIDAYS /* public holidays (base/holidays.h) */
} ht_recurs_kind;

typedef struct ht_recurrence {
    ht_recurs_kind kind;
    int32_t every;    /* WEEKS, DAYS; else 1 */
    int32_t weekdays; /* WEEKS, EVEN, ODD: bit 0 Monday .. bit 6 Sunday; 0: the weekday of the first day */
} ht_recurrence;

enum { HT_RECURRENCE_TEXT = 64 }; /* room for any printed recurrence */

/* False where the text says none of the above. */
bool ht_recurrence_parse(const char *text, ht_recurrence *recurrence);

/* The canonical text, which parses to the same recurrence. */
void ht_recurrence_print(const ht_recurrence *recurrence, ht_words_in words, char *out, size_t size);

/* Whether a series that begins on `from` comes on date. */
bool ht_recurs_on(const ht_recurrence *recurrence, int32_t from, int32_t date);

#endif
