#include "solver/shift_classes.h"

#include "base/hash.h"

/* ---- what tells shifts apart ---- */

/* A row of what is told of each person. */
static void add_bytes(uint64_t *hash, const uint8_t *row, int32_t staff) {
    for (int32_t s = 0; s < staff; s++)
        hash[s] = ht_hash_add(hash[s], row[s]);
}

static void add_numbers(uint64_t *hash, const int32_t *row, int32_t staff) {
    for (int32_t s = 0; s < staff; s++)
        hash[s] = ht_hash_add(hash[s], row[s]);
}

/* All that the problem says of each person. */
static void hash_staff(const ht_problem *p, uint64_t *hash) {
    size_t staff = (size_t)p->staff;
    for (int32_t t = 0; t < p->tasks; t++)
        add_bytes(hash, &p->able[(size_t)t * staff], p->staff);
    for (int32_t v = 0; v < p->visits; v++) {
        if (p->visit[v].one_tags != 0)
            add_bytes(hash, &p->one_held[(size_t)v * staff], p->staff);
        if (p->usual_staff && p->usual_staff[v] != HT_NOBODY)
            add_bytes(hash, &p->unusual[(size_t)p->usual_staff[v] * staff], p->staff);
    }
    for (int32_t c = 0; c < p->clients; c++) {
        add_numbers(hash, &p->points_first[(size_t)c * staff], p->staff);
        add_numbers(hash, &p->points_again[(size_t)c * staff], p->staff);
        add_bytes(hash, &p->wishes_unmet[(size_t)c * staff], p->staff);
        add_bytes(hash, &p->seen[(size_t)c * staff], p->staff);
    }
}

/* All that the problem says of a shift but whose it is. */
static uint64_t hash_shift(const ht_problem *p, const ht_shift *s, uint64_t hash) {
    const int32_t fields[] = {s->mode,           s->start_place,  s->end_place,      s->start,        s->end,
                              s->latest_end,     s->break_length, s->break_earliest, s->break_latest, s->break_at_visit,
                              s->break_optional, s->blocks,       s->capacity};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        hash = ht_hash_add(hash, fields[i]);
    for (int32_t b = s->first_block; b < s->first_block + s->blocks; b++) {
        hash = ht_hash_add(hash, p->block[b].place);
        hash = ht_hash_add(hash, p->block[b].start);
        hash = ht_hash_add(hash, p->block[b].end);
    }
    return hash;
}

/* ---- classes ---- */

typedef struct hashed {
    uint64_t hash;
    int32_t shift;
} hashed;

static int by_hash(const void *a, const void *b) {
    const hashed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->shift > y->shift) - (x->shift < y->shift);
}

/* Sorted, so that shifts that are alike lie side by side. NULL when memory is out. */
static hashed *hash_shifts(const ht_problem *p, ht_arena *scratch) {
    hashed *list = HT_ARENA_NEW(scratch, p->shifts, hashed);
    uint64_t *of_staff = HT_ARENA_NEW(scratch, p->staff, uint64_t);
    int32_t *shifts_of = HT_ARENA_NEW(scratch, p->staff, int32_t);
    if (!list || !of_staff || !shifts_of)
        return NULL;
    hash_staff(p, of_staff);
    for (int32_t s = 0; s < p->shifts; s++)
        shifts_of[p->shift[s].staff]++;
    for (int32_t s = 0; s < p->shifts; s++) {
        int32_t staff = p->shift[s].staff, own = shifts_of[staff] > 1 ? 1 + s : 0;
        list[s] = (hashed){hash_shift(p, &p->shift[s], ht_hash_add(of_staff[staff], own)), s};
    }
    if (p->shifts > 1)
        qsort(list, (size_t)p->shifts, sizeof *list, by_hash);
    return list;
}

/* Numbered in the order of their first shifts: where no two shifts are alike a class is its shift. */
static void number_classes(ht_shift_classes *c, const hashed *list, int32_t shifts) {
    int32_t like = 0;
    for (int32_t i = 0; i < shifts; i++) {
        like = i > 0 && list[i].hash == list[i - 1].hash ? like : list[i].shift;
        c->of_shift[list[i].shift] = like; /* for now the first that it is like */
    }
    for (int32_t s = 0; s < shifts; s++)
        c->of_shift[s] = c->of_shift[s] == s ? c->classes++ : c->of_shift[c->of_shift[s]];
}

static void list_members(ht_shift_classes *c, int32_t shifts) {
    for (int32_t s = 0; s < shifts; s++)
        c->first[c->of_shift[s] + 1]++;
    for (int32_t i = 0; i < c->classes; i++)
        c->first[i + 1] += c->first[i];
    for (int32_t s = shifts - 1; s >= 0; s--) /* filled from the back of each range */
        c->member[--c->first[c->of_shift[s] + 1]] = s;
    for (int32_t i = 0; i < c->classes; i++) /* each start has moved one to the left */
        c->first[i] = c->first[i + 1];
    c->first[c->classes] = shifts;
}

bool ht_shift_classes_init(ht_shift_classes *c, const ht_problem *problem, ht_arena *arena) {
    ht_arena scratch;
    *c = (ht_shift_classes){.of_shift = HT_ARENA_NEW(arena, problem->shifts, int32_t),
                            .first = HT_ARENA_NEW(arena, problem->shifts + 1, int32_t),
                            .member = HT_ARENA_NEW(arena, problem->shifts, int32_t)};
    ht_arena_init(&scratch, arena->allocator);
    const hashed *list = hash_shifts(problem, &scratch);
    bool whole = c->of_shift && c->first && c->member && list;
    if (whole) {
        number_classes(c, list, problem->shifts);
        list_members(c, problem->shifts);
    }
    ht_arena_release(&scratch);
    return whole;
}
