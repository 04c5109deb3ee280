#include "app/current_plan.h"

/* Marks by symbol the visits that a plan speaks of. */
static void mark_visits(const ht_plan *plan, uint8_t *spoken_of) {
    const ht_plan_entry *entry = plan->entries.items;
    const ht_unplanned *unplanned = plan->unplanned.items;
    for (int32_t i = 0; i < plan->entries.count; i++)
        spoken_of[entry[i].visit] = 1;
    for (int32_t i = 0; i < plan->unplanned.count; i++)
        spoken_of[unplanned[i].visit] = 1;
}

static void drop_marked(ht_plan *plan, const uint8_t *spoken_of) {
    ht_plan_entry *entry = plan->entries.items;
    ht_unplanned *unplanned = plan->unplanned.items;
    int32_t entries = 0, visits = 0;
    for (int32_t i = 0; i < plan->entries.count; i++)
        if (!spoken_of[entry[i].visit])
            entry[entries++] = entry[i];
    for (int32_t i = 0; i < plan->unplanned.count; i++)
        if (!spoken_of[unplanned[i].visit])
            unplanned[visits++] = unplanned[i];
    ht_array_shrink(&plan->entries, entries);
    ht_array_shrink(&plan->unplanned, visits);
}

/* The team's plan takes its visits over from the plan of the whole day. */
static ht_status make_room(const ht_dataset *data, const ht_plan *team, ht_plan *plan, ht_err *err) {
    ht_arena scratch;
    ht_arena_init(&scratch, &ht_allocator_system);
    uint8_t *spoken_of = HT_ARENA_NEW(&scratch, ht_strings_count(&data->text), uint8_t);
    if (spoken_of != NULL) {
        mark_visits(team, spoken_of);
        drop_marked(plan, spoken_of);
    }
    ht_arena_release(&scratch);
    return spoken_of != NULL ? HT_OK : ht_fail_memory(err);
}

static bool add_entries(const ht_plan *from, ht_plan *to) {
    const ht_plan_entry *entry = from->entries.items;
    for (int32_t i = 0; i < from->entries.count; i++) {
        ht_plan_entry *copy = ht_array_push(&to->entries);
        if (copy == NULL)
            return false;
        *copy = entry[i];
    }
    return true;
}

static bool add_unplanned(const ht_plan *from, ht_plan *to) {
    const ht_unplanned *visit = from->unplanned.items;
    for (int32_t i = 0; i < from->unplanned.count; i++) {
        ht_unplanned *copy = ht_array_push(&to->unplanned);
        if (copy == NULL)
            return false;
        *copy = visit[i];
        copy->reason = ht_arena_text(&to->texts, visit[i].reason, strlen(visit[i].reason));
        copy->would_help = ht_arena_text(&to->texts, visit[i].would_help, strlen(visit[i].would_help));
        if (copy->reason == NULL || copy->would_help == NULL)
            return false;
    }
    return true;
}

static ht_status add_plan(ht_store *store, const ht_plan_record *record, ht_dataset *data, ht_plan *plan, ht_err *err) {
    ht_plan_record loaded;
    ht_plan one;
    ht_plan_init(&one, record->date, HT_NO_TEXT, &ht_allocator_system);
    ht_status status = ht_store_load_plan(store, record->date, record->team, record->version, data, &one, &loaded, err);
    if (!status)
        status = make_room(data, &one, plan, err);
    if (!status && !(add_entries(&one, plan) && add_unplanned(&one, plan)))
        status = ht_fail_memory(err);
    ht_plan_release(&one);
    return status;
}

ht_status ht_current_records(ht_store *store, int32_t date, ht_array *records, ht_err *err) {
    ht_status status = ht_store_list_plans(store, date, records, err);
    ht_plan_record *record = records->items;
    int32_t kept = 0;
    for (int32_t i = 0; !status && i < records->count; i++)
        if (record[i].current)
            record[kept++] = record[i];
    ht_array_shrink(records, kept);
    return status;
}

int32_t ht_current_day(const ht_plan_record *records, int32_t count) {
    int32_t day = 1;
    while (day < count && records[day].date == records[0].date)
        day++;
    return day;
}

ht_status ht_current_join(ht_store *store, const ht_plan_record *records, int32_t count, ht_dataset *data,
                          ht_plan *plan, ht_err *err) {
    const char *name = count == 1 ? records[0].team : "";
    ht_plan_init(plan, records[0].date, HT_NO_TEXT, &ht_allocator_system);
    ht_sym team = ht_strings_intern(&data->text, name, strlen(name));
    if (team == HT_NO_SYMBOL)
        return ht_fail_memory(err);
    plan->team = team;
    ht_status status = HT_OK;
    for (int32_t i = 0; i < count && !status; i++)
        status = add_plan(store, &records[i], data, plan, err);
    /* several teams' plans leave the other teams' visits out */
    plan->lists_unplanned = !status && (count == 1 || *records[0].team == '\0');
    return status;
}

/* Levels of parts cannot be added: each part counted what the others leave to it. */
static void describe(const ht_array *records, const ht_plan *plan, ht_plan_record *record) {
    const ht_plan_record *part = records->items;
    *record = part[0];
    if (records->count == 1)
        return;
    record->levels = 0;
    record->unplanned = plan->unplanned.count;
    for (int32_t i = 1; i < records->count; i++) {
        record->outdated = record->outdated || part[i].outdated;
        if (*part[0].team != '\0')
            record->visits += part[i].visits;
    }
    record->team[0] = '\0';
}

ht_status ht_current_plan(ht_store *store, int32_t date, ht_dataset *data, ht_plan *plan, ht_plan_record *record,
                          ht_err *err) {
    ht_array records;
    ht_array_init(&records, sizeof(ht_plan_record), &ht_allocator_system);
    ht_status status = ht_current_records(store, date, &records, err);
    if (status)
        ht_plan_init(plan, date, HT_NO_TEXT, &ht_allocator_system);
    else if (records.count == 0) /* says that there is none, and how to make one */
        status = ht_store_load_plan(store, date, "", 0, data, plan, record, err);
    else
        status = ht_current_join(store, records.items, records.count, data, plan, err);
    if (!status)
        describe(&records, plan, record);
    ht_array_release(&records);
    return status;
}
