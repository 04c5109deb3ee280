#include "model/series.h"

#include <assert.h>

#include "base/calendar.h"
#include "model/skipped_days.h"

enum { DATE_DIGITS = 8 };

bool ht_series_build(ht_series *series, const ht_dataset *data, ht_arena *arena) {
    *series = (ht_series){.data = data,
                          .row = ht_dataset_rows(data, HT_SERIES),
                          .count = ht_dataset_count(data, HT_SERIES),
                          .recurrence = HT_ARENA_NEW(arena, ht_dataset_count(data, HT_SERIES), ht_recurrence)};
    if (series->recurrence == NULL || !ht_index_build(&series->index, data, HT_SERIES, arena))
        return false;
    for (int32_t i = 0; i < series->count; i++) {
        bool sound = ht_recurrence_parse(ht_dataset_text(data, series->row[i].recurs), &series->recurrence[i]);
        assert(sound); /* the readers of files and of the store see to it */
        (void)sound;
    }
    return true;
}

bool ht_series_comes_on(const ht_series *series, int32_t row, int32_t date) {
    const ht_series_row *r = &series->row[row];
    return date >= r->from && (r->to == HT_BLANK || date <= r->to) &&
           ht_recurs_on(&series->recurrence[row], r->from, date) &&
           !ht_is_paused(ht_dataset_text(series->data, r->pauses), date) &&
           !ht_is_excepted(ht_dataset_text(series->data, r->except), date);
}

ht_occurrence ht_series_before(const ht_series *series, ht_occurrence occurrence) {
    int32_t before = ht_index_find(&series->index, series->row[occurrence.series].after_visit);
    for (int32_t days = 0; before >= 0 && days <= HT_SERIES_LINK_DAYS; days++)
        if (ht_series_comes_on(series, before, occurrence.date - days))
            return (ht_occurrence){before, occurrence.date - days};
    return (ht_occurrence){-1, 0};
}

ht_occurrence ht_series_find(const ht_series *series, const char *visit_id) {
    char id[HT_SERIES_ID_MAX + 1];
    int32_t date;
    const char *dot = strrchr(visit_id, '.');
    size_t length = dot != NULL ? (size_t)(dot - visit_id) : 0;
    if (dot == NULL || length >= sizeof(id) || strlen(dot + 1) != DATE_DIGITS || !ht_date_parse(dot + 1, &date))
        return (ht_occurrence){-1, 0};
    memcpy(id, visit_id, length);
    id[length] = '\0';
    return (ht_occurrence){ht_index_find(&series->index, ht_strings_find(&series->data->text, id)), date};
}

void ht_occurrence_print(const ht_series *series, ht_occurrence occurrence, char out[HT_OCCURRENCE_ID]) {
    int32_t year, month, day;
    ht_date_to_civil(occurrence.date, &year, &month, &day);
    snprintf(out, HT_OCCURRENCE_ID, "%s.%04d%02d%02d",
             ht_dataset_text(series->data, series->row[occurrence.series].series_id), (int)year, (int)month, (int)day);
}

ht_visit_row ht_series_visit(const ht_series_row *row, int32_t date) {
    return (ht_visit_row){.line = row->line,
                          .visit_id = row->series_id,
                          .client_id = row->client_id,
                          .date = date,
                          .start = row->start,
                          .minutes = row->minutes,
                          .before_min = row->before_min,
                          .after_min = row->after_min,
                          .latest = row->latest,
                          .skill = row->skill,
                          .skill_one = row->skill_one,
                          .staff_needed = row->staff_needed,
                          .priority = row->priority,
                          .service = row->service,
                          .after_visit = row->after_visit,
                          .gap_min = row->gap_min,
                          .gap_max = row->gap_max,
                          .locked_staff = row->locked_staff,
                          .locked_start = row->locked_start,
                          .counts = row->counts};
}

/* ---- expansion ---- */

typedef struct expansion {
    ht_dataset *data;
    ht_series series;
    ht_index visits; /* as they were before */
} expansion;

/* HT_NO_SYMBOL when memory is out. */
static ht_sym intern_id(const expansion *e, ht_occurrence occurrence) {
    char id[HT_OCCURRENCE_ID];
    ht_occurrence_print(&e->series, occurrence, id);
    return ht_strings_intern(&e->data->text, id, strlen(id));
}

/* The visit that the occurrence is; NULL when memory is out. */
static ht_visit_row *visit_of(expansion *e, ht_occurrence occurrence) {
    ht_sym id = intern_id(e, occurrence);
    int32_t known = ht_index_find(&e->visits, id);
    if (known >= 0)
        return ht_array_at(&e->data->table[HT_VISITS], known);
    ht_occurrence before = ht_series_before(&e->series, occurrence);
    ht_sym after = before.series >= 0 ? intern_id(e, before) : HT_NO_TEXT;
    ht_visit_row *visit =
        id != HT_NO_SYMBOL && after != HT_NO_SYMBOL ? ht_array_push(&e->data->table[HT_VISITS]) : NULL;
    if (visit != NULL) {
        *visit = ht_series_visit(&e->series.row[occurrence.series], occurrence.date);
        visit->line = 0;
        visit->visit_id = id;
        visit->after_visit = after;
    }
    return visit;
}

static bool add_occurrence(expansion *e, ht_occurrence occurrence) {
    const ht_series_row *row = &e->series.row[occurrence.series];
    ht_visit_row *visit = visit_of(e, occurrence);
    if (visit == NULL)
        return false;
    visit->series = row->series_id;
    visit->usual_staff = row->usual_staff;
    visit->usual_start = row->start;
    return true;
}

static bool expand(expansion *e, int32_t from, int32_t to) {
    bool fits = true;
    for (int32_t date = from; fits && date <= to; date++)
        for (int32_t i = 0; fits && i < e->series.count; i++)
            fits = !ht_series_comes_on(&e->series, i, date) || add_occurrence(e, (ht_occurrence){i, date});
    return fits;
}

bool ht_series_expand(ht_dataset *data, int32_t from, int32_t to) {
    ht_arena scratch;
    expansion e = {.data = data};
    ht_arena_init(&scratch, data->text.arena.allocator);
    bool fits = ht_series_build(&e.series, data, &scratch) && ht_index_build(&e.visits, data, HT_VISITS, &scratch) &&
                expand(&e, from, to);
    ht_arena_release(&scratch);
    return fits;
}
