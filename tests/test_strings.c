/* Symbols: one for each text, whatever the number of texts and whenever memory runs out. */
#include "base/strings.h"
#include "tests/support.h"

static ht_sym intern(ht_strings *pool, const char *text) {
    return ht_strings_intern(pool, text, strlen(text));
}

START_TEST(equal_texts_share_a_symbol) {
    ht_strings pool;
    ck_assert(ht_strings_init(&pool, &ht_allocator_system));
    ck_assert_int_eq(intern(&pool, ""), HT_NO_TEXT);
    ht_sym first = intern(&pool, "K1");
    ht_sym second = intern(&pool, "K12");
    ck_assert_int_ne(first, second);
    ck_assert_int_eq(ht_strings_intern(&pool, "K123", 2), first);
    ck_assert_int_eq(ht_strings_find(&pool, "K12"), second);
    ck_assert_int_eq(ht_strings_find(&pool, "K"), HT_NO_SYMBOL);
    ck_assert_str_eq(ht_strings_text(&pool, second), "K12");
    ck_assert_int_eq(ht_strings_count(&pool), 3);
    ht_strings_release(&pool);
}
END_TEST

START_TEST(many_texts_are_found_again) {
    enum { MANY = 20000 };
    ht_strings pool;
    ck_assert(ht_strings_init(&pool, &ht_allocator_system));
    for (int32_t i = 0; i < MANY; i++) {
        char text[16];
        snprintf(text, sizeof(text), "V%d", (int)i);
        ck_assert_int_eq(intern(&pool, text), i + 1);
    }
    for (int32_t i = 0; i < MANY; i++) {
        char text[16];
        snprintf(text, sizeof(text), "V%d", (int)i);
        ck_assert_int_eq(ht_strings_find(&pool, text), i + 1);
        ck_assert_str_eq(ht_strings_text(&pool, i + 1), text);
    }
    ht_strings_release(&pool);
}
END_TEST

/* With memory for n calls: what was interned before it ran out is still there, and nothing leaks. */
START_TEST(memory_runs_out) {
    enum { TEXTS = 300 };
    int32_t whole = 0;
    for (int32_t n = 0; n < 60 && whole == 0; n++) {
        ht_limited_memory memory;
        ht_strings pool;
        ht_limited_memory_init(&memory, n);
        if (!ht_strings_init(&pool, &memory.allocator)) {
            continue;
        }
        int32_t made = 0;
        char text[16];
        for (; made < TEXTS; made++) {
            snprintf(text, sizeof(text), "text%d", (int)made);
            if (intern(&pool, text) == HT_NO_SYMBOL) {
                break;
            }
        }
        for (int32_t i = 0; i < made; i++) {
            snprintf(text, sizeof(text), "text%d", (int)i);
            ck_assert_str_eq(ht_strings_text(&pool, ht_strings_find(&pool, text)), text);
        }
        whole = made == TEXTS ? n : 0;
        ht_strings_release(&pool);
    }
    ck_assert_int_gt(whole, 3);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("strings");
    TCase *tests = tcase_create("strings");
    tcase_add_test(tests, equal_texts_share_a_symbol);
    tcase_add_test(tests, many_texts_are_found_again);
    tcase_add_test(tests, memory_runs_out);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
