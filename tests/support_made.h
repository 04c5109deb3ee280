/* tests/support_made.h: made-up data measured from its rows alone: shares, rests, hours.
 *
 * Units:  shares in per cent; minutes.
 * Errors: what goes wrong here ends the test.
 */
#ifndef HT_TESTS_SUPPORT_MADE_H
#define HT_TESTS_SUPPORT_MADE_H

#include "model/generate.h"

enum { MADE_BANDS = 6, MADE_CLASSES = 5 };

typedef struct made_shares {
    double visits_a_day, by_visits[MADE_CLASSES], by_band[MADE_BANDS], double_staffed;
    double clients_for_each; /* staff member with a monthly pay */
    double nurses, part_time, hourly_hours, ill_shifts, ill_minutes, client_time, days_of_14, weekends;
} made_shares;

typedef struct made_rests {
    int32_t short_nights; /* less than 11 h */
    int32_t short_weeks;  /* 7 days without 36 h in a row */
    int32_t longest;      /* most minutes of a person in 14 days */
} made_rests;

/* Sets the options of "clients=40 teams=1 from=2026-03-20 sick_rate=0". */
void made_options(const char *text, ht_generate_options *options);
/* Makes them; data is init'ed here. */
void made_generate(const char *text, int64_t seed, ht_dataset *data);

void made_measure(const ht_dataset *data, made_shares *shares);
void made_rest(const ht_dataset *data, made_rests *rests);

#endif
