#include "model/plan_kept.h"

#include "base/calendar.h"
#include "model/continuity_indices.h"

/* ---- the plans of days with performed rows ---- */

static bool add_meeting(const ht_dataset *data, const ht_index *visits, const ht_performed_row *row,
                        ht_array *meetings) {
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    int32_t at = ht_index_find(visits, row->visit_id);
    if (at < 0 || visit[at].counts == 0)
        return true;
    ht_meeting *meeting = ht_array_push(meetings);
    if (meeting != NULL)
        *meeting = (ht_meeting){visit[at].client_id, row->staff_id, row->visit_id, row->date, row->start, row->end};
    return meeting != NULL;
}

bool ht_plan_meetings(const ht_dataset *data, const ht_array *plans, ht_array *meetings) {
    ht_arena arena;
    ht_index visits;
    const ht_performed_row *plan = plans->items, *row = ht_dataset_rows(data, HT_PERFORMED);
    ht_arena_init(&arena, meetings->allocator);
    bool *performed = HT_ARENA_NEW(&arena, HT_DATE_MAX - HT_DATE_MIN + 1, bool);
    bool done = performed != NULL && ht_index_build(&visits, data, HT_VISITS, &arena);
    for (int32_t i = 0; done && i < ht_dataset_count(data, HT_PERFORMED); i++)
        performed[row[i].date - HT_DATE_MIN] = true;
    for (int32_t i = 0; done && i < plans->count; i++)
        if (performed[plan[i].date - HT_DATE_MIN])
            done = add_meeting(data, &visits, &plan[i], meetings);
    ht_arena_release(&arena);
    return done;
}

/* ---- one client ---- */

static bool is_among(const ht_encounter *list, int32_t count, ht_sym staff) {
    for (int32_t i = 0; i < count; i++)
        if (list[i].staff == staff)
            return true;
    return false;
}

/* One planned visit with its count staff. */
static void compare_visit(const ht_encounter *planned, int32_t count, const ht_encounters *performed,
                          ht_totals *total) {
    int32_t at = performed->at_visit[planned->visit];
    if (at < 0) {
        total->not_performed++;
        return;
    }
    const ht_encounter *made = &performed->list[at];
    total->compared_starts++;
    total->near_plan += abs(made->begin - planned->begin) <= HT_NEAR_PLAN;
    for (;
         at < performed->count && performed->list[at].visit == planned->visit && made->date == performed->list[at].date;
         at++) {
        total->compared++;
        total->as_planned += is_among(planned, count, performed->list[at].staff);
    }
}

/* Both are in order of dates. */
static int32_t distinct_on_days_of(ht_slice plan, ht_slice performed, ht_sym *staff) {
    int32_t distinct = 0;
    for (int32_t i = 0, at = 0; i < performed.count; i++) {
        while (at < plan.count && plan.item[at].date < performed.item[i].date)
            at++;
        if (at == plan.count || plan.item[at].date != performed.item[i].date)
            continue;
        bool known = false;
        for (int32_t j = 0; j < distinct && !known; j++)
            known = staff[j] == performed.item[i].staff;
        if (!known)
            staff[distinct++] = performed.item[i].staff;
    }
    return distinct;
}

void ht_plan_kept(const ht_encounters *planned, const ht_encounters *performed, int32_t client, int32_t from,
                  int32_t to, ht_sym *staff, ht_client_continuity *out) {
    ht_slice plan = ht_encounters_slice(planned, client, HT_ENCOUNTERS_COUNTED, from, to);
    ht_slice made = ht_encounters_slice(performed, client, HT_ENCOUNTERS_COUNTED, from, to);
    for (int32_t i = 0, next; i < plan.count; i = next) {
        next = ht_encounter_visit_end(plan, i);
        compare_visit(&plan.item[i], next - i, performed, &out->total);
    }
    out->planned_distinct = ht_count_staff(plan, staff).distinct;
    out->performed_distinct = distinct_on_days_of(plan, made, staff);
}
