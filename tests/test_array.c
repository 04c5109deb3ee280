/* Arrays: items keep their values while the array grows, and when it cannot. */
#include "base/array.h"
#include "tests/support.h"

static void push(ht_array *array, int32_t value) {
    int32_t *item = ht_array_push(array);
    ck_assert_ptr_nonnull(item);
    ck_assert_int_eq(*item, 0);
    *item = value;
}

static int32_t at(const ht_array *array, int32_t index) {
    const int32_t *item = ht_array_at(array, index);
    return *item;
}

START_TEST(items_stay_while_it_grows) {
    ht_array array;
    ht_array_init(&array, sizeof(int32_t), &ht_allocator_system);
    for (int32_t i = 0; i < 1000; i++) {
        push(&array, 3 * i);
    }
    ck_assert_int_eq(array.count, 1000);
    for (int32_t i = 0; i < 1000; i++) {
        ck_assert_int_eq(at(&array, i), 3 * i);
    }
    ht_array_release(&array);
    ck_assert_int_eq(array.count, 0);
    ck_assert_ptr_null(array.items);
}
END_TEST

START_TEST(pushed_again_items_are_zero) {
    ht_array array;
    ht_array_init(&array, sizeof(int32_t), &ht_allocator_system);
    for (int32_t i = 1; i <= 5; i++) {
        push(&array, i);
    }
    ht_array_shrink(&array, 2);
    push(&array, 9); /* push() checks the zero */
    ck_assert_int_eq(array.count, 3);
    ck_assert_int_eq(at(&array, 1), 2);
    int32_t capacity = array.capacity;
    ht_array_empty(&array);
    ck_assert_int_eq(array.count, 0);
    ck_assert_int_eq(array.capacity, capacity);
    push(&array, 7);
    ht_array_release(&array);
}
END_TEST

START_TEST(memory_runs_out) {
    ht_limited_memory memory;
    ht_array array;
    ht_limited_memory_init(&memory, 1);
    ht_array_init(&array, sizeof(int32_t), &memory.allocator);
    push(&array, 41);
    while (array.count < array.capacity) {
        push(&array, 42);
    }
    int32_t count = array.count;
    ck_assert_ptr_null(ht_array_push(&array));
    ck_assert_int_eq(array.count, count);
    ck_assert_int_eq(at(&array, 0), 41);
    ht_array_release(&array);
}
END_TEST

START_TEST(size_that_overflows_is_refused) {
    ht_array array;
    ht_array_init(&array, SIZE_MAX / 4, &ht_allocator_system);
    ck_assert_ptr_null(ht_array_push(&array));
    ck_assert_int_eq(array.count, 0);
    ht_array_release(&array);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("array");
    TCase *tests = tcase_create("array");
    tcase_add_test(tests, items_stay_while_it_grows);
    tcase_add_test(tests, pushed_again_items_are_zero);
    tcase_add_test(tests, memory_runs_out);
    tcase_add_test(tests, size_that_overflows_is_refused);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
