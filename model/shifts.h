/* model/shifts.h: the pieces of a roster row that are left when absences have cut it, and when a break may start.
 *
 * Units: seconds of the roster row's date.
 */
#ifndef HT_MODEL_SHIFTS_H
#define HT_MODEL_SHIFTS_H

#include <stdbool.h>

#include "model/dataset.h"

enum { HT_LONGEST_WITHOUT_BREAK = 5 * 3600, HT_PIECES_MAX = 16 };

typedef struct ht_piece {
    int32_t start, end;
} ht_piece;

typedef struct ht_break_window {
    int32_t length;           /* seconds; 0: no break */
    int32_t earliest, latest; /* of its start; earliest > latest: no break can serve this shift */
} ht_break_window;

/* When each member of the staff is there at all: employment and absences by person. */
typedef struct ht_attendance {
    const ht_dataset *data;
    ht_index staff;
    ht_row_groups absences; /* by staff */
} ht_attendance;

/* False when memory is out. */
bool ht_attendance_build(ht_attendance *attendance, const ht_dataset *data, ht_arena *arena);

/* What absences and employment dates leave of the row, in order; at most HT_PIECES_MAX, a shorter rest than 1 min is
 * dropped. */
int32_t ht_shift_pieces(const ht_attendance *attendance, const ht_roster_row *row, ht_piece pieces[HT_PIECES_MAX]);

/* The break of one piece: the row's length and window narrowed by the 5 h rule. A whole row keeps its break always. Of
 * a row that was cut, a piece of at most 5 h keeps it where the row's window still leaves room in the piece and has
 * none otherwise; a longer piece falls back on the 5 h rule's own window where the row's leaves no room. */
ht_break_window ht_shift_break(const ht_roster_row *row, ht_piece piece);

#endif
