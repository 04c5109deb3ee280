#include "model/on_shift.h"

#include "base/numbers.h"
#include "model/shifts.h"

static int by_date(const void *a, const void *b) {
    const ht_staffed_shift *x = a, *y = b;
    int order = ht_compare32(x->date, y->date);
    return order != 0 ? order : ht_compare32(x->start, y->start);
}

static int by_staff(const void *a, const void *b) {
    const ht_staffed_shift *x = a, *y = b;
    int order = ht_compare32(x->staff, y->staff);
    return order != 0 ? order : by_date(a, b);
}

static void note_last_ends(ht_on_shift *all) {
    for (int32_t i = 0; i < all->count; i++) {
        ht_staffed_shift *here = &all->by_date[i];
        const ht_staffed_shift *before = i > 0 && here[-1].date == here->date ? &here[-1] : here;
        here->last_end = here->end > before->last_end ? here->end : before->last_end;
    }
}

static bool in_period(const ht_roster_row *row, int32_t from, int32_t to) {
    return row->kind == HT_KIND_WORK && row->date >= from && row->date <= to;
}

/* The pieces of all shifts, in the order of the roster. */
static bool collect(const ht_attendance *attendance, int32_t from, int32_t to, ht_array *shifts) {
    const ht_roster_row *row = ht_dataset_rows(attendance->data, HT_ROSTER);
    for (int32_t i = 0; i < ht_dataset_count(attendance->data, HT_ROSTER); i++) {
        ht_piece piece[HT_PIECES_MAX];
        int32_t pieces = in_period(&row[i], from, to) ? ht_shift_pieces(attendance, &row[i], piece) : 0;
        for (int32_t j = 0; j < pieces; j++) {
            ht_staffed_shift *shift = ht_array_push(shifts);
            if (shift == NULL)
                return false;
            *shift = (ht_staffed_shift){
                .date = row[i].date, .start = piece[j].start, .end = piece[j].end, .staff = row[i].staff_id};
        }
    }
    return true;
}

/* A sorted copy. */
static ht_staffed_shift *sorted(const ht_array *shifts, int (*order)(const void *, const void *), ht_arena *arena) {
    ht_staffed_shift *copy = HT_ARENA_NEW(arena, shifts->count, ht_staffed_shift);
    if (copy != NULL && shifts->count > 0) {
        memcpy(copy, shifts->items, (size_t)shifts->count * sizeof *copy);
        qsort(copy, (size_t)shifts->count, sizeof *copy, order);
    }
    return copy;
}

bool ht_on_shift_read(ht_on_shift *all, const ht_dataset *data, int32_t from, int32_t to, ht_arena *arena) {
    ht_array shifts;
    ht_attendance attendance;
    *all = (ht_on_shift){.count = 0};
    ht_array_init(&shifts, sizeof(ht_staffed_shift), arena->allocator);
    if (ht_attendance_build(&attendance, data, arena) && collect(&attendance, from, to, &shifts)) {
        all->by_date = sorted(&shifts, by_date, arena);
        all->by_staff = sorted(&shifts, by_staff, arena);
        all->times = HT_ARENA_NEW(arena, ht_strings_count(&data->text), int32_t);
        all->count = shifts.count;
    }
    ht_array_release(&shifts);
    if (all->by_date == NULL || all->by_staff == NULL || all->times == NULL)
        return false;
    note_last_ends(all);
    return true;
}

/* The first shift of by_date that begins later than start of date. */
static int32_t first_after(const ht_on_shift *all, int32_t date, int32_t start) {
    int32_t low = 0, high = all->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ht_staffed_shift *here = &all->by_date[middle];
        if (here->date < date || (here->date == date && here->start <= start))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t ht_on_shift_most(const ht_on_shift *all, int32_t from, int32_t to) {
    int32_t first = first_after(all, from - 1, INT32_MAX), last = first_after(all, to, INT32_MAX), most = 0;
    for (int32_t i = first; i < last; i++) {
        int32_t times = ++all->times[all->by_date[i].staff];
        most = times > most ? times : most;
    }
    for (int32_t i = first; i < last; i++)
        all->times[all->by_date[i].staff] = 0;
    return most;
}

int32_t ht_on_shift_reach(const ht_on_shift *all, int32_t date, int32_t start) {
    int32_t after = first_after(all, date, start);
    return after > 0 && all->by_date[after - 1].date == date ? all->by_date[after - 1].last_end : -1;
}

bool ht_on_shift_covers(const ht_on_shift *all, ht_sym staff, int32_t date, int32_t start, int32_t end) {
    int32_t low = 0, high = all->count;
    ht_staffed_shift wanted = {.staff = staff, .date = date, .start = 0};
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (by_staff(&all->by_staff[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < all->count && all->by_staff[low].staff == staff && all->by_staff[low].date == date; low++)
        if (all->by_staff[low].start <= start && all->by_staff[low].end >= end)
            return true;
    return false;
}
