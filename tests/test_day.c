/* Windows, links, shifts and office time of a day as a problem, and what is left out of it. */
#include <check.h>

#include "base/calendar.h"
#include "base/text.h"
#include "tests/support.h"
#include "tests/support_built.h"
#include "tests/support_rows.h"

/* ---- windows ---- */

typedef struct window_case {
    const char *name, *columns, *row; /* of a visit that is agreed at 09:00 */
    const char *settings;
    const char *earliest, *due, *latest;
} window_case;

static const window_case WINDOWS[] = {
    {"defaults", "", "", "", "08:30", "09:30", "10:30"},
    {"its own", ";before_min;after_min;latest", ";10;20;11:00", "", "08:50", "09:20", "11:00"},
    {"none before, none after", ";before_min;after_min", ";0;0", "", "09:00", "09:00", "10:00"},
    {"latest before the promise ends", ";latest", ";09:10", "", "08:30", "09:30", "09:10"},
    {"settings", "", "", "before_min;5\nafter_min;15\nlate_limit_min;25\n", "08:55", "09:15", "09:40"},
    {"its own beat settings", ";before_min;after_min;latest", ";10;20;11:00", "before_min;5\nlate_limit_min;0\n",
     "08:50", "09:20", "11:00"},
    {"not before midnight", ";before_min", ";1000", "", "00:00", "09:30", "10:30"},
    {"not after it", ";after_min", ";1000", "", "08:30", "25:40", "24:00"},
    {"a locked start replaces the window, not the promise", ";locked_start;latest", ";11:15;10:00", "", "11:15",
     "09:30", "11:15"},
};

/* "08:30"; times after 24:00 too. */
static int32_t seconds(const char *text) {
    return 3600 * (10 * (text[0] - '0') + text[1] - '0') + 60 * (10 * (text[3] - '0') + text[4] - '0');
}

START_TEST(windows) {
    const window_case *c = &WINDOWS[_i];
    char visits[200], settings[200];
    snprintf(visits, sizeof visits, VISITS "%s\nV1;K1;" D ";09:00;30%s\n", c->columns, c->row);
    snprintf(settings, sizeof settings, "name;value\n%s", c->settings);
    small_day_load(visits, NULL);
    support_rows(&day.data, "settings", settings);
    built_make(NULL);
    const ht_visit *v = &built.problem.visit[0];
    ck_assert_msg(v->earliest == seconds(c->earliest), "%s: earliest %d", c->name, v->earliest);
    ck_assert_msg(v->due == seconds(c->due), "%s: due %d", c->name, v->due);
    ck_assert_msg(v->latest == seconds(c->latest), "%s: latest %d", c->name, v->latest);
}
END_TEST

START_TEST(visit_fields) {
    small_day_load(VISITS ";staff_needed;priority;counts\nV1;K2;" D ";09:00;25;;;\nV2;K1;" D ";10:00;45;3;2;no\n"
                          "V3;K2;" D ";11:00;1;1;3;yes\nV0;K1;2025-03-06;09:00;30;;;\n",
                   NULL);
    built_make(NULL);
    const ht_problem *p = &built.problem;
    ck_assert_int_eq(p->visits, 3);
    ck_assert_int_eq(p->clients, 2);
    ck_assert_int_eq(p->tasks, 1 + 3 + 1);
    const ht_visit *v = p->visit;
    ck_assert_int_eq(v[0].service, 25 * 60);
    ck_assert_int_eq(v[1].service, 45 * 60);
    ck_assert_int_eq(v[0].need, 1);
    ck_assert_int_eq(v[1].need, 3);
    ck_assert_int_eq(v[0].weight, 100);
    ck_assert_int_eq(v[1].weight, 10);
    ck_assert_int_eq(v[2].weight, 1);
    ck_assert(v[0].counts && !v[1].counts && v[2].counts);
    ck_assert_int_eq(v[0].client, v[2].client);
    ck_assert_int_ne(v[0].client, v[1].client);
    for (int32_t t = 0, visit = 0; t < p->tasks; t++) {
        visit += t == v[visit].first_task + v[visit].need;
        ck_assert_int_eq(p->visit_of_task[t], visit);
    }
}
END_TEST

/* ---- visits that are not to be made ---- */

typedef struct away_case {
    const char *name, *client, *absence; /* of a visit at 09:00 */
    bool away;
} away_case;

static const away_case AWAYS[] = {
    {"nobody is away", "K1", "", false},
    {"the day", "K1", ";K1;" D ";" D "\n", true},
    {"the days around it", "K1", ";K1;2025-03-01;2025-03-09\n", true},
    {"until the day before", "K1", ";K1;2025-03-01;2025-03-04\n", false},
    {"from the day after", "K1", ";K1;2025-03-06;2025-03-09\n", false},
    {"from the agreed start", "K1", ";K1;" D " 09:00;" D " 10:00\n", true},
    {"from a minute later", "K1", ";K1;" D " 09:01;" D " 10:00\n", false},
    {"to the agreed start", "K1", ";K1;" D " 08:00;" D " 09:00\n", false},
    {"another client", "K1", ";K2;" D ";" D "\n", false},
    {"in care this year", "K3", "", false},
};

START_TEST(clients_away) {
    const away_case *c = &AWAYS[_i];
    char visits[100], absences[100];
    snprintf(visits, sizeof visits, VISITS "\nV1;%s;" D ";09:00;30\n", c->client);
    snprintf(absences, sizeof absences, "staff_id;client_id;from;to\n%s", c->absence);
    small_day_load(visits, NULL);
    support_rows(&day.data, "absences", absences);
    built_make(NULL);
    ck_assert_msg(built.problem.visits == !c->away, "%s: %d visits", c->name, built.problem.visits);
    ck_assert_msg(built.cancelled == c->away, "%s: %d cancelled", c->name, built.cancelled);
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err), HT_OK);
    ck_assert_msg(day.report.visits == built.problem.visits, "%s: the check sees %d", c->name, day.report.visits);
}
END_TEST

/* K3 is a client from 2025-01-01 to 2025-12-31, both included. */
START_TEST(clients_in_care) {
    static const struct {
        const char *date;
        bool in_care;
    } DATES[] = {{"2024-12-31", false}, {"2025-01-01", true}, {"2025-12-31", true}, {"2026-01-01", false}};
    char visits[100];
    snprintf(visits, sizeof visits, VISITS "\nV1;K3;%s;09:00;30\n", DATES[_i].date);
    small_day_load(visits, NULL);
    day.plan.date = small_day_date(DATES[_i].date);
    built_make(NULL);
    ck_assert_int_eq(built.problem.visits, DATES[_i].in_care);
    ck_assert_int_eq(built.cancelled, !DATES[_i].in_care);
}
END_TEST

/* ---- links ---- */

START_TEST(links_of_the_day) {
    small_day_load(VISITS ";after_visit;gap_min;gap_max\nV1;K1;" D ";08:00;30;;;\nV2;K1;" D ";11:00;30;V1;120;240\n"
                          "V3;K2;" D ";12:00;30;V2;;\n",
                   NULL);
    built_make(NULL);
    const ht_link *link = built.problem.link;
    ck_assert_int_eq(built.problem.links, 2);
    ck_assert_int_eq(link[0].before, built_visit("V1"));
    ck_assert_int_eq(link[0].after, built_visit("V2"));
    ck_assert_int_eq(link[0].gap_min, 120 * 60);
    ck_assert_int_eq(link[0].gap_max, 240 * 60);
    ck_assert_int_eq(link[1].before, built_visit("V2"));
    ck_assert_int_eq(link[1].after, built_visit("V3"));
    ck_assert_int_eq(link[1].gap_min, 0);
    ck_assert_int_eq(link[1].gap_max, INT32_MAX);
}
END_TEST

START_TEST(link_to_a_cancelled_visit_is_void) {
    small_day_load(VISITS ";after_visit;gap_min\nV1;K1;" D ";08:00;30;;\nV2;K2;" D ";09:00;30;V1;600\n", NULL);
    support_rows(&day.data, "absences", "client_id;from;to\nK1;" D ";" D "\n");
    built_make(NULL);
    ck_assert_int_eq(built.problem.links, 0);
    built_solve(1, 40);
    ck_assert_int_eq(day.report.planned, 1);
    small_day_breaches("void", "");
}
END_TEST

/* The predecessor is done by nobody: K2's cats keep P2 away, and P1 and P3 are blocked. */
START_TEST(link_to_an_unplanned_visit_is_void) {
    small_day_load(VISITS ";after_visit;gap_min\nV1;K2;" D ";08:00;30;;\nV2;K1;" D ";09:00;30;V1;600\n", NULL);
    support_rows(&day.data, "relations", "client_id;staff_id;kind\nK2;P1;blocked\nK2;P3;blocked\n");
    built_make(NULL);
    ck_assert_int_eq(built.problem.links, 1);
    built_solve(1, 400);
    ck_assert_int_eq(day.report.planned, 1);
    ck_assert_int_ne(solved.best.shift[built.problem.visit[built_visit("V2")].first_task], HT_NOBODY);
    small_day_breaches("void", "");
}
END_TEST

/* One person may do both visits of a link. */
START_TEST(link_by_one_person) {
    small_day_load(VISITS ";after_visit;gap_min;gap_max;latest\nV1;K1;" D ";08:00;30;;;;\n"
                          "V2;K1;" D ";11:00;30;V1;150;165;11:15\n",
                   ROSTER MORNING("P1"));
    built_make(NULL);
    built_solve(1, 400);
    ck_assert_int_eq(day.report.planned, 2);
    small_day_breaches("both by P1", "");
    const ht_visit *v = built.problem.visit;
    int32_t gap = solved.best.start[v[1].first_task] - solved.best.start[v[0].first_task] - v[0].service;
    ck_assert_int_ge(gap, 150 * 60);
    ck_assert_int_le(gap, 165 * 60);
}
END_TEST

/* V2 at 09:00 (08:30 .. 10:30) of `date` is behind V1 at 20:00 of `before`, 30 min. */
typedef struct far_link_case {
    const char *name, *before, *date, *gap_min, *gap_max;
    const char *performed, *planned; /* rows of V1: "P1;2025-03-04;20:00;20:30;V1" */
    const char *earliest, *latest;
} far_link_case;

static const far_link_case FAR_LINKS[] = {
    {"nobody knows when it ended", "2025-03-04", D, "780", "", "", "", "08:30", "10:30"},
    {"performed", "2025-03-04", D, "780", "", "P1;2025-03-04;20:00;20:40;V1\n", "", "09:40", "10:30"},
    {"performed without an end lasted as long as agreed", "2025-03-04", D, "780", "", "P1;2025-03-04;20:20;;V1\n", "",
     "09:50", "10:30"},
    {"the last of several ends", "2025-03-04", D, "780", "",
     "P1;2025-03-04;20:00;20:50;V1\nP2;2025-03-04;20:00;20:35;V1\n", "", "09:50", "10:30"},
    {"as planned", "2025-03-04", D, "780", "", "", "P1;2025-03-04;20:10;20:40;V1", "09:40", "10:30"},
    {"performed beats planned", "2025-03-04", D, "780", "", "P1;2025-03-04;20:00;20:40;V1\n",
     "P1;2025-03-04;21:00;21:30;V1", "09:40", "10:30"},
    {"performed on another day than agreed", "2025-03-03", D, "780", "", "P1;2025-03-04;20:00;20:40;V1\n", "", "09:40",
     "10:30"},
    {"a day's gap that does no harm", "2025-03-04", D, "600", "", "P1;2025-03-04;20:00;20:30;V1\n", "", "08:30",
     "10:30"},
    {"a largest gap", "2025-03-04", D, "", "780", "P1;2025-03-04;20:00;20:30;V1\n", "", "08:30", "09:30"},
    {"42 h across days", "2025-03-03", D, "2520", "", "P1;2025-03-03;15:00;15:30;V1\n", "", "09:30", "10:30"},
    {"clocks go forward in the night", "2025-03-29", "2025-03-30", "720", "", "P1;2025-03-29;20:00;20:30;V1\n", "",
     "09:30", "10:30"},
    {"clocks go forward in the night: a largest gap", "2025-03-29", "2025-03-30", "", "720",
     "P1;2025-03-29;20:00;20:30;V1\n", "", "08:30", "09:30"},
    {"clocks went forward the day before", "2025-03-30", "2025-03-31", "780", "", "P1;2025-03-30;20:00;20:30;V1\n", "",
     "09:30", "10:30"},
    {"clocks went forward between the days", "2025-03-29", "2025-03-31", "2160", "", "P1;2025-03-29;20:00;20:30;V1\n",
     "", "09:30", "10:30"},
    {"clocks go back in the night", "2025-10-25", "2025-10-26", "840", "", "P1;2025-10-25;20:00;20:30;V1\n", "",
     "09:30", "10:30"},
    {"clocks go back in the night: a largest gap", "2025-10-25", "2025-10-26", "", "840",
     "P1;2025-10-25;20:00;20:30;V1\n", "", "08:30", "09:30"},
    {"clocks went back between the days", "2025-10-25", "2025-10-27", "2280", "", "P1;2025-10-25;20:00;20:30;V1\n", "",
     "09:30", "10:30"},
};

static void add_planned(const char *row) {
    char staff[16], date[16], start[16], end[16], visit[16];
    if (sscanf(row, "%15[^;];%15[^;];%15[^;];%15[^;];%15s", staff, date, start, end, visit) != 5)
        return;
    ht_performed_row *planned = ht_array_push(&day.data.planned);
    ck_assert_ptr_nonnull(planned);
    *planned = (ht_performed_row){.staff_id = built_symbol(staff),
                                  .date = small_day_date(date),
                                  .start = built_time(start),
                                  .end = built_time(end),
                                  .visit_id = built_symbol(visit)};
}

/* Builds and plans it. */
static void make_far_link(const far_link_case *c) {
    char visits[300], performed[200], roster[100];
    snprintf(visits, sizeof visits,
             VISITS ";after_visit;gap_min;gap_max\nV1;K1;%s;20:00;30;;;\nV2;K1;%s;09:00;30;V1;%s;%s\n", c->before,
             c->date, c->gap_min, c->gap_max);
    snprintf(performed, sizeof performed, "staff_id;date;start;end;visit_id\n%s", c->performed);
    snprintf(roster, sizeof roster, "staff_id;date;start;end\nP1;%s;07:00;12:00\n", c->date);
    small_day_load(visits, roster);
    support_rows(&day.data, "performed", performed);
    add_planned(c->planned);
    day.plan.date = small_day_date(c->date);
    built_make(NULL);
    built_solve(1, 40);
}

START_TEST(links_across_days) {
    const far_link_case *c = &FAR_LINKS[_i];
    make_far_link(c);
    const ht_visit *v = &built.problem.visit[0];
    ck_assert_msg(v->earliest == built_time(c->earliest), "%s: earliest %d", c->name, v->earliest);
    ck_assert_msg(v->latest == built_time(c->latest), "%s: latest %d", c->name, v->latest);
    ck_assert_int_eq(built.problem.links, 0);
    ck_assert_int_eq(day.report.planned, 1);
    small_day_breaches(c->name, "");
}
END_TEST

/* A start one second outside of the window breaks the rule that made it, says the check. */
START_TEST(link_edges_agree_with_the_check) {
    const far_link_case *c = &FAR_LINKS[_i];
    make_far_link(c);
    const ht_visit *v = &built.problem.visit[0];
    bool opens_later = v->earliest > seconds("08:30"), closes_sooner = v->latest < seconds("10:30");
    ht_plan_entry *entry = ht_array_at(&day.plan.entries, 0);
    entry->start = opens_later ? v->earliest - 1 : v->latest + 1;
    ht_check_report_release(&day.report);
    ck_assert_int_eq(ht_check_plan(&day.data, &day.settings, &day.plan, &day.report, &day.err), HT_OK);
    ck_assert_msg(day.report.breaches.count > 0, "%s: no breach", c->name);
    const ht_breach *breach = ht_array_at(&day.report.breaches, 0);
    ck_assert_str_eq(ht_hard_rule_name(breach->rule),
                     ht_hard_rule_name(opens_later || closes_sooner ? HT_HARD_LINK : HT_HARD_WINDOW));
}
END_TEST

/* What a link leaves of the day is kept apart from the visit's own window. */
START_TEST(limits_of_links) {
    small_day_load(VISITS ";after_visit;gap_min;gap_max\nV1;K1;2025-03-04;20:00;30;;;\nV2;K1;" D
                          ";09:00;30;V1;720;960\n"
                          "V3;K1;" D ";09:00;30;;;\nV4;K1;" D ";09:00;30;V1;1800;1900\n",
                   NULL);
    support_rows(&day.data, "performed", "staff_id;date;start;end;visit_id\nP1;2025-03-04;20:00;20:30;V1\n");
    built_make(NULL);
    const ht_start_limits *linked = built.linked;
    ck_assert_int_eq(linked[0].earliest, seconds("08:30"));
    ck_assert_int_eq(linked[0].latest, seconds("12:30"));
    ck_assert_int_eq(linked[1].earliest, 0);
    ck_assert_int_eq(linked[1].latest, HT_DAY_SECONDS);
    ck_assert_int_gt(linked[2].earliest, HT_DAY_SECONDS); /* 02:30 of the next day */
    ck_assert_int_gt(built.problem.visit[2].earliest, built.problem.visit[2].latest);
}
END_TEST

/* ---- shifts ---- */

typedef struct shift_case {
    const char *name, *staff, *roster;
    const char *table, *rows; /* one more */
    const char *expected;     /* shifts of the person */
} shift_case;

#define OVERTIME "name;value\novertime_limit_min;30\n"
#define ABSENT(from, to) "staff_id;from;to\nP1;" from ";" to "\n"

static const shift_case SHIFTS[] = {
    {"a morning", "P1", ROSTER MORNING("P1"), NULL, NULL, "07:00-12:00 12:00\n"},
    {"of another date", "P1", ROSTER "P1;2025-03-06;07:00;12:00;work;;;;;\n", NULL, NULL, ""},
    {"its own window of the break", "P1", ROSTER LONG_DAY("P1"), NULL, NULL,
     "07:00-16:00 16:00 break 30 11:00 12:00\n"},
    {"the 5 h rule's", "P1", ROSTER "P1;" D ";07:00;16:00;work;30;;;;\n", NULL, NULL,
     "07:00-16:00 16:00 break 30 10:30 12:00\n"},
    {"narrowed by the 5 h rule", "P1", ROSTER "P1;" D ";07:00;16:00;work;30;09:00;15:00;;\n", NULL, NULL,
     "07:00-16:00 16:00 break 30 10:30 12:00\n"},
    {"a break in a short shift", "P1", ROSTER "P1;" D ";07:00;11:00;work;15;;;;\n", NULL, NULL,
     "07:00-11:00 11:00 break 15 07:00 10:45\n"},
    {"a break that fits nowhere: the shift is left out", "P1",
     ROSTER "P1;" D ";07:00;18:00;work;30;;;;\n" MORNING("P2"), NULL, NULL, ""},
    {"overtime", "P1", ROSTER MORNING("P1"), "settings", OVERTIME, "07:00-12:00 12:30\n"},
    {"split", "P1", ROSTER MORNING("P1") "P1;" D ";15:00;19:00;work;;;;;\n", "settings", OVERTIME,
     "07:00-12:00 12:30\n15:00-19:00 19:30\n"},
    {"overtime ends where the next shift begins", "P1", ROSTER MORNING("P1") "P1;" D ";12:20;16:00;work;;;;;\n",
     "settings", OVERTIME, "07:00-12:00 12:20\n12:20-16:00 16:30\n"},
    {"no overtime between shifts on end", "P1", ROSTER "P1;" D ";12:00;16:00;work;;;;;\n" MORNING("P1"), "settings",
     OVERTIME, "12:00-16:00 16:30\n07:00-12:00 12:00\n"},
    {"overtime ends where office time begins", "P1", ROSTER MORNING("P1") "P1;" D ";12:10;14:00;office;;;;;\n",
     "settings", OVERTIME, "07:00-12:00 12:10\n"},
    {"office time over the shift's end leaves no overtime", "P1",
     ROSTER MORNING("P1") "P1;" D ";11:00;14:00;office;;;;;\n", "settings", OVERTIME, "07:00-12:00 12:00\n"},
    {"absent before", "P1", ROSTER MORNING("P1"), "absences", ABSENT("2025-03-01", "2025-03-04"),
     "07:00-12:00 12:00\n"},
    {"absent all day", "P1", ROSTER MORNING("P1"), "absences", ABSENT(D, D), ""},
    {"absent at the start", "P1", ROSTER MORNING("P1"), "absences", ABSENT("2025-03-04", D " 08:30"),
     "08:30-12:00 12:00\n"},
    {"absent in the middle", "P1", ROSTER MORNING("P1"), "absences", ABSENT(D " 08:30", D " 10:00"),
     "07:00-08:30 08:30\n10:00-12:00 12:00\n"},
    {"absent at the end", "P1", ROSTER MORNING("P1"), "absences", ABSENT(D " 10:00", "2025-03-09"),
     "07:00-10:00 10:00\n"},
    {"another is absent", "P2", ROSTER MORNING("P2"), "absences", ABSENT(D, D), "07:00-12:00 12:00\n"},
    {"what is left of 5 h needs no break that has no room", "P1", ROSTER LONG_DAY("P1"), "absences",
     ABSENT(D " 10:45", D), "07:00-10:45 10:45\n"},
    {"what is left keeps a break that has room", "P1", ROSTER LONG_DAY("P1"), "absences", ABSENT(D " 11:45", D),
     "07:00-11:45 11:45 break 30 11:00 11:15\n"},
    {"what is left is long enough for the break", "P1", ROSTER LONG_DAY("P1"), "absences", ABSENT(D, D " 09:00"),
     "09:00-16:00 16:00 break 30 11:00 12:00\n"},
    {"employed from the day", "P7", ROSTER MORNING("P7"), "staff", "staff_id;team;from;to\nP7;A;" D ";" D "\n",
     "07:00-12:00 12:00\n"},
    {"employed from the next day", "P7", ROSTER MORNING("P7"), "staff", "staff_id;team;from;to\nP7;A;2025-03-06;\n",
     ""},
    {"employed to the day before", "P7", ROSTER MORNING("P7"), "staff", "staff_id;team;from;to\nP7;A;;2025-03-04\n",
     ""},
};

/* "07:00-16:00 16:30 break 30 11:00 12:00": start, end, latest end, break. */
static void print_shift(const ht_shift *s, ht_text *text) {
    char time[5][HT_TIME_TEXT];
    const int32_t value[] = {s->start, s->end, s->latest_end, s->break_earliest, s->break_latest};
    for (int i = 0; i < 5; i++)
        ht_time_print(value[i], time[i], sizeof time[i]);
    ht_text_addf(text, "%s-%s %s", time[0], time[1], time[2]);
    if (s->break_length > 0)
        ht_text_addf(text, " break %d %s %s", (int)s->break_length / 60, time[3], time[4]);
    ht_text_addf(text, "\n");
}

START_TEST(shifts) {
    const shift_case *c = &SHIFTS[_i];
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    small_day_load(ONE, c->roster);
    support_rows(&day.data, c->table ? c->table : "visits", c->rows);
    built_make(NULL);
    const ht_shift *s;
    for (int32_t n = 0; (s = built_shift(c->staff, n)) != NULL; n++) {
        print_shift(s, &text);
        ck_assert(built.roster_row[s - built.problem.shift]->staff_id == built_symbol(c->staff));
    }
    ck_assert_msg(strcmp(ht_text_get(&text), c->expected) == 0, "%s:\n%s", c->name, ht_text_get(&text));
    ht_text_release(&text);
}
END_TEST

/* ---- office time ---- */

typedef struct block_case {
    const char *name, *rows, *expected; /* of P1's shift 07:00-12:00 */
} block_case;

static const block_case BLOCKS[] = {
    {"none", "", ""},
    {"inside", "P1;" D ";09:00;10:00;office\n", "09:00-10:00\n"},
    {"by start", "P1;" D ";10:30;11:00;office\nP1;" D ";09:00;10:00;office\n", "09:00-10:00\n10:30-11:00\n"},
    {"at both edges", "P1;" D ";07:00;07:30;office\nP1;" D ";11:30;12:00;office\n", "07:00-07:30\n11:30-12:00\n"},
    {"only what is inside", "P1;" D ";06:00;07:30;office\nP1;" D ";11:30;13:00;office\n", "07:00-07:30\n11:30-12:00\n"},
    {"outside", "P1;" D ";05:00;07:00;office\nP1;" D ";12:00;13:00;office\n", ""},
    {"the whole shift", "P1;" D ";06:00;13:00;office\n", "07:00-12:00\n"},
    {"of another day or person", "P1;2025-03-06;09:00;10:00;office\nP2;" D ";09:00;10:00;office\n", ""},
};

START_TEST(blocks) {
    const block_case *c = &BLOCKS[_i];
    char roster[300];
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    snprintf(roster, sizeof roster, ROSTER MORNING("P1") "%s", c->rows);
    small_day_load(ONE, roster);
    built_make(NULL);
    const ht_shift *s = built_shift("P1", 0);
    for (int32_t i = 0; i < s->blocks; i++) {
        const ht_block *block = &built.problem.block[s->first_block + i];
        char start[HT_TIME_TEXT], end[HT_TIME_TEXT];
        ht_time_print(block->start, start, sizeof start);
        ht_time_print(block->end, end, sizeof end);
        ht_text_addf(&text, "%s-%s\n", start, end);
        ck_assert_int_eq(block->place, s->start_place);
    }
    ck_assert_msg(strcmp(ht_text_get(&text), c->expected) == 0, "%s:\n%s", c->name, ht_text_get(&text));
    ht_text_release(&text);
}
END_TEST

/* K1 is 5 min from the office: V1 (30 min, 08:30 .. 10:30) fits before or after office time only with both journeys. */
static const struct {
    const char *name, *rows, *start;
} OFFICE_TIMES[] = {
    {"travel before it", "P1;" D ";07:00;09:00;office\n", "09:05"},
    {"just before it", "P1;" D ";09:05;12:00;office\n", "08:30"},
    {"a minute too soon", "P1;" D ";09:04;12:00;office\n", "-"},
    {"between two", "P1;" D ";07:00;08:55;office\nP1;" D ";09:35;12:00;office\n", "09:00"},
    {"between two, a minute short", "P1;" D ";07:00;08:56;office\nP1;" D ";09:35;12:00;office\n", "-"},
    {"at the end", "P1;" D ";07:00;10:25;office\nP1;" D ";11:05;12:00;office\n", "10:30"},
};

START_TEST(office_time_blocks) {
    char roster[300];
    snprintf(roster, sizeof roster, ROSTER MORNING("P1") "%s", OFFICE_TIMES[_i].rows);
    small_day_load(VISITS "\nV1;K1;" D ";09:00;30\n", roster);
    built_make(NULL);
    built_solve(1, 40);
    int32_t expected = built_time(OFFICE_TIMES[_i].start);
    int32_t got = solved.best.shift[0] == HT_NOBODY ? -1 : solved.best.start[0];
    ck_assert_msg(got == expected, "%s: %d, expected %d", OFFICE_TIMES[_i].name, got, expected);
    small_day_breaches(OFFICE_TIMES[_i].name, "");
}
END_TEST

/* The break begins between 11:00 and 12:00 and takes 30 min: office time that leaves no room makes the shift useless. */
START_TEST(office_time_and_break) {
    static const struct {
        const char *rows;
        int32_t planned;
    } CASES[] = {{"P1;" D ";10:00;11:30;office\n", 1},
                 {"P1;" D ";10:00;12:00;office\n", 1},
                 {"P1;" D ";10:00;12:01;office\n", 0}};
    char roster[300];
    snprintf(roster, sizeof roster, ROSTER LONG_DAY("P1") "%s", CASES[_i].rows);
    small_day_load(ONE, roster);
    built_make(NULL);
    built_solve(1, 40);
    ck_assert_int_eq(day.report.planned, CASES[_i].planned);
    small_day_breaches("office time and break", "");
}
END_TEST

/* ---- teams ---- */

#define FOUR VISITS "\nV1;K1;" D ";08:00;30\nV2;K2;" D ";09:00;30\nV4;K4;" D ";10:00;30\n"

static const struct {
    const char *name, *team, *roster;
    const char *visits, *staff; /* that are in the day */
} TEAM_DAYS[] = {
    {"all", NULL, ROSTER MORNING("P1") MORNING("P4"), "V1 V2 V4", "P1 P4"},
    {"one", "A", ROSTER MORNING("P1") MORNING("P4"), "V1 V2", "P1"},
    {"the other", "B", ROSTER MORNING("P1") MORNING("P4"), "V4", "P4"},
    {"with somebody lent", "B", ROSTER "P1;" D ";07:00;12:00;work;;;;B;\n" MORNING("P4"), "V4", "P1 P4"},
    {"without those lent", "A", ROSTER "P1;" D ";07:00;12:00;work;;;;B;\n" MORNING("P2"), "V1 V2", "P2"},
    {"lent for one of two shifts", "A", ROSTER "P1;" D ";07:00;10:00;work;;;;B;\nP1;" D ";10:00;12:00;work;;;;;\n",
     "V1 V2", "P1"},
};

START_TEST(teams) {
    char visits[40] = "", staff[40] = "";
    small_day_load(FOUR, TEAM_DAYS[_i].roster);
    day.plan.team = TEAM_DAYS[_i].team ? built_symbol(TEAM_DAYS[_i].team) : HT_NO_TEXT;
    built_make(NULL);
    for (int32_t v = 0; v < built.problem.visits; v++)
        snprintf(visits + strlen(visits), sizeof visits - strlen(visits), "%s%s", v > 0 ? " " : "",
                 ht_dataset_text(&day.data, built.visit_row[v]->visit_id));
    for (int32_t s = 0; s < built.problem.staff; s++)
        snprintf(staff + strlen(staff), sizeof staff - strlen(staff), "%s%s", s > 0 ? " " : "",
                 ht_dataset_text(&day.data, built.staff_row[s]->staff_id));
    ck_assert_msg(strcmp(visits, TEAM_DAYS[_i].visits) == 0, "%s: %s", TEAM_DAYS[_i].name, visits);
    ck_assert_msg(strcmp(staff, TEAM_DAYS[_i].staff) == 0, "%s: %s", TEAM_DAYS[_i].name, staff);
    built_solve(1, 100);
    small_day_breaches(TEAM_DAYS[_i].name, "");
}
END_TEST

/* ---- a solution as a plan ---- */

START_TEST(plan_of_a_solution) {
    small_day_load(VISITS ";staff_needed\nV1;K1;" D ";10:00;30;\nV2;K2;" D ";08:00;30;2\nV3;K3;" D ";09:00;30;\n",
                   NULL);
    built_make(NULL);
    int32_t shift[] = {0, 0, 2, HT_NOBODY}, start[] = {36000, 28800, 28800, 0};
    ht_solution solution = {.shift = shift, .start = start};
    ck_assert_int_eq(ht_day_plan(&built, &solution, &day.plan, &day.err), HT_OK);
    static const struct {
        const char *visit, *staff;
        int32_t start;
    } EXPECTED[] = {{"V2", "P1", 28800}, {"V1", "P1", 36000}, {"V2", "P3", 28800}};
    ck_assert_int_eq(day.plan.entries.count, 3);
    for (int32_t i = 0; i < 3; i++) {
        const ht_plan_entry *entry = ht_array_at(&day.plan.entries, i);
        ck_assert_int_eq(entry->visit, built_symbol(EXPECTED[i].visit));
        ck_assert_int_eq(entry->staff, built_symbol(EXPECTED[i].staff));
        ck_assert_int_eq(entry->start, EXPECTED[i].start);
    }
}
END_TEST

/* ---- failures ---- */

START_TEST(memory_runs_out) {
    small_day_load(FOUR, ROSTER MORNING("P1") MORNING("P4"));
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    ht_status status = HT_ENOMEM;
    int32_t calls = 0;
    for (; status != HT_OK; calls++) {
        ht_limited_memory memory;
        ht_err err;
        ht_err_init(&err);
        ht_limited_memory_init(&memory, calls);
        status = ht_day_build(&built, &day.data, &day.settings, day.plan.date, HT_NO_TEXT, &memory.allocator, &err);
        if (status == HT_OK)
            ht_day_release(&built);
        else
            ck_assert_int_eq(status, HT_ENOMEM);
    }
    ck_assert_int_gt(calls, 3);
    memset(&built, 0, sizeof built);
}
END_TEST

START_TEST(too_many_tags) {
    small_day_load(VISITS ";staff_needed;skill_one\nV1;K1;" D ";08:00;30;2;a|b|c|d|e|f|g|h|i\n", NULL);
    ck_assert_int_eq(ht_settings_read(&day.data, NULL, &day.settings, &day.err), HT_OK);
    ck_assert_int_eq(
        ht_day_build(&built, &day.data, &day.settings, day.plan.date, HT_NO_TEXT, &ht_allocator_system, &day.err),
        HT_EINPUT);
    ck_assert_str_eq(day.err.text, "visits: V1: skill_one holds more than 8 skills");
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

int main(void) {
    Suite *suite = suite_create("day");
    TCase *visits = tcase_create("visits"), *links = tcase_create("links"), *shift = tcase_create("shifts");
    TCase *whole = tcase_create("whole"), *all[] = {visits, links, shift, whole};
    for (int i = 0; i < COUNT(all); i++) {
        tcase_add_checked_fixture(all[i], built_set_up, built_tear_down);
        suite_add_tcase(suite, all[i]);
    }
    tcase_add_loop_test(visits, windows, 0, COUNT(WINDOWS));
    tcase_add_test(visits, visit_fields);
    tcase_add_loop_test(visits, clients_away, 0, COUNT(AWAYS));
    tcase_add_loop_test(visits, clients_in_care, 0, 4);
    tcase_add_test(links, links_of_the_day);
    tcase_add_test(links, link_to_a_cancelled_visit_is_void);
    tcase_add_test(links, link_to_an_unplanned_visit_is_void);
    tcase_add_test(links, link_by_one_person);
    tcase_add_loop_test(links, links_across_days, 0, COUNT(FAR_LINKS));
    tcase_add_loop_test(links, link_edges_agree_with_the_check, 0, COUNT(FAR_LINKS));
    tcase_add_test(links, limits_of_links);
    tcase_add_loop_test(shift, shifts, 0, COUNT(SHIFTS));
    tcase_add_loop_test(shift, blocks, 0, COUNT(BLOCKS));
    tcase_add_loop_test(shift, office_time_blocks, 0, COUNT(OFFICE_TIMES));
    tcase_add_loop_test(shift, office_time_and_break, 0, 3);
    tcase_add_loop_test(whole, teams, 0, COUNT(TEAM_DAYS));
    tcase_add_test(whole, plan_of_a_solution);
    tcase_add_test(whole, memory_runs_out);
    tcase_add_test(whole, too_many_tags);
    return ht_run_suite(suite);
}
