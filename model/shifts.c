#include "model/shifts.h"

#include "base/calendar.h"

enum { SHORTEST_PIECE = 60 };

/* The pieces that are left, in order. */
typedef struct pieces {
    ht_piece *piece;
    int32_t count;
} pieces;

static void remove_at(pieces *p, int32_t at) {
    p->count--;
    memmove(p->piece + at, p->piece + at + 1, (size_t)(p->count - at) * sizeof(ht_piece));
}

/* Where the list is full the last piece goes: capacity is lost then, never an absence. */
static void insert_at(pieces *p, int32_t at, ht_piece piece) {
    if (at >= HT_PIECES_MAX) {
        return;
    }
    if (p->count == HT_PIECES_MAX) {
        p->count--;
    }
    memmove(p->piece + at + 1, p->piece + at, (size_t)(p->count - at) * sizeof(ht_piece));
    p->piece[at] = piece;
    p->count++;
}

/* Takes [from, to) out of every piece. */
static void cut(pieces *p, int32_t from, int32_t to) {
    for (int32_t i = p->count - 1; i >= 0; i--) {
        ht_piece whole = p->piece[i];
        if (to <= whole.start || from >= whole.end) {
            continue;
        }
        remove_at(p, i);
        if (whole.end - to >= SHORTEST_PIECE) {
            insert_at(p, i, (ht_piece){to, whole.end});
        }
        if (from - whole.start >= SHORTEST_PIECE) {
            insert_at(p, i, (ht_piece){whole.start, from});
        }
    }
}

/* A stamp as seconds of the date, no further than a day before it and a day after it. */
static int32_t seconds_of(int32_t stamp, int32_t date) {
    int64_t seconds = ((int64_t)stamp - (int64_t)date * HT_DAY_MINUTES) * 60;
    int64_t least = -HT_DAY_SECONDS;
    int64_t most = 2 * HT_DAY_SECONDS;
    return (int32_t)(seconds < least ? least : seconds > most ? most : seconds);
}

bool ht_attendance_build(ht_attendance *attendance, const ht_dataset *data, ht_arena *arena) {
    attendance->data = data;
    return ht_index_build(&attendance->staff, data, HT_STAFF, arena) &&
           ht_row_groups_build(&attendance->absences, data, HT_ABSENCES, "staff_id", arena);
}

static bool employed(const ht_attendance *attendance, ht_sym staff, int32_t date) {
    const ht_staff_row *row = ht_dataset_rows(attendance->data, HT_STAFF);
    int32_t at = ht_index_find(&attendance->staff, staff);
    return at >= 0 && (row[at].from == HT_BLANK || row[at].from <= date) &&
           (row[at].to == HT_BLANK || row[at].to >= date);
}

int32_t ht_shift_pieces(const ht_attendance *attendance, const ht_roster_row *row, ht_piece piece[HT_PIECES_MAX]) {
    if (!employed(attendance, row->staff_id, row->date)) {
        return 0;
    }
    pieces left = {piece, 1};
    piece[0] = (ht_piece){row->start, row->end};
    int32_t count;
    const ht_absence_row *absence = ht_dataset_rows(attendance->data, HT_ABSENCES);
    const int32_t *at = ht_row_groups_find(&attendance->absences, row->staff_id, &count);
    for (int32_t i = 0; i < count; i++) {
        cut(&left, seconds_of(absence[at[i]].from, row->date), seconds_of(absence[at[i]].to, row->date));
    }
    return left.count;
}

static int32_t at_least(int32_t value, int32_t least) {
    return value < least ? least : value;
}

static int32_t at_most(int32_t value, int32_t most) {
    return value > most ? most : value;
}

/* Where a break of this length may start by the 5 h rule alone. */
static ht_break_window window_by_rule(int32_t length, ht_piece piece) {
    return (ht_break_window){length, at_least(piece.end - HT_LONGEST_WITHOUT_BREAK - length, piece.start),
                             at_most(piece.start + HT_LONGEST_WITHOUT_BREAK, piece.end - length)};
}

ht_break_window ht_shift_break(const ht_roster_row *row, ht_piece piece) {
    if (row->break_min == 0) {
        return (ht_break_window){0, 0, 0};
    }
    ht_break_window rule = window_by_rule(row->break_min * 60, piece);
    ht_break_window own = rule;
    own.earliest = row->break_earliest == HT_BLANK ? rule.earliest : at_least(rule.earliest, row->break_earliest);
    own.latest = row->break_latest == HT_BLANK ? rule.latest : at_most(rule.latest, row->break_latest);
    bool whole = piece.start == row->start && piece.end == row->end;
    if (whole || own.earliest <= own.latest) {
        return own;
    }
    return piece.end - piece.start <= HT_LONGEST_WITHOUT_BREAK ? (ht_break_window){0, 0, 0} : rule;
}
