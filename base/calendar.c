#include "base/calendar.h"

#include <assert.h>

#include "base/banned.h"

enum { HOUR = 3600, FIRST_SUMMER_TIME = 1996, MARCH = 3, OCTOBER = 10, SUNDAY = 7 };

static bool leap_year(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_in_month(int32_t year, int32_t month) {
    static const int32_t DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap_year(year) ? 29 : DAYS[month - 1];
}

/* Hinnant's days_from_civil for years from 0 on: years begin in March, so that the leap day is the last. */
static int32_t days_from_civil(int32_t year, int32_t month, int32_t day) {
    int32_t y = month <= 2 ? year - 1 : year;
    int32_t era = y / 400;
    int32_t year_of_era = y - era * 400;
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

bool ht_date_from_civil(int32_t year, int32_t month, int32_t day, int32_t *date) {
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) {
        return false;
    }
    *date = days_from_civil(year, month, day);
    return true;
}

void ht_date_to_civil(int32_t date, int32_t *year, int32_t *month, int32_t *day) {
    int32_t z = date + 719468; /* days since 0000-03-01; not negative for our dates */
    assert(z >= 0);
    int32_t era = z / 146097;
    int32_t day_of_era = z - era * 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

int32_t ht_date_weekday(int32_t date) {
    int32_t from_monday = (date + 3) % 7; /* 1970-01-01 was a Thursday */
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

int32_t ht_date_monday(int32_t date) {
    return date - (ht_date_weekday(date) - 1);
}

int32_t ht_date_iso_week(int32_t date, int32_t *year) {
    int32_t thursday = date + 4 - ht_date_weekday(date); /* a week belongs to the year of its Thursday */
    int32_t month, day;
    ht_date_to_civil(thursday, year, &month, &day);
    return (thursday - days_from_civil(*year, 1, 1)) / 7 + 1;
}

/* Reads just `length` digits; false where there are others. */
static bool take_number(const char **text, int32_t length, int32_t *value) {
    *value = 0;
    for (int32_t i = 0; i < length; i++, (*text)++) {
        if (**text < '0' || **text > '9') {
            return false;
        }
        *value = 10 * *value + (**text - '0');
    }
    return true;
}

static bool take_mark(const char **text, char mark) {
    bool there = **text == mark;
    if (there) {
        (*text)++;
    }
    return there;
}

bool ht_date_parse(const char *text, int32_t *date) {
    int32_t year, month, day;
    if (!take_number(&text, 4, &year)) {
        return false;
    }
    bool dashes = take_mark(&text, '-');
    if (!take_number(&text, 2, &month) || (dashes && !take_mark(&text, '-')) || !take_number(&text, 2, &day)) {
        return false;
    }
    return *text == '\0' && ht_date_from_civil(year, month, day, date);
}

void ht_date_print(int32_t date, char *out, size_t size) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    snprintf(out, size, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
}

/* One or two digits of an hour. */
static bool take_hour(const char **text, int32_t *hour) {
    bool two = **text != '\0' && (*text)[1] >= '0' && (*text)[1] <= '9';
    return take_number(text, two ? 2 : 1, hour);
}

bool ht_time_parse(const char *text, int32_t *seconds) {
    int32_t hour, minute;
    int32_t second = 0;
    if (!take_hour(&text, &hour)) {
        return false;
    }
    char mark = *text;
    if ((mark != ':' && mark != '.') || !take_mark(&text, mark) || !take_number(&text, 2, &minute)) {
        return false;
    }
    if (take_mark(&text, mark) && !take_number(&text, 2, &second)) {
        return false;
    }
    int32_t value = hour * HOUR + minute * 60 + second;
    if (*text != '\0' || minute > 59 || second > 59 || value > HT_DAY_SECONDS) {
        return false;
    }
    *seconds = value;
    return true;
}

void ht_time_print_exact(int32_t seconds, char *out, size_t size) {
    snprintf(out, size, "%02d:%02d:%02d", (int)(seconds / HOUR), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

void ht_time_print(int32_t seconds, char *out, size_t size) {
    if (seconds % 60 != 0) {
        ht_time_print_exact(seconds, out, size);
    } else {
        snprintf(out, size, "%02d:%02d", (int)(seconds / HOUR), (int)(seconds / 60 % 60));
    }
}

static int32_t last_sunday(int32_t year, int32_t month) {
    int32_t last = days_from_civil(year, month, days_in_month(year, month));
    return last - ht_date_weekday(last) % SUNDAY;
}

bool ht_summer_time(int32_t date, int32_t time) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    if (year < FIRST_SUMMER_TIME) {
        return false;
    }
    int32_t spring = last_sunday(year, MARCH);
    int32_t autumn = last_sunday(year, OCTOBER);
    bool begun = date > spring || (date == spring && time >= 2 * HOUR);
    bool over = date > autumn || (date == autumn && time >= 3 * HOUR);
    return begun && !over;
}

int32_t ht_time_on_clock(int32_t date, int32_t time) {
    bool left_out = time < 3 * HOUR && ht_summer_time(date, time) && !ht_summer_time(date, 0);
    return left_out ? 3 * HOUR : time;
}

/* Seconds of Universal Time since 1970; they never run back. */
static int64_t universal(int32_t date, int32_t time) {
    int32_t hours = ht_summer_time(date, time) ? 2 : 1;
    return (int64_t)date * HT_DAY_SECONDS + ht_time_on_clock(date, time) - hours * HOUR;
}

static void move_on(int32_t *date, int32_t *time, int32_t seconds) {
    *time += seconds;
    *date += *time / HT_DAY_SECONDS;
    *time %= HT_DAY_SECONDS;
}

/* Spring changes at 02:00 of the winter's clock, autumn at 03:00 of the summer's: both at 01:00 Universal Time. */
void ht_to_swedish_clock(int32_t *date, int32_t *time) {
    move_on(date, time, HOUR);
    int32_t summer_date = *date, summer_time = *time;
    move_on(&summer_date, &summer_time, HOUR);
    if (ht_summer_time(*date, *time) && ht_summer_time(summer_date, summer_time)) {
        *date = summer_date;
        *time = summer_time;
    }
}

int64_t ht_elapsed(int32_t date, int32_t time, int32_t other_date, int32_t other_time) {
    return universal(other_date, other_time) - universal(date, time);
}
