/* app/cli/effort.h: what a search took, as people and as programs read it.
 *
 * Units: seconds.
 */
#ifndef HT_APP_CLI_EFFORT_H
#define HT_APP_CLI_EFFORT_H

#include "io/json.h"

typedef struct ht_effort {
    double first_full_s, wall_s, cpu_s; /* first_full_s: -1 where there is none */
    int64_t seed, work;
} ht_effort;

/* "236928 iterations in 4.9 s, seed 1; the first plan with as many visits after 0.0 s". */
void ht_effort_print(const ht_effort *effort, char mark);

/* first_full_s, wall_s, cpu_s, seed, work, into the innermost open object. */
void ht_effort_json(ht_json *json, const ht_effort *effort);

enum { HT_TENTHS = 32 };

/* value (not negative) with just one digit after the mark, so that columns line up; out holds HT_TENTHS bytes. */
const char *ht_tenths(double value, char mark, char *out);

#endif
