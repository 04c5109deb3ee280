/* Arenas: zeroed, aligned, rewound to a mark, and usable after memory ran out. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>

#include "tests/support.h"

static ht_arena arena;

static void set_up(void) {
    ht_arena_init(&arena, &ht_allocator_system);
}

static void tear_down(void) {
    ht_arena_release(&arena);
}

static bool all_zero(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

START_TEST(blocks_are_zeroed_and_aligned) {
    for (size_t size = 1; size < 20000; size = size * 2 + 1) {
        unsigned char *block = ht_arena_alloc(&arena, size, 1);
        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % alignof(max_align_t), 0);
        ck_assert(all_zero(block, size));
        memset(block, 0xee, size);
    }
}
END_TEST

START_TEST(no_items_is_a_block) {
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 0, 8));
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 8, 0));
}
END_TEST

START_TEST(overflow_is_refused) {
    ck_assert_ptr_null(ht_arena_alloc(&arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(ht_arena_alloc(&arena, SIZE_MAX - 8, 1));
    ck_assert_ptr_null(ht_arena_text(&arena, "", SIZE_MAX));
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 1, 1));
}
END_TEST

START_TEST(text_is_copied_and_closed) {
    char words[] = "contact first";
    char *copy = ht_arena_text(&arena, words, 7);
    words[0] = 'X';
    ck_assert_str_eq(copy, "contact");
    ck_assert_str_eq(ht_arena_text(&arena, "", 0), "");
}
END_TEST

START_TEST(rewind_gives_back_what_came_after) {
    char *kept = ht_arena_text(&arena, "kept", 4);
    ht_arena_mark mark = ht_arena_get_mark(&arena);
    unsigned char *after = ht_arena_alloc(&arena, 64, 1);
    memset(after, 0xee, 64);
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 1 << 22, 1)); /* a chunk of its own */
    ht_arena_rewind(&arena, mark);
    unsigned char *again = ht_arena_alloc(&arena, 64, 1);
    ck_assert_ptr_eq(again, after);
    ck_assert(all_zero(again, 64));
    ck_assert_str_eq(kept, "kept");
}
END_TEST

START_TEST(rewind_to_the_beginning_and_clear) {
    ht_arena_mark mark = ht_arena_get_mark(&arena);
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 100, 8));
    ht_arena_rewind(&arena, mark);
    ck_assert_ptr_null(arena.last);
    ck_assert_ptr_nonnull(ht_arena_alloc(&arena, 100, 8));
    ht_arena_clear(&arena);
    ck_assert_ptr_null(arena.last);
    ck_assert_ptr_eq(arena.allocator, &ht_allocator_system);
}
END_TEST

START_TEST(memory_runs_out) {
    ht_limited_memory memory;
    ht_arena small;
    ht_limited_memory_init(&memory, 1);
    ht_arena_init(&small, &memory.allocator);
    char *first = ht_arena_text(&small, "still here", 10);
    ck_assert_ptr_null(ht_arena_alloc(&small, 1 << 20, 1));
    ck_assert_str_eq(first, "still here");
    ck_assert_ptr_nonnull(ht_arena_alloc(&small, 16, 1)); /* what is left of the chunk */
    ht_arena_release(&small);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, blocks_are_zeroed_and_aligned);
    tcase_add_test(tests, no_items_is_a_block);
    tcase_add_test(tests, overflow_is_refused);
    tcase_add_test(tests, text_is_copied_and_closed);
    tcase_add_test(tests, rewind_gives_back_what_came_after);
    tcase_add_test(tests, rewind_to_the_beginning_and_clear);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
