/* model/check.h: the independent check: every hard rule and every level value of a plan, recomputed from the data alone.
 *
 * Shares no code with solver/, and does not look at model/day.h or model/problem.h: it reads the dataset's rows itself,
 * the slow and plain way.
 *
 * A visit belongs to the row of its person that begins last before or at its start (the first row where none does).
 * It must be back when that row ends, its overtime over, or the person's next row or absence begins.
 * Cost:   a pass over each table; for each roster row of the day one over the staff, the absences and the day's roster;
 *         for each visit the relations, skills and shifts of those concerned.
 * Errors: HT_ENOMEM, HT_EINPUT (overflow). Broken rules are no errors: they are the report.
 * Source: model/README.md.
 */
#ifndef HT_MODEL_CHECK_H
#define HT_MODEL_CHECK_H

#include "base/words.h"
#include "model/plan.h"
#include "model/settings.h"

/* X(identifier, stable name) : hard rules, in the order they are reported */
#define HT_HARD_RULE_LIST(X)                                                                                           \
    X(UNKNOWN, N_("unknown-visit-or-staff"))                                                                           \
    X(TWICE, N_("planned-twice")) /* same visit and person */                                                          \
    X(STAFFING, N_("staffing"))   /* not just staff_needed different persons */                                        \
    X(SAME_START, N_("same-start"))                                                                                    \
    X(WINDOW, N_("window"))                                                                                            \
    X(SHIFT, N_("shift"))           /* not on shift, or not back by its end */                                         \
    X(TWO_PLACES, N_("two-places")) /* two stops overlap */                                                            \
    X(TRAVEL, N_("travel"))         /* the leg cannot be made in time */                                               \
    X(SKILL, N_("skill"))                                                                                              \
    X(SKILL_ONE, N_("skill-one"))                                                                                      \
    X(BLOCKED, N_("blocked"))                                                                                          \
    X(AVOIDS, N_("avoids"))                                                                                            \
    X(BREAK, N_("break")) /* no slot for the break */                                                                  \
    X(OFFICE, N_("office-time"))                                                                                       \
    X(LINK, N_("link"))                                                                                                \
    X(LOCK, N_("lock"))                                                                                                \
    X(AWAY, N_("client-away"))                                                                                         \
    X(COUNT, N_("not-accounted-for")) /* neither planned nor listed as unplanned */

typedef enum ht_hard_rule {
#define X(id, name) HT_HARD_##id,
    HT_HARD_RULE_LIST(X)
#undef X
        HT_HARD_RULES
} ht_hard_rule;

/* The stable name; ht_named() of it is the reader's. */
const char *ht_hard_rule_name(ht_hard_rule rule);

typedef struct ht_breach {
    ht_hard_rule rule;
    ht_sym visit, staff; /* HT_NO_TEXT where it is about none */
    const char *text;    /* "V12 ends 15:40, P3 is back 15:52, shift ends 15:45" */
} ht_breach;

/* A soft thing a planner wants to know: late visits, locks and links that could not be kept, lent staff, rest and weekly hours. */
typedef struct ht_deviation {
    const char *level; /* "promise", "lock", "link", "roster", "lent", "contact", "rest", "hours", "base-plan" */
    const char *rule;
    const char *id; /* a visit, staff or client id */
    const char *text;
} ht_deviation;

typedef enum ht_visit_state { HT_VISIT_PLANNED, HT_VISIT_OPEN, HT_VISIT_CANCELLED } ht_visit_state;

/* What has become of a visit of the day. */
typedef struct ht_visit_fate {
    ht_sym visit;
    ht_visit_state state; /* open: nobody is planned; cancelled: the client is away, whatever the plan says */
} ht_visit_fate;

typedef struct ht_check_report {
    ht_array breaches;                  /* of ht_breach */
    ht_array deviations;                /* of ht_deviation */
    ht_array fates;                     /* of ht_visit_fate: each visit of the day and team, as the data has them */
    ht_values values;                   /* components and levels by settings->objective */
    int32_t visits, planned, unplanned; /* visits; cancelled ones are none of these */
    int32_t staff_visits, by_contact, by_second, by_team, by_other;
    int32_t contact_ceiling; /* staff-visits that the contact could make, see contact_can() in check_values.c */
    int32_t late_visits;
    int32_t of_series; /* visits that have a base plan */
    ht_arena arena;
} ht_check_report;

/* Checks entries as the plan of date for the clients of team (all: HT_NO_TEXT). The report is init'ed here; release it always. */
ht_status ht_check_plan(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan,
                        ht_check_report *report, ht_err *err);
void ht_check_report_release(ht_check_report *report);

#endif
