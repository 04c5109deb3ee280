/* Whatever text is put into a page, the page is well formed, holds the text, and asks for nothing. */
#include "io/page_write.h"

#include <unistd.h>

#include "base/rng.h"
#include "base/text.h"
#include "tests/support.h"
#include "tests/support_store.h"

enum { PAGE_ROOM = 65536, TEXT_ROOM = 256, DEPTH = 40, ROUNDS = 500 };

static const ht_page_head HEAD = {"sv", "a <title> & more", "body { color: #000; }"};

static ht_test_folder place;
static ht_file_batch batch;
static ht_err err;
static char page_text[PAGE_ROOM];

static void set_up(void) {
    test_folder_make(&place);
    ht_err_init(&err);
    ht_file_batch_init(&batch);
}

static void tear_down(void) {
    ht_file_batch_release(&batch);
    test_folder_remove(&place);
}

static ht_page *open_page(void) {
    ht_page *page = ht_page_open(place.path, "x.html", &HEAD, &err);
    ck_assert_msg(page != NULL, "%s", err.text);
    return page;
}

static void read_page(ht_page *page) {
    char path[128];
    ck_assert_int_eq(ht_page_hand_over(page, &batch, &err), HT_OK);
    ck_assert_int_eq(ht_file_batch_place(&batch, &err), HT_OK);
    snprintf(path, sizeof path, "%s/x.html", place.path);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    page_text[fread(page_text, 1, sizeof page_text - 1, file)] = '\0';
    fclose(file);
}

/* ---- a reader of our own ---- */

static char reference(const char **at) {
    static const struct {
        const char *name;
        char mark;
    } KNOWN[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (strncmp(*at, KNOWN[i].name, strlen(KNOWN[i].name)) == 0) {
            *at += strlen(KNOWN[i].name);
            return KNOWN[i].mark;
        }
    ck_abort_msg("a bare & in: %.40s", *at);
    return 0;
}

/* The text up to the mark, references read. */
static void read_text(const char **at, char end, char *out) {
    size_t length = 0;
    while (**at != end) {
        ck_assert_msg(**at != '\0' && **at != '<' && **at != '>', "a bare mark in: %.40s", *at);
        char c = **at == '&' ? reference(at) : *(*at)++;
        if (length + 1 < TEXT_ROOM)
            out[length++] = c;
    }
    out[length] = '\0';
}

static void read_name(const char **at, char *out) {
    size_t length = strspn(*at, "abcdefghijklmnopqrstuvwxyz0123456789-");
    ck_assert_msg(length > 0 && length < TEXT_ROOM, "no name at: %.40s", *at);
    memcpy(out, *at, length);
    out[length] = '\0';
    *at += length;
}

/* Reads a tag's attributes, keeps the value of the one named `wanted`; true where the tag ends itself. */
static bool read_attributes(const char **at, const char *wanted, char *value) {
    while (**at == ' ') {
        char name[TEXT_ROOM], read[TEXT_ROOM];
        ++*at;
        read_name(at, name);
        ck_assert_msg(strncmp(*at, "=\"", 2) == 0, "no value at: %.40s", *at);
        *at += 2;
        read_text(at, '"', read);
        ++*at;
        if (strcmp(name, wanted) == 0)
            memcpy(value, read, sizeof read);
    }
    bool empty = **at == '/';
    *at += empty;
    ck_assert_msg(**at == '>', "the tag does not end at: %.40s", *at);
    ++*at;
    return empty;
}

/* Checks that the page is well formed; text and attribute: what stands in the last <p> and its title. */
static void check_page(char *text, char *attribute) {
    char open[DEPTH][TEXT_ROOM], name[TEXT_ROOM], value[TEXT_ROOM], read[TEXT_ROOM];
    int32_t depth = 0;
    const char *at = page_text;
    ck_assert_msg(strncmp(at, "<!DOCTYPE html>", 15) == 0, "no doctype");
    at += 15;
    ck_assert(ht_utf8_valid(page_text, strlen(page_text)));
    for (;;) {
        if (*at == '\0' || strcmp(at, "\n") == 0)
            break;
        if (strncmp(at, "</", 2) == 0) {
            at += 2;
            read_name(&at, name);
            ck_assert_msg(depth > 0 && strcmp(open[--depth], name) == 0, "</%s> ends another element", name);
            ck_assert_int_eq(*at++, '>');
        } else if (*at == '<') {
            at++;
            read_name(&at, name);
            ck_assert_msg(strcmp(name, "script") != 0, "a script");
            bool empty = read_attributes(&at, "title", value);
            if (strcmp(name, "p") == 0 && attribute != NULL)
                memcpy(attribute, value, sizeof value);
            if (!empty)
                memcpy(open[depth++], name, sizeof name);
        } else {
            read_text(&at, '<', read);
            if (depth > 0 && strcmp(open[depth - 1], "p") == 0 && text != NULL)
                memcpy(text, read, sizeof read);
        }
    }
    ck_assert_int_eq(depth, 0);
}

/* ---- tests ---- */

static const char *const HOSTILE[] = {"<script>alert(1)</script>",
                                      "\"><img src=x onerror=alert(1)>",
                                      "' onload='x",
                                      "</p></body></html>",
                                      "&lt;&amp;&#39;",
                                      "]]><!--",
                                      "javascript:alert(1)",
                                      "åäö ★ 日本",
                                      "a\tb\nc"};

START_TEST(hostile_texts_are_texts) {
    char text[TEXT_ROOM] = "", attribute[TEXT_ROOM] = "";
    ht_page *page = open_page();
    ht_page_start(page, "p");
    ht_page_attribute(page, "title", HOSTILE[_i]);
    ht_page_text(page, HOSTILE[_i]);
    ht_page_end(page);
    read_page(page);
    check_page(text, attribute);
    ck_assert_str_eq(text, HOSTILE[_i]);
    ck_assert_str_eq(attribute, HOSTILE[_i]);
}
END_TEST

static const struct {
    const char *text, *shown;
} NO_TEXT[] = {{"a\x01z", "a\xEF\xBF\xBDz"},     {"\x7F", "\xEF\xBF\xBD"},
               {"\xEF\xBF\xBE", "\xEF\xBF\xBD"}, {"\xEF\xBF\xBF!", "\xEF\xBF\xBD!"},
               {"a\xFF<", "a\xEF\xBF\xBD<"},     {"\xC3", "\xEF\xBF\xBD"},
               {"\xEF", "\xEF\xBF\xBD"},         {"\xEF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"}};

START_TEST(what_no_page_may_hold_is_shown_as_such) {
    char text[TEXT_ROOM] = "";
    ht_page *page = open_page();
    ht_page_leaf(page, "p", NO_TEXT[_i].text);
    read_page(page);
    check_page(text, NULL);
    ck_assert_str_eq(text, NO_TEXT[_i].shown);
}
END_TEST

START_TEST(random_texts_and_elements_are_well_formed) {
    static const char *const PART[] = {"<", ">", "&",   "\"", "'", "/",   "p",  " ",
                                       "=", ";", "#39", "å",  "★", "!--", "]]>"};
    static const char *const ELEMENT[] = {"p", "div", "table", "td", "strong", "section"};
    ht_rng rng;
    ht_rng_init(&rng, (uint64_t)_i, 7);
    ht_page *page = open_page();
    int32_t depth = 0;
    for (int32_t i = 0; i < ROUNDS; i++) {
        char text[TEXT_ROOM] = "";
        for (int32_t k = ht_rng_below(&rng, 9); k > 0; k--)
            strncat(text, PART[ht_rng_below(&rng, 15)], sizeof text - strlen(text) - 1);
        if (depth < 20 && ht_rng_below(&rng, 2) == 0) {
            ht_page_start(page, ELEMENT[ht_rng_below(&rng, 6)]);
            ht_page_attribute(page, "class", text);
            depth++;
        } else if (depth > 0 && ht_rng_below(&rng, 2) == 0) {
            ht_page_end(page);
            depth--;
        }
        ht_page_textf(page, "%s", text);
    }
    read_page(page);
    check_page(NULL, NULL);
}
END_TEST

START_TEST(a_page_says_its_language_and_asks_for_nothing) {
    read_page(open_page());
    check_page(NULL, NULL);
    ck_assert_ptr_nonnull(strstr(page_text, "<html lang=\"sv\">"));
    ck_assert_ptr_nonnull(strstr(page_text, "<meta charset=\"utf-8\"/>"));
    ck_assert_ptr_nonnull(strstr(page_text, "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
    ck_assert_ptr_nonnull(strstr(page_text, "<title>a &lt;title&gt; &amp; more</title>"));
    ck_assert_ptr_null(strstr(page_text, "http:"));
    ck_assert_ptr_null(strstr(page_text, "https:"));
    ck_assert_ptr_null(strstr(page_text, "src="));
}
END_TEST

START_TEST(an_abandoned_page_leaves_nothing) {
    char list[64];
    ht_page_abandon(open_page());
    ck_assert_str_eq(test_folder_list(&place, list, sizeof list), "");
}
END_TEST

START_TEST(a_page_that_cannot_be_opened_is_named) {
    ck_assert_ptr_null(ht_page_open("/nowhere/at/all", "x.html", &HEAD, &err));
    ck_assert_str_eq(err.text, "/nowhere/at/all/x.html: cannot be written: No such file or directory");
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void) {
    Suite *suite = suite_create("page_write");
    TCase *tcase = tcase_create("page_write");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, hostile_texts_are_texts, 0, COUNT(HOSTILE));
    tcase_add_loop_test(tcase, what_no_page_may_hold_is_shown_as_such, 0, COUNT(NO_TEXT));
    tcase_add_loop_test(tcase, random_texts_and_elements_are_well_formed, 0, 5);
    tcase_add_test(tcase, a_page_says_its_language_and_asks_for_nothing);
    tcase_add_test(tcase, an_abandoned_page_leaves_nothing);
    tcase_add_test(tcase, a_page_that_cannot_be_opened_is_named);
    suite_add_tcase(suite, tcase);
    return ht_run_suite(suite);
}
