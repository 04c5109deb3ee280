/* model/validate_internal.h: what the parts of the validation share.
 *
 * Each part looks at one kind of fault and reports it at rows with line > 0; false when memory is out.
 */
#ifndef HT_MODEL_VALIDATE_INTERNAL_H
#define HT_MODEL_VALIDATE_INTERNAL_H

#include "model/series.h"
#include "model/settings.h"
#include "model/validate.h"

typedef struct ht_validation {
    ht_dataset *data;
    ht_issues *issues;
    ht_arena scratch;
    ht_index index[HT_TABLES]; /* of teams, clients, staff, visits and series */
    ht_series series;
    bool twice[HT_TABLES];   /* the table has two rows of one key */
    bool refused[HT_TABLES]; /* the table's file had issues already: what is missing may be a refused row's */
    ht_settings settings;    /* as read; the defaults where a row cannot be read */
} ht_validation;

bool ht_validate_keys(ht_validation *v);
bool ht_validate_roster(ht_validation *v);
/* Visits, series and their links. */
bool ht_validate_visits(ht_validation *v);
/* Periods of series, and visits that stand for occurrences. */
void ht_validate_series(ht_validation *v);
bool ht_validate_travel(ht_validation *v);
/* Clients and offices far from where their team works: notes. */
bool ht_validate_places(ht_validation *v);

/* Reports a period that ends before it begins, of a row with line > 0. */
void ht_validate_period(ht_validation *v, const char *file, int32_t line, int32_t from, int32_t to);
/* Whether series are among the rows of the folder. */
bool ht_validate_brings_series(const ht_validation *v);

#endif
