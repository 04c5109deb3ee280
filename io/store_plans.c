/* Plans as versions: a new one never destroys a former one. */
#include "io/store_internal.h"

#include "base/calendar.h"
#include "base/words.h"

/* ---- saving ---- */

/* The settings rows in force, a line NAME=VALUE each. */
static void settings_text(const ht_dataset *data, ht_text *text) {
    const ht_setting_row *row = ht_dataset_rows(data, HT_SETTINGS);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_SETTINGS); i++)
        ht_text_addf(text, "%s=%s\n", ht_dataset_text(data, row[i].name), ht_dataset_text(data, row[i].value));
}

static ht_status next_version(ht_store *store, ht_plan_record *record, ht_err *err) {
    bool row;
    char day[HT_DATE_TEXT];
    sqlite3_stmt *query = ht_store_prepare(store,
                                           "SELECT coalesce(max(version), 0) + 1, strftime('%Y-%m-%dT%H:%M:%S', 'now') "
                                           "FROM plans WHERE date = ?1 AND team = ?2",
                                           err);
    if (!query)
        return err->status;
    ht_bind_date(query, 1, record->date, day);
    ht_bind_text(query, 2, record->team);
    if (ht_store_next(store, query, &row, err) == HT_OK && row) {
        record->version = sqlite3_column_int(query, 0);
        snprintf(record->created, sizeof record->created, "%s", ht_column_text(query, 1));
    }
    sqlite3_finalize(query);
    return err->status;
}

static ht_status insert_plan(ht_store *store, const ht_dataset *data, const ht_plan_record *record, int64_t *plan,
                             ht_err *err) {
    ht_text settings;
    char day[HT_DATE_TEXT];
    sqlite3_stmt *insert = ht_store_prepare(store,
                                            "INSERT INTO plans (date, team, version, created, profile, seed, work, "
                                            "wall_ms, visits, unplanned, settings, outdated)"
                                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                                            err);
    if (!insert)
        return err->status;
    ht_text_init(&settings, data->text.arena.allocator);
    settings_text(data, &settings);
    ht_bind_date(insert, 1, record->date, day);
    ht_bind_text(insert, 2, record->team);
    sqlite3_bind_int(insert, 3, record->version);
    ht_bind_text(insert, 4, record->created);
    ht_bind_text(insert, 5, record->profile);
    sqlite3_bind_int64(insert, 6, record->seed);
    sqlite3_bind_int64(insert, 7, record->work);
    sqlite3_bind_int64(insert, 8, record->wall_ms);
    sqlite3_bind_int(insert, 9, record->visits);
    sqlite3_bind_int(insert, 10, record->unplanned);
    ht_bind_text(insert, 11, ht_text_get(&settings));
    sqlite3_bind_int(insert, 12, record->outdated);
    ht_status status = settings.failed ? ht_fail_memory(err) : ht_store_apply(store, insert, err);
    *plan = sqlite3_last_insert_rowid(store->db);
    sqlite3_finalize(insert);
    ht_text_release(&settings);
    return status;
}

static ht_status insert_levels(ht_store *store, int64_t plan, const ht_plan_record *record, ht_err *err) {
    sqlite3_stmt *insert =
        ht_store_prepare(store, "INSERT INTO plan_levels (plan_id, level, name, value) VALUES (?1, ?2, ?3, ?4)", err);
    for (int32_t i = 0; insert && i < record->levels && err->status == HT_OK; i++) {
        sqlite3_bind_int64(insert, 1, plan);
        sqlite3_bind_int(insert, 2, i + 1);
        ht_bind_text(insert, 3, record->level_name[i]);
        sqlite3_bind_int64(insert, 4, record->level_value[i]);
        ht_store_apply(store, insert, err);
    }
    sqlite3_finalize(insert);
    return err->status;
}

static ht_status insert_entry(ht_store *store, sqlite3_stmt *insert, const ht_dataset *data, const ht_index *visits,
                              const ht_plan_entry *entry, ht_err *err) {
    char start[HT_TIME_TEXT], end[HT_TIME_TEXT];
    int32_t at = ht_index_find(visits, entry->visit);
    if (at < 0)
        return ht_fail(err, HT_EINPUT, _("the plan names visit %s, which is not in the data: it cannot be stored"),
                       ht_dataset_text(data, entry->visit));
    const ht_visit_row *visit = (const ht_visit_row *)ht_dataset_rows(data, HT_VISITS) + at;
    ht_time_print_exact(entry->start, start, sizeof start);
    int32_t last = entry->start + visit->minutes * 60;
    ht_time_print_exact(last < HT_DAY_SECONDS ? last : HT_DAY_SECONDS, end, sizeof end);
    ht_bind_text(insert, 2, ht_dataset_text(data, entry->visit));
    ht_bind_text(insert, 3, ht_dataset_text(data, entry->staff));
    ht_bind_text(insert, 4, ht_dataset_text(data, visit->client_id));
    ht_bind_text(insert, 5, start);
    ht_bind_text(insert, 6, end);
    return ht_store_apply(store, insert, err);
}

static ht_status insert_entries(ht_store *store, int64_t plan, const ht_dataset *data, const ht_array *entries,
                                ht_err *err) {
    ht_arena arena;
    ht_index visits;
    ht_arena_init(&arena, data->text.arena.allocator);
    sqlite3_stmt *insert = ht_store_prepare(store,
                                            "INSERT INTO plan_entries (plan_id, visit_id, staff_id, client_id, start, "
                                            "\"end\") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                            err);
    if (insert && !ht_index_build(&visits, data, HT_VISITS, &arena))
        ht_fail_memory(err);
    sqlite3_bind_int64(insert, 1, plan);
    for (int32_t i = 0; i < entries->count && err->status == HT_OK; i++)
        insert_entry(store, insert, data, &visits, ht_array_at(entries, i), err);
    sqlite3_finalize(insert);
    ht_arena_release(&arena);
    return err->status;
}

static ht_status insert_unplanned(ht_store *store, int64_t plan, const ht_dataset *data, const ht_array *unplanned,
                                  ht_err *err) {
    sqlite3_stmt *insert = ht_store_prepare(
        store, "INSERT INTO plan_unplanned (plan_id, visit_id, rule, reason, would_help) VALUES (?1, ?2, ?3, ?4, ?5)",
        err);
    for (int32_t i = 0; insert && i < unplanned->count && err->status == HT_OK; i++) {
        const ht_unplanned *row = ht_array_at(unplanned, i);
        sqlite3_bind_int64(insert, 1, plan);
        ht_bind_text(insert, 2, ht_dataset_text(data, row->visit));
        ht_bind_text(insert, 3, ht_rule_name(row->rule));
        ht_bind_text(insert, 4, row->reason ? row->reason : "");
        ht_bind_text(insert, 5, row->would_help ? row->would_help : "");
        ht_store_apply(store, insert, err);
    }
    sqlite3_finalize(insert);
    return err->status;
}

/* ---- which version holds ---- */

/* A flag that one plan of a date and team has. */
typedef struct plan_flag {
    const char *clear_team; /* takes it from the date's plans of that team */
    const char *clear_all;  /* from all the date's plans: a plan of all teams stands for each of them */
    const char *set;
} plan_flag;

static const plan_flag CURRENT = {"UPDATE plans SET current = 0 WHERE current = 1 AND date = ?1 AND team = ?2",
                                  "UPDATE plans SET current = 0 WHERE current = 1 AND date = ?1",
                                  "UPDATE plans SET current = 1 WHERE date = ?1 AND team = ?2 AND version = ?3"};
static const plan_flag PUBLISHED = {"UPDATE plans SET published = 0 WHERE published = 1 AND date = ?1 AND team = ?2",
                                    "UPDATE plans SET published = 0 WHERE published = 1 AND date = ?1",
                                    "UPDATE plans SET published = 1 WHERE date = ?1 AND team = ?2 AND version = ?3"};

static ht_status fail_no_plan(int32_t date, const char *team, int32_t version, ht_err *err) {
    char day[HT_DATE_TEXT];
    ht_date_print(date, day, sizeof day);
    if (version == 0)
        return ht_fail(err, HT_EINPUT, _("no plan of %s%s%s is stored: make one with `hemtur plan --date %s`"), day,
                       *team ? _(", team ") : "", team, day);
    return ht_fail(err, HT_EINPUT, _("no plan of %s%s%s has version %d: `hemtur plans list` shows them"), day,
                   *team ? _(", team ") : "", team, (int)version);
}

static ht_status update_flag(ht_store *store, const char *sql, int32_t date, const char *team, int32_t version,
                             ht_err *err) {
    char day[HT_DATE_TEXT];
    sqlite3_stmt *update = ht_store_prepare(store, sql, err);
    if (!update)
        return err->status;
    ht_bind_date(update, 1, date, day);
    if (sqlite3_bind_parameter_count(update) > 1)
        ht_bind_text(update, 2, team);
    if (sqlite3_bind_parameter_count(update) > 2)
        sqlite3_bind_int(update, 3, version);
    ht_status status = ht_store_apply(store, update, err);
    sqlite3_finalize(update);
    return status;
}

static ht_status move_flag(ht_store *store, const plan_flag *flag, int32_t date, const char *team, int32_t version,
                           ht_err *err) {
    if (update_flag(store, *team ? flag->clear_team : flag->clear_all, date, team, version, err) != HT_OK ||
        update_flag(store, flag->set, date, team, version, err) != HT_OK)
        return err->status;
    return sqlite3_changes64(store->db) == 1 ? HT_OK : fail_no_plan(date, team, version, err);
}

static ht_status move_flag_alone(ht_store *store, const plan_flag *flag, int32_t date, const char *team,
                                 int32_t version, ht_err *err) {
    if (ht_store_begin(store, err) != HT_OK)
        return err->status;
    ht_status status = move_flag(store, flag, date, team, version, err);
    if (status == HT_OK)
        status = ht_store_commit(store, err);
    if (status != HT_OK)
        ht_store_rollback(store);
    return status;
}

ht_status ht_store_set_current(ht_store *store, int32_t date, const char *team, int32_t version, ht_err *err) {
    return move_flag_alone(store, &CURRENT, date, team, version, err);
}

ht_status ht_store_publish(ht_store *store, int32_t date, const char *team, int32_t version, ht_err *err) {
    return move_flag_alone(store, &PUBLISHED, date, team, version, err);
}

/* Whether an import changed the data since it was read here for this plan. */
static ht_status find_whether_outdated(ht_store *store, ht_plan_record *record, ht_err *err) {
    int64_t imports;
    if (ht_store_number(store, "SELECT number FROM imports", &imports, err) != HT_OK)
        return err->status;
    record->outdated = store->imports_read >= 0 && store->imports_read != imports;
    return HT_OK;
}

/* A plan keeps whom the visits name: one of a day that was purged since its data was read would bring back what was to
 * go. */
static ht_status refuse_removed(ht_store *store, const ht_plan_record *record, ht_err *err) {
    bool row = false;
    char day[HT_DATE_TEXT];
    sqlite3_stmt *query =
        ht_store_prepare(store, "SELECT 1 FROM purges WHERE older_than > ?1 AND number > ?2 LIMIT 1", err);
    if (!query)
        return err->status;
    ht_bind_date(query, 1, record->date, day);
    sqlite3_bind_int64(query, 2, store->purges_read);
    ht_status status = ht_store_next(store, query, &row, err);
    sqlite3_finalize(query);
    if (status != HT_OK || !row)
        return status;
    return ht_fail(err, HT_EINPUT, _("the data of %s was removed while it was planned; nothing is stored"), day);
}

static ht_status save_in_transaction(ht_store *store, const ht_dataset *data, const ht_plan *plan,
                                     ht_plan_record *record, ht_err *err) {
    int64_t id = 0;
    if (refuse_removed(store, record, err) != HT_OK || find_whether_outdated(store, record, err) != HT_OK ||
        next_version(store, record, err) != HT_OK || insert_plan(store, data, record, &id, err) != HT_OK ||
        insert_levels(store, id, record, err) != HT_OK ||
        insert_entries(store, id, data, &plan->entries, err) != HT_OK ||
        insert_unplanned(store, id, data, &plan->unplanned, err) != HT_OK)
        return err->status;
    return move_flag(store, &CURRENT, record->date, record->team, record->version, err);
}

ht_status ht_store_save_plan(ht_store *store, const ht_dataset *data, const ht_plan *plan, ht_plan_record *record,
                             ht_err *err) {
    ht_err_init(err);
    record->date = plan->date;
    record->current = true;
    record->published = false;
    snprintf(record->team, sizeof record->team, "%s", ht_dataset_text(data, plan->team));
    if (ht_store_begin(store, err) != HT_OK)
        return err->status;
    ht_status status = save_in_transaction(store, data, plan, record, err);
    if (status == HT_OK)
        status = ht_store_commit(store, err);
    if (status != HT_OK)
        ht_store_rollback(store);
    return status;
}

/* ---- reading ---- */

static ht_status fail_damaged(ht_store *store, ht_err *err) {
    return ht_fail(err, HT_ESYSTEM,
                   _("%s: a stored plan holds a value that it cannot have: put back a backup, or plan that day again"),
                   store->path);
}

static void copy_text(sqlite3_stmt *query, int index, char *out, size_t size) {
    snprintf(out, size, "%s", ht_column_text(query, index));
}

/* With the levels joined to it a plan has a row for each. */
#define RECORDS                                                                                                        \
    "SELECT plan_id, date, team, version, created, profile, seed, work, wall_ms, visits, unplanned, current, "         \
    "published, outdated,"                                                                                             \
    " level, name, value FROM plans LEFT JOIN plan_levels USING (plan_id)"

static bool read_record(sqlite3_stmt *query, ht_plan_record *record) {
    *record = (ht_plan_record){0};
    copy_text(query, 2, record->team, sizeof record->team);
    record->version = sqlite3_column_int(query, 3);
    copy_text(query, 4, record->created, sizeof record->created);
    copy_text(query, 5, record->profile, sizeof record->profile);
    record->seed = sqlite3_column_int64(query, 6);
    record->work = sqlite3_column_int64(query, 7);
    record->wall_ms = sqlite3_column_int64(query, 8);
    record->visits = sqlite3_column_int(query, 9);
    record->unplanned = sqlite3_column_int(query, 10);
    record->current = sqlite3_column_int(query, 11) != 0;
    record->published = sqlite3_column_int(query, 12) != 0;
    record->outdated = sqlite3_column_int(query, 13) != 0;
    return ht_date_parse(ht_column_text(query, 1), &record->date);
}

static void read_level(sqlite3_stmt *query, ht_plan_record *record) {
    if (sqlite3_column_type(query, 14) == SQLITE_NULL || record->levels == HT_LEVELS_MAX)
        return;
    copy_text(query, 15, record->level_name[record->levels], HT_LEVEL_NAME);
    record->level_value[record->levels++] = sqlite3_column_int64(query, 16);
}

/* Appends the plans that the query finds. */
static ht_status collect_records(ht_store *store, sqlite3_stmt *query, ht_array *records, ht_err *err) {
    ht_plan_record *record = NULL;
    int64_t plan = 0;
    bool more;
    while (ht_store_next(store, query, &more, err) == HT_OK && more) {
        if (!record || sqlite3_column_int64(query, 0) != plan) {
            record = ht_array_push(records);
            if (!record)
                return ht_fail_memory(err);
            plan = sqlite3_column_int64(query, 0);
            if (!read_record(query, record))
                return fail_damaged(store, err);
        }
        read_level(query, record);
    }
    return err->status;
}

ht_status ht_store_list_plans(ht_store *store, int32_t date, ht_array *records, ht_err *err) {
    char day[HT_DATE_TEXT];
    ht_err_init(err);
    sqlite3_stmt *query =
        ht_store_prepare(store, RECORDS " WHERE ?1 IS NULL OR date = ?1 ORDER BY date, team, version, level", err);
    if (!query)
        return err->status;
    if (date != HT_BLANK)
        ht_bind_date(query, 1, date, day);
    ht_status status = collect_records(store, query, records, err);
    sqlite3_finalize(query);
    return status;
}

/* The record of one plan and its plan_id. */
static ht_status find_plan(ht_store *store, int32_t date, const char *team, int32_t version, ht_plan_record *record,
                           int64_t *plan, ht_err *err) {
    bool more = false;
    char day[HT_DATE_TEXT];
    *plan = 0;
    sqlite3_stmt *query = ht_store_prepare(
        store, RECORDS " WHERE date = ?1 AND team = ?2 AND (version = ?3 OR (?3 = 0 AND current = 1)) ORDER BY level",
        err);
    if (!query)
        return err->status;
    ht_bind_date(query, 1, date, day);
    ht_bind_text(query, 2, team);
    sqlite3_bind_int(query, 3, version);
    while (ht_store_next(store, query, &more, err) == HT_OK && more) {
        if (*plan == 0 && !read_record(query, record))
            fail_damaged(store, err);
        *plan = sqlite3_column_int64(query, 0);
        read_level(query, record);
    }
    sqlite3_finalize(query);
    if (err->status == HT_OK && *plan == 0)
        return fail_no_plan(date, team, version, err);
    return err->status;
}

static ht_sym intern_column(sqlite3_stmt *query, int index, ht_dataset *data) {
    const char *text = ht_column_text(query, index);
    return ht_strings_intern(&data->text, text, (size_t)sqlite3_column_bytes(query, index));
}

/* A query of one plan's rows. */
static sqlite3_stmt *prepare_of_plan(ht_store *store, const char *sql, int64_t plan, ht_err *err) {
    sqlite3_stmt *query = ht_store_prepare(store, sql, err);
    if (query)
        sqlite3_bind_int64(query, 1, plan);
    return query;
}

static ht_status load_entries(ht_store *store, int64_t id, ht_dataset *data, ht_plan *plan, ht_err *err) {
    bool more;
    sqlite3_stmt *query = prepare_of_plan(
        store,
        "SELECT visit_id, staff_id, start FROM plan_entries WHERE plan_id = ?1 ORDER BY staff_id, start, visit_id", id,
        err);
    while (query && err->status == HT_OK && ht_store_next(store, query, &more, err) == HT_OK && more) {
        ht_plan_entry *entry = ht_array_push(&plan->entries);
        if (entry) {
            entry->visit = intern_column(query, 0, data);
            entry->staff = intern_column(query, 1, data);
            if (!ht_time_parse(ht_column_text(query, 2), &entry->start))
                fail_damaged(store, err);
        }
        if (!entry || entry->visit == HT_NO_SYMBOL || entry->staff == HT_NO_SYMBOL)
            ht_fail_memory(err);
    }
    sqlite3_finalize(query);
    return err->status;
}

static bool find_rule(const char *name, ht_rule *rule) {
    for (*rule = 0; *rule < HT_RULES; ++*rule)
        if (strcmp(ht_rule_name(*rule), name) == 0)
            return true;
    return false;
}

static const char *copy_column(sqlite3_stmt *query, int index, ht_arena *texts) {
    const char *text = ht_column_text(query, index);
    return ht_arena_text(texts, text, strlen(text));
}

static ht_status load_unplanned(ht_store *store, int64_t id, ht_dataset *data, ht_plan *plan, ht_err *err) {
    bool more;
    sqlite3_stmt *query = prepare_of_plan(
        store, "SELECT visit_id, rule, reason, would_help FROM plan_unplanned WHERE plan_id = ?1 ORDER BY visit_id", id,
        err);
    while (query && err->status == HT_OK && ht_store_next(store, query, &more, err) == HT_OK && more) {
        ht_unplanned *row = ht_array_push(&plan->unplanned);
        if (row) {
            row->visit = intern_column(query, 0, data);
            row->reason = copy_column(query, 2, &plan->texts);
            row->would_help = copy_column(query, 3, &plan->texts);
            if (!find_rule(ht_column_text(query, 1), &row->rule))
                fail_damaged(store, err);
        }
        if (!row || row->visit == HT_NO_SYMBOL || !row->reason || !row->would_help)
            ht_fail_memory(err);
    }
    sqlite3_finalize(query);
    plan->lists_unplanned = err->status == HT_OK;
    return err->status;
}

static ht_status load_parts(ht_store *store, int32_t date, const char *team, int32_t version, ht_dataset *data,
                            ht_plan *plan, ht_plan_record *record, ht_err *err) {
    int64_t id;
    plan->team = ht_strings_intern(&data->text, team, strlen(team));
    if (plan->team == HT_NO_SYMBOL)
        return ht_fail_memory(err);
    if (find_plan(store, date, team, version, record, &id, err) != HT_OK ||
        load_entries(store, id, data, plan, err) != HT_OK)
        return err->status;
    return load_unplanned(store, id, data, plan, err);
}

ht_status ht_store_load_plan(ht_store *store, int32_t date, const char *team, int32_t version, ht_dataset *data,
                             ht_plan *plan, ht_plan_record *record, ht_err *err) {
    ht_snapshot snapshot;
    ht_err_init(err);
    ht_plan_init(plan, date, HT_NO_TEXT, data->text.arena.allocator);
    if (ht_store_snapshot_begin(store, &snapshot, err) != HT_OK)
        return err->status;
    ht_status status = load_parts(store, date, team, version, data, plan, record, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

/* Of a plan of all teams, visits that a current (published) plan of one team (made later, see CURRENT) speaks of are that
 * plan's. */
#define NOT_OF_A_TEAM(flag)                                                                                            \
    "(p.team <> '' OR NOT EXISTS (SELECT 1 FROM plans t WHERE t." flag " = 1 AND t.date = p.date AND t.team <> '' AND" \
    " (EXISTS (SELECT 1 FROM plan_entries x WHERE x.plan_id = t.plan_id AND x.visit_id = e.visit_id) OR"               \
    " EXISTS (SELECT 1 FROM plan_unplanned y WHERE y.plan_id = t.plan_id AND y.visit_id = e.visit_id))))"
#define PLANNED(flag, condition)                                                                                       \
    "SELECT e.staff_id, p.date, e.start, e.\"end\", e.visit_id, e.client_id FROM plans p JOIN plan_entries e USING "   \
    "(plan_id) WHERE p." flag " = 1 AND " condition                                                                    \
    " AND " NOT_OF_A_TEAM(flag) " ORDER BY p.date, e.staff_id, e.start, e.visit_id"
#define LEFT_OUT(flag)                                                                                                 \
    "SELECT NULL, p.date, NULL, NULL, e.visit_id, NULL FROM plans p JOIN plan_unplanned e USING (plan_id)"             \
    " WHERE p." flag " = 1 AND " IN_RANGE " AND " NOT_OF_A_TEAM(flag) " ORDER BY p.date, e.visit_id"
#define IN_RANGE "p.date BETWEEN ?1 AND ?2"
static const char PLANNED_CURRENT[] = PLANNED("current", IN_RANGE);
static const char PLANNED_PUBLISHED[] = PLANNED("published", IN_RANGE);
static const char LEFT_OUT_CURRENT[] = LEFT_OUT("current");
static const char LEFT_OUT_PUBLISHED[] = LEFT_OUT("published");
static const char FOLLOWED[] =
    PLANNED("current", "(p.date, e.visit_id) IN (SELECT date, visit_id FROM visits WHERE date NOT BETWEEN ?1 AND ?2 "
                       "AND visit_id IN (" HT_STORE_FOLLOWED_IDS "))");

static ht_status append_rows(ht_store *store, const char *sql, const ht_store_range *range, ht_dataset *data,
                             ht_array *rows, ht_err *err) {
    bool more;
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
    ht_row_reader reader = {store, ht_table_get(HT_PERFORMED), &data->text, NULL, {HT_NO_TEXT}};
    sqlite3_stmt *query = ht_store_prepare(store, sql, err);
    if (!query)
        return err->status;
    ht_bind_date(query, 1, range->from, from);
    ht_bind_date(query, 2, range->to, to);
    while (err->status == HT_OK && ht_store_next(store, query, &more, err) == HT_OK && more) {
        void *row = ht_array_push(rows);
        if (!row)
            ht_fail_memory(err);
        else
            ht_row_read(&reader, query, row, err);
    }
    sqlite3_finalize(query);
    return err->status;
}

ht_status ht_store_read_planned(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_err *err) {
    if (append_rows(store, PLANNED_CURRENT, range, data, &data->planned, err) != HT_OK)
        return err->status;
    return append_rows(store, FOLLOWED, range, data, &data->planned, err);
}

ht_status ht_store_read_published(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_array *rows,
                                  ht_err *err) {
    ht_err_init(err);
    return append_rows(store, PLANNED_PUBLISHED, range, data, rows, err);
}

ht_status ht_store_read_left_out(ht_store *store, const ht_store_range *range, ht_plan_choice choice, ht_dataset *data,
                                 ht_array *rows, ht_err *err) {
    ht_err_init(err);
    return append_rows(store, choice == HT_PLANS_CURRENT ? LEFT_OUT_CURRENT : LEFT_OUT_PUBLISHED, range, data, rows,
                       err);
}
