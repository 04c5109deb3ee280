/* base/holidays.h: Swedish public holidays, by rule.
 *
 * Units:  dates as in base/calendar.h.
 * Rules:  New Year, Epiphany, Good Friday, Easter Sunday and Monday, 1 May, Ascension, Pentecost, National Day,
 *         Midsummer Day (the Saturday of 20-26 June), All Saints' (the Saturday of 31 October-6 November), Christmas and
 *         Boxing Day. Ordinary Sundays are none here.
 * Source: Lag (1989:253) om allmänna helgdagar; eves: Semesterlag (1977:480), 3 a §.
 * Differs: the rules in force since 2005 are applied to every year (before, Whit Monday instead of National Day).
 */
#ifndef HT_BASE_HOLIDAYS_H
#define HT_BASE_HOLIDAYS_H

#include <stdbool.h>
#include <stdint.h>

bool ht_is_public_holiday(int32_t date);

/* Midsummer Eve, Christmas Eve, New Year's Eve: no public holidays, but days off in practice. */
bool ht_is_holiday_eve(int32_t date);

/* Source: the anonymous Gregorian computus, Nature 13:487 (1876); Meeus (1991), Astronomical Algorithms, ch. 8. */
int32_t ht_easter_sunday(int32_t year);

#endif
