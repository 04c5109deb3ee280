/* model/check_internal.h: what the files of the check share: the day's rows by key, its shifts, and each shift's route.
 *
 * model/timetable.c uses the facts and routes too. Not for other files.
 *
 * Units:     seconds of the day.
 * Ownership: everything lives in the arena that was passed in; the dataset is borrowed.
 * Indices:   staff, clients and places are rows of the dataset's tables (the last row of equal ids).
 */
#ifndef HT_MODEL_CHECK_INTERNAL_H
#define HT_MODEL_CHECK_INTERNAL_H

#include "base/calendar.h"
#include "model/check.h"
#include "model/shifts.h"

enum { HT_AT_HOME = -1 }; /* a place with no travel to or from it */

/* One piece of a roster row of kind work: what the planner calls a shift. */
typedef struct ht_duty {
    const ht_roster_row *row;
    int32_t staff;
    ht_piece piece;
    int32_t back_by; /* the latest end, with overtime: none is left where the person is wanted elsewhere or away */
    ht_break_window rest;
    int32_t base; /* where it starts and ends */
    ht_sym team;  /* whose office: lent to, else the person's own */
    int32_t mode;
} ht_duty;

typedef struct ht_facts {
    const ht_dataset *data;
    const ht_settings *settings;
    int32_t date;
    ht_index teams, clients, staff, visits;
    ht_attendance attendance;
    const ht_team_row *team_row;
    const ht_client_row *client_row;
    const ht_staff_row *staff_row;
    const ht_visit_row *visit_row;
    const ht_skill_row **skill; /* by staff symbol */
    int32_t skills;
    const ht_relation_row **relation; /* by client, staff symbol */
    int32_t relations;
    ht_duty *duty; /* by staff row, start */
    int32_t duties;
    int32_t *first_duty;          /* by staff row; one more at the end */
    const ht_roster_row **office; /* office rows of the date, by staff symbol, start */
    int32_t offices;
    const ht_absence_row **away; /* of clients, those that touch the date */
    int32_t aways;
    ht_arena *arena;
} ht_facts;

/* False when memory is out. */
bool ht_facts_build(ht_facts *facts, const ht_dataset *data, const ht_settings *settings, int32_t date,
                    ht_arena *arena);

/* The row of an id, -1 where there is none or sym is no symbol of the data. */
int32_t ht_facts_find(const ht_index *index, ht_sym sym);
/* "" where sym is no symbol of the data. */
const char *ht_facts_text(const ht_facts *facts, ht_sym sym);
bool ht_facts_related(const ht_facts *facts, ht_sym client, ht_sym staff, int32_t kind);
/* True where the person holds the tag (text[0..length)) on the date. */
bool ht_facts_skilled(const ht_facts *facts, ht_sym staff, const char *tag, size_t length);
/* Holds each tag of the list. */
bool ht_facts_skilled_all(const ht_facts *facts, ht_sym staff, ht_sym tags);
/* The place of a team's office. */
int32_t ht_facts_office(const ht_facts *facts, ht_sym team);
/* A client's id or "the office". */
const char *ht_facts_place_name(const ht_facts *facts, int32_t place);
/* The client's absences and from .. to leave the stamp out. */
bool ht_facts_client_away(const ht_facts *facts, const ht_client_row *client, int32_t seconds);

typedef struct ht_window {
    int32_t earliest, latest; /* hard, of the start */
    int32_t due;              /* a later start is late */
} ht_window;

ht_window ht_facts_window(const ht_facts *facts, const ht_visit_row *visit);
/* Some start in the window lets the whole visit fit a shift of the person, overtime included. */
bool ht_fits_a_shift(const ht_facts *facts, const ht_visit_row *visit, ht_window window, int32_t staff);

/* One row of the plan with the rows it names. */
typedef struct ht_entry {
    const ht_visit_row *visit;
    const ht_client_row *client;
    const ht_staff_row *staff;
    int32_t client_at, staff_at, visit_at;
    int32_t start, end;
    const ht_duty *duty; /* NULL: the person has none this day */
} ht_entry;

typedef enum ht_entry_flaw {
    HT_ENTRY_GOOD,
    HT_ENTRY_NO_VISIT, /* or one of another date */
    HT_ENTRY_NO_CLIENT,
    HT_ENTRY_NO_STAFF,
    HT_ENTRY_NO_TIME /* outside the day */
} ht_entry_flaw;

/* Finds what a row of the plan names; *entry is filled where it is good. */
ht_entry_flaw ht_entry_resolve(const ht_facts *facts, const ht_plan_entry *row, ht_entry *entry);

typedef enum ht_stay_kind { HT_STAY_START, HT_STAY_VISIT, HT_STAY_OFFICE, HT_STAY_END } ht_stay_kind;

/* A stop of a route. The first is the start place (both times are the shift's start), the last the end place
 * (both times are the latest that the shift may be back). */
typedef struct ht_stay {
    ht_stay_kind kind;
    int32_t place, start, end;
    int32_t travel;        /* seconds of the leg to it */
    int32_t free_from;     /* the end of what comes before it: of the stop before, or of a longer one it overlaps */
    const ht_entry *entry; /* of a visit */
} ht_stay;

/* A used shift. Without a duty (somebody not on shift) there are visits alone. */
typedef struct ht_route {
    const ht_duty *duty;
    int32_t staff, mode;
    ht_stay *stay;
    int32_t stays;
} ht_route;

typedef struct ht_routes {
    ht_route *route; /* by staff row, shift start */
    int32_t count;
} ht_routes;

/* False when memory is out. */
bool ht_routes_build(const ht_facts *facts, const ht_entry *entries, int32_t count, ht_routes *routes);

/* The shifts that hold office time, as they are without any visit. False when memory is out. */
bool ht_routes_of_office_time(const ht_facts *facts, ht_routes *routes);

typedef struct ht_break_slot {
    int32_t before;           /* the stay it comes before; 0: there is no room */
    int32_t earliest, latest; /* of its start */
    int32_t length;
} ht_break_slot;

/* Where the break goes: between two stops of the shift's middle where there is room, else before the first, else after
 * the last (where it may cost overtime). One of 0 length needs none: before is 0. */
ht_break_slot ht_route_break(const ht_route *route);

/* One visit of the day, cancelled ones too. */
typedef struct ht_day_visit {
    const ht_visit_row *row;
    const ht_client_row *client;
    ht_window window;
    bool away;             /* cancelled */
    bool listed;           /* as unplanned by the plan */
    bool named;            /* by a row of the plan, one that is no entry too */
    const ht_entry *entry; /* its rows of the plan, side by side */
    int32_t entries;
    int32_t first_start, last_start; /* of these */
} ht_day_visit;

/* When a visit ended; date is HT_BLANK where it is neither performed nor planned. */
typedef struct ht_ended {
    int32_t date, seconds;
    bool performed;
} ht_ended;

typedef struct ht_check {
    ht_facts facts;
    const ht_plan *plan;
    ht_day_visit *visit;
    int32_t visits;
    int32_t *visit_of_row; /* index in visit by row of the visits table; -1 */
    ht_entry *entry;       /* by visit */
    int32_t entries;
    ht_routes routes;
    ht_ended *ended; /* by visit symbol; NULL where no visit of the day follows one of another day */
    ht_check_report *report;
    ht_array breaches; /* of ht_breach, as found */
    bool failed;       /* memory ran out */
} ht_check;

void ht_check_breach(ht_check *check, ht_hard_rule rule, ht_sym visit, ht_sym staff, const char *format, ...)
    HT_PRINTF(5, 6);
void ht_check_deviate(ht_check *check, const char *level, const char *rule, ht_sym id, const char *format, ...)
    HT_PRINTF(5, 6);

/* The parts of the check, in this order. They note failed memory in check->failed. */
void ht_check_visits(ht_check *check);
void ht_check_routes(ht_check *check);
void ht_check_values(ht_check *check);
void ht_check_deviations(ht_check *check);

/* Fills check->ended. False when memory is out. */
bool ht_check_find_ended(ht_check *check);
/* Where the predecessor of a linked visit ends: in this plan, or on another day. False: it is not planned, the link is
 * void. */
bool ht_check_predecessor(const ht_check *check, const ht_day_visit *visit, int32_t *date, int32_t *seconds);

/* A planned visit of a series starts (for one of its staff) further from its usual start than the tolerance. */
bool ht_check_is_moved(const ht_day_visit *visit);
/* The visit has usual staff and this person is not of them. */
bool ht_check_is_unusual(const ht_check *check, const ht_entry *entry);

/* Seconds from an end to a start of the checked date: by the clock within the day, elapsed time between days. */
int64_t ht_check_gap(const ht_check *check, int32_t date, int32_t end, int32_t start);

typedef struct ht_clock_text {
    char text[32];
} ht_clock_text;

ht_clock_text ht_clock(int32_t seconds);   /* "15:40" */
ht_clock_text ht_minutes(int32_t seconds); /* "12 min", "12 min 30 s" */
ht_clock_text ht_hours(int32_t seconds);   /* "8 h", "8 h 15 min" */

#endif
