/* model/timetable.h: a plan written out as each shift's day: travel, waiting, visits, break. For routes.csv and people.
 *
 * Units:  seconds.
 * Breaks: put after travel where they may start then, else before it, else inside it; before the first stop rather
 *         before the travel: a shift leaves its start place just in time.
 */
#ifndef HT_MODEL_TIMETABLE_H
#define HT_MODEL_TIMETABLE_H

#include "model/plan.h"
#include "model/settings.h"

typedef enum ht_stop_kind { HT_STOP_TRAVEL, HT_STOP_WAIT, HT_STOP_VISIT, HT_STOP_BREAK, HT_STOP_OFFICE } ht_stop_kind;
typedef enum ht_role { HT_ROLE_CONTACT, HT_ROLE_SECOND, HT_ROLE_TEAM, HT_ROLE_OTHER } ht_role;

typedef struct ht_stop {
    ht_sym staff,
        ref; /* ref: the visit, or the place travelled to (HT_NO_TEXT: an office that no row of travel.csv names) */
    int32_t shift_start;
    int32_t seq; /* 1 .. within the shift */
    ht_stop_kind kind;
    int32_t start, end;
    int32_t travel; /* of a visit: seconds of the leg to it */
    ht_role role;   /* of a visit */
} ht_stop;

/* All stops of used shifts by staff id text, shift start, seq. stops is an init'ed array of ht_stop. */
ht_status ht_timetable(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan, ht_array *stops,
                       ht_err *err);

/* What a staff member is to a client. */
ht_role ht_role_of(const ht_client_row *client, const ht_staff_row *staff);
/* Stable names; ht_named() of one is the reader's. */
const char *ht_role_name(ht_role role);
const char *ht_stop_name(ht_stop_kind kind);

#endif
