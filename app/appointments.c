#include "app/appointments.h"

#include "base/numbers.h"

const char *ht_names_keep(ht_strings *names, const char *text) {
    ht_sym sym = ht_strings_intern(names, text, strlen(text));
    return sym == HT_NO_SYMBOL ? NULL : ht_strings_text(names, sym);
}

typedef struct adder {
    const ht_export_day *day;
    ht_strings *names;
    ht_array *appointments;
    const uint8_t *cancelled; /* by row of the visits */
} adder;

static int32_t row_of(const ht_export_day *day, const ht_visit_row *visit) {
    return (int32_t)(visit - (const ht_visit_row *)ht_dataset_rows(ht_export_day_data(day), HT_VISITS));
}

static const uint8_t *mark_cancelled(const ht_export_day *day, ht_arena *arena) {
    uint8_t *cancelled = HT_ARENA_NEW(arena, ht_dataset_count(ht_export_day_data(day), HT_VISITS), uint8_t);
    const ht_visit_fate *fate = day->report.fates.items;
    for (int32_t i = 0; cancelled != NULL && i < day->report.fates.count; i++)
        cancelled[row_of(day, ht_export_day_visit(day, fate[i].visit))] = fate[i].state == HT_VISIT_CANCELLED;
    return cancelled;
}

static bool add(const adder *a, const ht_visit_row *visit, const ht_appointment *when) {
    const ht_dataset *data = ht_export_day_data(a->day);
    const ht_client_row *client = ht_export_day_client(a->day, visit->client_id);
    ht_appointment *added = ht_array_push(a->appointments);
    if (added == NULL)
        return false;
    *added = *when;
    added->date = a->day->date;
    added->client = ht_names_keep(a->names, ht_dataset_text(data, visit->client_id));
    added->contact = ht_names_keep(a->names, client == NULL ? "" : ht_dataset_text(data, client->contact));
    added->visit = ht_names_keep(a->names, ht_dataset_text(data, visit->visit_id));
    added->service = ht_names_keep(a->names, ht_dataset_text(data, visit->service));
    added->staff = ht_names_keep(a->names, when->staff);
    added->undecided = when->undecided;
    added->cancelled = a->cancelled[row_of(a->day, visit)] != 0;
    return added->client && added->contact && added->visit && added->service && added->staff;
}

static bool add_planned(const adder *a) {
    const ht_stop *stop = a->day->stops.items;
    for (int32_t i = 0; i < a->day->stops.count; i++) {
        if (stop[i].kind != HT_STOP_VISIT)
            continue;
        ht_appointment when = {.staff = ht_dataset_text(ht_export_day_data(a->day), stop[i].staff),
                               .start = stop[i].start,
                               .end = stop[i].end,
                               .role = stop[i].role,
                               .undecided = !ht_export_day_can_keep(a->day, stop[i].ref, stop[i].staff)};
        if (!add(a, ht_export_day_visit(a->day, stop[i].ref), &when))
            return false;
    }
    return true;
}

/* Nobody is planned: the time is the agreed one. */
static bool add_open(const adder *a) {
    const ht_visit_fate *fate = a->day->report.fates.items;
    for (int32_t i = 0; i < a->day->report.fates.count; i++) {
        if (fate[i].state != HT_VISIT_OPEN)
            continue;
        const ht_visit_row *visit = ht_export_day_visit(a->day, fate[i].visit);
        ht_appointment when = {
            .staff = "", .start = visit->start, .end = visit->start + 60 * visit->minutes, .undecided = true};
        if (!add(a, visit, &when))
            return false;
    }
    return true;
}

ht_status ht_appointments_add(ht_array *appointments, const ht_export_day *day, ht_strings *names, ht_err *err) {
    ht_arena scratch;
    ht_arena_init(&scratch, &ht_allocator_system);
    adder a = {.day = day, .names = names, .appointments = appointments, .cancelled = mark_cancelled(day, &scratch)};
    bool added = a.cancelled != NULL && add_planned(&a) && add_open(&a);
    ht_arena_release(&scratch);
    return added ? HT_OK : ht_fail_memory(err);
}

static int by_client_and_time(const void *a, const void *b) {
    const ht_appointment *x = a, *y = b;
    int order = strcmp(x->client, y->client);
    if (order == 0)
        order = ht_compare32(x->date, y->date);
    if (order == 0)
        order = ht_compare32(x->start, y->start);
    if (order == 0)
        order = strcmp(x->staff, y->staff);
    return order != 0 ? order : strcmp(x->visit, y->visit);
}

void ht_appointments_sort(ht_array *appointments) {
    if (appointments->count > 1)
        qsort(appointments->items, (size_t)appointments->count, sizeof(ht_appointment), by_client_and_time);
}
