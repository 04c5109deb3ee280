#include "model/validate.h"

#include "base/calendar.h"
#include "base/words.h"
#include "model/tables.h"
#include "model/validate_internal.h"

enum { FILE_NAME = 40, PART_MAX = 64 };

static void file_of(const ht_table *table, char out[FILE_NAME]) {
    snprintf(out, FILE_NAME, "%s.csv", table->name);
}

/* ---- references ---- */

static void refuse_reference(ht_validation *v, const ht_table *table, const ht_column *column, int32_t line,
                             const char *id) {
    char file[FILE_NAME], other[HT_PLACE_TEXT];
    file_of(table, file);
    ht_issues_file(v->issues, column->refers, other);
    ht_issues_add(v->issues, file, line, column->name, _("'%s' is not in %s: add it there or correct it"), id, other);
}

static void check_list(ht_validation *v, const ht_table *table, const ht_column *column, int32_t line,
                       const char *list) {
    const char *part;
    size_t length;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length);) {
        char id[PART_MAX];
        snprintf(id, sizeof(id), "%.*s", (int)length, part);
        if (ht_index_find(&v->index[column->refers], ht_strings_find(&v->data->text, id)) < 0) {
            refuse_reference(v, table, column, line, id);
        }
    }
}

/* Whether a series comes that day; what may be a refused row's is taken for one. */
static bool is_occurrence(const ht_validation *v, const char *visit_id) {
    ht_occurrence named = ht_series_find(&v->series, visit_id);
    return named.series >= 0 ? ht_series_comes_on(&v->series, named.series, named.date)
                             : v->refused[HT_SERIES] && strrchr(visit_id, '.') != NULL;
}

static void check_reference(ht_validation *v, const ht_table *table, const ht_column *column, int32_t line,
                            ht_sym value) {
    if (value == HT_NO_TEXT) {
        return;
    }
    const char *text = ht_dataset_text(v->data, value);
    if (column->type == HT_COL_IDS) {
        check_list(v, table, column, line, text);
    } else if (ht_index_find(&v->index[column->refers], value) < 0 &&
               !(column->refers == HT_VISITS && is_occurrence(v, text))) {
        refuse_reference(v, table, column, line, text);
    }
}

static void check_column(ht_validation *v, const ht_table *table, const ht_column *column) {
    const ht_array *rows = &v->data->table[table->id];
    for (int32_t i = 0; i < rows->count; i++) {
        const void *row = ht_array_at(rows, i);
        int32_t line = ht_row_line(row);
        if (line > 0) {
            check_reference(v, table, column, line, ht_row_get(row, column));
        }
    }
}

/* Without a teams table there is one office, and the names of teams are free. */
static void check_references(ht_validation *v) {
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        const ht_table *table = ht_table_get(id);
        for (int32_t c = 0; c < table->count; c++) {
            ht_table_id refers = table->columns[c].refers;
            bool free_names = refers == HT_TEAMS && ht_dataset_count(v->data, HT_TEAMS) == 0;
            if (refers != HT_TABLES && !free_names && !v->refused[refers]) {
                check_column(v, table, &table->columns[c]);
            }
        }
    }
}

/* ---- teams ---- */

static bool lists_teams(const ht_validation *v) {
    const ht_team_row *row = ht_dataset_rows(v->data, HT_TEAMS);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_TEAMS); i++) {
        if (row[i].line > 0) {
            return true;
        }
    }
    return false;
}

/* The stored rows of one table that name a team nobody lists, each such team once. */
static void check_stored_teams(ht_validation *v, const ht_table *table, const ht_column *column, bool *told) {
    const ht_array *rows = &v->data->table[table->id];
    for (int32_t i = 0; i < rows->count; i++) {
        const void *row = ht_array_at(rows, i);
        ht_sym team = ht_row_get(row, column);
        if (ht_row_line(row) == 0 && team != HT_NO_TEXT && ht_index_find(&v->index[HT_TEAMS], team) < 0 &&
            !told[team]) {
            told[team] = true;
            ht_issues_add(v->issues, "teams.csv", 0, "team_id",
                          _("'%s' is missing, though stored rows of %s name it: add it, or import these rows again "
                            "with another team"),
                          ht_dataset_text(v->data, team), table->name);
        }
    }
}

/* Names of teams were free as long as no team was listed: the first list concerns the stored rows too. */
static bool check_teams(ht_validation *v) {
    bool *told = HT_ARENA_NEW(&v->scratch, ht_strings_count(&v->data->text), bool);
    for (ht_table_id id = 0; told != NULL && lists_teams(v) && !v->refused[HT_TEAMS] && id < HT_TABLES; id++) {
        const ht_table *table = ht_table_get(id);
        for (int32_t c = 0; c < table->count; c++) {
            if (table->columns[c].refers == HT_TEAMS) {
                check_stored_teams(v, table, &table->columns[c], told);
            }
        }
    }
    return told != NULL;
}

/* ---- periods ---- */

void ht_validate_period(ht_validation *v, const char *file, int32_t line, int32_t from, int32_t to) {
    if (line > 0 && from != HT_BLANK && to != HT_BLANK && to < from) {
        char first[HT_DATE_TEXT], last[HT_DATE_TEXT];
        ht_date_print(from, first, sizeof(first));
        ht_date_print(to, last, sizeof(last));
        ht_issues_add(v->issues, file, line, "to", _("%s is before %s, where the row's time begins"), last, first);
    }
}

static void check_periods(ht_validation *v) {
    const ht_client_row *client = ht_dataset_rows(v->data, HT_CLIENTS);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_CLIENTS); i++) {
        ht_validate_period(v, "clients.csv", client[i].line, client[i].from, client[i].to);
    }
    const ht_staff_row *staff = ht_dataset_rows(v->data, HT_STAFF);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_STAFF); i++) {
        ht_validate_period(v, "staff.csv", staff[i].line, staff[i].from, staff[i].to);
    }
    const ht_skill_row *skill = ht_dataset_rows(v->data, HT_SKILLS);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_SKILLS); i++) {
        ht_validate_period(v, "skills.csv", skill[i].line, skill[i].from, skill[i].to);
    }
}

static void check_absences(ht_validation *v) {
    const ht_absence_row *row = ht_dataset_rows(v->data, HT_ABSENCES);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_ABSENCES); i++) {
        if (row[i].line == 0) {
            continue;
        }
        if ((row[i].staff_id == HT_NO_TEXT) == (row[i].client_id == HT_NO_TEXT)) {
            ht_issues_add(v->issues, "absences.csv", row[i].line, "staff_id",
                          _("an absence is of one person: give either staff_id or client_id"));
        }
        if (row[i].to <= row[i].from) {
            ht_issues_add(v->issues, "absences.csv", row[i].line, "to", _("the absence ends before it begins"));
        }
    }
}

/* ---- performed ---- */

/* The client of the performed row's visit, an occurrence of a series too; HT_NO_TEXT where it is not known. */
static ht_sym client_of_visit(const ht_validation *v, const ht_performed_row *row) {
    const ht_visit_row *visits = ht_dataset_rows(v->data, HT_VISITS);
    int32_t visit = ht_index_find(&v->index[HT_VISITS], row->visit_id);
    if (visit >= 0) {
        return visits[visit].client_id;
    }
    ht_occurrence named = ht_series_find(&v->series, ht_dataset_text(v->data, row->visit_id));
    return named.series >= 0 ? v->series.row[named.series].client_id : HT_NO_TEXT;
}

/* Fills client_id from the visit where it is blank. */
static void link_clients(ht_validation *v) {
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_PERFORMED); i++) {
        ht_performed_row *row = ht_array_at(&v->data->table[HT_PERFORMED], i);
        if (row->client_id == HT_NO_TEXT) {
            row->client_id = client_of_visit(v, row);
        }
    }
}

static void check_performed(ht_validation *v) {
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_PERFORMED); i++) {
        const ht_performed_row *row = ht_array_at(&v->data->table[HT_PERFORMED], i);
        if (row->line == 0) {
            continue;
        }
        ht_sym client = client_of_visit(v, row);
        if (client != HT_NO_TEXT && row->client_id != client) {
            ht_issues_add(v->issues, "performed.csv", row->line, "client_id", _("visit %s is of client %s, not of %s"),
                          ht_dataset_text(v->data, row->visit_id), ht_dataset_text(v->data, client),
                          ht_dataset_text(v->data, row->client_id));
        }
        bool may_be_refused = row->visit_id != HT_NO_TEXT && (v->refused[HT_VISITS] || v->refused[HT_SERIES]);
        if (row->client_id == HT_NO_TEXT && !may_be_refused) {
            ht_issues_add(v->issues, "performed.csv", row->line, "client_id",
                          row->visit_id == HT_NO_TEXT ? _("give the visit_id or the client_id")
                                                      : _("the visit is not in visits.csv: give the client_id"));
        }
        if (row->end != HT_BLANK && row->end < row->start) {
            ht_issues_add(v->issues, "performed.csv", row->line, "end", _("the visit ends before it starts"));
        }
    }
}

/* ---- settings ---- */

static bool known_setting(const char *name) {
    char profile[HT_LEVEL_NAME];
    int32_t level;
    for (const ht_setting_info *info = ht_setting_infos(); info->name != NULL; info++) {
        if (strcmp(info->name, name) == 0) {
            return true;
        }
    }
    return ht_setting_profile(name, profile, &level);
}

/* Each row alone; all that can be read are in v->settings then. */
static void check_setting_rows(ht_validation *v) {
    const ht_setting_row *row = ht_dataset_rows(v->data, HT_SETTINGS);
    ht_settings_init(&v->settings, NULL);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_SETTINGS); i++) {
        ht_err err;
        ht_err_init(&err);
        const char *name = ht_dataset_text(v->data, row[i].name);
        if (ht_settings_set(&v->settings, name, ht_dataset_text(v->data, row[i].value), &err) != HT_OK &&
            row[i].line > 0) {
            ht_issues_add(v->issues, "settings.csv", row[i].line, known_setting(name) ? "value" : "name", "%s",
                          err.text);
        }
    }
}

/* Each profile that rows define, once, as a whole. */
static bool check_profiles(ht_validation *v) {
    const ht_setting_row *row = ht_dataset_rows(v->data, HT_SETTINGS);
    ht_strings seen;
    if (!ht_strings_init(&seen, v->scratch.allocator)) {
        return false;
    }
    bool fits = true;
    for (int32_t i = 0; fits && i < ht_dataset_count(v->data, HT_SETTINGS); i++) {
        char profile[HT_LEVEL_NAME];
        int32_t level;
        ht_settings settings;
        ht_err err;
        ht_err_init(&err);
        if (row[i].line == 0 || !ht_setting_profile(ht_dataset_text(v->data, row[i].name), profile, &level) ||
            ht_strings_find(&seen, profile) != HT_NO_SYMBOL) {
            continue;
        }
        fits = ht_strings_intern(&seen, profile, strlen(profile)) != HT_NO_SYMBOL;
        if (ht_settings_read(v->data, profile, &settings, &err) != HT_OK) {
            ht_issues_add(v->issues, "settings.csv", row[i].line, "name", "%s", err.text);
        }
    }
    ht_strings_release(&seen);
    return fits;
}

static bool check_settings(ht_validation *v) {
    int32_t before = v->issues->count;
    check_setting_rows(v);
    return v->issues->count > before || v->refused[HT_SETTINGS] || check_profiles(v);
}

static bool build_indices(ht_validation *v) {
    return ht_index_build(&v->index[HT_TEAMS], v->data, HT_TEAMS, &v->scratch) &&
           ht_index_build(&v->index[HT_CLIENTS], v->data, HT_CLIENTS, &v->scratch) &&
           ht_index_build(&v->index[HT_STAFF], v->data, HT_STAFF, &v->scratch) &&
           ht_index_build(&v->index[HT_VISITS], v->data, HT_VISITS, &v->scratch) &&
           ht_index_build(&v->index[HT_SERIES], v->data, HT_SERIES, &v->scratch) &&
           ht_series_build(&v->series, v->data, &v->scratch);
}

static bool check_all(ht_validation *v) {
    if (!build_indices(v)) {
        return false;
    }
    check_references(v); /* of the cells as they came */
    link_clients(v);     /* the client is of the performed rows' key */
    if (!ht_validate_keys(v) || !check_settings(v)) {
        return false;
    }
    check_periods(v);
    check_absences(v);
    check_performed(v);
    ht_validate_series(v);
    return check_teams(v) && ht_validate_roster(v) && ht_validate_visits(v) && ht_validate_travel(v) &&
           ht_validate_places(v);
}

/* Notes the tables that a file gives rows of. */
static void note_file(ht_validation *v, const char *file) {
    char name[FILE_NAME];
    snprintf(name, sizeof(name), "%.*s", (int)strcspn(file, "."), file);
    const ht_table *table = ht_table_find(name);
    if (table != NULL) {
        v->refused[table->id] = true;
    }
    for (int32_t i = 0; i < v->issues->sources.count; i++) {
        const ht_issue_source *source = ht_array_at(&v->issues->sources, i);
        for (ht_table_id id = 0; id < HT_TABLES && strcmp(source->file, file) == 0; id++) {
            v->refused[id] = v->refused[id] || source->header[id] != NULL;
        }
    }
}

/* Notes the tables whose files the issues so far are about. */
static void note_refused(ht_validation *v) {
    for (int32_t i = 0; i < v->issues->issues.count; i++) {
        const ht_issue *issue = ht_array_at(&v->issues->issues, i);
        note_file(v, issue->file);
    }
}

bool ht_validate(ht_dataset *data, ht_issues *issues) {
    ht_validation v = {.data = data, .issues = issues};
    if (issues->count > issues->issues.count) {
        return !issues->failed; /* there is no room to tell more */
    }
    note_refused(&v);
    ht_arena_init(&v.scratch, data->text.arena.allocator);
    bool checked = check_all(&v);
    ht_arena_release(&v.scratch);
    return checked && !issues->failed;
}
