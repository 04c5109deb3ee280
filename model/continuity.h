/* model/continuity.h: who meets the client, and what was possible: one record a client, of which groups are sums.
 *
 * Counts each person of a double-staffed visit. Visits with counts = no are left out, and those that the definition
 * excludes; a client whom it excludes has a record all the same, with the reason.
 *
 * Units:     shares 0 .. 1, NAN where there is nothing to divide; entropy in bits; seconds.
 * Ownership: ht_continuity_open() makes what ht_continuity_close() ends; records borrow the dataset's texts.
 * Cost:      one sort of the range's visits; then O(visits of the period) a period.
 * Source:    model/README.md, "Distinct staff". COC: Bice, Boxerman (1977), Medical Care 15(4):347-349. UPC: Breslau,
 *            Reeb (1975), Journal of Medical Education 50(10):965-969. SECON: Steinwachs (1979), Medical Care
 *            17(6):551-565. Entropy: Shannon (1948), Bell System Technical Journal 27:379-423.
 */
#ifndef HT_MODEL_CONTINUITY_H
#define HT_MODEL_CONTINUITY_H

#include "model/encounters.h"
#include "model/on_shift.h"

enum { HT_ON_TIME = 30 * 60, HT_NEAR_PLAN = 15 * 60, HT_PER_DAY_MOST = 5 };

/* What adds up over clients. */
/* clang-format off */
#define HT_TOTAL_LIST(X)                                                                                      \
    X(visits)          /* visits-by-staff, N */                                                               \
    X(by_contact)      /* of the N */                                                                         \
    X(contact_ceiling) /* of the N: made by the contact, or inside a shift of theirs */                       \
    X(by_team)         /* of the N: by members of the client's team */                                        \
    X(seconds)         /* of the N */                                                                         \
    X(contact_seconds)                                                                                        \
    X(ceiling_seconds)                                                                                        \
    X(team_seconds)                                                                                           \
    X(timed)           /* visits whose agreed time is known */                                                \
    X(on_time)         /* of them: start within HT_ON_TIME of it */                                           \
    X(unplanned)       /* visits that the plans leave out and nobody made */                                  \
    X(compared)        /* staff visits performed of visits that a plan gave to somebody */                    \
    X(as_planned)      /* of them: by the planned person */                                                   \
    X(compared_starts) /* visits performed that were planned */                                               \
    X(near_plan)       /* of them: start within HT_NEAR_PLAN of the planned one */                            \
    X(not_performed)   /* visits planned on such days that nobody made */
/* clang-format on */

typedef struct ht_totals {
#define X(name) int64_t name;
    HT_TOTAL_LIST(X)
#undef X
    double spread_squares;  /* of starts about the mean of their slot, seconds squared */
    int64_t spread_degrees; /* starts less slots: slots with two starts at least */
} ht_totals;

typedef struct ht_client_continuity {
    ht_sym client, team, unit;
    const char *excluded_reason; /* stable; NULL: counted */
    ht_totals total;
    int32_t distinct; /* distinct staff, k */
    int32_t floor;    /* least k that the roster allows: ceil(visit-blocks needed / most shifts of one person) */
    int32_t per_day;  /* visits a day, on days with visits: 1 .. 4, HT_PER_DAY_MOST: that or more; 0: no visits */
    int32_t planned_distinct, performed_distinct; /* on the days with plan and performed visits */
    double upc, coc, secon, entropy;              /* NAN where N is too small */
} ht_client_continuity;

typedef struct ht_continuity {
    const ht_dataset *data;
    ht_definition definition;
    ht_sym team; /* HT_NO_TEXT: all */
    ht_encounters encounters;
    ht_encounters due;     /* visits without staff: what clients were to have */
    ht_encounters planned; /* on days with performed rows; of use where has_plans */
    bool has_plans;
    ht_on_shift shifts;
    ht_sym *unit_of_team;      /* by symbol of the team */
    const ht_array *unplanned; /* of ht_performed_row: visits that plans leave out; NULL: none */
    ht_arena arena;
} ht_continuity;

/* What of [from, to] any period of it is measured by. data holds performed rows, visits, roster and plans of the range.
 * team HT_NO_TEXT: all. False when memory is out; close it always. */
bool ht_continuity_open(ht_continuity *c, const ht_dataset *data, const ht_definition *definition, int32_t from,
                        int32_t to, ht_sym team);
void ht_continuity_close(ht_continuity *c);

/* From now on what is measured is compared with plans (array of ht_performed_row). False when memory is out. */
bool ht_continuity_compare(ht_continuity *c, const ht_array *plans);

/* Records of a period (clients: an init'ed array of ht_client_continuity), by client id text: clients who had a visit,
 * or should have had one. False when memory is out. */
bool ht_continuity_measure(ht_continuity *c, int32_t from, int32_t to, ht_array *clients);

/* Adds what adds up. */
void ht_totals_add(ht_totals *sum, const ht_totals *more);
/* part / whole, NAN where there is no whole. */
double ht_share(int64_t part, int64_t whole);
/* Standard deviation of starts within their slots, minutes; NAN where no slot has two starts. */
double ht_start_spread(const ht_totals *total);

#endif
