#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"
#include "model/shifts.h"
#include "model/validate_internal.h"

static const char FILE_NAME[] = "roster.csv";

static bool ends_after_start(const ht_roster_row *row) {
    return row->end > row->start;
}

/* ---- breaks ---- */

static void check_break(ht_validation *v, const ht_roster_row *row) {
    int32_t length = row->end - row->start;
    if (row->break_min == 0 && length > HT_LONGEST_WITHOUT_BREAK) {
        ht_issues_add(v->issues, FILE_NAME, row->line, "break_min",
                      _("a shift of more than 5 h needs a break: give break_min"));
        return;
    }
    ht_break_window window = ht_shift_break(row, (ht_piece){row->start, row->end});
    if (window.length == 0 || window.earliest <= window.latest) {
        return;
    }
    if (length > 2 * HT_LONGEST_WITHOUT_BREAK + window.length) {
        ht_issues_add(v->issues, FILE_NAME, row->line, "end",
                      _("one break cannot keep the work before and after it to 5 h: split it into two rows"));
    } else {
        ht_issues_add(
            v->issues, FILE_NAME, row->line, "break_earliest",
            _("no break of %d min fits the shift, break_earliest .. break_latest and at most 5 h of work before "
              "and after it: change them, or split it into two rows"),
            (int)row->break_min);
    }
}

static void check_row(ht_validation *v, const ht_roster_row *row) {
    if (!ends_after_start(row)) {
        char start[HT_TIME_TEXT], end[HT_TIME_TEXT];
        ht_time_print(row->start, start, sizeof(start));
        ht_time_print(row->end, end, sizeof(end));
        ht_issues_add(v->issues, FILE_NAME, row->line, "end",
                      _("the shift ends %s, not after its start %s: one over midnight is two rows, the first to 24:00"),
                      end, start);
    } else if (row->kind == HT_KIND_WORK) {
        check_break(v, row);
    }
}

/* ---- overlaps ---- */

/* By person, date and start. */
static int compare_rows(const void *left, const void *right) {
    const ht_roster_row *a = *(const ht_roster_row *const *)left;
    const ht_roster_row *b = *(const ht_roster_row *const *)right;
    int by_person = ht_compare32(a->staff_id, b->staff_id);
    int by_date = by_person != 0 ? by_person : ht_compare32(a->date, b->date);
    int by_start = by_date != 0 ? by_date : ht_compare32(a->start, b->start);
    return by_start != 0 ? by_start : ht_compare32(a->line, b->line);
}

static bool same_day(const ht_roster_row *a, const ht_roster_row *b) {
    return a->staff_id == b->staff_id && a->date == b->date;
}

/* Two rows with one start are two rows with one key, and reported as that, where both are of the file. */
static void report_overlap(ht_validation *v, const ht_roster_row *row, const ht_roster_row *other) {
    const ht_roster_row *at = row->line > other->line ? row : other;
    const ht_roster_row *against = at == row ? other : row;
    char start[HT_TIME_TEXT], end[HT_TIME_TEXT], place[HT_PLACE_TEXT];
    if (at->line == 0 || (row->start == other->start && against->line > 0)) {
        return;
    }
    ht_time_print(against->start, start, sizeof(start));
    ht_time_print(against->end, end, sizeof(end));
    if (against->line > 0) {
        ht_issues_place(v->issues, against->line, place);
    } else {
        snprintf(place, sizeof(place), "%s", _("stored"));
    }
    ht_issues_add(v->issues, FILE_NAME, at->line, "start",
                  at->kind == HT_KIND_WORK ? _("overlaps the person's shift %s-%s (%s)")
                                           : _("overlaps the person's office time %s-%s (%s)"),
                  start, end, place);
}

/* Rows are sorted: a row overlaps an earlier one of its day where it starts before the latest end so far. */
static void sweep(ht_validation *v, const ht_roster_row *const *row, int32_t count) {
    const ht_roster_row *longest = NULL;
    for (int32_t i = 0; i < count; i++) {
        if (longest == NULL || !same_day(longest, row[i])) {
            longest = row[i];
            continue;
        }
        if (row[i]->start < longest->end) {
            report_overlap(v, row[i], longest);
        }
        longest = row[i]->end > longest->end ? row[i] : longest;
    }
}

/* Work rows of a person do not overlap, nor do office rows; office time inside a shift is right. */
static bool check_overlaps(ht_validation *v, int32_t kind) {
    const ht_roster_row *row = ht_dataset_rows(v->data, HT_ROSTER);
    int32_t rows = ht_dataset_count(v->data, HT_ROSTER);
    int32_t count = 0;
    const ht_roster_row **sorted = HT_ARENA_NEW(&v->scratch, rows, const ht_roster_row *);
    if (sorted == NULL) {
        return false;
    }
    for (int32_t i = 0; i < rows; i++) {
        if (row[i].kind == kind && ends_after_start(&row[i])) {
            sorted[count++] = &row[i];
        }
    }
    qsort(sorted, (size_t)count, sizeof(*sorted), compare_rows);
    sweep(v, sorted, count);
    return true;
}

bool ht_validate_roster(ht_validation *v) {
    const ht_roster_row *row = ht_dataset_rows(v->data, HT_ROSTER);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_ROSTER); i++) {
        if (row[i].line > 0) {
            check_row(v, &row[i]);
        }
    }
    return check_overlaps(v, HT_KIND_WORK) && check_overlaps(v, HT_KIND_OFFICE);
}
