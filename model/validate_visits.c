#include "base/calendar.h"
#include "base/words.h"
#include "model/problem.h"
#include "model/validate_internal.h"

static const char FILE_NAME[] = "visits.csv";

static int32_t given(int32_t value, int32_t otherwise) {
    return value == HT_BLANK ? otherwise : value;
}

/* ---- one visit ---- */

static void check_window(ht_validation *v, const ht_visit_row *row) {
    int32_t before = given(row->before_min, v->settings.before_min) * 60;
    int32_t after = given(row->after_min, v->settings.after_min) * 60;
    int32_t earliest = row->start < before ? 0 : row->start - before;
    int32_t latest = given(row->latest, row->start + after + v->settings.late_limit_min * 60);
    if (latest < earliest) {
        char first[HT_TIME_TEXT], last[HT_TIME_TEXT];
        ht_time_print(earliest, first, sizeof(first));
        ht_time_print(latest, last, sizeof(last));
        ht_issues_add(v->issues, FILE_NAME, row->line, "latest",
                      _("window %s..%s is empty: correct start, before_min or latest"), first, last);
    }
}

static void check_locks(ht_validation *v, const ht_visit_row *row) {
    const char *list = ht_dataset_text(v->data, row->locked_staff);
    const char *part;
    size_t length;
    int32_t count = 0;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length); count++) {
        char id[64];
        snprintf(id, sizeof(id), "%.*s", (int)length, part);
        if (ht_list_holds(list + at, id)) {
            ht_issues_add(v->issues, FILE_NAME, row->line, "locked_staff", _("'%s' is named twice"), id);
        }
    }
    if (count > row->staff_needed) {
        ht_issues_add(v->issues, FILE_NAME, row->line, "locked_staff", _("%d are locked to a visit that needs %d"),
                      (int)count, (int)row->staff_needed);
    }
}

/* The planner tells this many tags of one visit apart. */
static void check_skill_one(ht_validation *v, const ht_visit_row *row) {
    const char *list = ht_dataset_text(v->data, row->skill_one);
    const char *part;
    size_t length;
    int32_t count = 0;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length);) {
        count++;
    }
    if (count > HT_ONE_TAGS_MAX) {
        ht_issues_add(v->issues, FILE_NAME, row->line, "skill_one", _("%d tags: at most %d may be given"), (int)count,
                      HT_ONE_TAGS_MAX);
    }
}

static void check_link(ht_validation *v, const ht_visit_row *rows, const ht_visit_row *row) {
    int32_t before = ht_index_find(&v->index[HT_VISITS], row->after_visit);
    if (row->gap_max != HT_BLANK && row->gap_max < given(row->gap_min, 0)) {
        ht_issues_add(v->issues, FILE_NAME, row->line, "gap_max", _("%d is below gap_min, %d"), (int)row->gap_max,
                      (int)given(row->gap_min, 0));
    }
    if (before >= 0 && rows[before].client_id != row->client_id) {
        ht_issues_note(v->issues, FILE_NAME, row->line, "after_visit", _("%s is a visit of another client, %s"),
                       ht_dataset_text(v->data, row->after_visit), ht_dataset_text(v->data, rows[before].client_id));
    }
}

/* ---- cycles: each visit names one before it at most, so that every chain is a walk ---- */

typedef struct walks {
    const ht_visit_row *row;
    const ht_index *index;
    int32_t *walk; /* by visit: the number of the walk that first came by, 0 for none yet */
} walks;

static int32_t step(const walks *w, int32_t visit) {
    return ht_index_find(w->index, w->row[visit].after_visit);
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

/* Reported at the cycle's highest line, each visit after the one that it waits for. */
static void report_cycle(ht_validation *v, const walks *w, int32_t visit) {
    char text[200];
    size_t used = (size_t)snprintf(text, sizeof(text), "%s", ht_dataset_text(v->data, w->row[visit].visit_id));
    int32_t line = w->row[visit].line;
    int32_t next = visit;
    do {
        next = step(w, next);
        line = w->row[next].line > line ? w->row[next].line : line;
        if (used < sizeof(text)) {
            used += (size_t)snprintf(text + used, sizeof(text) - used, _(" after %s"),
                                     ht_dataset_text(v->data, w->row[next].visit_id));
        }
    } while (next != visit);
    if (line > 0) {
        ht_issues_add(v->issues, FILE_NAME, line, "after_visit", _("the visits wait for each other: %s"), text);
    }
}

static bool check_cycles(ht_validation *v, const ht_visit_row *rows, int32_t count) {
    walks w = {rows, &v->index[HT_VISITS], HT_ARENA_NEW(&v->scratch, count, int32_t)};
    if (w.walk == NULL) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t visit = walk_from(&w, i);
        if (visit >= 0) {
            report_cycle(v, &w, visit);
        }
    }
    return true;
}

bool ht_validate_visits(ht_validation *v) {
    const ht_visit_row *rows = ht_dataset_rows(v->data, HT_VISITS);
    int32_t count = ht_dataset_count(v->data, HT_VISITS);
    for (int32_t i = 0; i < count; i++) {
        if (rows[i].line > 0) {
            if (!v->refused[HT_SETTINGS]) {
                check_window(v, &rows[i]);
            }
            check_locks(v, &rows[i]);
            check_skill_one(v, &rows[i]);
            check_link(v, rows, &rows[i]);
        }
    }
    return check_cycles(v, rows, count);
}
