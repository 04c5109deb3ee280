/* What absences leave of a shift, and when its break may start. */
#include "model/shifts.h"

#include "base/calendar.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

/* The row of P1 on 2025-03-05, 07:00-16:00. */
static const struct {
    const char *staff, *absences, *pieces;
} CUTS[] = {
    {"P1;A;;", "", "07:00-16:00"},
    {"P1;A;;", "P2;2025-03-05;2025-03-05", "07:00-16:00"},
    {"P1;A;;", "P1;2025-03-05;2025-03-05", ""},
    {"P1;A;;", "P1;2025-03-01;2025-03-20", ""},
    {"P1;A;;", "P1;2025-03-04;2025-03-04", "07:00-16:00"},
    {"P1;A;;", "P1;2025-03-06;2025-03-06", "07:00-16:00"},
    {"P1;A;;", "P1;2025-03-05 10:00;2025-03-05 12:30", "07:00-10:00 12:30-16:00"},
    {"P1;A;;", "P1;2025-03-04;2025-03-05 09:00", "09:00-16:00"},
    {"P1;A;;", "P1;2025-03-05 14:00;2025-03-09", "07:00-14:00"},
    {"P1;A;;", "P1;2025-03-05 16:00;2025-03-09", "07:00-16:00"},
    {"P1;A;;", "P1;2025-03-05 15:00;2025-03-05 15:30\nP1;2025-03-05 08:00;2025-03-05 09:00\n",
     "07:00-08:00 09:00-15:00 15:30-16:00"},
    {"P1;A;;", "P1;2025-03-05 08:00;2025-03-05 10:00\nP1;2025-03-05 09:00;2025-03-05 11:00", "07:00-08:00 11:00-16:00"},
    {"P1;A;2025-03-06;", "", ""},
    {"P1;A;2025-03-05;2025-03-05", "", "07:00-16:00"},
    {"P1;A;;2025-03-04", "", ""},
    {"P2;A;;", "", ""}, /* nobody of that id */
};

static void print_pieces(const ht_piece *piece, int32_t count, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (int32_t i = 0; i < count; i++) {
        char start[HT_TIME_TEXT], end[HT_TIME_TEXT];
        ht_time_print(piece[i].start, start, sizeof(start));
        ht_time_print(piece[i].end, end, sizeof(end));
        used += (size_t)snprintf(out + used, size - used, "%s%s-%s", i == 0 ? "" : " ", start, end);
    }
}

static void cut(const char *staff, const char *absences, char *out, size_t size) {
    ht_dataset data;
    ht_arena arena;
    ht_attendance attendance;
    char csv[2048];
    ht_arena_init(&arena, &ht_allocator_system);
    ht_piece piece[HT_PIECES_MAX];
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "roster", "staff_id;date;start;end\nP1;2025-03-05;07:00;16:00\n");
    snprintf(csv, sizeof(csv), "staff_id;team;from;to\n%s\n", staff);
    support_rows(&data, "staff", csv);
    snprintf(csv, sizeof(csv), "staff_id;from;to\n%s\n", absences);
    support_rows(&data, "absences", csv);
    ck_assert(ht_attendance_build(&attendance, &data, &arena));
    int32_t count = ht_shift_pieces(&attendance, ht_dataset_rows(&data, HT_ROSTER), piece);
    print_pieces(piece, count, out, size);
    ht_arena_release(&arena);
    ht_dataset_release(&data);
}

START_TEST(absences_cut_the_shift) {
    char pieces[128];
    cut(CUTS[_i].staff, CUTS[_i].absences, pieces, sizeof(pieces));
    ck_assert_str_eq(pieces, CUTS[_i].pieces);
}
END_TEST

/* More pieces than there is room for: the last are lost, no absence is. */
START_TEST(too_many_pieces) {
    char absences[2048] = "";
    char pieces[512];
    size_t used = 0;
    for (int minute = 20; minute >= 1; minute--) {
        used += (size_t)snprintf(absences + used, sizeof(absences) - used, "P1;2025-03-05 07:%02d;2025-03-05 07:%02d\n",
                                 2 * minute, 2 * minute + 1);
    }
    cut("P1;A;;", absences, pieces, sizeof(pieces));
    ck_assert_ptr_eq(strstr(pieces, "07:00-07:02 07:03-07:04 07:05-07:06"), pieces);
    ck_assert_ptr_null(strstr(pieces, "16:00"));
}
END_TEST

/* Row, its break, the piece, and the window: "" for no break, "none" for a break that cannot be. */
static const struct {
    const char *row, *start, *end, *window;
} BREAKS[] = {
    /* a whole shift: the 5 h rule narrows its window */
    {"07:00;16:00;30;;", "07:00", "16:00", "10:30-12:00"},
    {"07:00;16:00;30;09:30;11:00", "07:00", "16:00", "10:30-11:00"},
    {"07:00;16:00;30;11:15;13:00", "07:00", "16:00", "11:15-12:00"},
    {"07:00;17:30;30;;", "07:00", "17:30", "12:00-12:00"},
    {"07:00;17:31;30;;", "07:00", "17:31", "none"},
    {"07:00;16:00;30;12:30;13:00", "07:00", "16:00", "none"},
    {"07:00;11:00;30;08:00;09:00", "07:00", "11:00", "08:00-09:00"},
    {"07:00;11:00;30;;", "07:00", "11:00", "07:00-10:30"},
    {"07:00;11:00;30;12:00;13:00", "07:00", "11:00", "none"},
    {"07:00;11:00;0;;", "07:00", "11:00", ""},
    {"07:00;08:00;90;;", "07:00", "08:00", "none"},
    /* a cut one */
    {"07:00;16:00;30;11:00;12:00", "07:00", "12:00", "11:00-11:30"},
    {"07:00;16:00;30;11:00;12:00", "12:30", "16:00", ""},
    {"07:00;16:00;30;11:00;12:00", "07:00", "11:00", ""},
    {"07:00;16:00;30;11:00;12:00", "10:00", "16:00", "11:00-12:00"},
    {"07:00;16:00;30;08:00;09:00", "10:00", "16:00", "10:30-15:00"},
    {"07:00;21:00;30;08:00;09:00", "10:00", "21:00", "none"},
};

START_TEST(breaks) {
    ht_dataset data;
    char csv[256], window[32] = "";
    ht_piece piece;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    snprintf(csv, sizeof(csv), "staff_id;date;start;end;break_min;break_earliest;break_latest\nP1;2025-03-05;%s\n",
             BREAKS[_i].row);
    support_rows(&data, "roster", csv);
    ck_assert(ht_time_parse(BREAKS[_i].start, &piece.start) && ht_time_parse(BREAKS[_i].end, &piece.end));
    ht_break_window found = ht_shift_break(ht_dataset_rows(&data, HT_ROSTER), piece);
    if (found.length > 0 && found.earliest > found.latest) {
        snprintf(window, sizeof(window), "none");
    } else if (found.length > 0) {
        print_pieces(&(ht_piece){found.earliest, found.latest}, 1, window, sizeof(window));
    }
    ck_assert_str_eq(window, BREAKS[_i].window);
    ht_dataset_release(&data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("shifts");
    TCase *tests = tcase_create("shifts");
    tcase_add_loop_test(tests, absences_cut_the_shift, 0, COUNT(CUTS));
    tcase_add_test(tests, too_many_pieces);
    tcase_add_loop_test(tests, breaks, 0, COUNT(BREAKS));
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
