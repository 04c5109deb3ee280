/* The schema, version by version, and the way from one to the next. A version that was released is never edited: a
 * change is a new step. */
#include "io/store_internal.h"

#include "base/words.h"

/* Written so that a person with the sqlite3 shell can read it:
 *   text    as it is; a blank is NULL, but '' in a column of the primary key, which cannot be NULL
 *   date    TEXT 'YYYY-MM-DD'; time TEXT 'HH:MM' ('HH:MM:SS' where there are seconds, '24:00' for the end of the day);
 *           both sort as text; an absence has 'YYYY-MM-DD HH:MM', from its first minute to the one after its last
 *   word    its English name, as in the CSV files; yes and no are 1 and 0
 *   decimal REAL in the unit of the CSV file; it reads back exact, as the scaled integers have at most 10 digits
 * Primary keys of what is read by day begin with the date, so that a range of days lies together and needs no further
 * index. Rows that only the import's validation relates (performed visits, absences, contacts) have no foreign key:
 * their checks would cost an index on the largest table. Entries of a plan name visits and staff by text alone, since a
 * plan outlives them. A plan is outdated as soon as what it was made from changes: triggers see to that, whoever
 * writes. */
static const char PEOPLE[] =
    "CREATE TABLE teams ("
    " team_id TEXT NOT NULL PRIMARY KEY, unit TEXT, provider TEXT,"
    " lat REAL CHECK (lat BETWEEN -90 AND 90), lon REAL CHECK (lon BETWEEN -180 AND 180), buffer_shifts INTEGER"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE clients ("
    " client_id TEXT NOT NULL PRIMARY KEY, team TEXT NOT NULL,"
    " lat REAL CHECK (lat BETWEEN -90 AND 90), lon REAL CHECK (lon BETWEEN -180 AND 180),"
    " contact TEXT, second_contact TEXT,"
    " contact_status TEXT CHECK (contact_status IN ('offered', 'accepted', 'declined', 'exempt', 'none')),"
    " contact_reason TEXT, age_65 INTEGER CHECK (age_65 IN (0, 1)), staff_cap INTEGER, \"key\" TEXT, environment TEXT,"
    " language TEXT, gender_wish TEXT, household TEXT,"
    " \"from\" TEXT CHECK (length(\"from\") = 10), \"to\" TEXT CHECK (length(\"to\") = 10)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE staff ("
    " staff_id TEXT NOT NULL PRIMARY KEY, team TEXT NOT NULL,"
    " title TEXT CHECK (title IN ('usk', 'usk_transition', 'vb', 'other')),"
    " employment TEXT CHECK (employment IN ('permanent', 'temporary', 'hourly')), percent REAL,"
    " mode TEXT CHECK (mode IN ('car', 'bicycle', 'walk')), start_place TEXT CHECK (start_place IN ('office', 'home')),"
    " language TEXT, gender TEXT, avoids TEXT,"
    " \"from\" TEXT CHECK (length(\"from\") = 10), \"to\" TEXT CHECK (length(\"to\") = 10)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE skills ("
    " staff_id TEXT NOT NULL REFERENCES staff ON DELETE CASCADE, skill TEXT NOT NULL,"
    " \"from\" TEXT NOT NULL CHECK (length(\"from\") IN (0, 10)), \"to\" TEXT CHECK (length(\"to\") = 10),"
    " PRIMARY KEY (staff_id, skill, \"from\")"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE relations ("
    " client_id TEXT NOT NULL REFERENCES clients ON DELETE CASCADE,"
    " staff_id TEXT NOT NULL REFERENCES staff ON DELETE CASCADE,"
    " kind TEXT NOT NULL CHECK (kind IN ('blocked', 'wished', 'known')),"
    " PRIMARY KEY (client_id, staff_id, kind)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX relations_by_staff ON relations (staff_id);";

static const char DAYS[] =
    "CREATE TABLE roster ("
    " staff_id TEXT NOT NULL REFERENCES staff, date TEXT NOT NULL CHECK (length(date) = 10),"
    " start TEXT NOT NULL CHECK (length(start) IN (5, 8)), \"end\" TEXT CHECK (length(\"end\") IN (5, 8)),"
    " kind TEXT NOT NULL CHECK (kind IN ('work', 'office')), break_min INTEGER,"
    " break_earliest TEXT CHECK (length(break_earliest) IN (5, 8)), break_latest TEXT CHECK (length(break_latest) IN "
    "(5, 8)),"
    " route_name TEXT, mode TEXT CHECK (mode IN ('car', 'bicycle', 'walk')), team TEXT,"
    " locked INTEGER CHECK (locked IN (0, 1)),"
    " PRIMARY KEY (date, staff_id, start, kind)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX roster_by_staff ON roster (staff_id);"
    "CREATE TABLE absences ("
    " staff_id TEXT NOT NULL, client_id TEXT NOT NULL,"
    " \"from\" TEXT NOT NULL CHECK (length(\"from\") = 16), \"to\" TEXT CHECK (length(\"to\") = 16),"
    " PRIMARY KEY (staff_id, client_id, \"from\"), CHECK ((staff_id = '') <> (client_id = ''))"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE visits ("
    " visit_id TEXT NOT NULL PRIMARY KEY, client_id TEXT NOT NULL REFERENCES clients,"
    " date TEXT NOT NULL CHECK (length(date) = 10), start TEXT NOT NULL CHECK (length(start) IN (5, 8)),"
    " minutes INTEGER NOT NULL CHECK (minutes > 0), before_min INTEGER, after_min INTEGER,"
    " latest TEXT CHECK (length(latest) IN (5, 8)), skill TEXT, skill_one TEXT,"
    " staff_needed INTEGER CHECK (staff_needed > 0), priority INTEGER CHECK (priority BETWEEN 1 AND 3), service TEXT,"
    " after_visit TEXT, gap_min INTEGER, gap_max INTEGER, locked_staff TEXT,"
    " locked_start TEXT CHECK (length(locked_start) IN (5, 8)), counts INTEGER CHECK (counts IN (0, 1))"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX visits_by_date ON visits (date);"
    "CREATE INDEX visits_by_client ON visits (client_id);"
    "CREATE TABLE performed ("
    " staff_id TEXT NOT NULL, date TEXT NOT NULL CHECK (length(date) = 10),"
    " start TEXT NOT NULL CHECK (length(start) IN (5, 8)), \"end\" TEXT CHECK (length(\"end\") IN (5, 8)),"
    " visit_id TEXT NOT NULL, client_id TEXT NOT NULL,"
    " PRIMARY KEY (date, staff_id, start, visit_id, client_id)"
    ") STRICT, WITHOUT ROWID;";

/* imports: how many of them changed the data; a plan that is stored learns by it that its data changed while it was
 * made. */
static const char OTHERS[] =
    "CREATE TABLE travel ("
    " \"from\" TEXT NOT NULL, \"to\" TEXT NOT NULL, mode TEXT NOT NULL CHECK (mode IN ('car', 'bicycle', 'walk')),"
    " minutes REAL NOT NULL CHECK (minutes >= 0), PRIMARY KEY (\"from\", \"to\", mode)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE imports (number INTEGER NOT NULL) STRICT;"
    "INSERT INTO imports VALUES (0);";

/* team '' is all teams; settings: the rows in force, a line NAME=VALUE each; start and end of an entry are exact
 * 'HH:MM:SS'; the end is kept since the visit's length may change later. */
static const char PLANS[] =
    "CREATE TABLE plans ("
    " plan_id INTEGER PRIMARY KEY, date TEXT NOT NULL CHECK (length(date) = 10), team TEXT NOT NULL,"
    " version INTEGER NOT NULL CHECK (version > 0), created TEXT NOT NULL CHECK (length(created) = 19),"
    " profile TEXT NOT NULL, seed INTEGER NOT NULL, work INTEGER NOT NULL, wall_ms INTEGER NOT NULL,"
    " visits INTEGER NOT NULL, unplanned INTEGER NOT NULL,"
    " current INTEGER NOT NULL DEFAULT 0 CHECK (current IN (0, 1)),"
    " published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),"
    " outdated INTEGER NOT NULL DEFAULT 0 CHECK (outdated IN (0, 1)),"
    " settings TEXT NOT NULL, UNIQUE (date, team, version)"
    ") STRICT;"
    "CREATE UNIQUE INDEX plans_current ON plans (date, team) WHERE current = 1;"
    "CREATE UNIQUE INDEX plans_published ON plans (date, team) WHERE published = 1;"
    "CREATE INDEX plans_valid ON plans (date) WHERE outdated = 0;"
    "CREATE TABLE plan_levels ("
    " plan_id INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE, level INTEGER NOT NULL, name TEXT NOT NULL,"
    " value INTEGER NOT NULL, PRIMARY KEY (plan_id, level)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE plan_entries ("
    " plan_id INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE, visit_id TEXT NOT NULL, staff_id TEXT NOT NULL,"
    " client_id TEXT NOT NULL, start TEXT NOT NULL CHECK (length(start) = 8),"
    " \"end\" TEXT NOT NULL CHECK (length(\"end\") = 8), PRIMARY KEY (plan_id, visit_id, staff_id)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE plan_unplanned ("
    " plan_id INTEGER NOT NULL REFERENCES plans ON DELETE CASCADE, visit_id TEXT NOT NULL, rule TEXT NOT NULL,"
    " reason TEXT NOT NULL, would_help TEXT NOT NULL, PRIMARY KEY (plan_id, visit_id)"
    ") STRICT, WITHOUT ROWID;";

#define MARK " BEGIN UPDATE plans SET outdated = 1 WHERE outdated = 0"
#define ON_DATE(name, event, dates) "CREATE TRIGGER " name " AFTER " event MARK " AND date IN (" dates "); END;"
#define ON_ABSENCE(name, event, row)                                                                                   \
    "CREATE TRIGGER " name " AFTER " event MARK " AND date || ' 24:00' > " row ".\"from\" AND date || ' 00:00' < " row \
    ".\"to\"; END;"
/* Rows of these go only by purge, when nothing kept names them. */
#define ON_ALL(table)                                                                                                  \
    "CREATE TRIGGER " table "_new AFTER INSERT ON " table MARK "; END;"                                                \
    "CREATE TRIGGER " table "_changed AFTER UPDATE ON " table MARK "; END;"

static const char *const VERSION_1[] = {PEOPLE,
                                        DAYS,
                                        OTHERS,
                                        PLANS,
                                        ON_DATE("visits_new", "INSERT ON visits", "NEW.date"),
                                        ON_DATE("visits_changed", "UPDATE ON visits", "OLD.date, NEW.date"),
                                        ON_DATE("visits_gone", "DELETE ON visits", "OLD.date"),
                                        ON_DATE("roster_new", "INSERT ON roster", "NEW.date"),
                                        ON_DATE("roster_changed", "UPDATE ON roster", "NEW.date"),
                                        ON_DATE("roster_gone", "DELETE ON roster", "OLD.date"),
                                        ON_ABSENCE("absences_new", "INSERT ON absences", "NEW"),
                                        ON_ABSENCE("absences_were", "UPDATE ON absences", "OLD"),
                                        ON_ABSENCE("absences_are", "UPDATE ON absences", "NEW"),
                                        ON_ABSENCE("absences_gone", "DELETE ON absences", "OLD"),
                                        ON_ALL("teams"),
                                        ON_ALL("clients"),
                                        ON_ALL("staff"),
                                        ON_ALL("skills"),
                                        ON_ALL("relations"),
                                        ON_ALL("travel"),
                                        ON_ALL("settings"),
                                        NULL};
/* An occurrence is a visit of the date, which no row of visits needs to stand for. */
static const char SERIES[] =
    "CREATE TABLE visit_series ("
    " series_id TEXT NOT NULL PRIMARY KEY CHECK (length(series_id) <= 23),"
    " client_id TEXT NOT NULL REFERENCES clients, start TEXT NOT NULL CHECK (length(start) IN (5, 8)),"
    " minutes INTEGER NOT NULL CHECK (minutes > 0), before_min INTEGER, after_min INTEGER,"
    " latest TEXT CHECK (length(latest) IN (5, 8)), skill TEXT, skill_one TEXT,"
    " staff_needed INTEGER CHECK (staff_needed > 0), priority INTEGER CHECK (priority BETWEEN 1 AND 3), service TEXT,"
    " after_visit TEXT, gap_min INTEGER, gap_max INTEGER, locked_staff TEXT,"
    " locked_start TEXT CHECK (length(locked_start) IN (5, 8)), counts INTEGER CHECK (counts IN (0, 1)),"
    " recurs TEXT NOT NULL, \"from\" TEXT NOT NULL CHECK (length(\"from\") = 10),"
    " \"to\" TEXT CHECK (length(\"to\") = 10), pauses TEXT, \"except\" TEXT, usual_staff TEXT"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX visit_series_by_client ON visit_series (client_id);";

/* Few visits follow another: what they follow is found without a look at all others of the days. */
static const char FOLLOWERS[] =
    "CREATE INDEX visits_that_follow ON visits (date, after_visit) WHERE after_visit IS NOT NULL;";

/* A plan that is stored learns by it that its day was purged while it was made. */
static const char PURGES[] = "CREATE TABLE purges (number INTEGER PRIMARY KEY, older_than TEXT NOT NULL CHECK "
                             "(length(older_than) = 10)) STRICT;";

#define ON_SERIES(name, event, row)                                                                                    \
    "CREATE TRIGGER " name " AFTER " event MARK " AND date >= " row ".\"from\" AND date <= ifnull(" row                \
    ".\"to\", date); END;"

/* Beyond its client's time a series has no visits: those of clients who left go by purge without a trace. */
static const char SERIES_GONE[] =
    "CREATE TRIGGER visit_series_gone AFTER DELETE ON visit_series" MARK
    " AND date BETWEEN OLD.\"from\" AND ifnull(OLD.\"to\", date)"
    " AND date <= ifnull((SELECT \"to\" FROM clients WHERE client_id = OLD.client_id), date); END;";

static const char *const VERSION_2[] = {SERIES,
                                        FOLLOWERS,
                                        PURGES,
                                        ON_SERIES("visit_series_new", "INSERT ON visit_series", "NEW"),
                                        ON_SERIES("visit_series_were", "UPDATE ON visit_series", "OLD"),
                                        ON_SERIES("visit_series_are", "UPDATE ON visit_series", "NEW"),
                                        SERIES_GONE,
                                        NULL};
static const char *const *const STEP[] = {VERSION_1, VERSION_2};

const ht_schema ht_store_schema = {STEP, (int32_t)(sizeof STEP / sizeof STEP[0])};

static ht_status fail_foreign(ht_store *store, ht_err *err) {
    return ht_fail(err, HT_EINPUT,
                   _("%s is not a hemtur store: another program made it; choose another file with --db"), store->path);
}

ht_status ht_store_identify(ht_store *store, const ht_schema *schema, int32_t *version, ht_err *err) {
    int64_t application = 0, stored = 0, tables = 0;
    if (ht_store_number(store, "PRAGMA application_id", &application, err) != HT_OK ||
        ht_store_number(store, "PRAGMA user_version", &stored, err) != HT_OK ||
        ht_store_number(store, "SELECT count(*) FROM sqlite_schema", &tables, err) != HT_OK)
        return err->status;
    *version = 0;
    if (application == 0 && stored == 0 && tables == 0)
        return HT_OK;
    if (application != HT_STORE_APPLICATION || stored < 1)
        return fail_foreign(store, err);
    if (stored > schema->versions)
        return ht_fail(err, HT_EINPUT,
                       _("%s was made by a newer hemtur (store version %d, this one knows %d): install that version, "
                         "or choose another file with --db"),
                       store->path, (int)stored, (int)schema->versions);
    *version = (int32_t)stored;
    return HT_OK;
}

static ht_status copy_before(ht_store *store, int32_t version, ht_err *err) {
    ht_text target;
    ht_text_init(&target, &ht_allocator_system);
    ht_text_addf(&target, "%s.before-v%d", store->path, (int)version + 1);
    ht_status status = target.failed ? ht_fail_memory(err) : ht_store_copy(store, version, ht_text_get(&target), err);
    ht_text_release(&target);
    return status;
}

static ht_status run_steps(ht_store *store, const ht_schema *schema, ht_err *err) {
    int32_t version = 0; /* again, now that nobody else can write: another program may have been first */
    char stamp[96];
    if (ht_store_identify(store, schema, &version, err) != HT_OK)
        return err->status;
    for (; version < schema->versions; version++)
        for (const char *const *part = schema->step[version]; *part; part++)
            if (ht_store_run(store, *part, err) != HT_OK)
                return err->status;
    snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d", HT_STORE_APPLICATION,
             (int)version);
    return ht_store_run(store, stamp, err);
}

ht_status ht_store_upgrade(ht_store *store, const ht_schema *schema, ht_err *err) {
    int32_t version = 0;
    if (ht_store_identify(store, schema, &version, err) != HT_OK || version == schema->versions)
        return err->status;
    if (version > 0 && copy_before(store, version, err) != HT_OK)
        return err->status;
    if (ht_store_run(store, "BEGIN IMMEDIATE", err) != HT_OK)
        return err->status;
    ht_status status = run_steps(store, schema, err);
    if (status == HT_OK)
        status = ht_store_run(store, "COMMIT", err);
    if (status != HT_OK)
        ht_store_rollback(store);
    return status;
}
