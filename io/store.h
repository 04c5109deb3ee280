/* io/store.h: the SQLite store: imported tables, plans as versions.
 *
 * A store has STRICT tables, foreign keys on, application_id and user_version; WAL with synchronous=FULL (DELETE journal where
 * WAL cannot be); busy_timeout 5 s; BEGIN IMMEDIATE for writes; its files are readable by their owner only. A store made by an older version is copied
 * (FILE.before-vN) and migrated when it is opened for writing; a newer, foreign or damaged one is refused and left as it is.
 *
 * Ownership: ht_store_open() makes a heap object, ht_store_close() ends it (and rolls back what was not committed).
 * Errors:    HT_ESYSTEM (locked, full, read-only, damaged: says which and what to do), HT_EINPUT (foreign, newer, no store there), HT_ENOMEM.
 * Threads:   one thread at a time.
 */
#ifndef HT_IO_STORE_H
#define HT_IO_STORE_H

#include "model/check.h"
#include "model/dataset.h"
#include "model/plan.h"

typedef struct ht_store ht_store;

typedef enum ht_store_mode {
    HT_STORE_READ,  /* must exist; works in a read-only folder */
    HT_STORE_WRITE, /* must exist */
    HT_STORE_CREATE /* made where it is missing */
} ht_store_mode;

/* "3.40.1" */
const char *ht_store_sqlite_version(void);

ht_store *ht_store_open(const char *path, ht_store_mode mode, ht_err *err);
void ht_store_close(ht_store *store);

ht_status ht_store_begin(ht_store *store, ht_err *err); /* BEGIN IMMEDIATE */
ht_status ht_store_commit(ht_store *store, ht_err *err);
void ht_store_rollback(ht_store *store);

/* Several reads as of one moment, whatever others write meanwhile. Part of the transaction that is open, if one is; ended by ht_store_snapshot_end(). */
typedef enum ht_snapshot { HT_SNAPSHOT_OWN, HT_SNAPSHOT_PART } ht_snapshot;
ht_status ht_store_snapshot_begin(ht_store *store, ht_snapshot *snapshot, ht_err *err);
void ht_store_snapshot_end(ht_store *store, ht_snapshot snapshot);

/* ---- imported data ---- */

/* What becomes of stored series that the data does not list, of clients that it lists others of. */
typedef enum ht_unlisted_series { HT_SERIES_STAY, HT_SERIES_GO } ht_unlisted_series;

/* Adds to data the rows of the store that an import of data leaves in place (their keys not in data, their dates not covered by
 * data's rows where the table is dated), line 0. HT_TRAVEL only where data has rows of it; never HT_PERFORMED: that is checked by
 * reference alone. */
ht_status ht_store_read_kept(ht_store *store, ht_unlisted_series unlisted, ht_dataset *data, ht_err *err);

typedef struct ht_store_changes {
    int32_t removed[HT_TABLES]; /* rows of covered dates, and series, that data no longer lists */
} ht_store_changes;

/* Writes the rows of data with line > 0: replaces by key; of dated tables first deletes the dates that data's rows cover.
 * Marks plans outdated whose date has a visit, roster row, absence or series that changed, or all when clients, staff, skills, relations, travel, settings change. */
ht_status ht_store_write(ht_store *store, ht_unlisted_series unlisted, const ht_dataset *data, ht_store_changes *done,
                         ht_err *err);

typedef struct ht_store_range {
    int32_t from, to; /* roster, visits, performed, planned: these dates */
    bool with_travel; /* HT_TRAVEL too */
} ht_store_range;

/* Reads into an empty data: whole tables of teams, clients, staff, skills, relations, settings, absences, series; dated ones of the range
 * (and visits of other dates that visits in the range follow by after_visit, with their performed rows); data->planned from the current plans of the range. */
ht_status ht_store_read(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_err *err);

/* Adds the rows of one dated table in the range to data, and nothing else. */
ht_status ht_store_read_dated(ht_store *store, ht_table_id table, const ht_store_range *range, ht_dataset *data,
                              ht_err *err);

/* ---- plans ---- */

typedef struct ht_plan_record {
    int32_t date, version; /* versions of a date (and team) count from 1 */
    char team[33];         /* "": all teams */
    char created[20];      /* UTC "2025-03-05T07:30:00" */
    char profile[32];
    int64_t seed, work, wall_ms; /* work: iterations done */
    int32_t levels;
    char level_name[HT_LEVELS_MAX][HT_LEVEL_NAME];
    int64_t level_value[HT_LEVELS_MAX];
    int32_t visits, unplanned;
    bool current, published, outdated;
} ht_plan_record;

/* Stores plan as the next version of its date and makes it current, in one transaction of its own. record: in profile, seed, ..., visits, unplanned;
 * out date, team, version, created and the flags: outdated at once where an import changed the data since ht_store_read() on this store. */
ht_status ht_store_save_plan(ht_store *store, const ht_dataset *data, const ht_plan *plan, ht_plan_record *record,
                             ht_err *err);

/* Loads the current (version 0) or a given version; HT_EINPUT where there is none. Texts are interned in data.
 * plan is init'ed here; release it always. */
ht_status ht_store_load_plan(ht_store *store, int32_t date, const char *team, int32_t version, ht_dataset *data,
                             ht_plan *plan, ht_plan_record *record, ht_err *err);

/* Appends to rows (array of ht_performed_row, visits of data's range) what the published plans of the range say, as
 * data->planned has it of the current ones. */
ht_status ht_store_read_published(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_array *rows,
                                  ht_err *err);
/* The same of the visits that the current (published) plans leave out: rows with a date and a visit alone. */
typedef enum ht_plan_choice { HT_PLANS_CURRENT, HT_PLANS_PUBLISHED } ht_plan_choice;
ht_status ht_store_read_left_out(ht_store *store, const ht_store_range *range, ht_plan_choice choice, ht_dataset *data,
                                 ht_array *rows, ht_err *err);

/* All plans (array of ht_plan_record), by date, team, version; date HT_BLANK: every date. */
ht_status ht_store_list_plans(ht_store *store, int32_t date, ht_array *records, ht_err *err);
/* A plan of all teams that becomes current (published) takes that from the date's plans of single teams, as it stands for each of them;
 * a later plan of one team leaves it current and goes before it for the visits it speaks of. */
ht_status ht_store_set_current(ht_store *store, int32_t date, const char *team, int32_t version, ht_err *err);
ht_status ht_store_publish(ht_store *store, int32_t date, const char *team, int32_t version, ht_err *err);

/* ---- keeping ---- */

/* A consistent copy while others use the store; nothing may be at path. */
ht_status ht_store_backup(ht_store *store, const char *path, ht_err *err);

typedef struct ht_purged {
    int64_t visits, series, roster, absences, performed, plans, clients, staff;
} ht_purged;

/* Deletes what is older than date: dated rows and plans before it, series that ended before it, clients and staff whose `to` is before it and whom no kept row names.
 * Freed pages are overwritten (secure_delete) and the file shrunk (VACUUM). */
ht_status ht_store_purge(ht_store *store, int32_t before, ht_purged *purged, ht_err *err);
/* The latest day that data was ever removed before; HT_BLANK for none. */
ht_status ht_store_removed_before(ht_store *store, int32_t *date, ht_err *err);

#endif
