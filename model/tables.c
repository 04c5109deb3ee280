#include "model/tables.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "model/recurrence.h"
#include "model/series.h"
#include "model/skipped_days.h"

enum { YES = 1, NO = 0, KEY = 2 };

static const ht_word CONTACT_STATUS[] = {{"offered", "erbjuden", NULL},
                                         {"accepted", "accepterad", "accepterat"},
                                         {"declined", "avböjd", "avböjt|nej"},
                                         {"exempt", "undantagen", "undantag"},
                                         {"none", "ingen", NULL},
                                         {NULL, NULL, NULL}};
/* "va" (vårdare, vårdassistent) is seen in published rosters: no protected title. */
static const ht_word TITLE[] = {{"usk", "usk", "undersköterska"},
                                {"usk_transition", "usk_övergång", "usk_overgang"},
                                {"vb", "vb", "vårdbiträde|va"},
                                {"other", "annan", "övrig"},
                                {NULL, NULL, NULL}};
static const ht_word EMPLOYMENT[] = {{"permanent", "tillsvidare", "fast"},
                                     {"temporary", "visstid", "vikarie"},
                                     {"hourly", "timanställd", "timavlönad"},
                                     {NULL, NULL, NULL}};
static const ht_word MODE[] = {{"car", "bil", NULL},
                               {"bicycle", "cykel", "bike"},
                               {"walk", "gång", "till fots|pedestrian|gå"},
                               {NULL, NULL, NULL}};
static const ht_word START_PLACE[] = {{"office", "lokal", "kontor"}, {"home", "hem", "hemifrån"}, {NULL, NULL, NULL}};
static const ht_word KIND[] = {{"work", "arbete", "Ar"}, {"office", "kontor", "An"}, {NULL, NULL, NULL}};
static const ht_word RELATION[] = {
    {"blocked", "spärrad", "blockerad"}, {"wished", "önskad", NULL}, {"known", "känd", NULL}, {NULL, NULL, NULL}};

#define AT(row, field) offsetof(row, field)
#define COLUMN(row, field, sv, other, kind, need, empty, lo, hi, unit, list, table)                                    \
    { #field, sv, other, kind, AT(row, field), ((need)&1) != 0, ((need)&2) != 0, empty, lo, hi, unit, list, table }
#define TEXT(row, field, sv, other, kind, need, table)                                                                 \
    COLUMN(row, field, sv, other, kind, need, HT_NO_TEXT, 0, 0, 1, NULL, table)
#define WHEN(row, field, sv, other, kind, need)                                                                        \
    COLUMN(row, field, sv, other, kind, need, HT_BLANK, 0, 0, 1, NULL, HT_TABLES)
#define WHOLE(row, field, sv, other, empty, lo, hi, need)                                                              \
    COLUMN(row, field, sv, other, HT_COL_INT, need, empty, lo, hi, 1, NULL, HT_TABLES)
#define WORD(row, field, sv, other, list, empty, need)                                                                 \
    COLUMN(row, field, sv, other, HT_COL_WORD, need, empty, 0, 0, 1, list, HT_TABLES)
#define FLAG(row, field, sv, other, empty)                                                                             \
    COLUMN(row, field, sv, other, HT_COL_FLAG, NO, empty, 0, 1, 1, NULL, HT_TABLES)
#define DEGREES(row, field, sv, need, limit)                                                                           \
    COLUMN(row, field, sv, NULL, HT_COL_DECIMAL, need, HT_BLANK, -(limit), limit, 10000000, NULL, HT_TABLES)

enum { LATITUDE = 900000000, LONGITUDE = 1800000000 };

static const ht_column TEAMS[] = {
    TEXT(ht_team_row, team_id, "grupp_id", NULL, HT_COL_ID, YES | KEY, HT_TABLES),
    TEXT(ht_team_row, unit, "enhet", NULL, HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_team_row, provider, "utförare", NULL, HT_COL_CODE, NO, HT_TABLES),
    DEGREES(ht_team_row, lat, "latitud", NO, LATITUDE),
    DEGREES(ht_team_row, lon, "longitud", NO, LONGITUDE),
    WHOLE(ht_team_row, buffer_shifts, "buffertpass", NULL, 0, 0, 1000, NO),
};

static const ht_column CLIENTS[] = {
    TEXT(ht_client_row, client_id, "brukare_id", "kundnr", HT_COL_ID, YES | KEY, HT_TABLES),
    TEXT(ht_client_row, team, "grupp", NULL, HT_COL_ID, YES, HT_TEAMS),
    DEGREES(ht_client_row, lat, "latitud", YES, LATITUDE),
    DEGREES(ht_client_row, lon, "longitud", YES, LONGITUDE),
    TEXT(ht_client_row, contact, "kontakt", "fastoms", HT_COL_ID, NO, HT_STAFF),
    TEXT(ht_client_row, second_contact, "andra_kontakt", NULL, HT_COL_ID, NO, HT_STAFF),
    WORD(ht_client_row, contact_status, "kontakt_status", NULL, CONTACT_STATUS, HT_BLANK, NO),
    TEXT(ht_client_row, contact_reason, "kontakt_skäl", NULL, HT_COL_CODE, NO, HT_TABLES),
    FLAG(ht_client_row, age_65, "ålder_65", NULL, HT_BLANK),
    WHOLE(ht_client_row, staff_cap, "personaltak", NULL, HT_BLANK, 1, 1000, NO),
    TEXT(ht_client_row, key, "nyckel", NULL, HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_client_row, environment, "miljö", NULL, HT_COL_CODES, NO, HT_TABLES),
    TEXT(ht_client_row, language, "språk", NULL, HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_client_row, gender_wish, "könsönskemål", NULL, HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_client_row, household, "hushåll", NULL, HT_COL_CODE, NO, HT_TABLES),
    WHEN(ht_client_row, from, "från", NULL, HT_COL_DATE, NO),
    WHEN(ht_client_row, to, "till", NULL, HT_COL_DATE, NO),
};

static const ht_column STAFF[] = {
    TEXT(ht_staff_row, staff_id, "personal_id", NULL, HT_COL_ID, YES | KEY, HT_TABLES),
    TEXT(ht_staff_row, team, "grupp", NULL, HT_COL_ID, YES, HT_TEAMS),
    WORD(ht_staff_row, title, "titel", NULL, TITLE, HT_TITLE_OTHER, NO),
    WORD(ht_staff_row, employment, "anställning", NULL, EMPLOYMENT, HT_BLANK, NO),
    COLUMN(ht_staff_row, percent, "procent", NULL, HT_COL_DECIMAL, NO, HT_BLANK, 0, 10000, 100, NULL, HT_TABLES),
    WORD(ht_staff_row, mode, "färdsätt", NULL, MODE, HT_CAR, NO),
    WORD(ht_staff_row, start_place, "startplats", NULL, START_PLACE, HT_START_OFFICE, NO),
    TEXT(ht_staff_row, language, "språk", NULL, HT_COL_CODES, NO, HT_TABLES),
    TEXT(ht_staff_row, gender, "kön", NULL, HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_staff_row, avoids, "undviker", NULL, HT_COL_CODES, NO, HT_TABLES),
    WHEN(ht_staff_row, from, "från", NULL, HT_COL_DATE, NO),
    WHEN(ht_staff_row, to, "till", NULL, HT_COL_DATE, NO),
};

static const ht_column SKILLS[] = {
    TEXT(ht_skill_row, staff_id, "personal_id", NULL, HT_COL_ID, YES | KEY, HT_STAFF),
    TEXT(ht_skill_row, skill, "kompetens", "delegering", HT_COL_CODE, YES | KEY, HT_TABLES),
    COLUMN(ht_skill_row, from, "från", NULL, HT_COL_DATE, KEY, HT_BLANK, 0, 0, 1, NULL, HT_TABLES),
    WHEN(ht_skill_row, to, "till", NULL, HT_COL_DATE, NO),
};

static const ht_column ROSTER[] = {
    TEXT(ht_roster_row, staff_id, "personal_id", NULL, HT_COL_ID, YES | KEY, HT_STAFF),
    WHEN(ht_roster_row, date, "datum", NULL, HT_COL_DATE, YES | KEY),
    WHEN(ht_roster_row, start, "starttid", NULL, HT_COL_TIME, YES | KEY),
    WHEN(ht_roster_row, end, "sluttid", "slutar", HT_COL_TIME, YES),
    WORD(ht_roster_row, kind, "slag", NULL, KIND, HT_KIND_WORK, KEY),
    WHOLE(ht_roster_row, break_min, "rast_min", NULL, 0, 0, 240, NO),
    WHEN(ht_roster_row, break_earliest, "rast_tidigast", NULL, HT_COL_TIME, NO),
    WHEN(ht_roster_row, break_latest, "rast_senast", NULL, HT_COL_TIME, NO),
    TEXT(ht_roster_row, route_name, "slinga", NULL, HT_COL_CODE, NO, HT_TABLES),
    WORD(ht_roster_row, mode, "färdsätt", NULL, MODE, HT_BLANK, NO),
    TEXT(ht_roster_row, team, "utlånad_till", NULL, HT_COL_ID, NO, HT_TEAMS),
    FLAG(ht_roster_row, locked, "låst", NULL, 0),
};

static const ht_column ABSENCES[] = {
    TEXT(ht_absence_row, staff_id, "personal_id", NULL, HT_COL_ID, KEY, HT_STAFF),
    TEXT(ht_absence_row, client_id, "brukare_id", "kundnr", HT_COL_ID, KEY, HT_CLIENTS),
    WHEN(ht_absence_row, from, "från", NULL, HT_COL_FROM, YES | KEY),
    WHEN(ht_absence_row, to, "till", NULL, HT_COL_TO, YES),
};

/* What visits and series of visits have in common; `before` is the table that after_visit names a row of. */
#define VISIT_COLUMNS(row, before)                                                                                     \
    WHEN(row, start, "starttid", NULL, HT_COL_TIME, YES),                                                              \
        WHOLE(row, minutes, "minuter", "längd", HT_BLANK, 1, 720, YES),                                                \
        WHOLE(row, before_min, "min_före", "min före", HT_BLANK, 0, HT_DAY_MINUTES, NO),                               \
        WHOLE(row, after_min, "min_efter", "min efter", HT_BLANK, 0, HT_DAY_MINUTES, NO),                              \
        WHEN(row, latest, "senast", NULL, HT_COL_TIME, NO),                                                            \
        TEXT(row, skill, "kompetens", NULL, HT_COL_CODES, NO, HT_TABLES),                                              \
        TEXT(row, skill_one, "kompetens_en", NULL, HT_COL_CODES, NO, HT_TABLES),                                       \
        WHOLE(row, staff_needed, "antal_personal", NULL, 1, 1, 4, NO),                                                 \
        WHOLE(row, priority, "prio", "prioritet|prio (1-3)", 1, 1, 3, NO),                                             \
        TEXT(row, service, "insats", "insatser", HT_COL_CODE, NO, HT_TABLES),                                          \
        TEXT(row, after_visit, "efter_besök", NULL, HT_COL_ID, NO, before),                                            \
        WHOLE(row, gap_min, "mellanrum_min", NULL, HT_BLANK, 0, 20160, NO),                                            \
        WHOLE(row, gap_max, "mellanrum_max", NULL, HT_BLANK, 0, 20160, NO),                                            \
        TEXT(row, locked_staff, "låst_personal", NULL, HT_COL_IDS, NO, HT_STAFF),                                      \
        WHEN(row, locked_start, "låst_start", NULL, HT_COL_TIME, NO), FLAG(row, counts, "räknas", NULL, 1)

static const ht_column VISITS[] = {
    TEXT(ht_visit_row, visit_id, "besök_id", NULL, HT_COL_ID, YES | KEY, HT_TABLES),
    TEXT(ht_visit_row, client_id, "brukare_id", "kundnr", HT_COL_ID, YES, HT_CLIENTS),
    WHEN(ht_visit_row, date, "datum", NULL, HT_COL_DATE, YES),
    VISIT_COLUMNS(ht_visit_row, HT_VISITS),
};

static const ht_column SERIES[] = {
    COLUMN(ht_series_row, series_id, "serie_id", NULL, HT_COL_ID, YES | KEY, HT_NO_TEXT, 0, HT_SERIES_ID_MAX, 1, NULL,
           HT_TABLES),
    TEXT(ht_series_row, client_id, "brukare_id", "kundnr", HT_COL_ID, YES, HT_CLIENTS),
    VISIT_COLUMNS(ht_series_row, HT_SERIES),
    TEXT(ht_series_row, recurs, "återkommande", "återkommer", HT_COL_RECURS, YES, HT_TABLES),
    WHEN(ht_series_row, from, "från", NULL, HT_COL_DATE, YES),
    WHEN(ht_series_row, to, "till", NULL, HT_COL_DATE, NO),
    TEXT(ht_series_row, pauses, "pauser", "uppehåll", HT_COL_PAUSES, NO, HT_TABLES),
    TEXT(ht_series_row, except, "utom", "undantag", HT_COL_EXCEPT, NO, HT_TABLES),
    TEXT(ht_series_row, usual_staff, "ordinarie_personal", NULL, HT_COL_IDS, NO, HT_STAFF),
};

static const ht_column RELATIONS[] = {
    TEXT(ht_relation_row, client_id, "brukare_id", "kundnr", HT_COL_ID, YES | KEY, HT_CLIENTS),
    TEXT(ht_relation_row, staff_id, "personal_id", NULL, HT_COL_ID, YES | KEY, HT_STAFF),
    WORD(ht_relation_row, kind, "slag", NULL, RELATION, HT_BLANK, YES | KEY),
};

static const ht_column TRAVEL[] = {
    TEXT(ht_travel_row, from, "från", NULL, HT_COL_PLACE, YES | KEY, HT_TABLES),
    TEXT(ht_travel_row, to, "till", NULL, HT_COL_PLACE, YES | KEY, HT_TABLES),
    WORD(ht_travel_row, mode, "färdsätt", NULL, MODE, HT_BLANK, YES | KEY),
    {"minutes", "minuter", NULL, HT_COL_DECIMAL, AT(ht_travel_row, seconds), true, false, HT_BLANK, 0, 86400, 60, NULL,
     HT_TABLES},
};

static const ht_column PERFORMED[] = {
    TEXT(ht_performed_row, staff_id, "personal_id", NULL, HT_COL_ID, YES | KEY, HT_STAFF),
    WHEN(ht_performed_row, date, "datum", NULL, HT_COL_DATE, YES | KEY),
    WHEN(ht_performed_row, start, "starttid", NULL, HT_COL_TIME, YES | KEY),
    WHEN(ht_performed_row, end, "sluttid", "slutar", HT_COL_TIME, NO),
    TEXT(ht_performed_row, visit_id, "besök_id", NULL, HT_COL_ID, KEY, HT_TABLES),
    TEXT(ht_performed_row, client_id, "brukare_id", "kundnr", HT_COL_ID, KEY, HT_CLIENTS),
};

static const ht_column SETTINGS[] = {
    TEXT(ht_setting_row, name, "namn", NULL, HT_COL_CODE, YES | KEY, HT_TABLES),
    TEXT(ht_setting_row, value, "värde", NULL, HT_COL_VALUE, YES, HT_TABLES),
};

#define COUNT(list) ((int32_t)(sizeof(list) / sizeof((list)[0])))
#define TABLE(text, id, row, list, dated, needed)                                                                      \
    { text, id, sizeof(row), list, COUNT(list), dated, needed }

static const ht_table TABLE[HT_TABLES] = {
    TABLE("teams", HT_TEAMS, ht_team_row, TEAMS, false, false),
    TABLE("clients", HT_CLIENTS, ht_client_row, CLIENTS, false, true),
    TABLE("staff", HT_STAFF, ht_staff_row, STAFF, false, true),
    TABLE("skills", HT_SKILLS, ht_skill_row, SKILLS, false, false),
    TABLE("roster", HT_ROSTER, ht_roster_row, ROSTER, true, true),
    TABLE("absences", HT_ABSENCES, ht_absence_row, ABSENCES, false, false),
    TABLE("visits", HT_VISITS, ht_visit_row, VISITS, true, false),
    TABLE("visit_series", HT_SERIES, ht_series_row, SERIES, false, false),
    TABLE("relations", HT_RELATIONS, ht_relation_row, RELATIONS, false, false),
    TABLE("travel", HT_TRAVEL, ht_travel_row, TRAVEL, false, false),
    TABLE("performed", HT_PERFORMED, ht_performed_row, PERFORMED, false, false),
    TABLE("settings", HT_SETTINGS, ht_setting_row, SETTINGS, false, false),
};

const ht_table *ht_table_get(ht_table_id id) {
    return &TABLE[id];
}

/* The next byte of UTF-8 text in lower case, for ASCII and the letters of Latin-1 (two bytes, the first 0xC3). */
static unsigned char fold(const char *text, size_t at) {
    unsigned char byte = (unsigned char)text[at];
    bool latin = at > 0 && (unsigned char)text[at - 1] == 0xc3 && byte >= 0x80 && byte <= 0x9e && byte != 0x97;
    bool ascii = byte >= 'A' && byte <= 'Z';
    return (unsigned char)(latin || ascii ? byte + 0x20 : byte);
}

static bool equal_folded(const char *text, size_t length, const char *other, size_t other_length) {
    bool equal = length == other_length;
    for (size_t i = 0; equal && i < length; i++) {
        equal = fold(text, i) == fold(other, i);
    }
    return equal;
}

bool ht_word_equal(const char *word, const char *other) {
    return equal_folded(word, strlen(word), other, strlen(other));
}

/* True where text[0..length) is name, swedish, or one of others (between '|', NULL for none), letter case folded. */
static bool is_named(const char *text, size_t length, const char *name, const char *swedish, const char *others) {
    const char *part;
    size_t part_length;
    bool found = equal_folded(text, length, name, strlen(name)) || equal_folded(text, length, swedish, strlen(swedish));
    for (size_t at = 0; !found && others != NULL && ht_list_next(others, &at, &part, &part_length);) {
        found = equal_folded(text, length, part, part_length);
    }
    return found;
}

int32_t ht_word_find(const ht_word *words, const char *text, size_t length) {
    for (int32_t i = 0; words[i].name != NULL; i++) {
        if (is_named(text, length, words[i].name, words[i].swedish, words[i].others)) {
            return i;
        }
    }
    return -1;
}

const ht_table *ht_table_find(const char *name) {
    for (int32_t i = 0; i < HT_TABLES; i++) {
        if (ht_word_equal(name, TABLE[i].name)) {
            return &TABLE[i];
        }
    }
    return NULL;
}

int32_t ht_table_column(const ht_table *table, const char *header) {
    size_t begin = strspn(header, " \t");
    size_t length = strlen(header + begin);
    while (length > 0 && strchr(" \t", header[begin + length - 1]) != NULL) {
        length--;
    }
    for (int32_t i = 0; i < table->count; i++) {
        const ht_column *column = &table->columns[i];
        if (is_named(header + begin, length, column->name, column->swedish, column->others)) {
            return i;
        }
    }
    return -1;
}

int32_t ht_row_line(const void *row) {
    int32_t line;
    memcpy(&line, row, sizeof(line));
    return line;
}

int32_t ht_row_get(const void *row, const ht_column *column) {
    int32_t value;
    memcpy(&value, (const char *)row + column->offset, sizeof(value));
    return value;
}

void ht_row_set(void *row, const ht_column *column, int32_t value) {
    memcpy((char *)row + column->offset, &value, sizeof(value));
}

enum { ID_MAX = 32, CODE_MAX = 64, VALUE_MAX = 512, CELL_ROOM = 32 /* any number, date or word */ };

static bool expect(char *expected, size_t size, const char *text) {
    snprintf(expected, size, "%s", text);
    return false;
}

/* Interns text; where memory is out, false with nothing expected. */
static bool intern(ht_strings *pool, const char *text, size_t length, int32_t *value, char *expected) {
    expected[0] = '\0';
    *value = ht_strings_intern(pool, text, length);
    return *value != HT_NO_SYMBOL;
}

static bool has_controls(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            return true;
        }
    }
    return false;
}

static bool parse_id(const ht_column *column, const char *cell, ht_strings *pool, int32_t *value, char *expected,
                     size_t size) {
    int32_t longest = column->max > 0 ? column->max : ID_MAX;
    if (!ht_id_valid(cell) || strlen(cell) > (size_t)longest) {
        snprintf(expected, size, _("an id: a letter, then at most %d letters, digits, '_', '.' or '-'"),
                 (int)longest - 1);
        return false;
    }
    return intern(pool, cell, strlen(cell), value, expected);
}

static bool parse_place(const char *cell, ht_strings *pool, int32_t *value, char *expected, size_t size) {
    static const char OFFICE[] = "office:";
    size_t prefix = sizeof(OFFICE) - 1;
    bool office = strncmp(cell, OFFICE, prefix) == 0;
    if (!ht_id_valid(office ? cell + prefix : cell)) {
        return expect(expected, size, _("a client id, office or office:TEAM"));
    }
    return intern(pool, cell, strlen(cell), value, expected);
}

static bool parse_code(const char *cell, size_t longest, ht_strings *pool, int32_t *value, char *expected,
                       size_t size) {
    if (strlen(cell) > longest || has_controls(cell)) {
        snprintf(expected, size, _("one line of at most %d bytes"), (int)longest);
        return false;
    }
    return intern(pool, cell, strlen(cell), value, expected);
}

static bool part_valid(ht_column_type type, const char *part, size_t length) {
    char text[CODE_MAX + 1];
    if (length > CODE_MAX) {
        return false;
    }
    memcpy(text, part, length);
    text[length] = '\0';
    return type == HT_COL_IDS ? ht_id_valid(text) : !has_controls(text);
}

/* A list is kept without blanks around its parts and without empty parts. */
static bool parse_list(ht_column_type type, const char *cell, ht_strings *pool, int32_t *value, char *expected,
                       size_t size) {
    char list[VALUE_MAX + 1] = "";
    size_t used = 0;
    const char *part;
    size_t length;
    for (size_t at = 0; ht_list_next(cell, &at, &part, &length);) {
        if (!part_valid(type, part, length) || used + 1 + length > VALUE_MAX) {
            return expect(expected, size,
                          type == HT_COL_IDS ? _("ids with | between them, at most 512 bytes in all")
                                             : _("codes of at most 64 bytes with | between them, at most 512 in all"));
        }
        if (used > 0) {
            list[used++] = '|';
        }
        memcpy(list + used, part, length);
        used += length;
    }
    return intern(pool, list, used, value, expected);
}

static bool parse_recurs(const char *cell, ht_strings *pool, int32_t *value, char *expected, size_t size) {
    char text[HT_RECURRENCE_TEXT];
    ht_recurrence recurrence;
    if (!ht_recurrence_parse(cell, &recurrence)) {
        return expect(expected, size, _("how often, such as daily, weekly mon wed, every 2 weeks fri, even weeks mon"));
    }
    ht_recurrence_print(&recurrence, HT_ENGLISH, text, sizeof(text));
    return intern(pool, text, strlen(text), value, expected);
}

static bool parse_pauses(const char *cell, ht_strings *pool, int32_t *value, char *expected, size_t size) {
    char text[VALUE_MAX + 1];
    if (!ht_pauses_read(cell, text, sizeof(text))) {
        return expect(expected, size,
                      ht_pauses_run_backwards(cell)
                          ? _("periods that begin before they end, and one is reversed: its last day stands first")
                          : _("periods YYYY-MM-DD..YYYY-MM-DD with | between them, at most 512 bytes in all"));
    }
    return intern(pool, text, strlen(text), value, expected);
}

static bool parse_except(const char *cell, ht_strings *pool, int32_t *value, char *expected, size_t size) {
    char text[VALUE_MAX + 1];
    if (!ht_except_read(cell, text, sizeof(text))) {
        return expect(expected, size,
                      _("dates (YYYY-MM-DD), holidays or eves, with | between them, at most 512 bytes in all"));
    }
    return intern(pool, text, strlen(text), value, expected);
}

static bool parse_date(const char *cell, int32_t *value, char *expected, size_t size) {
    return ht_date_parse(cell, value) || expect(expected, size, _("a date (YYYY-MM-DD, 1900 to 2199)"));
}

static bool parse_time(const char *cell, int32_t *value, char *expected, size_t size) {
    return ht_time_parse(cell, value) || expect(expected, size, _("a time of day (HH:MM, 00:00 to 24:00)"));
}

/* "2025-03-05", "2025-03-05 07:30", "2025-03-05T07:30". A bare date is the day's beginning, or its end for HT_COL_TO.
 */
static bool parse_stamp(ht_column_type type, const char *cell, int32_t *value, char *expected, size_t size) {
    char text[HT_DATE_TEXT] = "";
    int32_t date = 0;
    int32_t seconds = type == HT_COL_TO ? HT_DAY_SECONDS : 0;
    size_t length = strcspn(cell, " T");
    bool right = length < sizeof(text);
    if (right) {
        memcpy(text, cell, length);
        right = ht_date_parse(text, &date);
    }
    if (right && cell[length] != '\0') {
        right = ht_time_parse(cell + length + 1, &seconds) && seconds % 60 == 0;
    }
    *value = date * HT_DAY_MINUTES + seconds / 60;
    return right ||
           expect(expected, size, _("a date (YYYY-MM-DD, 1900 to 2199) or a date and time (YYYY-MM-DD HH:MM)"));
}

static bool parse_int(const ht_column *column, const char *cell, int32_t *value, char *expected, size_t size) {
    int64_t number;
    if (!ht_int_parse(cell, &number) || number < column->min || number > column->max) {
        snprintf(expected, size, _("a whole number from %d to %d"), (int)column->min, (int)column->max);
        return false;
    }
    *value = (int32_t)number;
    return true;
}

/* Decimals enough to read back the same value. */
static int32_t digits_of(const ht_column *column) {
    return column->scale > 1000000 ? 7 : 6;
}

static bool parse_decimal(const ht_column *column, const char *cell, int32_t *value, char *expected, size_t size) {
    int64_t number;
    if (!ht_decimal_parse(cell, column->scale, &number) || number < column->min || number > column->max) {
        char min[32], max[32];
        ht_decimal_print(column->min, column->scale, digits_of(column), '.', min, sizeof(min));
        ht_decimal_print(column->max, column->scale, digits_of(column), '.', max, sizeof(max));
        snprintf(expected, size, _("a number from %s to %s"), min, max);
        return false;
    }
    *value = (int32_t)number;
    return true;
}

static bool parse_word(const ht_word *words, const char *cell, int32_t *value, char *expected, size_t size) {
    *value = ht_word_find(words, cell, strlen(cell));
    if (*value >= 0) {
        return true;
    }
    int used = snprintf(expected, size, "%s", _("one of "));
    bool swedish = strcmp(HT_LANGUAGE, "sv") == 0;
    for (int32_t i = 0; words[i].name != NULL && used >= 0 && (size_t)used < size; i++) {
        used += snprintf(expected + used, size - (size_t)used, "%s%s", i == 0 ? "" : ", ",
                         swedish ? words[i].swedish : words[i].name);
    }
    return false;
}

/* In the order of the values 0 and 1. */
static const ht_word FLAGS[] = {
    {"no", "nej", "0|n|false|falskt"}, {"yes", "ja", "1|y|j|x|true|sant"}, {NULL, NULL, NULL}};

bool ht_cell_parse(const ht_column *column, const char *cell, ht_strings *pool, int32_t *value, char *expected,
                   size_t size) {
    switch (column->type) {
    case HT_COL_ID:
        return parse_id(column, cell, pool, value, expected, size);
    case HT_COL_IDS:
    case HT_COL_CODES:
        return parse_list(column->type, cell, pool, value, expected, size);
    case HT_COL_PLACE:
        return parse_place(cell, pool, value, expected, size);
    case HT_COL_CODE:
        return parse_code(cell, CODE_MAX, pool, value, expected, size);
    case HT_COL_VALUE:
        return parse_code(cell, VALUE_MAX, pool, value, expected, size);
    case HT_COL_RECURS:
        return parse_recurs(cell, pool, value, expected, size);
    case HT_COL_PAUSES:
        return parse_pauses(cell, pool, value, expected, size);
    case HT_COL_EXCEPT:
        return parse_except(cell, pool, value, expected, size);
    case HT_COL_DATE:
        return parse_date(cell, value, expected, size);
    case HT_COL_TIME:
        return parse_time(cell, value, expected, size);
    case HT_COL_FROM:
    case HT_COL_TO:
        return parse_stamp(column->type, cell, value, expected, size);
    case HT_COL_INT:
        return parse_int(column, cell, value, expected, size);
    case HT_COL_DECIMAL:
        return parse_decimal(column, cell, value, expected, size);
    case HT_COL_WORD:
        return parse_word(column->words, cell, value, expected, size);
    case HT_COL_FLAG:
        break;
    }
    return parse_word(FLAGS, cell, value, expected, size);
}

/* A stamp as the shortest text that reads back the same: a bare date where it is the day's beginning (end, for
 * HT_COL_TO). */
static void print_stamp(ht_column_type type, int32_t value, char *out, size_t size) {
    int32_t date = value / HT_DAY_MINUTES - (value % HT_DAY_MINUTES < 0 ? 1 : 0);
    int32_t minutes = value - date * HT_DAY_MINUTES;
    bool bare = minutes == 0;
    ht_date_print(bare && type == HT_COL_TO ? date - 1 : date, out, size);
    if (!bare) {
        out[HT_DATE_TEXT - 1] = ' ';
        ht_time_print(minutes * 60, out + HT_DATE_TEXT, size - HT_DATE_TEXT);
    }
}

static void print_word(const ht_word *word, ht_words_in words, char *out, size_t size) {
    snprintf(out, size, "%s", words == HT_SWEDISH ? word->swedish : word->name);
}

/* Prints a value of a column that holds no text. */
static void print_number(const ht_column *column, int32_t value, ht_words_in words, char *out, size_t size) {
    switch (column->type) {
    case HT_COL_DATE:
        ht_date_print(value, out, size);
        break;
    case HT_COL_TIME:
        ht_time_print(value, out, size);
        break;
    case HT_COL_FROM:
    case HT_COL_TO:
        print_stamp(column->type, value, out, size);
        break;
    case HT_COL_WORD:
        print_word(&column->words[value], words, out, size);
        break;
    case HT_COL_FLAG:
        print_word(&FLAGS[value], words, out, size);
        break;
    default:
        ht_decimal_print(value, column->scale, digits_of(column), ',', out, size);
        break;
    }
}

bool ht_column_holds_text(const ht_column *column) {
    return column->type <= HT_COL_EXCEPT;
}

/* Recurrences and exceptions have words of their own in each language. */
static bool print_text(const ht_column *column, const char *text, ht_words_in words, char *out, size_t size) {
    ht_recurrence recurrence;
    if (column->type == HT_COL_EXCEPT) {
        return ht_except_print(text, words, out, size);
    }
    if (column->type == HT_COL_RECURS && size >= HT_RECURRENCE_TEXT && ht_recurrence_parse(text, &recurrence)) {
        ht_recurrence_print(&recurrence, words, out, size);
        return true;
    }
    int length = snprintf(out, size, "%s", text);
    return length >= 0 && (size_t)length < size;
}

bool ht_cell_print(const ht_column *column, int32_t value, const ht_strings *pool, ht_words_in words, char *out,
                   size_t size) {
    out[0] = '\0';
    if (ht_column_holds_text(column)) {
        return print_text(column, ht_strings_text(pool, value), words, out, size);
    }
    if (size < CELL_ROOM) {
        return false;
    }
    if (value != HT_BLANK) {
        print_number(column, value, words, out, size);
    }
    return true;
}
