#include "base/words.h"
#include "model/check_internal.h"

ht_clock_text ht_clock(int32_t seconds) {
    ht_clock_text out = {""};
    ht_time_print(seconds, out.text, sizeof(out.text));
    return out;
}

ht_clock_text ht_minutes(int32_t seconds) {
    ht_clock_text out;
    if (seconds % 60 == 0)
        snprintf(out.text, sizeof(out.text), _("%d min"), (int)(seconds / 60));
    else
        snprintf(out.text, sizeof(out.text), _("%d min %d s"), (int)(seconds / 60), (int)(seconds % 60));
    return out;
}

ht_clock_text ht_hours(int32_t seconds) {
    ht_clock_text out;
    int32_t minutes = seconds / 60;
    if (minutes % 60 == 0)
        snprintf(out.text, sizeof(out.text), _("%d h"), (int)(minutes / 60));
    else
        snprintf(out.text, sizeof(out.text), _("%d h %d min"), (int)(minutes / 60), (int)(minutes % 60));
    return out;
}

static const char *mode_name(int32_t mode) {
    static const char *const name[HT_MODES] = {N_("by car"), N_("by bicycle"), N_("on foot")};
    return mode >= 0 && mode < HT_MODES ? _(name[mode]) : "";
}

static const char *staff_text(const ht_check *check, const ht_route *route) {
    return ht_facts_text(&check->facts, check->facts.staff_row[route->staff].staff_id);
}

static const char *stay_name(const ht_check *check, const ht_stay *stay) {
    if (stay->kind == HT_STAY_VISIT)
        return ht_facts_text(&check->facts, stay->entry->visit->visit_id);
    return stay->kind == HT_STAY_OFFICE ? _("office time") : _("shift");
}

static ht_sym stay_visit(const ht_stay *stay) {
    return stay->kind == HT_STAY_VISIT ? stay->entry->visit->visit_id : HT_NO_TEXT;
}

static void breach_overlap(ht_check *check, const ht_route *route, const ht_stay *longest, const ht_stay *next) {
    bool office = longest->kind == HT_STAY_OFFICE || next->kind == HT_STAY_OFFICE;
    ht_check_breach(
        check, office ? HT_HARD_OFFICE : HT_HARD_TWO_PLACES, stay_visit(next->kind == HT_STAY_VISIT ? next : longest),
        check->facts.staff_row[route->staff].staff_id, _("%s: %s starts %s, but %s ends %s"), staff_text(check, route),
        stay_name(check, next), ht_clock(next->start).text, stay_name(check, longest), ht_clock(longest->end).text);
}

static void breach_early(ht_check *check, const ht_route *route, const ht_stay *next) {
    ht_check_breach(check, HT_HARD_SHIFT, stay_visit(next), check->facts.staff_row[route->staff].staff_id,
                    _("%s: %s starts %s, before the shift does at %s"), staff_text(check, route),
                    stay_name(check, next), ht_clock(next->start).text, ht_clock(route->duty->piece.start).text);
}

typedef struct departure_text {
    char text[160];
} departure_text;

/* "V12 ends 15:40 at B7" */
static departure_text departure(const ht_check *check, const ht_stay *stay) {
    departure_text out;
    const char *place = ht_facts_place_name(&check->facts, stay->place);
    if (stay->kind == HT_STAY_START)
        snprintf(out.text, sizeof(out.text), _("shift starts %s at %s"), ht_clock(stay->end).text, place);
    else
        snprintf(out.text, sizeof(out.text), _("%s ends %s at %s"), stay_name(check, stay), ht_clock(stay->end).text,
                 place);
    return out;
}

static void breach_travel(ht_check *check, const ht_route *route, const ht_stay *from, const ht_stay *next) {
    ht_check_breach(check, HT_HARD_TRAVEL, stay_visit(next->kind == HT_STAY_VISIT ? next : from),
                    check->facts.staff_row[route->staff].staff_id, _("%s: %s, %s %s to %s, there %s, %s starts %s"),
                    staff_text(check, route), departure(check, from).text, ht_minutes(next->travel).text,
                    mode_name(route->mode), ht_facts_place_name(&check->facts, next->place),
                    ht_clock(from->end + next->travel).text, stay_name(check, next), ht_clock(next->start).text);
}

static void check_legs(ht_check *check, const ht_route *route) {
    const ht_stay *longest = &route->stay[0];
    for (int32_t i = 1; i < route->stays; i++) {
        const ht_stay *from = &route->stay[i - 1], *next = &route->stay[i];
        if (from->end > longest->end)
            longest = from;
        if (next->kind == HT_STAY_END)
            return;
        if (next->start < longest->end && longest->kind == HT_STAY_START)
            breach_early(check, route, next);
        else if (next->start < longest->end)
            breach_overlap(check, route, longest, next);
        else if (next->start < from->end + next->travel)
            breach_travel(check, route, from, next);
    }
}

/* When the shift is back at its end place; a break after the last stop delays that, and one taken there must have
 * begun. */
static int32_t back_at(const ht_route *route, ht_break_slot slot) {
    const ht_stay *end = &route->stay[route->stays - 1];
    int32_t there = end->free_from + end->travel;
    if (slot.before != route->stays - 1)
        return there;
    return (there > slot.earliest ? there : slot.earliest) + slot.length;
}

/* What ends when the shift must be back at the latest. */
static const char *limit_name(const ht_check *check, const ht_duty *duty) {
    if (duty->back_by == duty->piece.end)
        return _("shift ends");
    bool whole = duty->back_by == duty->piece.end + 60 * check->facts.settings->overtime_limit_min;
    return whole ? _("shift with its overtime ends") : _("next shift, office time or absence begins");
}

static void check_return(ht_check *check, const ht_route *route, ht_break_slot slot) {
    const ht_stay *end = &route->stay[route->stays - 1], *last = end - 1;
    int32_t back = back_at(route, slot);
    if (back <= end->end)
        return;
    ht_sym staff = check->facts.staff_row[route->staff].staff_id;
    const char *shift_end = limit_name(check, route->duty);
    if (end->travel == 0)
        ht_check_breach(check, HT_HARD_SHIFT, stay_visit(last), staff, _("%s: %s, %s %s"), staff_text(check, route),
                        departure(check, last).text, shift_end, ht_clock(end->end).text);
    else
        ht_check_breach(check, HT_HARD_SHIFT, stay_visit(last), staff, _("%s: %s, %s %s to %s, back %s, %s %s"),
                        staff_text(check, route), departure(check, last).text, ht_minutes(end->travel).text,
                        mode_name(route->mode), ht_facts_place_name(&check->facts, end->place), ht_clock(back).text,
                        shift_end, ht_clock(end->end).text);
}

static void check_break(ht_check *check, const ht_route *route, ht_break_slot slot) {
    ht_break_window rest = route->duty->rest;
    if (rest.length == 0 || slot.before != 0)
        return;
    check->report->values.component[HT_C_MISSED_BREAKS]++;
    ht_check_breach(check, HT_HARD_BREAK, HT_NO_TEXT, check->facts.staff_row[route->staff].staff_id,
                    _("%s: no room for %s of break that starts between %s and %s (shift %s-%s)"),
                    staff_text(check, route), ht_minutes(rest.length).text, ht_clock(rest.earliest).text,
                    ht_clock(rest.latest).text, ht_clock(route->duty->piece.start).text,
                    ht_clock(route->duty->piece.end).text);
}

/* Time between the first and the last stop that is neither stop, travel nor break. */
static int64_t waiting_of(const ht_route *route, ht_break_slot slot) {
    int64_t waiting = 0;
    int32_t first = route->duty != NULL ? 2 : 1, last = route->duty != NULL ? route->stays - 2 : route->stays - 1;
    for (int32_t i = first; i <= last; i++) {
        const ht_stay *next = &route->stay[i];
        int32_t rest = slot.before == i ? slot.length : 0;
        int32_t idle = next->start - next->free_from - next->travel - rest;
        waiting += idle > 0 ? idle : 0;
    }
    return waiting;
}

static void add_costs(ht_check *check, const ht_route *route, ht_break_slot slot) {
    int64_t *component = check->report->values.component;
    int64_t waiting = waiting_of(route, slot);
    for (int32_t i = 1; i < route->stays; i++)
        component[HT_C_TRAVEL] += route->stay[i].travel;
    component[HT_C_WAITING] += waiting;
    if (waiting > component[HT_C_IDLE_MAX])
        component[HT_C_IDLE_MAX] = waiting;
    if (route->duty != NULL && back_at(route, slot) > route->duty->piece.end)
        component[HT_C_OVERTIME] += back_at(route, slot) - route->duty->piece.end;
}

static void check_on_shift(ht_check *check, const ht_route *route) {
    char date[HT_DATE_TEXT];
    ht_date_print(check->facts.date, date, sizeof(date));
    for (int32_t i = 0; i < route->stays; i++)
        ht_check_breach(check, HT_HARD_SHIFT, stay_visit(&route->stay[i]),
                        check->facts.staff_row[route->staff].staff_id, _("%s: %s starts %s, but %s has no shift on %s"),
                        staff_text(check, route), stay_name(check, &route->stay[i]),
                        ht_clock(route->stay[i].start).text, staff_text(check, route), date);
}

void ht_check_routes(ht_check *check) {
    for (int32_t i = 0; i < check->routes.count; i++) {
        const ht_route *route = &check->routes.route[i];
        ht_break_slot slot = ht_route_break(route);
        check_legs(check, route);
        if (route->duty == NULL)
            check_on_shift(check, route);
        else {
            check_break(check, route, slot);
            check_return(check, route, slot);
        }
        add_costs(check, route, slot);
    }
}
