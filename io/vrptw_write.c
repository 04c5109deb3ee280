#include "io/vrptw_write.h"

ht_status ht_vrptw_solution_write(const ht_vrptw_solution *solution, int64_t cost, ht_text *text, ht_err *err) {
    int32_t number = 0;
    for (int32_t i = 0; i < solution->routes; i++) {
        if (solution->first[i] == solution->first[i + 1])
            continue;
        ht_text_addf(text, "Route #%d:", (int)++number);
        for (int32_t stop = solution->first[i]; stop < solution->first[i + 1]; stop++)
            ht_text_addf(text, " %d", (int)solution->stop[stop]);
        ht_text_addf(text, "\n");
    }
    ht_text_addf(text, "Cost %lld.%lld\n", (long long)(cost / HT_VRPTW_SCALE), (long long)(cost % HT_VRPTW_SCALE));
    return text->failed ? ht_fail_memory(err) : HT_OK;
}
