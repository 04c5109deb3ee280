#include "app/cli/effort.h"

#include <math.h>

#include "base/words.h"

const char *ht_tenths(double value, char mark, char *out) {
    long long rounded = llround(value * 10);
    snprintf(out, HT_TENTHS, "%lld%c%lld", rounded / 10, mark, rounded % 10);
    return out;
}

void ht_effort_print(const ht_effort *effort, char mark) {
    char wall[HT_TENTHS], full[HT_TENTHS];
    printf(HT_PLURAL("%lld iteration in %s s, seed %lld", "%lld iterations in %s s, seed %lld", effort->work),
           (long long)effort->work, ht_tenths(effort->wall_s, mark, wall), (long long)effort->seed);
    if (effort->first_full_s >= 0)
        printf(_("; the first plan with as many visits after %s s"), ht_tenths(effort->first_full_s, mark, full));
    printf("\n");
}

/* To a thousandth of a second. */
static double as_seconds(double seconds) {
    return seconds < 0 ? NAN : round(seconds * 1000.0) / 1000.0;
}

void ht_effort_json(ht_json *json, const ht_effort *effort) {
    ht_json_real(json, "first_full_s", as_seconds(effort->first_full_s));
    ht_json_real(json, "wall_s", as_seconds(effort->wall_s));
    ht_json_real(json, "cpu_s", as_seconds(effort->cpu_s));
    ht_json_integer(json, "seed", effort->seed);
    ht_json_integer(json, "work", effort->work);
}
