#include "model/skipped_days.h"

#include "base/calendar.h"
#include "base/holidays.h"

enum { HOLIDAYS, EVES };

static const ht_word EXCEPT[] = {
    {"holidays", "helgdagar", "holiday|helgdag"}, {"eves", "aftnar", "eve|afton"}, {NULL, NULL, NULL}};

static bool read_date(const char *text, size_t length, int32_t *date) {
    char copy[HT_DATE_TEXT];
    if (length >= sizeof(copy))
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return ht_date_parse(copy, date);
}

/* A part that is there already says nothing new. */
static bool add_part(char *out, size_t size, const char *part) {
    size_t used = strlen(out);
    if (ht_list_holds(out, part))
        return true;
    int length = snprintf(out + used, size - used, "%s%s", used > 0 ? "|" : "", part);
    return length >= 0 && (size_t)length < size - used;
}

/* ---- pauses ---- */

typedef struct pause {
    int32_t first, last;
} pause;

static size_t dots_in(const char *part, size_t length) {
    for (size_t i = 0; i + 1 < length; i++)
        if (part[i] == '.' && part[i + 1] == '.')
            return i;
    return length;
}

/* "D..D" or "D", the days in any order; blanks around the dots are passed over. */
static bool read_days(const char *part, size_t length, pause *p) {
    size_t dots = dots_in(part, length), end = dots;
    while (end > 0 && part[end - 1] == ' ')
        end--;
    if (!read_date(part, end, &p->first))
        return false;
    p->last = p->first;
    if (dots == length)
        return true;
    size_t second = dots + 2;
    while (second < length && part[second] == ' ')
        second++;
    return read_date(part + second, length - second, &p->last);
}

static bool read_pause(const char *part, size_t length, pause *p) {
    return read_days(part, length, p) && p->first <= p->last;
}

static bool add_pause(char *out, size_t size, const pause *p) {
    char first[HT_DATE_TEXT], last[HT_DATE_TEXT], text[2 * HT_DATE_TEXT + 2];
    ht_date_print(p->first, first, sizeof(first));
    ht_date_print(p->last, last, sizeof(last));
    snprintf(text, sizeof(text), "%s..%s", first, last);
    return add_part(out, size, text);
}

bool ht_pauses_read(const char *cell, char *out, size_t size) {
    const char *part;
    size_t length;
    pause p;
    bool good = true;
    out[0] = '\0';
    for (size_t at = 0; good && ht_list_next(cell, &at, &part, &length);)
        good = read_pause(part, length, &p) && add_pause(out, size, &p);
    return good;
}

bool ht_pauses_run_backwards(const char *cell) {
    const char *part;
    size_t length;
    pause p;
    bool backwards = false;
    for (size_t at = 0; !backwards && ht_list_next(cell, &at, &part, &length);)
        backwards = read_days(part, length, &p) && p.last < p.first;
    return backwards;
}

bool ht_is_paused(const char *pauses, int32_t date) {
    const char *part;
    size_t length;
    pause p;
    for (size_t at = 0; ht_list_next(pauses, &at, &part, &length);)
        if (read_pause(part, length, &p) && p.first <= date && date <= p.last)
            return true;
    return false;
}

/* ---- exceptions ---- */

bool ht_except_read(const char *cell, char *out, size_t size) {
    const char *part;
    size_t length;
    bool good = true;
    out[0] = '\0';
    for (size_t at = 0; good && ht_list_next(cell, &at, &part, &length);) {
        char text[HT_DATE_TEXT];
        int32_t date, word = ht_word_find(EXCEPT, part, length);
        good = word >= 0 || read_date(part, length, &date);
        if (good && word < 0)
            ht_date_print(date, text, sizeof(text));
        good = good && add_part(out, size, word >= 0 ? EXCEPT[word].name : text);
    }
    return good;
}

bool ht_except_print(const char *except, ht_words_in words, char *out, size_t size) {
    const char *part;
    size_t length;
    bool fits = true;
    out[0] = '\0';
    for (size_t at = 0; fits && ht_list_next(except, &at, &part, &length);) {
        char text[HT_DATE_TEXT];
        int32_t word = ht_word_find(EXCEPT, part, length);
        snprintf(text, sizeof(text), "%.*s", (int)length, part);
        fits = add_part(out, size, word < 0 ? text : words == HT_SWEDISH ? EXCEPT[word].swedish : EXCEPT[word].name);
    }
    return fits;
}

bool ht_is_excepted(const char *except, int32_t date) {
    const char *part;
    size_t length;
    for (size_t at = 0; ht_list_next(except, &at, &part, &length);) {
        int32_t day, word = ht_word_find(EXCEPT, part, length);
        if (word == HOLIDAYS ? ht_is_public_holiday(date)
            : word == EVES   ? ht_is_holiday_eve(date)
                             : read_date(part, length, &day) && day == date)
            return true;
    }
    return false;
}
