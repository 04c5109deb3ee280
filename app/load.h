/* app/load.h: what a day needs from the store: its rows and the two weeks before it, the settings, the team.
 *
 * Ownership: the caller's struct, zeroed or filled by ht_day_data_read(); release it always, also after a failure.
 * Errors:    the store's; HT_EINPUT where the team or profile is not there.
 */
#ifndef HT_APP_LOAD_H
#define HT_APP_LOAD_H

#include "io/store.h"
#include "model/settings.h"

enum { HT_HISTORY_DAYS = 14 }; /* who met whom is looked up this far back (model/README.md) */

typedef struct ht_day_data {
    ht_dataset data;
    ht_settings settings;
    ht_sym team;            /* HT_NO_TEXT: all teams */
    int32_t removed_before; /* by purge; HT_BLANK: nothing ever was */
    bool filled;            /* there is a dataset to release */
} ht_day_data;

/* Rows of [from, to], the occurrences of series among the visits (of days whose data was removed none), and the team; team NULL or "": all teams. The roster
 * goes on to the Monday after: rest and weekly hours are of whole weeks. Settings come with ht_day_data_profile(). */
ht_status ht_day_data_read(ht_store *store, const ht_store_range *range, const char *team, ht_day_data *day,
                           ht_err *err);
/* The settings with the objective of a profile; NULL or "": the default profile. */
ht_status ht_day_data_profile(ht_day_data *day, const char *profile, ht_err *err);
void ht_day_data_release(ht_day_data *day);

/* The range that planning or checking a day needs. */
ht_store_range ht_day_range(int32_t date);

/* The teams that clients belong to (array of ht_sym, init'ed here), by text. */
ht_status ht_teams_of_clients(const ht_dataset *data, ht_array *teams, ht_err *err);

#endif
