/* Which set an instance is of: told by how the file begins, against what was asked for. */
#include "io/instance_kind.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"
#include "tests/support_store.h"

enum { U = HT_INSTANCE_UHHC, M = HT_INSTANCE_MANKOWSKA, V = HT_INSTANCE_VRPTW, ANY = HT_INSTANCE_DETECT };

static const struct {
    const char *text;
    int wanted, found;
    const char *message; /* "": it is taken */
} CASES[] = {
    {"{\"metadata\": {}}", ANY, U, ""},
    {"\r\n\t {", ANY, U, ""},
    {"nbNodes\r\n12\r\n", ANY, M, ""},
    {"C101\r\n\r\nVEHICLE\r\nNUMBER CAPACITY\r\n", ANY, V, ""},
    {"{", U, U, ""},
    {"anything", V, V, ""}, /* its reader says what is wrong */
    {"nbNodesAndMore 12", ANY, ANY, ":1: this is no instance that hemtur knows"},
    {"a name with blanks VEHICLE", ANY, ANY, ":1: this is no instance that hemtur knows"},
    {"client_id;lat;lon\n", ANY, ANY, "expected JSON (uhhc), nbNodes first (mankowska), or VEHICLE"},
    {"[1, 2]", ANY, ANY, ":1: this is no instance that hemtur knows"},
    {"", ANY, ANY, " holds no text"},
    {" \n\n", U, U, " holds no text"},
    {"{", M, M, ":1: this is a uhhc instance, not a mankowska one: leave --kind out"},
    {"nbNodes 12", V, V, ":1: this is a mankowska instance, not a vrptw one"},
    {"R1 VEHICLE", U, U, ":1: this is a vrptw instance, not a uhhc one"},
};

START_TEST(the_beginning_tells_the_kind) {
    ht_test_folder place;
    ht_err err;
    ht_instance_kind kind;
    char path[256];
    test_folder_make(&place);
    snprintf(path, sizeof path, "%s/instance", place.path);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(CASES[_i].text, file);
    fclose(file);
    ht_err_init(&err);
    ht_status status = ht_instance_kind_find(path, (ht_instance_kind)CASES[_i].wanted, &kind, &err);
    ck_assert_int_eq(status, CASES[_i].message[0] != '\0' ? HT_EINPUT : HT_OK);
    ck_assert_int_eq((int)kind, CASES[_i].found);
    ck_assert_msg(strstr(err.text, CASES[_i].message) != NULL, "%s", err.text);
    test_folder_remove(&place);
}
END_TEST

static const struct {
    const char *path, *message;
} NO_FILES[] = {
    {"/nowhere/at/all", "/nowhere/at/all: cannot be opened: No such file or directory"},
    {"/tmp", "/tmp: cannot be opened: Is a directory"},
    {"/dev/zero", "/dev/zero: this is a pipe or a device, not a file"},
};

START_TEST(what_is_no_file_is_refused) {
    ht_err err;
    ht_instance_kind kind;
    ht_err_init(&err);
    ck_assert_int_eq(ht_instance_kind_find(NO_FILES[_i].path, HT_INSTANCE_DETECT, &kind, &err), HT_EINPUT);
    ck_assert_str_eq(err.text, NO_FILES[_i].message);
}
END_TEST

START_TEST(the_names_are_those_of_the_option) {
    char names[64];
    snprintf(names, sizeof names, "%s|%s|%s", ht_instance_kind_name(HT_INSTANCE_UHHC),
             ht_instance_kind_name(HT_INSTANCE_MANKOWSKA), ht_instance_kind_name(HT_INSTANCE_VRPTW));
    ck_assert_str_eq(names, HT_INSTANCE_KINDS);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("instance_kind");
    TCase *tests = tcase_create("kinds");
    tcase_add_loop_test(tests, the_beginning_tells_the_kind, 0, (int)(sizeof CASES / sizeof CASES[0]));
    tcase_add_loop_test(tests, what_is_no_file_is_refused, 0, (int)(sizeof NO_FILES / sizeof NO_FILES[0]));
    tcase_add_test(tests, the_names_are_those_of_the_option);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
