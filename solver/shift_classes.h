/* solver/shift_classes.h: shifts that are alike: what one of them can do, each of its class can, at the same cost.
 *
 * Two shifts are of one class where their times, places, breaks, blocks and capacity are equal, and nothing tells their
 * persons apart, who have no other shift. Of the unused shifts of a class one stands for all.
 *
 * Ownership: in the arena given; const from then on.
 * Cost:      O((tasks + clients) x staff), once.
 * Differs:   equal hashes of 64 bits count as equal.
 */
#ifndef HT_SOLVER_SHIFT_CLASSES_H
#define HT_SOLVER_SHIFT_CLASSES_H

#include "base/arena.h"
#include "model/problem.h"

typedef struct ht_shift_classes {
    int32_t classes;
    int32_t *of_shift;
    int32_t *first, *member; /* shifts of class c, ascending: member[first[c] .. first[c + 1]) */
} ht_shift_classes;

/* False when memory is out. */
bool ht_shift_classes_init(ht_shift_classes *c, const ht_problem *problem, ht_arena *arena);

static inline int32_t ht_shift_class_size(const ht_shift_classes *c, int32_t class) {
    return c->first[class + 1] - c->first[class];
}

#endif
