/* model/issues.h: what is wrong with the input, collected so that all of it can be shown at once.
 *
 * The first HT_ISSUES_SHOWN are kept, the rest counted. Values are masked (base/text.h) before they get here.
 * A note is something to know (an unknown column); it refuses nothing.
 */
#ifndef HT_MODEL_ISSUES_H
#define HT_MODEL_ISSUES_H

#include <stdbool.h>

#include "base/array.h"
#include "base/status.h"

enum { HT_ISSUES_SHOWN = 100 };

typedef struct ht_issue {
    const char *file;   /* "visits.csv" */
    int32_t line;       /* 0: the whole file */
    const char *column; /* "" where it is about the row */
    const char *text;   /* "'25:99' is no time: expected HH:MM" */
} ht_issue;

typedef struct ht_issues {
    ht_array issues; /* of ht_issue, in the order found */
    ht_array notes;  /* of ht_issue */
    int32_t count;   /* of all issues, shown or not */
    ht_arena arena;
    bool failed; /* memory ran out while collecting */
} ht_issues;

void ht_issues_init(ht_issues *issues, const ht_allocator *allocator);
void ht_issues_release(ht_issues *issues);
/* file and column are copied; format makes the text, masked here. */
void ht_issues_add(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...)
    HT_PRINTF(5, 6);
void ht_issues_note(ht_issues *issues, const char *file, int32_t line, const char *column, const char *format, ...)
    HT_PRINTF(5, 6);

#endif
