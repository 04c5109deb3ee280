/* Classes of shifts: those that nothing tells apart are of one, and whatever does makes two. */
#include "solver/shift_classes.h"

#include "tests/support.h"
#include "tests/support_problem.h"

enum { SHIFTS = 4, CASES = 60 };

static ht_arena arena;

static void set_up(void) {
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

/* A problem that the tests may change. */
typedef struct open_problem {
    ht_problem problem;
    ht_visit visit;
    ht_shift shift[SHIFTS];
    ht_block block[SHIFTS];
    uint8_t able[SHIFTS], held[SHIFTS], wishes[SHIFTS], seen[SHIFTS], unusual[SHIFTS];
    int32_t first[SHIFTS], again[SHIFTS];
} open_problem;

static int32_t visit_of_task[1], usual_staff[1], usual_start[1];

/* One visit, and shifts that are alike. */
static void make(open_problem *o) {
    *o = (open_problem){.visit = {.need = 1, .one_tags = 1}};
    for (int32_t s = 0; s < SHIFTS; s++)
        o->shift[s] = (ht_shift){.staff = s, .start = 100, .end = 200, .latest_end = 200};
    o->problem = (ht_problem){.visits = 1,
                              .tasks = 1,
                              .shifts = SHIFTS,
                              .staff = SHIFTS,
                              .clients = 1,
                              .visit = &o->visit,
                              .visit_of_task = visit_of_task,
                              .shift = o->shift,
                              .block = o->block,
                              .able = o->able,
                              .one_held = o->held,
                              .points_first = o->first,
                              .points_again = o->again,
                              .wishes_unmet = o->wishes,
                              .seen = o->seen,
                              .usual_start = usual_start,
                              .usual_staff = usual_staff,
                              .unusual = o->unusual};
}

static ht_shift_classes classes_of(const ht_problem *problem) {
    ht_shift_classes c;
    ck_assert(ht_shift_classes_init(&c, problem, &arena));
    return c;
}

START_TEST(shifts_that_nothing_tells_apart_are_one_class) {
    open_problem o;
    make(&o);
    ht_shift_classes c = classes_of(&o.problem);
    ck_assert_int_eq(c.classes, 1);
    ck_assert_int_eq(ht_shift_class_size(&c, 0), SHIFTS);
    for (int32_t s = 0; s < SHIFTS; s++)
        ck_assert_int_eq(c.member[s], s);
}
END_TEST

/* ---- what tells the third shift apart ---- */

static void by_mode(open_problem *o) {
    o->shift[2].mode = 1;
}
static void by_start_place(open_problem *o) {
    o->shift[2].start_place = HT_NOWHERE;
}
static void by_end_place(open_problem *o) {
    o->shift[2].end_place = HT_NOWHERE;
}
static void by_start(open_problem *o) {
    o->shift[2].start++;
}
static void by_end(open_problem *o) {
    o->shift[2].end--;
}
static void by_latest_end(open_problem *o) {
    o->shift[2].latest_end++;
}
static void by_break(open_problem *o) {
    o->shift[2].break_length = 10;
}
static void by_break_earliest(open_problem *o) {
    o->shift[2].break_earliest = 110;
}
static void by_break_latest(open_problem *o) {
    o->shift[2].break_latest = 150;
}
static void by_block(open_problem *o) {
    for (int32_t s = 0; s < SHIFTS; s++) {
        o->shift[s].first_block = s;
        o->shift[s].blocks = 1;
    }
    o->block[2].end = 120;
}
static void by_capacity(open_problem *o) {
    o->shift[2].capacity = 1;
}
static void by_ability(open_problem *o) {
    o->able[2] = 1;
}
static void by_tag(open_problem *o) {
    o->held[2] = 1;
}
static void by_first_points(open_problem *o) {
    o->first[2] = 1;
}
static void by_further_points(open_problem *o) {
    o->again[2] = 1;
}
static void by_wish(open_problem *o) {
    o->wishes[2] = 1;
}
static void by_having_been_there(open_problem *o) {
    o->seen[2] = 1;
}
static void by_usual_staff(open_problem *o) {
    o->unusual[2] = 1;
}

static void (*const TELLS_APART[])(open_problem *) = {by_mode,
                                                      by_start_place,
                                                      by_end_place,
                                                      by_start,
                                                      by_end,
                                                      by_latest_end,
                                                      by_break,
                                                      by_break_earliest,
                                                      by_break_latest,
                                                      by_block,
                                                      by_capacity,
                                                      by_ability,
                                                      by_tag,
                                                      by_first_points,
                                                      by_further_points,
                                                      by_wish,
                                                      by_having_been_there,
                                                      by_usual_staff};

START_TEST(whatever_tells_a_shift_apart_makes_a_class) {
    open_problem o;
    make(&o);
    TELLS_APART[_i](&o);
    ht_shift_classes c = classes_of(&o.problem);
    ck_assert_int_eq(c.classes, 2);
    ck_assert_int_eq(c.of_shift[0], 0);
    ck_assert_int_eq(c.of_shift[1], 0);
    ck_assert_int_eq(c.of_shift[2], 1);
    ck_assert_int_eq(c.of_shift[3], 0);
    ck_assert_int_eq(ht_shift_class_size(&c, 0), SHIFTS - 1);
    ck_assert_int_eq(c.member[SHIFTS - 1], 2);
}
END_TEST

START_TEST(two_shifts_of_a_person_stand_alone) {
    open_problem o;
    make(&o);
    o.shift[2].staff = 1;
    ht_shift_classes c = classes_of(&o.problem);
    ck_assert_int_eq(c.classes, 3);
    ck_assert_int_eq(c.of_shift[0], c.of_shift[3]);
    ck_assert_int_ne(c.of_shift[1], c.of_shift[2]);
}
END_TEST

/* Drawn problems: each shift is in one class, those of a class are alike in what a plain look tells. */
START_TEST(every_shift_is_in_one_class) {
    const ht_problem *p = problem_draw((uint64_t)_i, _i % 2 ? &problem_any : &problem_usual, &arena);
    ht_shift_classes c = classes_of(p);
    int32_t seen[PROBLEM_SHIFTS] = {0};
    ck_assert_int_eq(c.first[c.classes], p->shifts);
    for (int32_t k = 0; k < c.classes; k++)
        for (int32_t i = c.first[k]; i < c.first[k + 1]; i++) {
            const ht_shift *first = &p->shift[c.member[c.first[k]]], *s = &p->shift[c.member[i]];
            seen[c.member[i]]++;
            ck_assert_int_eq(c.of_shift[c.member[i]], k);
            ck_assert_int_eq(s->end, first->end);
            ck_assert_int_eq(s->capacity, first->capacity);
            for (int32_t t = 0; t < p->tasks; t++)
                ck_assert_int_eq(p->able[t * p->staff + s->staff], p->able[t * p->staff + first->staff]);
        }
    for (int32_t s = 0; s < p->shifts; s++)
        ck_assert_int_eq(seen[s], 1);
}
END_TEST

START_TEST(memory_runs_out) {
    open_problem o;
    bool made = false;
    make(&o);
    for (int32_t calls = 0; !made; calls++) {
        ht_limited_memory memory;
        ht_arena scratch;
        ht_shift_classes c;
        ck_assert_int_lt(calls, 100);
        ht_limited_memory_init(&memory, calls);
        ht_arena_init(&scratch, &memory.allocator);
        made = ht_shift_classes_init(&c, &o.problem, &scratch);
        ht_arena_release(&scratch);
        ck_assert(calls > 0 || !made);
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("shift_classes");
    TCase *tests = tcase_create("shift_classes");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, shifts_that_nothing_tells_apart_are_one_class);
    tcase_add_loop_test(tests, whatever_tells_a_shift_apart_makes_a_class, 0,
                        (int)(sizeof TELLS_APART / sizeof TELLS_APART[0]));
    tcase_add_test(tests, two_shifts_of_a_person_stand_alone);
    tcase_add_loop_test(tests, every_shift_is_in_one_class, 0, CASES);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
