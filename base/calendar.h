/* base/calendar.h: dates, times of day, and elapsed time over clock changes.
 *
 * Units:  a date is days since 1970-01-01; a time is seconds since local midnight, 0 .. 86400 (24:00);
 *         a stamp is local minutes since 1970-01-01 00:00.
 * Rules:  proleptic Gregorian calendar; EU summer time by rule (from 1996: last Sunday of March 02:00
 *         to last Sunday of October 03:00 local), Central European Time, no tzdata.
 * Source: civil-day arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
#ifndef HT_BASE_CALENDAR_H
#define HT_BASE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HT_DAY_SECONDS = 86400,
    HT_DAY_MINUTES = 1440,
    HT_WEEK_DAYS = 7,
    HT_DATE_TEXT = 11,
    HT_TIME_TEXT = 9,
    HT_STAMP_TEXT = 17
};
enum { HT_DATE_MIN = -25567 /* 1900-01-01 */, HT_DATE_MAX = 84005 /* 2199-12-31 */ };

/* False where there is no such date (30 February) or it is outside 1900 .. 2199. */
bool ht_date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *date);
void ht_date_to_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day);
/* 1 = Monday .. 7 = Sunday (ISO 8601). */
int32_t ht_date_weekday(int32_t date);
/* The Monday of the date's week. */
int32_t ht_date_monday(int32_t date);
/* ISO week number 1 .. 53 and the year it belongs to. */
int32_t ht_date_iso_week(int32_t date, int32_t *year);

/* "2025-03-05" or "20250305". */
bool ht_date_parse(const char *text, int32_t *date);
/* Writes "2025-03-05"; size at least HT_DATE_TEXT. */
void ht_date_print(int32_t date, char *out, size_t size);

/* "7:05", "07:05", "07.05", "07:05:30", "24:00". */
bool ht_time_parse(const char *text, int32_t *seconds);
/* Writes "07:05"; "07:05:30" where the seconds are not whole minutes; size at least HT_TIME_TEXT. */
void ht_time_print(int32_t seconds, char *out, size_t size);
/* Always "07:05:00". */
void ht_time_print_exact(int32_t seconds, char *out, size_t size);

/* Elapsed seconds from (date, time) to (other_date, other_time) on a Swedish clock, clock changes counted. */
int64_t ht_elapsed(int32_t date, int32_t time, int32_t other_date, int32_t other_time);
/* True from 02:00 on the spring day to 03:00 on the autumn day. A local time that comes twice is the first. */
bool ht_summer_time(int32_t date, int32_t time);
/* The time that the clock shows: 03:00 in the hour that spring leaves out, which is the moment of the change. */
int32_t ht_time_on_clock(int32_t date, int32_t time);
/* Turns a date and time of Universal Time into those of a Swedish clock at that moment. */
void ht_to_swedish_clock(int32_t *date, int32_t *time);

#endif
