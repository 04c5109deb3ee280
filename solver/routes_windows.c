/* solver/routes_windows.c: tasks of two windows. See solver/routes.h.
 *
 * In the first window a task starts before the second opens, so that each start is valued by the window it is in.
 */
#include "base/numbers.h"
#include "solver/routes.h"

int32_t ht_routes_second_window(const ht_routes *r, int32_t task) {
    int32_t opens = r->two_windows ? r->problem->task[task].second_earliest : 0;
    return opens > 0 ? opens : HT_NEVER;
}

void ht_routes_take_window(ht_routes *r, int32_t task, int32_t start) {
    if (!r->two_windows || r->problem->task[task].second_earliest <= 0)
        return;
    const ht_task *t = &r->problem->task[task];
    const ht_visit *v = &r->problem->visit[r->problem->visit_of_task[task]];
    int32_t limit = v->latest < HT_NEVER - t->lag_max ? v->latest + t->lag_max : HT_NEVER;
    bool second = start >= t->second_earliest;
    r->earliest[task] = second ? t->second_earliest : v->earliest;
    r->due[task] = second ? t->second_due : t->due;
    r->limit[task] = ht_min32(limit, second ? t->second_latest : ht_min32(t->latest, t->second_earliest - 1));
}
