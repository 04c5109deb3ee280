#include "app/load.h"

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "model/series.h"
#include "model/tables.h"

enum { TEAMS_NAMED = 8 };

ht_store_range ht_day_range(int32_t date) {
    return (ht_store_range){.from = date - HT_HISTORY_DAYS, .to = date, .with_travel = true};
}

static int by_text(const ht_dataset *data, ht_sym a, ht_sym b) {
    return strcmp(ht_dataset_text(data, a), ht_dataset_text(data, b));
}

/* Keeps teams sorted; there are few of them. */
static bool insert_team(const ht_dataset *data, ht_array *teams, ht_sym team) {
    ht_sym *sorted = teams->items;
    int32_t at = 0;
    while (at < teams->count && by_text(data, sorted[at], team) < 0)
        at++;
    if (at < teams->count && sorted[at] == team)
        return true;
    if (ht_array_push(teams) == NULL)
        return false;
    sorted = teams->items;
    memmove(sorted + at + 1, sorted + at, (size_t)(teams->count - 1 - at) * sizeof *sorted);
    sorted[at] = team;
    return true;
}

ht_status ht_teams_of_clients(const ht_dataset *data, ht_array *teams, ht_err *err) {
    ht_array_init(teams, sizeof(ht_sym), data->text.arena.allocator);
    const ht_client_row *client = ht_dataset_rows(data, HT_CLIENTS);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_CLIENTS); i++)
        if (!insert_team(data, teams, client[i].team))
            return ht_fail_memory(err);
    return HT_OK;
}

static ht_status unknown_team(const ht_dataset *data, const ht_array *teams, const char *team, ht_err *err) {
    ht_text names;
    ht_text_init(&names, &ht_allocator_system);
    const ht_sym *sorted = teams->items;
    for (int32_t i = 0; i < teams->count && i < TEAMS_NAMED; i++)
        ht_text_addf(&names, "%s%s", i > 0 ? ", " : "", ht_dataset_text(data, sorted[i]));
    if (teams->count > TEAMS_NAMED)
        ht_text_addf(&names, ", ...");
    ht_fail(err, HT_EINPUT, _("no client belongs to a team '%s'; there are: %s"), team, ht_text_get(&names));
    ht_text_release(&names);
    return err->status;
}

static ht_status find_team(ht_day_data *day, const char *team, ht_err *err) {
    if (team == NULL || *team == '\0')
        return HT_OK;
    ht_array teams;
    ht_status status = ht_teams_of_clients(&day->data, &teams, err);
    if (!status) {
        ht_sym wanted = ht_strings_find(&day->data.text, team);
        const ht_sym *sorted = teams.items;
        for (int32_t i = 0; i < teams.count; i++)
            if (sorted[i] == wanted)
                day->team = wanted;
        if (day->team == HT_NO_TEXT)
            status = unknown_team(&day->data, &teams, team, err);
    }
    ht_array_release(&teams);
    return status;
}

/* Widens [*first, *last] to the dates of rows, which are of this table's shape. */
static void span(const ht_array *rows, ht_table_id shape, int32_t *first, int32_t *last) {
    const ht_table *table = ht_table_get(shape);
    const ht_column *date = &table->columns[ht_table_column(table, "date")];
    for (int32_t i = 0; i < rows->count; i++) {
        int32_t day = ht_row_get(ht_array_at(rows, i), date);
        *first = day < *first ? day : *first;
        *last = day > *last ? day : *last;
    }
}

/* The occurrences of the range: of its last day, and before it of the days from the first to the last that other rows
 * or plans (left_out: visits that they leave out) speak of. A period may be given as long as anybody likes, and a series
 * may have no end. Where the last day's data was removed it is as the days before it: what is gone does not come back by
 * a series, but by an import. */
static bool expand_days(ht_dataset *data, const ht_store_range *range, const ht_array *left_out,
                        int32_t removed_before) {
    int32_t first = range->to, last = range->from;
    span(&data->table[HT_ROSTER], HT_ROSTER, &first, &last);
    span(&data->table[HT_VISITS], HT_VISITS, &first, &last);
    span(&data->table[HT_PERFORMED], HT_PERFORMED, &first, &last);
    span(&data->planned, HT_PERFORMED, &first, &last);
    span(left_out, HT_PERFORMED, &first, &last);
    first = first > range->from ? first : range->from;
    bool removed = removed_before != HT_BLANK && range->to < removed_before;
    if (removed)
        return ht_series_expand(data, first, last < range->to ? last : range->to);
    last = last < range->to ? last : range->to - 1;
    return ht_series_expand(data, first, last) && ht_series_expand(data, range->to, range->to);
}

static ht_status expand(ht_store *store, const ht_store_range *range, int32_t removed_before, ht_dataset *data,
                        ht_err *err) {
    ht_array left_out;
    ht_array_init(&left_out, sizeof(ht_performed_row), &ht_allocator_system);
    ht_status status = ht_store_read_left_out(store, range, HT_PLANS_CURRENT, data, &left_out, err);
    if (!status && !expand_days(data, range, &left_out, removed_before))
        status = ht_fail_memory(err);
    ht_array_release(&left_out);
    return status;
}

/* The roster from the day after the range to the Monday that follows it. */
static ht_status read_week(ht_store *store, const ht_store_range *range, ht_dataset *data, ht_err *err) {
    ht_store_range rest = {.from = range->to + 1, .to = ht_date_monday(range->to) + HT_WEEK_DAYS};
    return ht_store_read_dated(store, HT_ROSTER, &rest, data, err);
}

static ht_status read_rows(ht_store *store, const ht_store_range *range, ht_day_data *day, ht_err *err) {
    ht_snapshot snapshot;
    ht_status status = ht_store_snapshot_begin(store, &snapshot, err);
    if (status)
        return status;
    status = ht_store_read(store, range, &day->data, err);
    if (!status)
        status = ht_store_removed_before(store, &day->removed_before, err);
    if (!status)
        status = expand(store, range, day->removed_before, &day->data, err);
    if (!status)
        status = read_week(store, range, &day->data, err);
    ht_store_snapshot_end(store, snapshot);
    return status;
}

ht_status ht_day_data_read(ht_store *store, const ht_store_range *range, const char *team, ht_day_data *day,
                           ht_err *err) {
    *day = (ht_day_data){.team = HT_NO_TEXT};
    day->filled = ht_dataset_init(&day->data, &ht_allocator_system);
    if (!day->filled)
        return ht_fail_memory(err);
    ht_status status = read_rows(store, range, day, err);
    return status ? status : find_team(day, team, err);
}

ht_status ht_day_data_profile(ht_day_data *day, const char *profile, ht_err *err) {
    return ht_settings_read(&day->data, profile != NULL && *profile != '\0' ? profile : NULL, &day->settings, err);
}

void ht_day_data_release(ht_day_data *day) {
    if (day->filled)
        ht_dataset_release(&day->data);
    day->filled = false;
}
