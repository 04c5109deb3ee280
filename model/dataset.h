/* model/dataset.h: everything a folder of CSV files (or the store) holds, typed, before any day is looked at.
 *
 * A dataset is a set of tables; a row is a struct of int32_t fields only, so that model/tables.h can describe each
 * column once, and the CSV reader, the CSV writer and the store all follow that one description.
 *
 * Units:     dates are days since 1970-01-01, times seconds since midnight, stamps local minutes since 1970-01-01,
 *            coordinates 10^-7 degrees, percent hundredths, `minutes` columns whole minutes, travel seconds.
 *            A blank number, date or time is HT_BLANK; a blank text is HT_NO_TEXT.
 *            An enum holds the index of its word; a flag 0 or 1.
 * Ownership: the dataset owns its rows and texts; it is filled by io and const from then on.
 */
#ifndef HT_MODEL_DATASET_H
#define HT_MODEL_DATASET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strings.h"

#define HT_BLANK INT32_MIN

typedef enum ht_table_id {
    HT_TEAMS,
    HT_CLIENTS,
    HT_STAFF,
    HT_SKILLS,
    HT_ROSTER,
    HT_ABSENCES,
    HT_VISITS,
    HT_SERIES,
    HT_RELATIONS,
    HT_TRAVEL,
    HT_PERFORMED,
    HT_SETTINGS,
    HT_TABLES
} ht_table_id;

enum { HT_CONTACT_OFFERED, HT_CONTACT_ACCEPTED, HT_CONTACT_DECLINED, HT_CONTACT_EXEMPT, HT_CONTACT_NONE };
enum { HT_TITLE_USK, HT_TITLE_USK_TRANSITION, HT_TITLE_VB, HT_TITLE_OTHER };
enum { HT_EMPLOYED_PERMANENT, HT_EMPLOYED_TEMPORARY, HT_EMPLOYED_HOURLY };
enum { HT_CAR, HT_BICYCLE, HT_WALK, HT_MODES };
enum { HT_START_OFFICE, HT_START_HOME };
enum { HT_KIND_WORK, HT_KIND_OFFICE };
enum { HT_BLOCKED, HT_WISHED, HT_KNOWN };

/* `line` is the line of the CSV file the row began on; 0 where the row came from the store. */
typedef struct ht_team_row {
    int32_t line;
    ht_sym team_id, unit, provider;
    int32_t lat, lon; /* of the office */
    int32_t buffer_shifts;
} ht_team_row;

typedef struct ht_client_row {
    int32_t line;
    ht_sym client_id, team;
    int32_t lat, lon;
    ht_sym contact, second_contact;
    int32_t contact_status;
    ht_sym contact_reason;
    int32_t age_65;
    int32_t staff_cap;
    ht_sym key, environment, language, gender_wish, household; /* environment: list */
    int32_t from, to;
} ht_client_row;

typedef struct ht_staff_row {
    int32_t line;
    ht_sym staff_id, team;
    int32_t title, employment, percent, mode, start_place;
    ht_sym language, gender, avoids; /* language, avoids: lists */
    int32_t from, to;
} ht_staff_row;

typedef struct ht_skill_row {
    int32_t line;
    ht_sym staff_id, skill;
    int32_t from, to;
} ht_skill_row;

typedef struct ht_roster_row {
    int32_t line;
    ht_sym staff_id;
    int32_t date, start, end, kind;
    int32_t break_min, break_earliest, break_latest;
    ht_sym route_name;
    int32_t mode; /* HT_BLANK: the staff member's own */
    ht_sym team;  /* lent to */
    int32_t locked;
} ht_roster_row;

typedef struct ht_absence_row {
    int32_t line;
    ht_sym staff_id, client_id; /* just one of them */
    int32_t from, to;           /* stamps, [from, to); a bare `to` date ends at its midnight 24:00 */
} ht_absence_row;

typedef struct ht_visit_row {
    int32_t line;
    ht_sym visit_id, client_id;
    int32_t date, start, minutes;
    int32_t before_min, after_min, latest; /* HT_BLANK: from the settings */
    ht_sym skill, skill_one;               /* lists */
    int32_t staff_needed, priority;
    ht_sym service, after_visit;
    int32_t gap_min, gap_max;
    ht_sym locked_staff; /* list of staff ids */
    int32_t locked_start;
    int32_t counts;
    /* Of an occurrence of a series alone, never columns of visits.csv: the base plan (model/README.md). */
    ht_sym series, usual_staff; /* HT_NO_TEXT for none; usual_staff: list */
    int32_t usual_start;        /* of meaning where there is a series */
} ht_visit_row;

/* Visits that come back: each occurrence is a visit of its own (model/series.h). */
typedef struct ht_series_row {
    int32_t line;
    ht_sym series_id, client_id;
    int32_t start, minutes;
    int32_t before_min, after_min, latest;
    ht_sym skill, skill_one;
    int32_t staff_needed, priority;
    ht_sym service, after_visit; /* after_visit: another series */
    int32_t gap_min, gap_max;
    ht_sym locked_staff;
    int32_t locked_start;
    int32_t counts;
    ht_sym recurs;         /* model/recurrence.h */
    int32_t from, to;      /* first and last day; `to` HT_BLANK: no end */
    ht_sym pauses, except; /* model/skipped_days.h */
    ht_sym usual_staff;    /* list: the base plan */
} ht_series_row;

typedef struct ht_relation_row {
    int32_t line;
    ht_sym client_id, staff_id;
    int32_t kind;
} ht_relation_row;

typedef struct ht_travel_row {
    int32_t line;
    ht_sym from, to; /* a client id, "office" or "office:TEAM" */
    int32_t mode, seconds;
} ht_travel_row;

typedef struct ht_performed_row {
    int32_t line;
    ht_sym staff_id;
    int32_t date, start, end;
    ht_sym visit_id, client_id; /* one of them at least; after linking (model/validate.h) always client_id */
} ht_performed_row;

typedef struct ht_setting_row {
    int32_t line;
    ht_sym name, value;
} ht_setting_row;

typedef struct ht_dataset {
    ht_strings text;
    ht_array table[HT_TABLES];
    ht_array planned; /* of ht_performed_row: the current plans of days, filled by the store, never by CSV */
} ht_dataset;

/* False when memory is out. */
bool ht_dataset_init(ht_dataset *data, const ht_allocator *allocator);
void ht_dataset_release(ht_dataset *data);

/* The rows of one table: `const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS)`. */
const void *ht_dataset_rows(const ht_dataset *data, ht_table_id table);
int32_t ht_dataset_count(const ht_dataset *data, ht_table_id table);
const char *ht_dataset_text(const ht_dataset *data, ht_sym sym);

/* Finds rows of clients, staff, teams, visits by id in O(1) after ht_index_build(); -1 where there is none. */
typedef struct ht_index {
    int32_t *row_of_sym;
    int32_t syms;
} ht_index;

/* For tables whose key is their first text column alone (teams, clients, staff, visits, series, settings). The last of equal
 * ids wins. */
bool ht_index_build(ht_index *index, const ht_dataset *data, ht_table_id table, ht_arena *arena);
int32_t ht_index_find(const ht_index *index, ht_sym sym);

/* The rows of a table by the symbol in one of its text columns, those of one symbol in the table's order. Rows of
 * HT_NO_TEXT are of nobody. */
typedef struct ht_row_groups {
    int32_t *first; /* by symbol: of its rows in row; one more at the end */
    int32_t *row;
    int32_t syms;
} ht_row_groups;

bool ht_row_groups_build(ht_row_groups *groups, const ht_dataset *data, ht_table_id table, const char *column,
                         ht_arena *arena);
/* The rows of sym, *count of them; none where the data did not hold it yet. */
const int32_t *ht_row_groups_find(const ht_row_groups *groups, ht_sym sym, int32_t *count);

/* The next part of a list cell ("a|b|c"): false at the end. *at is 0 before the first call; part and length
 * are of the cell's own text, blanks trimmed, empty parts passed over. */
bool ht_list_next(const char *list, size_t *at, const char **part, size_t *length);

/* True where the two lists share a part. */
bool ht_lists_share(const char *list, const char *other);
/* True where the list holds the text. */
bool ht_list_holds(const char *list, const char *text);

#endif
