/* model/unplanned.h: why a visit stays unplanned and what would help, as data, and as sentences in the reader's language.
 *
 * A plan keeps notes, names and values that are of no language: "on_shift=12 skill=3 shift=5", "move_start minutes=15
 * staff=P1|P2 at=08:30"; the sentence is made where somebody reads it. A text that is no note is told as it stands:
 * earlier plans were stored with sentences.
 *
 * Units: seconds of the day.
 */
#ifndef HT_MODEL_UNPLANNED_H
#define HT_MODEL_UNPLANNED_H

#include "model/plan.h"

enum { HT_NOTE = 1280 }; /* bytes that hold any note, and its sentence */

/* How many are on shift, and how many of them each rule keeps away. */
typedef struct ht_reason {
    int32_t on_shift;
    int32_t kept_away[HT_RULES];
} ht_reason;

/* X(identifier, name in a note): what would help, the cheapest single change first */
#define HT_HELP_LIST(X)                                                                                                \
    X(MOVE_START, "move_start")     /* a window wider by minutes: staff come at */                                     \
    X(STAY_LONGER, "stay_longer")   /* staff work up to minutes longer and come at */                                  \
    X(GIVE_SKILL, "give_skill")     /* the skill for staff, who come at */                                             \
    X(OPEN_LOCK, "open_lock")       /* not locked to locked: staff come at */                                          \
    X(MORE_STAFF, "more_staff")     /* no single change: need more on shift between at and until */                    \
    X(EMPTY_WINDOW, "empty_window") /* its own window is empty */

typedef enum ht_help_kind {
#define X(id, name) HT_HELP_##id,
    HT_HELP_LIST(X)
#undef X
        HT_HELP_KINDS
} ht_help_kind;

enum { HT_HELP_STAFF = 4 * 33 + 1, HT_HELP_LOCKED = 513 };

typedef struct ht_help {
    ht_help_kind kind;
    int32_t minutes, need, at, until;
    char staff[HT_HELP_STAFF], locked[HT_HELP_LOCKED]; /* ids, '|' between */
} ht_help;

/* The notes; out holds HT_NOTE bytes. */
void ht_reason_note(const ht_reason *reason, char *out);
void ht_help_note(const ht_help *help, char *out);

/* False where the text is no such note. */
bool ht_reason_read(const char *note, ht_reason *reason);
bool ht_help_read(const char *note, ht_help *help);

/* "nobody can come: of 12 on shift, 3 lack the skill, 9 do not work then", "a window wider by 15 min would help: P1, P2
 * could come at about 08:30"; out holds HT_NOTE bytes. */
void ht_reason_tell(const char *note, char *out);
void ht_help_tell(const char *note, char *out);

#endif
