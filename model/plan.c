#include "model/plan.h"

void ht_plan_init(ht_plan *plan, int32_t date, ht_sym team, const ht_allocator *allocator) {
    plan->date = date;
    plan->team = team;
    plan->lists_unplanned = false;
    ht_array_init(&plan->entries, sizeof(ht_plan_entry), allocator);
    ht_array_init(&plan->unplanned, sizeof(ht_unplanned), allocator);
    ht_arena_init(&plan->texts, allocator);
}

void ht_plan_release(ht_plan *plan) {
    ht_array_release(&plan->entries);
    ht_array_release(&plan->unplanned);
    ht_arena_release(&plan->texts);
}

const char *ht_rule_name(ht_rule rule) {
    static const char *const NAME[HT_RULES] = {
#define X(id, name) [HT_RULE_##id] = name,
        HT_RULE_LIST(X)
#undef X
    };
    return NAME[rule];
}
