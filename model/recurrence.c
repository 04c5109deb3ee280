#include "model/recurrence.h"

#include "base/calendar.h"
#include "base/holidays.h"

#include "base/banned.h"

enum { EVERY_MAX = 52, MON_TO_FRI = 0x1f, SAT_AND_SUN = 0x60, ALL_DAYS = 0x7f };

/* ---- words: what a text may say, and how it is said ---- */

enum { MONDAY, SUNDAY = 6, WEEKDAYS, WEEKENDS, DAY_WORDS };

static const ht_word DAY[] = {{"mon", "mån", "monday|mondays|måndag|måndagar"},
                              {"tue", "tis", "tues|tuesday|tuesdays|tisdag|tisdagar"},
                              {"wed", "ons", "wednesday|wednesdays|onsdag|onsdagar"},
                              {"thu", "tor", "thur|thurs|thursday|thursdays|tors|torsdag|torsdagar"},
                              {"fri", "fre", "friday|fridays|fredag|fredagar"},
                              {"sat", "lör", "saturday|saturdays|lörd|lördag|lördagar"},
                              {"sun", "sön", "sunday|sundays|sönd|söndag|söndagar"},
                              {"weekdays", "vardagar", "weekday|vardag"},
                              {"weekends", "helger", "weekend|helg"},
                              {NULL, NULL, NULL}};

enum { DAILY, WEEKLY /* as where nothing is said */, EACH, EACH_OTHER, EVEN, ODD, HOLIDAYS };

static const ht_word HEAD[] = {{"daily", "dagligen", NULL},
                               {"weekly", "veckovis", NULL},
                               {"every", "varje", "var|alla"},
                               {"alternate", "varannan", "vartannat"},
                               {"even", "jämna", "jämn"},
                               {"odd", "udda", "ojämna|ojämn"},
                               {"holidays", "helgdagar", "helgdag"},
                               {NULL, NULL, NULL}};

enum { UNIT_DAY, UNIT_WEEK };

static const ht_word UNIT[] = {{"day", "dag", "days|dagar"}, {"week", "vecka", "weeks|veckor"}, {NULL, NULL, NULL}};

enum { ORDINAL_FIRST = 2 };

static const ht_word ORDINAL[] = {{"second", "andra", "other"}, {"third", "tredje", NULL}, {"fourth", "fjärde", NULL},
                                  {"fifth", "femte", NULL},     {"sixth", "sjätte", NULL}, {"seventh", "sjunde", NULL},
                                  {"eighth", "åttonde", NULL},  {NULL, NULL, NULL}};

static const ht_word ORDINAL_END[] = {{"th", "e", "nd|rd|st|a"}, {NULL, NULL, NULL}};
static const ht_word FILLER[] = {{"and", "och", NULL}, {"on", "på", NULL}, {NULL, NULL, NULL}};
static const ht_word RANGE[] = {{"-", "–", NULL}, {NULL, NULL, NULL}};

/* ---- parsing ---- */

#define SEPARATORS " \t\r\n,.:;/&+"

typedef struct reader {
    const char *at; /* the word that is read */
    size_t length;  /* 0 at the end */
} reader;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A number, a mark of range, or what stands up to the next separator. */
static void find_word(reader *r) {
    r->at += strspn(r->at, SEPARATORS);
    r->length = 0;
    const size_t dash = strlen("–");
    if (*r->at == '-')
        r->length = 1;
    else if (strncmp(r->at, "–", dash) == 0)
        r->length = dash;
    else if (is_digit(*r->at))
        r->length = strspn(r->at, "0123456789");
    else
        while (r->at[r->length] != '\0' && strchr(SEPARATORS "-", r->at[r->length]) == NULL &&
               strncmp(r->at + r->length, "–", dash) != 0)
            r->length++;
}

static void step(reader *r) {
    r->at += r->length;
    find_word(r);
}

/* Reads one of the words: its index; -1, and nothing is read, where the text goes on with another. */
static int32_t take(reader *r, const ht_word *words) {
    int32_t found = r->length > 0 ? ht_word_find(words, r->at, r->length) : -1;
    if (found >= 0)
        step(r);
    return found;
}

/* "2", "4:e", "4th", "fjärde", "other"; leaves *count where there is none. */
static bool take_count(reader *r, int32_t *count) {
    int32_t ordinal = take(r, ORDINAL);
    if (ordinal >= 0)
        *count = ORDINAL_FIRST + ordinal;
    if (ordinal >= 0 || !is_digit(*r->at))
        return true;
    if (r->length > 2)
        return false;
    *count = 0;
    for (size_t i = 0; i < r->length; i++)
        *count = 10 * *count + (r->at[i] - '0');
    step(r);
    take(r, ORDINAL_END);
    return *count >= 1 && *count <= EVERY_MAX;
}

/* From a weekday to another, over the end of the week too. */
static int32_t days_between(int32_t first, int32_t last) {
    int32_t days = 1 << last;
    for (int32_t day = first; day != last; day = (day + 1) % HT_WEEK_DAYS)
        days |= 1 << day;
    return days;
}

/* The days to the end of the text; false where something else stands there. */
static bool take_days(reader *r, int32_t *days) {
    while (r->length > 0) {
        if (take(r, FILLER) >= 0)
            continue;
        int32_t day = take(r, DAY);
        bool range = day >= 0 && take(r, RANGE) >= 0;
        int32_t last = range ? take(r, DAY) : day;
        if (day < 0 || last < 0 || (range && (day > SUNDAY || last > SUNDAY)))
            return false;
        *days |= day == WEEKDAYS ? MON_TO_FRI : day == WEEKENDS ? SAT_AND_SUN : days_between(day, last);
    }
    return true;
}

/* What a count is of: days, weeks, or the days that are named next. */
static bool take_unit(reader *r, bool *daily) {
    int32_t unit = take(r, UNIT);
    *daily = unit == UNIT_DAY;
    return unit >= 0 || r->length > 0; /* "every" alone says nothing */
}

static void set_daily(ht_recurrence *recurrence) {
    if (recurrence->every == 1)
        recurrence->weekdays = ALL_DAYS;
    else
        recurrence->kind = HT_RECURS_DAYS;
}

/* What comes before the days; *daily or holidays: there are none to follow. */
static bool take_head(reader *r, ht_recurrence *recurrence, bool *daily) {
    switch (take(r, HEAD)) {
    case DAILY:
        *daily = true;
        return true;
    case EACH:
        return take_count(r, &recurrence->every) && take_unit(r, daily);
    case EACH_OTHER:
        recurrence->every = 2;
        return take_unit(r, daily);
    case EVEN:
        recurrence->kind = HT_RECURS_EVEN;
        return take(r, UNIT) == UNIT_WEEK;
    case ODD:
        recurrence->kind = HT_RECURS_ODD;
        return take(r, UNIT) == UNIT_WEEK;
    case HOLIDAYS:
        recurrence->kind = HT_RECURS_HOLIDAYS;
        return true;
    default: /* "weekly", or days alone */
        return true;
    }
}

bool ht_recurrence_parse(const char *text, ht_recurrence *recurrence) {
    reader r = {text, 0};
    bool daily = false;
    *recurrence = (ht_recurrence){.kind = HT_RECURS_WEEKS, .every = 1};
    find_word(&r);
    if (r.length == 0 || !take_head(&r, recurrence, &daily))
        return false;
    if (daily)
        set_daily(recurrence);
    if (daily || recurrence->kind == HT_RECURS_HOLIDAYS)
        return r.length == 0;
    return take_days(&r, &recurrence->weekdays);
}

/* ---- printing ---- */

static void append(char *out, size_t size, const char *text) {
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%s", text);
}

static void append_count(int32_t every, ht_words_in words, char *out, size_t size) {
    char text[24];
    bool first_or_second = (every % 10 == 1 || every % 10 == 2) && every != 11 && every != 12; /* 21:a, 22:a */
    if (words == HT_ENGLISH)
        snprintf(text, sizeof text, "every %d ", (int)every);
    else if (every == 2)
        snprintf(text, sizeof text, "Varannan ");
    else
        snprintf(text, sizeof text, "Var %d:%s ", (int)every, first_or_second ? "a" : "e");
    append(out, size, text);
}

static void append_weeks(const ht_recurrence *recurrence, ht_words_in words, char *out, size_t size) {
    bool english = words == HT_ENGLISH;
    if (recurrence->kind == HT_RECURS_EVEN)
        append(out, size, english ? "even weeks" : "Jämna veckor");
    else if (recurrence->kind == HT_RECURS_ODD)
        append(out, size, english ? "odd weeks" : "Udda veckor");
    else if (recurrence->every == 1)
        append(out, size, english ? "weekly" : "Varje vecka");
    else {
        append_count(recurrence->every, words, out, size);
        append(out, size, english ? "weeks" : "vecka");
    }
}

static void append_days(int32_t days, ht_words_in words, char *out, size_t size) {
    const char *between = words == HT_ENGLISH ? " " : ", ";
    for (int32_t day = MONDAY; day <= SUNDAY; day++)
        if (days >> day & 1) {
            append(out, size, between);
            append(out, size, words == HT_ENGLISH ? DAY[day].name : DAY[day].swedish);
            between = " ";
        }
}

/* The word for a recurrence that has one of its own; NULL for none. */
static const char *own_word(const ht_recurrence *recurrence, ht_words_in words) {
    bool english = words == HT_ENGLISH;
    if (recurrence->kind == HT_RECURS_HOLIDAYS)
        return english ? "holidays" : "Helgdagar";
    if (recurrence->kind != HT_RECURS_WEEKS || recurrence->every != 1)
        return NULL;
    switch (recurrence->weekdays) {
    case ALL_DAYS:
        return english ? "daily" : "Varje dag";
    case MON_TO_FRI:
        return english ? "weekdays" : "Vardagar";
    case SAT_AND_SUN:
        return english ? "weekends" : "Helger";
    default:
        return NULL;
    }
}

void ht_recurrence_print(const ht_recurrence *recurrence, ht_words_in words, char *out, size_t size) {
    const char *word = own_word(recurrence, words);
    snprintf(out, size, "%s", word != NULL ? word : "");
    if (word != NULL)
        return;
    if (recurrence->kind == HT_RECURS_DAYS) {
        append_count(recurrence->every, words, out, size);
        append(out, size, words == HT_ENGLISH ? "days" : "dag");
        return;
    }
    append_weeks(recurrence, words, out, size);
    append_days(recurrence->weekdays, words, out, size);
}

/* ---- days ---- */

static bool is_week(const ht_recurrence *recurrence, int32_t from, int32_t date) {
    int32_t year;
    if (recurrence->kind == HT_RECURS_WEEKS)
        return (ht_date_monday(date) - ht_date_monday(from)) / HT_WEEK_DAYS % recurrence->every == 0;
    return ht_date_iso_week(date, &year) % 2 == (recurrence->kind == HT_RECURS_ODD);
}

bool ht_recurs_on(const ht_recurrence *recurrence, int32_t from, int32_t date) {
    if (date < from)
        return false;
    if (recurrence->kind == HT_RECURS_HOLIDAYS)
        return ht_is_public_holiday(date);
    if (recurrence->kind == HT_RECURS_DAYS)
        return (date - from) % recurrence->every == 0;
    int32_t days = recurrence->weekdays != 0 ? recurrence->weekdays : 1 << (ht_date_weekday(from) - 1);
    return (days >> (ht_date_weekday(date) - 1) & 1) != 0 && is_week(recurrence, from, date);
}
