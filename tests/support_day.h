/* tests/support_day.h: a small day that can be worked out by hand, checked with a plan written as text.
 *
 * K1 .. K3 and P1 .. P3 are of team A, K4 and P4 of team B. P3 starts at home and walks.
 * By car: office A to K1 5 min, to K2 12, to K3 20; K1 to K2 10, K2 to K3 10, K1 to K3 25; back the same. On foot three
 * times that.
 */
#ifndef HT_TESTS_SUPPORT_DAY_H
#define HT_TESTS_SUPPORT_DAY_H

#include "model/check.h"

#define D "2025-03-05"
#define VISITS "visit_id;client_id;date;start;minutes"
#define ROSTER "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;team;mode\n"
#define MORNING(staff) staff ";" D ";07:00;12:00;work;;;;;\n"
#define LONG_DAY(staff) staff ";" D ";07:00;16:00;work;30;11:00;12:00;;\n"

#define ONE VISITS "\nV1;K1;" D ";08:00;30\n"
#define TWO VISITS "\nV1;K1;" D ";08:00;30\nV2;K2;" D ";09:00;30\n"

typedef struct small_day {
    ht_dataset data;
    ht_settings settings;
    ht_plan plan;
    ht_check_report report;
    ht_err err;
} small_day;

extern small_day day;

/* A checked fixture: an empty dataset and plan before each test. */
void small_day_set_up(void);
void small_day_tear_down(void);

int32_t small_day_date(const char *text);

/* The base tables; the roster NULL is P1 .. P3 in the morning. */
void small_day_load(const char *visits, const char *roster);
/* Makes a loaded visit one of a series with these usual staff ("": none) and this usual start. */
void small_day_series(const char *visit, const char *usual_staff, const char *usual_start);
/* Checks the lines "V1 P1 08:00" as the plan. */
void small_day_check(const char *lines);

/* Compare with lines "rule | text" and "level rule id | text". */
void small_day_breaches(const char *name, const char *expected);
void small_day_deviations(const char *name, const char *expected);
void small_day_component(const char *name, ht_component component, int64_t expected);

#endif
