#include "model/continuity_indices.h"

#include <math.h>

enum { HOUR = 3600 };

static int by_symbol(const void *a, const void *b) {
    const ht_sym *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

ht_staff_counts ht_count_staff(ht_slice slice, ht_sym *staff) {
    ht_staff_counts counts = {.upc = NAN, .coc = NAN, .entropy = NAN};
    int64_t most = 0, squares = 0, n = slice.count;
    double entropy = 0;
    for (int32_t i = 0; i < slice.count; i++)
        staff[i] = slice.item[i].staff;
    qsort(staff, (size_t)slice.count, sizeof *staff, by_symbol);
    for (int32_t i = 0, next; i < slice.count; i = next) {
        for (next = i + 1; next < slice.count && staff[next] == staff[i];)
            next++;
        int64_t own = next - i;
        most = own > most ? own : most;
        squares += own * own;
        if (own < n)
            entropy -= (double)own / (double)n * log2((double)own / (double)n);
        counts.distinct++;
    }
    if (n > 0) {
        counts.upc = (double)most / (double)n;
        counts.entropy = entropy;
    }
    if (n > 1)
        counts.coc = (double)(squares - n) / (double)(n * (n - 1));
    return counts;
}

static bool shares_staff(const ht_encounter *one, int32_t count, const ht_encounter *other, int32_t others) {
    for (int32_t i = 0; i < count; i++)
        for (int32_t j = 0; j < others; j++)
            if (one[i].staff == other[j].staff)
                return true;
    return false;
}

double ht_secon(ht_slice slice) {
    int32_t pairs = 0, same = 0;
    for (int32_t i = 0, last = -1, next; i < slice.count; last = i, i = next) {
        next = ht_encounter_visit_end(slice, i);
        if (last < 0)
            continue;
        pairs++;
        same += shares_staff(slice.item + last, i - last, slice.item + i, next - i);
    }
    return pairs == 0 ? NAN : (double)same / pairs;
}

/* ---- slots ---- */

static int64_t slot_of(const ht_encounter *encounter, const ht_visit_row *visits) {
    enum { BY_SERIES, BY_AGREED, BY_HOUR };
    if (encounter->visit < 0)
        return ((int64_t)BY_HOUR << 32) + (encounter->begin + HOUR / 2) / HOUR;
    const ht_visit_row *visit = &visits[encounter->visit];
    if (visit->series != HT_NO_TEXT)
        return ((int64_t)BY_SERIES << 32) + visit->series;
    return ((int64_t)BY_AGREED << 32) + visit->start;
}

static int by_slot(const void *a, const void *b) {
    const ht_slot_start *x = a, *y = b;
    return (x->slot > y->slot) - (x->slot < y->slot);
}

void ht_measure_slots(ht_slice slice, const ht_visit_row *visits, ht_slot_start *starts, double *squares,
                      int64_t *degrees) {
    int32_t count = 0;
    *squares = 0;
    *degrees = 0;
    for (int32_t i = 0; i < slice.count; i = ht_encounter_visit_end(slice, i))
        starts[count++] = (ht_slot_start){slot_of(&slice.item[i], visits), slice.item[i].begin};
    qsort(starts, (size_t)count, sizeof *starts, by_slot);
    for (int32_t i = 0, next; i < count; i = next) {
        double sum = 0;
        for (next = i; next < count && starts[next].slot == starts[i].slot; next++)
            sum += starts[next].start;
        double mean = sum / (next - i);
        for (int32_t j = i; j < next; j++)
            *squares += (starts[j].start - mean) * (starts[j].start - mean);
        *degrees += next - i - 1;
    }
}
