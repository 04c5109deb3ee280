/* Why visits stay unplanned: notes that keep everything, and what they say. */
#include <check.h>
#include <stdlib.h>

#include "base/rng.h"
#include "model/unplanned.h"
#include "tests/support.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

typedef struct told_case {
    const char *note, *text;
} told_case;

static const told_case REASONS[] = {
    {"on_shift=0", "nobody is on shift"},
    {"on_shift=12 skill=3 shift=5 full=4",
     "no room for it: of 12 on shift, 3 lack the skill, 5 do not work then, 4 are fully booked"},
    {"on_shift=2 travel=2", "nobody can come: of 2 on shift, 2 cannot get there and back in time"},
    {"on_shift=1 full=1", "no room for it: of 1 on shift, 1 is fully booked"},
    {"on_shift=4 skill=1 shift=1 blocked=1 avoids=1", "nobody can come: of 4 on shift, 1 lacks the skill, 1 does not "
                                                      "work then, 1 is kept apart from the client, 1 avoids "
                                                      "something in the home"},
    {"on_shift=6 window=2 lock=3 break=1",
     "nobody can come: of 6 on shift, for 2 its window is empty, for 3 the lock stands in the way, 1 would miss the "
     "break"},
    /* what no note is stands as it is: also the sentences of older plans */
    {"2 on shift: 2 full", "2 on shift: 2 full"},
    {"on_shift=x", "on_shift=x"},
    {"on_shift=2 weather=2", "on_shift=2 weather=2"},
    {"on_shift=2 full", "on_shift=2 full"},
    {"on_shift=99999999999", "on_shift=99999999999"},
    {"", ""},
};

static const told_case HELP[] = {
    {"move_start minutes=15 staff=P1|P2 at=08:30",
     "a window wider by 15 min would help: P1, P2 could come at about 08:30"},
    {"stay_longer minutes=5 staff=P1 at=09:02", "P1 could come at about 09:02 by working up to 5 min longer"},
    {"give_skill staff=P2 at=08:30", "with the skill, P2 could come at about 08:30"},
    {"open_lock locked=P3|P4 staff=P1 at=08:30", "if it were not locked to P3, P4, P1 could come at about 08:30"},
    {"more_staff need=2 at=17:30 until=24:00", "2 more on shift between 17:30 and 24:00 would help"},
    {"empty_window", "its own window is empty: look at its lock, its link and its latest start"},
    {"move_start minutes=15 staff= at=08:30", "move_start minutes=15 staff= at=08:30"},
    {"move_start minutes=15 staff=P1 at=25:30", "move_start minutes=15 staff=P1 at=25:30"},
    {"move_start=1", "move_start=1"},
    {"stay_at_home", "stay_at_home"},
    {"the skill for P1, who could come at about 08:30", "the skill for P1, who could come at about 08:30"},
    {"", ""},
};

START_TEST(a_reason_is_told) {
    char text[HT_NOTE];
    ht_reason_tell(REASONS[_i].note, text);
    ck_assert_str_eq(text, REASONS[_i].text);
}
END_TEST

START_TEST(help_is_told) {
    char text[HT_NOTE];
    ht_help_tell(HELP[_i].note, text);
    ck_assert_str_eq(text, HELP[_i].text);
}
END_TEST

START_TEST(a_reason_reads_back_equal) {
    ht_rng rng;
    ht_rng_init(&rng, 1, (uint64_t)_i);
    ht_reason reason = {.on_shift = (int32_t)ht_rng_below(&rng, 1000)}, read;
    char note[HT_NOTE];
    for (int32_t rule = 0; rule < HT_RULES; rule++)
        reason.kept_away[rule] = (int32_t)ht_rng_below(&rng, 3);
    ht_reason_note(&reason, note);
    ck_assert_msg(ht_reason_read(note, &read), "%s", note);
    ck_assert_mem_eq(&read, &reason, sizeof read);
}
END_TEST

/* The longest lists there are: four persons, and a cell full of locked ones. */
START_TEST(help_reads_back_equal) {
    static const char ID[] = "A2345678901234567890123456789012";
    ht_help help = {.kind = (ht_help_kind)_i}, read;
    char note[HT_NOTE], again[HT_NOTE];
    snprintf(help.staff, sizeof help.staff, "%s|%s|%s|%s", ID, ID, ID, ID);
    while (strlen(help.locked) + sizeof ID < sizeof help.locked)
        snprintf(help.locked + strlen(help.locked), sizeof help.locked - strlen(help.locked), "%s%s",
                 *help.locked != '\0' ? "|" : "", ID);
    help.minutes = 120;
    help.need = 4;
    help.at = 8 * 3600;
    help.until = 86400;
    ht_help_note(&help, note);
    ck_assert_msg(ht_help_read(note, &read), "%s", note);
    ht_help_note(&read, again);
    ck_assert_str_eq(again, note);
    ck_assert_int_eq(read.kind, help.kind);
    if (strstr(note, "locked="))
        ck_assert_str_eq(read.locked, help.locked);
    ht_help_tell(note, again);
    ck_assert_str_ne(again, note);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("unplanned");
    TCase *all = tcase_create("notes");
    tcase_add_loop_test(all, a_reason_is_told, 0, COUNT(REASONS));
    tcase_add_loop_test(all, help_is_told, 0, COUNT(HELP));
    tcase_add_loop_test(all, a_reason_reads_back_equal, 0, 50);
    tcase_add_loop_test(all, help_reads_back_equal, 0, HT_HELP_KINDS);
    suite_add_tcase(suite, all);
    return ht_run_suite(suite);
}
