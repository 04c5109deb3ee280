/* model/day_build.h: what the parts of building a day share; private to model/day*.c.
 */
#ifndef HT_MODEL_DAY_BUILD_H
#define HT_MODEL_DAY_BUILD_H

#include "model/day.h"
#include "model/shifts.h"
#include "model/travel.h"

typedef struct ht_day_build_state {
    ht_day *day;
    ht_index clients, staff, visits, teams; /* rows of the dataset by symbol */
    ht_attendance attendance;
    ht_row_groups roster, away; /* rows of the roster by staff, absences by client */
    const ht_client_row *client_rows;
    const ht_staff_row *staff_rows;
    int32_t *client_of_row, *staff_of_row; /* the day's index of a dataset row; -1 not in the day */
    const ht_client_row **client_row;      /* by the day's client */
    int32_t *place_of_team; /* by row of teams (one entry without the table): the office's place, -1 unused */
    ht_arena scratch;
} ht_day_build_state;

/* Places, offices of shifts, and the matrices of the modes in use. */
ht_status ht_day_travel(ht_day_build_state *b, ht_problem *p, ht_shift *shift, ht_block *block, ht_err *err);

/* Who may make which visit, and what it is worth. */
ht_status ht_day_pairs(ht_day_build_state *b, ht_problem *p, ht_err *err);

/* The base plan: usual starts and usual staff. */
ht_status ht_day_usual(ht_day_build_state *b, ht_problem *p, ht_err *err);

/* The team a roster row works for: the one it is lent to, else the person's. */
static inline ht_sym ht_day_shift_team(const ht_roster_row *row, const ht_staff_row *staff) {
    return row->team != HT_NO_TEXT ? row->team : staff->team;
}

#endif
