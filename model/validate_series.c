#include "base/calendar.h"
#include "base/words.h"
#include "model/validate_internal.h"

enum { LONGEST_LOOKED_THROUGH = 3660 }; /* days */

static const char VISITS[] = "visits.csv", SERIES[] = "visit_series.csv";

bool ht_validate_brings_series(const ht_validation *v) {
    bool brings = false;
    for (int32_t i = 0; i < v->series.count; i++)
        brings = brings || v->series.row[i].line > 0;
    return brings;
}

/* A visit that stands for an occurrence is of its client and date. Told at the visit, or at the series that came to
 * stored visits. */
static void check_stand_in(ht_validation *v, const ht_visit_row *visit) {
    const char *id = ht_dataset_text(v->data, visit->visit_id);
    ht_occurrence named = ht_series_find(&v->series, id);
    if (named.series < 0)
        return;
    const ht_series_row *row = &v->series.row[named.series];
    const char *file = visit->line > 0 ? VISITS : SERIES;
    int32_t line = visit->line > 0 ? visit->line : row->line;
    if (line > 0 && visit->date != named.date) {
        char date[HT_DATE_TEXT];
        ht_date_print(named.date, date, sizeof(date));
        ht_issues_add(v->issues, file, line, visit->line > 0 ? "date" : "series_id",
                      _("visit %s would stand for the series' visit of %s: give it that date, or another id"), id,
                      date);
    }
    if (line > 0 && visit->client_id != row->client_id)
        ht_issues_add(v->issues, file, line, "client_id",
                      _("visit %s would stand for a visit of client %s, and is of client %s"), id,
                      ht_dataset_text(v->data, row->client_id), ht_dataset_text(v->data, visit->client_id));
}

/* A row with the id of an occurrence that there is none of changes no day of the series: it adds a visit. */
static void note_stray(ht_validation *v, const ht_visit_row *visit) {
    const char *id = ht_dataset_text(v->data, visit->visit_id);
    ht_occurrence named = ht_series_find(&v->series, id);
    if (visit->line == 0 || named.series < 0 || visit->date != named.date ||
        ht_series_comes_on(&v->series, named.series, named.date))
        return;
    char date[HT_DATE_TEXT];
    ht_date_print(named.date, date, sizeof(date));
    ht_issues_note(v->issues, VISITS, visit->line, "visit_id",
                   _("series %s has no visit on %s, so this is one more visit: give it another id if it is meant, or "
                     "take it out"),
                   ht_dataset_text(v->data, v->series.row[named.series].series_id), date);
}

/* A period of which recurs, pauses and except leave no day; one without an end has days. */
static void note_never(ht_validation *v, int32_t index) {
    const ht_series_row *row = &v->series.row[index];
    char from[HT_DATE_TEXT], to[HT_DATE_TEXT];
    if (row->line == 0 || row->to == HT_BLANK || row->to < row->from || row->to - row->from > LONGEST_LOOKED_THROUGH)
        return;
    for (int32_t date = row->from; date <= row->to; date++)
        if (ht_series_comes_on(&v->series, index, date))
            return;
    ht_date_print(row->from, from, sizeof(from));
    ht_date_print(row->to, to, sizeof(to));
    ht_issues_note(v->issues, SERIES, row->line, "recurs",
                   _("no visit from %s to %s: recurs, pauses and except leave no day"), from, to);
}

void ht_validate_series(ht_validation *v) {
    const ht_visit_row *visit = ht_dataset_rows(v->data, HT_VISITS);
    for (int32_t i = 0; i < v->series.count; i++) {
        ht_validate_period(v, SERIES, v->series.row[i].line, v->series.row[i].from, v->series.row[i].to);
        note_never(v, i);
    }
    for (int32_t i = 0; v->series.count > 0 && i < ht_dataset_count(v->data, HT_VISITS); i++) {
        check_stand_in(v, &visit[i]);
        note_stray(v, &visit[i]);
    }
}
