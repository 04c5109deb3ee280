/* base/banned.h: functions that know a locale, overrun a buffer or are not reproducible are compile errors.
 *
 * Differs: like git's banned.h; base/numbers.c and base/text.c hold the one pair of parser and printer.
 */
#ifndef HT_BASE_BANNED_H
#define HT_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__GNUC__) && !defined(HT_NO_BANNED)
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok strtod strtof atof atoi atol rand srand localtime gmtime \
    mktime
#endif

#endif
