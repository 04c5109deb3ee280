#include "base/calendar.h"
#include "base/words.h"
#include "model/problem.h"
#include "model/validate_internal.h"

/* Rows that are judged alike: visits, or series as visits of their first day. */
typedef struct group {
    const char *file;
    const ht_visit_row *row;
    int32_t count;
    const ht_index *index;
} group;

static int32_t given(int32_t value, int32_t otherwise) {
    return value == HT_BLANK ? otherwise : value;
}

/* ---- one visit ---- */

static void check_window(ht_validation *v, const char *file, const ht_visit_row *row) {
    int32_t before = given(row->before_min, v->settings.before_min) * 60;
    int32_t after = given(row->after_min, v->settings.after_min) * 60;
    int32_t earliest = row->start < before ? 0 : row->start - before;
    int32_t latest = given(row->latest, row->start + after + v->settings.late_limit_min * 60);
    if (latest < earliest) {
        char first[HT_TIME_TEXT], last[HT_TIME_TEXT];
        ht_time_print(earliest, first, sizeof(first));
        ht_time_print(latest, last, sizeof(last));
        ht_issues_add(v->issues, file, row->line, "latest",
                      _("window %s..%s is empty: correct start, before_min or latest"), first, last);
    }
}

static void check_locks(ht_validation *v, const char *file, const ht_visit_row *row) {
    const char *list = ht_dataset_text(v->data, row->locked_staff);
    const char *part;
    size_t length;
    int32_t count = 0;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length); count++) {
        char id[64];
        snprintf(id, sizeof(id), "%.*s", (int)length, part);
        if (ht_list_holds(list + at, id)) {
            ht_issues_add(v->issues, file, row->line, "locked_staff", _("'%s' is named twice"), id);
        }
    }
    if (count > row->staff_needed) {
        ht_issues_add(v->issues, file, row->line, "locked_staff", _("%d are locked to a visit that needs %d"),
                      (int)count, (int)row->staff_needed);
    }
}

/* The planner tells this many tags of one visit apart. */
static void check_skill_one(ht_validation *v, const char *file, const ht_visit_row *row) {
    const char *list = ht_dataset_text(v->data, row->skill_one);
    const char *part;
    size_t length;
    int32_t count = 0;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length);) {
        count++;
    }
    if (count > HT_ONE_TAGS_MAX) {
        ht_issues_add(v->issues, file, row->line, "skill_one", _("%d tags: at most %d may be given"), (int)count,
                      HT_ONE_TAGS_MAX);
    }
}

/* What after_visit names: a row of the group, else an occurrence's series as a visit; NULL where neither is known. */
static const ht_visit_row *named_before(const ht_validation *v, const group *g, const ht_visit_row *row,
                                        ht_visit_row *room) {
    int32_t before = ht_index_find(g->index, row->after_visit);
    if (before >= 0)
        return &g->row[before];
    ht_occurrence named = ht_series_find(&v->series, ht_dataset_text(v->data, row->after_visit));
    if (named.series < 0)
        return NULL;
    *room = ht_series_visit(&v->series.row[named.series], named.date);
    return room;
}

static void check_link(ht_validation *v, const group *g, const ht_visit_row *row) {
    ht_visit_row room;
    const ht_visit_row *before = named_before(v, g, row, &room);
    if (row->gap_max != HT_BLANK && row->gap_max < given(row->gap_min, 0)) {
        ht_issues_add(v->issues, g->file, row->line, "gap_max", _("%d is below gap_min, %d"), (int)row->gap_max,
                      (int)given(row->gap_min, 0));
    }
    if (before != NULL && before->client_id != row->client_id) {
        ht_issues_note(v->issues, g->file, row->line, "after_visit", _("%s is a visit of another client, %s"),
                       ht_dataset_text(v->data, row->after_visit), ht_dataset_text(v->data, before->client_id));
    }
}

/* ---- cycles: each visit names one before it at most, so that every chain is a walk ---- */

typedef struct walks {
    const ht_validation *v;
    const group *group;
    int32_t *walk; /* by visit: the number of the walk that first came by, 0 for none yet */
} walks;

/* The row that stands for an occurrence; -1 where none does. */
static int32_t stand_in(const walks *w, ht_occurrence occurrence) {
    char id[HT_OCCURRENCE_ID];
    ht_occurrence_print(&w->v->series, occurrence, id);
    return ht_index_find(w->group->index, ht_strings_find(&w->v->data->text, id));
}

/* The next row of the chain, past the occurrences that no row stands for. A chain of series has an end, or is a fault
 * of its own. */
static int32_t step(const walks *w, int32_t visit) {
    const ht_series *series = &w->v->series;
    ht_sym id = w->group->row[visit].after_visit;
    int32_t next = ht_index_find(w->group->index, id);
    ht_occurrence passed = ht_series_find(series, ht_dataset_text(w->v->data, id));
    for (int32_t i = 0; i < series->count && next < 0 && passed.series >= 0; i++) {
        passed = ht_series_before(series, passed);
        next = passed.series >= 0 ? stand_in(w, passed) : -1;
    }
    return next;
}

/* Walks from a visit until a chain ends or a known visit comes; that one where it is of this same walk: a cycle. -1
 * otherwise. */
static int32_t walk_from(walks *w, int32_t visit) {
    int32_t number = visit + 1;
    while (visit >= 0 && w->walk[visit] == 0) {
        w->walk[visit] = number;
        visit = step(w, visit);
    }
    return visit >= 0 && w->walk[visit] == number ? visit : -1;
}

/* Reported at the cycle's highest line, each visit after the one that it waits for; where all its visits are stored, the
 * series that came make it. */
static void report_cycle(ht_validation *v, const walks *w, int32_t visit) {
    const ht_visit_row *row = w->group->row;
    char text[200];
    size_t used = (size_t)snprintf(text, sizeof(text), "%s", ht_dataset_text(v->data, row[visit].visit_id));
    int32_t line = row[visit].line;
    int32_t next = visit;
    do {
        next = step(w, next);
        line = row[next].line > line ? row[next].line : line;
        if (used < sizeof(text)) {
            used += (size_t)snprintf(text + used, sizeof(text) - used, _(" after %s"),
                                     ht_dataset_text(v->data, row[next].visit_id));
        }
    } while (next != visit);
    if (line > 0 || ht_validate_brings_series(v)) {
        ht_issues_add(v->issues, line > 0 ? w->group->file : "visit_series.csv", line, "after_visit",
                      _("the visits wait for each other: %s"), text);
    }
}

static bool check_cycles(ht_validation *v, const group *g) {
    walks w = {v, g, HT_ARENA_NEW(&v->scratch, g->count, int32_t)};
    if (w.walk == NULL) {
        return false;
    }
    for (int32_t i = 0; i < g->count; i++) {
        int32_t visit = walk_from(&w, i);
        if (visit >= 0) {
            report_cycle(v, &w, visit);
        }
    }
    return true;
}

static bool check_group(ht_validation *v, const group *g) {
    for (int32_t i = 0; i < g->count; i++) {
        const ht_visit_row *row = &g->row[i];
        if (row->line > 0) {
            if (!v->refused[HT_SETTINGS]) {
                check_window(v, g->file, row);
            }
            check_locks(v, g->file, row);
            check_skill_one(v, g->file, row);
            check_link(v, g, row);
        }
    }
    return check_cycles(v, g);
}

static bool check_series(ht_validation *v) {
    const ht_series_row *row = ht_dataset_rows(v->data, HT_SERIES);
    int32_t count = ht_dataset_count(v->data, HT_SERIES);
    ht_visit_row *visit = HT_ARENA_NEW(&v->scratch, count, ht_visit_row);
    for (int32_t i = 0; visit != NULL && i < count; i++) {
        visit[i] = ht_series_visit(&row[i], row[i].from);
    }
    return visit != NULL && check_group(v, &(group){"visit_series.csv", visit, count, &v->index[HT_SERIES]});
}

bool ht_validate_visits(ht_validation *v) {
    return check_series(v) && check_group(v, &(group){"visits.csv", ht_dataset_rows(v->data, HT_VISITS),
                                                      ht_dataset_count(v->data, HT_VISITS), &v->index[HT_VISITS]});
}
