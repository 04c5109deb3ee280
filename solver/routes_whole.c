/* solver/routes_whole.c: what a problem counts that counts whole shifts: waiting, idle time, missed breaks. See
 * model/problem.h.
 *
 * A route leaves later, as far as that saves waiting further on and makes nothing late: from the earliest starts on, a
 * later first stop shortens the route by as much until all waiting is used up.
 */
#include "base/numbers.h"
#include "solver/routes_internal.h"

int32_t ht_routes_wait(const ht_routes *r, int32_t shift, int32_t node, int32_t start, int32_t next) {
    if (node == ht_routes_first(r, shift)) /* leaves just in time, or waits behind a break that opens the route */
        return 0;
    int32_t rest = r->break_after[shift] == node ? r->problem->shift[shift].break_length : 0;
    return next - start - r->service[node] - r->leg[node] - rest;
}

/* Waiting between the first stop and the end of a used route, at the starts given. */
static int32_t waits(const ht_routes *r, int32_t shift, const int32_t *start) {
    int32_t opener = ht_routes_first(r, shift), break_after = r->break_after[shift];
    int32_t rest = break_after >= 0 && break_after != opener ? r->problem->shift[shift].break_length : 0;
    int32_t worked = r->whole[shift].served + (int32_t)r->travel[shift] - r->leg[opener] + rest;
    return start[ht_routes_last(r, shift)] - start[r->next[opener]] - worked;
}

int32_t ht_routes_waits_earliest(const ht_routes *r, int32_t shift) {
    return r->stops[shift] > 0 ? waits(r, shift, r->start) : 0;
}

int32_t ht_routes_lead(const ht_routes *r, int32_t shift) {
    int32_t stop = r->next[ht_routes_first(r, shift)];
    return r->stops[shift] > 0 ? ht_min32(ht_routes_waits_earliest(r, shift), r->calm[stop] - r->start[stop]) : 0;
}

void ht_routes_count_work(ht_routes *r, int32_t shift) {
    const ht_shift *s = &r->problem->shift[shift];
    ht_whole *whole = &r->whole[shift];
    bool used = r->stops[shift] > 0, rests = used && r->break_after[shift] >= 0;
    int64_t worked = r->travel[shift] + (used ? whole->served : 0) + (rests ? s->break_length : 0);
    int32_t back = used ? r->start[ht_routes_last(r, shift)] : s->end;
    whole->idle = (int64_t)ht_max32(s->end, back) - s->start - worked;
    ht_routes_set_total(r, HT_C_MISSED_BREAKS, &whole->missed, s->break_length > 0 && !rests);
}

void ht_routes_count_waiting(ht_routes *r, int32_t shift) {
    int64_t waiting = r->stops[shift] > 0 ? waits(r, shift, r->planned) : 0;
    ht_routes_set_total(r, HT_C_WAITING, &r->whole[shift].waiting, waiting);
}

void ht_routes_find_idlest(ht_routes *r) {
    r->idlest = -1;
    r->idle_of_other = 0;
    for (int32_t s = 0; s < r->problem->shifts; s++) {
        if (r->idlest < 0 || r->whole[s].idle > r->whole[r->idlest].idle) {
            r->idle_of_other = r->idlest < 0 ? 0 : r->whole[r->idlest].idle;
            r->idlest = s;
        } else if (r->whole[s].idle > r->idle_of_other) {
            r->idle_of_other = r->whole[s].idle;
        }
    }
}
