#include "model/history.h"

#include "base/numbers.h"

/* What it takes to read the rows of a period. */
typedef struct reading {
    const ht_dataset *data;
    const ht_visit_row *visit;
    ht_index visits;
    int32_t from, to;
    bool *performed; /* by day of the period: performed rows are there */
    ht_array *meetings;
} reading;

static bool in_period(const reading *r, int32_t date) {
    return date >= r->from && date <= r->to;
}

static void mark_days(reading *r) {
    const ht_performed_row *row = ht_dataset_rows(r->data, HT_PERFORMED);
    for (int32_t i = 0; i < ht_dataset_count(r->data, HT_PERFORMED); i++) {
        if (in_period(r, row[i].date)) {
            r->performed[row[i].date - r->from] = true;
        }
    }
}

/* False when memory is out. A row whose visit does not count, or that names no client, is no meeting. */
static bool add_meeting(const reading *r, const ht_performed_row *row) {
    int32_t index = ht_index_find(&r->visits, row->visit_id);
    const ht_visit_row *visit = index < 0 ? NULL : &r->visit[index];
    ht_sym client = row->client_id != HT_NO_TEXT || visit == NULL ? row->client_id : visit->client_id;
    if (client == HT_NO_TEXT || (visit != NULL && visit->counts == 0)) {
        return true;
    }
    ht_meeting *meeting = ht_array_push(r->meetings);
    if (meeting != NULL) {
        *meeting = (ht_meeting){client, row->staff_id, row->visit_id, row->date, row->start, row->end};
    }
    return meeting != NULL;
}

/* Adds the rows of the days whose mark is `performed`. */
static bool add_rows(const reading *r, const ht_performed_row *row, int32_t count, bool performed) {
    for (int32_t i = 0; i < count; i++) {
        if (in_period(r, row[i].date) && r->performed[row[i].date - r->from] == performed && !add_meeting(r, &row[i])) {
            return false;
        }
    }
    return true;
}

static int compare_meetings(const void *left, const void *right) {
    const ht_meeting *a = left;
    const ht_meeting *b = right;
    int by_day = ht_compare32(a->date, b->date);
    int by_client = by_day != 0 ? by_day : ht_compare32(a->client, b->client);
    int by_staff = by_client != 0 ? by_client : ht_compare32(a->staff, b->staff);
    int by_start = by_staff != 0 ? by_staff : ht_compare32(a->start, b->start);
    return by_start != 0 ? by_start : ht_compare32(a->visit, b->visit);
}

static bool read_period(reading *r, ht_arena *scratch) {
    r->performed = HT_ARENA_NEW(scratch, (int64_t)r->to - r->from + 1, bool);
    if (r->performed == NULL || !ht_index_build(&r->visits, r->data, HT_VISITS, scratch)) {
        return false;
    }
    mark_days(r);
    return add_rows(r, ht_dataset_rows(r->data, HT_PERFORMED), ht_dataset_count(r->data, HT_PERFORMED), true) &&
           add_rows(r, r->data->planned.items, r->data->planned.count, false);
}

bool ht_history(const ht_dataset *data, int32_t from, int32_t to, ht_array *meetings) {
    if (from > to) {
        return true;
    }
    ht_arena scratch;
    ht_arena_init(&scratch, meetings->allocator);
    reading r = {.data = data, .visit = ht_dataset_rows(data, HT_VISITS), .from = from, .to = to, .meetings = meetings};
    bool read = read_period(&r, &scratch);
    ht_arena_release(&scratch);
    if (read && meetings->count > 0) {
        qsort(meetings->items, (size_t)meetings->count, sizeof(ht_meeting), compare_meetings);
    }
    return read;
}
