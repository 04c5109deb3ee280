#include "solver/scan_whole.h"

#include "base/numbers.h"

int64_t ht_scan_waiting(const ht_routes *r, int32_t task, const ht_position *at, int32_t start) {
    const ht_shift *s = &r->problem->shift[at->shift];
    int32_t opener = ht_routes_first(r, at->shift), first = r->next[opener], follower = r->next[at->after];
    bool opens = at->after == opener, breaks = r->break_after[at->shift] == at->after;
    bool behind = breaks && at->break_after == task;
    int32_t leave = start + r->service[task], travel = ht_routes_leg(r, at->shift, task, follower);
    ht_rest rest = behind ? ht_routes_rest(r, at->shift, task, follower) : HT_REST_ELSEWHERE;
    int32_t next = ht_max32(ht_routes_arrive(s, rest, leave, travel), r->earliest[follower]);
    int32_t wait_behind = next - leave - travel - (behind ? s->break_length : 0), wait_before = 0, here = 0;
    if (!opens) {
        wait_before = start - r->start[at->after] - r->service[at->after] -
                      ht_routes_leg(r, at->shift, at->after, task) - (breaks && !behind ? s->break_length : 0);
        here = ht_routes_wait(r, at->shift, at->after, r->start[at->after], r->start[follower]);
    }
    int64_t later =
        (int64_t)ht_routes_waits_earliest(r, at->shift) - at->waited - here - ht_max32(0, next - r->start[follower]);
    int64_t raw = (int64_t)at->waited + wait_before + wait_behind + (later > 0 ? later : 0);
    int32_t lead = at->waited + wait_before + at->calm - start;
    if (!opens)
        lead = ht_min32(lead, r->calm[first] - r->start[first]);
    return raw > lead ? raw - ht_max32(0, lead) : 0;
}
