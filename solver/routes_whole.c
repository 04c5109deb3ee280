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

void ht_routes_sum_waits(ht_routes *r, int32_t shift) {
    int64_t raw = 0;
    int32_t last = ht_routes_last(r, shift);
    for (int32_t n = ht_routes_first(r, shift); r->stops[shift] > 0 && n != last; n = r->next[n])
        raw += ht_routes_wait(r, shift, n, r->start[n], r->start[r->next[n]]);
    r->whole[shift].raw = raw;
}

int32_t ht_routes_lead(const ht_routes *r, int32_t shift) {
    int32_t stop = r->next[ht_routes_first(r, shift)];
    if (r->stops[shift] == 0 || r->calm[stop] <= r->start[stop])
        return 0;
    return (int32_t)r->whole[shift].raw < r->calm[stop] - r->start[stop] ? (int32_t)r->whole[shift].raw
                                                                         : r->calm[stop] - r->start[stop];
}

/* Idle time of a used route, back at `back`, that has worked so long. */
static int64_t idle_of(const ht_routes *r, int32_t shift, int64_t worked, int32_t back) {
    const ht_shift *s = &r->problem->shift[shift];
    int64_t rest = r->break_after[shift] >= 0 ? s->break_length : 0;
    return (int64_t)ht_max32(s->end, back) - s->start - worked - rest;
}

/* Lateness and overtime are as at the earliest starts: nothing is planned beyond its calm. */
void ht_routes_count_whole(ht_routes *r, int32_t shift) {
    const ht_shift *s = &r->problem->shift[shift];
    ht_whole *whole = &r->whole[shift];
    bool used = r->stops[shift] > 0;
    int64_t waiting = 0, worked = 0;
    int32_t last = ht_routes_last(r, shift);
    for (int32_t n = ht_routes_first(r, shift); used && n != last; n = r->next[n]) {
        waiting += ht_routes_wait(r, shift, n, r->planned[n], r->planned[r->next[n]]);
        worked += r->service[n] + r->leg[n];
    }
    whole->idle = used ? idle_of(r, shift, worked, r->planned[last]) : s->end - s->start;
    ht_routes_set_total(r, HT_C_WAITING, &whole->waiting, waiting);
    ht_routes_set_total(r, HT_C_MISSED_BREAKS, &whole->missed,
                        s->break_length > 0 && (!used || r->break_after[shift] < 0));
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
