#include "base/holidays.h"

#include "base/calendar.h"

#include "base/banned.h"

enum { SATURDAY = 6 };
enum { MAY = 5, JUNE = 6, OCTOBER = 10, DECEMBER = 12 };

static int32_t date_of(int32_t year, int32_t month, int32_t day) {
    int32_t date = 0;
    ht_date_from_civil(year, month, day, &date);
    return date;
}

int32_t ht_easter_sunday(int32_t year) {
    int32_t golden = year % 19, century = year / 100, rest = year % 100;
    int32_t moons = (8 * century + 13) / 25; /* correction of the moon's phases */
    int32_t epact = (19 * golden + century - century / 4 - moons + 15) % 30;
    int32_t weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int32_t shift = (golden + 11 * epact + 22 * weekday) / 451; /* the full moon is never after 18 April */
    int32_t sum = epact + weekday - 7 * shift + 114;
    return date_of(year, sum / 31, sum % 31 + 1);
}

/* The Saturday of the week that begins on this date. */
static int32_t saturday_from(int32_t first) {
    return first + (SATURDAY - ht_date_weekday(first) + 7) % 7;
}

static int32_t midsummer_day(int32_t year) {
    return saturday_from(date_of(year, JUNE, 20));
}

static bool is_of_easter(int32_t date, int32_t year) {
    static const int32_t AFTER[] = {-2, 0, 1, 39, 49}; /* Good Friday, Easter, Easter Monday, Ascension, Pentecost */
    int32_t days = date - ht_easter_sunday(year);
    bool found = false;
    for (size_t i = 0; i < sizeof AFTER / sizeof AFTER[0]; i++)
        found = found || days == AFTER[i];
    return found;
}

static bool is_fixed(int32_t month, int32_t day) {
    static const int32_t FIXED[][2] = {{1, 1}, {1, 6}, {MAY, 1}, {JUNE, 6}, {DECEMBER, 25}, {DECEMBER, 26}};
    bool found = false;
    for (size_t i = 0; i < sizeof FIXED / sizeof FIXED[0]; i++)
        found = found || (month == FIXED[i][0] && day == FIXED[i][1]);
    return found;
}

bool ht_is_public_holiday(int32_t date) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    return is_fixed(month, day) || is_of_easter(date, year) || date == midsummer_day(year) ||
           date == saturday_from(date_of(year, OCTOBER, 31));
}

bool ht_is_holiday_eve(int32_t date) {
    int32_t year, month, day;
    ht_date_to_civil(date, &year, &month, &day);
    return date == midsummer_day(year) - 1 || (month == DECEMBER && (day == 24 || day == 31));
}
