/* Rows, indices by id, and lists in cells. */
#include "model/dataset.h"

#include "tests/support.h"
#include "tests/support_rows.h"

START_TEST(rows_and_indices) {
    ht_dataset data;
    ht_arena arena;
    ht_index staff;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_arena_init(&arena, &ht_allocator_system);
    ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), 0);
    support_rows(&data, "staff", "staff_id;team\nP1;A\nP2;A\nP3;B\nP2;B\n");
    ck_assert_int_eq(ht_dataset_count(&data, HT_STAFF), 4);
    const ht_staff_row *row = ht_dataset_rows(&data, HT_STAFF);
    ck_assert_str_eq(ht_dataset_text(&data, row[2].staff_id), "P3");
    ck_assert(ht_index_build(&staff, &data, HT_STAFF, &arena));
    ck_assert_int_eq(ht_index_find(&staff, row[0].staff_id), 0);
    ck_assert_int_eq(ht_index_find(&staff, row[1].staff_id), 3); /* the last of equal ids */
    ck_assert_int_eq(ht_index_find(&staff, row[0].team), -1);
    ck_assert_int_eq(ht_index_find(&staff, HT_NO_TEXT), -1);
    ck_assert_int_eq(ht_index_find(&staff, HT_NO_SYMBOL), -1);
    ck_assert_int_eq(ht_index_find(&staff, ht_strings_intern(&data.text, "later", 5)), -1);
    ht_arena_release(&arena);
    ht_dataset_release(&data);
}
END_TEST

/* The rows of each symbol in the table's order; rows without one, and symbols made later, have none. */
START_TEST(rows_of_a_symbol) {
    ht_dataset data;
    ht_arena arena;
    ht_row_groups by_staff;
    int32_t count;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_arena_init(&arena, &ht_allocator_system);
    ht_sym staff[] = {ht_strings_intern(&data.text, "P1", 2), ht_strings_intern(&data.text, "P2", 2), HT_NO_TEXT};
    static const int32_t order[] = {1, 0, 2, 1, 1, 0};
    for (int32_t i = 0; i < 6; i++) {
        ht_absence_row *row = ht_array_push(&data.table[HT_ABSENCES]);
        ck_assert_ptr_nonnull(row);
        row->staff_id = staff[order[i]];
    }
    ck_assert(ht_row_groups_build(&by_staff, &data, HT_ABSENCES, "staff_id", &arena));
    const int32_t *row = ht_row_groups_find(&by_staff, staff[0], &count);
    ck_assert_int_eq(count, 2);
    ck_assert(row[0] == 1 && row[1] == 5);
    row = ht_row_groups_find(&by_staff, staff[1], &count);
    ck_assert_int_eq(count, 3);
    ck_assert(row[0] == 0 && row[1] == 3 && row[2] == 4);
    ht_row_groups_find(&by_staff, HT_NO_TEXT, &count);
    ck_assert_int_eq(count, 0);
    ht_row_groups_find(&by_staff, ht_strings_intern(&data.text, "P3", 2), &count);
    ck_assert_int_eq(count, 0);
    ht_arena_release(&arena);
    ht_dataset_release(&data);
}
END_TEST

static const struct {
    const char *list, *parts;
} LISTS[] = {{"", ""},   {"a", "[a]"},    {"a|b|c", "[a][b][c]"}, {" a | b c |", "[a][b c]"},
             {"||", ""}, {"| |a", "[a]"}, {"a||b", "[a][b]"},     {"\ta\t|\tb", "[a][b]"}};

START_TEST(lists_are_walked) {
    char parts[64] = "";
    const char *part;
    size_t length;
    size_t used = 0;
    for (size_t at = 0; ht_list_next(LISTS[_i].list, &at, &part, &length);) {
        used += (size_t)snprintf(parts + used, sizeof(parts) - used, "[%.*s]", (int)length, part);
    }
    ck_assert_str_eq(parts, LISTS[_i].parts);
}
END_TEST

START_TEST(lists_are_compared) {
    ck_assert(ht_lists_share("cats|dogs", "smoke | dogs"));
    ck_assert(!ht_lists_share("cats|dogs", "dog|cat"));
    ck_assert(!ht_lists_share("", ""));
    ck_assert(!ht_lists_share("cats", ""));
    ck_assert(ht_list_holds("P1| P12", "P12"));
    ck_assert(!ht_list_holds("P1|P12", "P"));
    ck_assert(!ht_list_holds("P1", ""));
}
END_TEST

/* Whatever call fails, nothing leaks and false says so. */
START_TEST(memory_runs_out) {
    int32_t n = 0;
    for (bool whole = false; !whole; n++) {
        ht_limited_memory memory;
        ht_dataset data;
        ht_arena arena;
        ht_index index;
        ht_limited_memory_init(&memory, n);
        whole = ht_dataset_init(&data, &memory.allocator);
        ht_arena_init(&arena, &memory.allocator);
        whole = whole && ht_index_build(&index, &data, HT_CLIENTS, &arena);
        ht_arena_release(&arena);
        ht_dataset_release(&data);
    }
    ck_assert_int_ge(n, 4);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("dataset");
    TCase *tests = tcase_create("dataset");
    tcase_add_test(tests, rows_and_indices);
    tcase_add_test(tests, rows_of_a_symbol);
    tcase_add_loop_test(tests, lists_are_walked, 0, (int)(sizeof(LISTS) / sizeof(LISTS[0])));
    tcase_add_test(tests, lists_are_compared);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
