/* base/status.h: what a function that can fail returns, and the words that go with it.
 *
 * Errors:  HT_OK is 0. Infeasible, time limit and cancelled are outcomes, not errors.
 * Use:     the last parameter is an ht_err * (never NULL); the first failure is kept, and each
 *          layer may put its context in front: "visits.csv:7: window 09:00..08:00 is empty".
 */
#ifndef HT_BASE_STATUS_H
#define HT_BASE_STATUS_H

#include "base/banned.h"

typedef enum ht_status {
    HT_OK = 0,
    HT_EUSAGE,   /* the caller's words are off: exit 1 */
    HT_EINPUT,   /* bad data: exit 2 */
    HT_ERULE,    /* a hard rule is broken: exit 3 */
    HT_ESYSTEM,  /* store locked, disk full, no permission: exit 4 */
    HT_ENOMEM,   /* memory is out: exit 4 */
    HT_ELP,      /* GLPK failed; its own words are in the message */
    HT_EINTERNAL /* a promise of our own code is broken: exit 4 */
} ht_status;

enum { HT_ERR_TEXT = 1024 };

typedef struct ht_err {
    ht_status status;
    char text[HT_ERR_TEXT]; /* cut with "..." when longer */
} ht_err;

#if defined(__GNUC__)
#define HT_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define HT_PRINTF(format_at, first_at)
#endif

/* Empties err: no failure yet. */
void ht_err_init(ht_err *err);

/* Sets status and text, replacing what was there; returns status, so that `return ht_fail(...)` works. */
ht_status ht_fail(ht_err *err, ht_status status, const char *format, ...) HT_PRINTF(3, 4);

/* Memory is out: HT_ENOMEM with the standard text. */
ht_status ht_fail_memory(ht_err *err);

/* What the system says of an errno, in the reader's language as far as a planner can meet it. */
const char *ht_error_text(int error);

/* A file or folder that the user named cannot be opened or read. Not being there, or being no file or folder, is the
 * user's to mend (HT_EINPUT); any other errno is the system's (HT_ESYSTEM). */
ht_status ht_fail_open(ht_err *err, const char *path, int error);

/* Puts "context: " in front of the text; returns err->status. */
ht_status ht_err_context(ht_err *err, const char *format, ...) HT_PRINTF(2, 3);

#endif
