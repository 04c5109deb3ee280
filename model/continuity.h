/* model/continuity.h: who meets the client: distinct staff, contact share, and what was possible.
 *
 * Counts each person of a double-staffed visit; visits with counts = no are left out. A performed row
 * without an end lasted as long as its visit was granted.
 * Source: model/README.md, "Distinct staff".
 */
#ifndef HT_MODEL_CONTINUITY_H
#define HT_MODEL_CONTINUITY_H

#include "model/dataset.h"
#include "model/history.h"

typedef struct ht_client_continuity {
    ht_sym client;
    int32_t visits;   /* visits-by-staff, N */
    int32_t distinct; /* distinct staff, k */
    int32_t
        floor; /* least k that the roster allows: ceil(visit-blocks needed / most shifts of one person), see continuity.c */
    int32_t by_contact;      /* of the N */
    int32_t contact_ceiling; /* of the N: inside a shift of the contact */
    double upc, coc, secon;  /* NAN where N is too small */
} ht_client_continuity;

typedef struct ht_continuity {
    ht_array clients; /* of ht_client_continuity, by client id text; clients with a meeting in the period */
    double mean_distinct, contact_share, contact_ceiling_share; /* NAN where there is nothing to divide */
    double median_distinct, p90_distinct, share_above_20;
    int64_t visits;
    int32_t from, to;
} ht_continuity;

/* data holds performed rows, visits, roster and plans of [from, to]. team HT_NO_TEXT: all. False when memory is out. result's arrays are init'ed here. */
bool ht_continuity_measure(const ht_dataset *data, int32_t from, int32_t to, ht_sym team, ht_continuity *result);
void ht_continuity_release(ht_continuity *result);

#endif
