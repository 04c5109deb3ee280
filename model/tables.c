#include "model/tables.h"

#include <strings.h>

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"

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
static const ht_word START_PLACE[] = {
    {"office", "lokal", "kontor"}, {"home", "hem", "hemifrån"}, {NULL, NULL, NULL}};
static const ht_word KIND[] = {{"work", "arbete", "Ar"}, {"office", "kontor", "An"}, {NULL, NULL, NULL}};
static const ht_word RELATION[] = {{"blocked", "spärrad", "blockerad"},
                                   {"wished", "önskad", NULL},
                                   {"known", "känd", NULL},
                                   {NULL, NULL, NULL}};

#define AT(row, field) offsetof(row, field)
#define COLUMN(row, field, sv, other, kind, need, empty, lo, hi, unit, list, table)                              \
    {#field, sv, other, kind, AT(row, field), ((need) & 1) != 0, ((need) & 2) != 0, empty, lo, hi, unit, list, table}
#define TEXT(row, field, sv, other, kind, need, table) \
    COLUMN(row, field, sv, other, kind, need, HT_NO_TEXT, 0, 0, 1, NULL, table)
#define WHEN(row, field, sv, other, kind, need) \
    COLUMN(row, field, sv, other, kind, need, HT_BLANK, 0, 0, 1, NULL, HT_TABLES)
#define WHOLE(row, field, sv, other, empty, lo, hi, need) \
    COLUMN(row, field, sv, other, HT_COL_INT, need, empty, lo, hi, 1, NULL, HT_TABLES)
#define WORD(row, field, sv, other, list, empty, need) \
    COLUMN(row, field, sv, other, HT_COL_WORD, need, empty, 0, 0, 1, list, HT_TABLES)
#define FLAG(row, field, sv, other, empty) \
    COLUMN(row, field, sv, other, HT_COL_FLAG, NO, empty, 0, 1, 1, NULL, HT_TABLES)
#define DEGREES(row, field, sv, need, limit) \
    COLUMN(row, field, sv, NULL, HT_COL_DECIMAL, need, HT_BLANK, -(limit), limit, 10000000, NULL, HT_TABLES)

enum { LATITUDE = 900000000, LONGITUDE = 1800000000, WHOLE_DAY = 1440 };

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

static const ht_column VISITS[] = {
    TEXT(ht_visit_row, visit_id, "besök_id", NULL, HT_COL_ID, YES | KEY, HT_TABLES),
    TEXT(ht_visit_row, client_id, "brukare_id", "kundnr", HT_COL_ID, YES, HT_CLIENTS),
    WHEN(ht_visit_row, date, "datum", NULL, HT_COL_DATE, YES),
    WHEN(ht_visit_row, start, "starttid", NULL, HT_COL_TIME, YES),
    WHOLE(ht_visit_row, minutes, "minuter", "längd", HT_BLANK, 1, 720, YES),
    WHOLE(ht_visit_row, before_min, "min_före", "min före", HT_BLANK, 0, WHOLE_DAY, NO),
    WHOLE(ht_visit_row, after_min, "min_efter", "min efter", HT_BLANK, 0, WHOLE_DAY, NO),
    WHEN(ht_visit_row, latest, "senast", NULL, HT_COL_TIME, NO),
    TEXT(ht_visit_row, skill, "kompetens", NULL, HT_COL_CODES, NO, HT_TABLES),
    TEXT(ht_visit_row, skill_one, "kompetens_en", NULL, HT_COL_CODES, NO, HT_TABLES),
    WHOLE(ht_visit_row, staff_needed, "antal_personal", NULL, 1, 1, 4, NO),
    WHOLE(ht_visit_row, priority, "prio", "prioritet", 1, 1, 3, NO),
    TEXT(ht_visit_row, service, "insats", "insatser", HT_COL_CODE, NO, HT_TABLES),
    TEXT(ht_visit_row, after_visit, "efter_besök", NULL, HT_COL_ID, NO, HT_VISITS),
    WHOLE(ht_visit_row, gap_min, "mellanrum_min", NULL, HT_BLANK, 0, 20160, NO),
    WHOLE(ht_visit_row, gap_max, "mellanrum_max", NULL, HT_BLANK, 0, 20160, NO),
    TEXT(ht_visit_row, locked_staff, "låst_personal", NULL, HT_COL_IDS, NO, HT_STAFF),
    WHEN(ht_visit_row, locked_start, "låst_start", NULL, HT_COL_TIME, NO),
    FLAG(ht_visit_row, counts, "räknas", NULL, 1),
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
    {"minutes", "minuter", NULL, HT_COL_DECIMAL, AT(ht_travel_row, seconds), true, false, HT_BLANK, 0, 86400, 60,
     NULL, HT_TABLES},
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
#define TABLE(text, id, row, list, dated, needed) {text, id, sizeof(row), list, COUNT(list), dated, needed}

static const ht_table TABLE[HT_TABLES] = {
    TABLE("teams", HT_TEAMS, ht_team_row, TEAMS, false, false),
    TABLE("clients", HT_CLIENTS, ht_client_row, CLIENTS, false, true),
    TABLE("staff", HT_STAFF, ht_staff_row, STAFF, false, true),
    TABLE("skills", HT_SKILLS, ht_skill_row, SKILLS, false, false),
    TABLE("roster", HT_ROSTER, ht_roster_row, ROSTER, true, true),
    TABLE("absences", HT_ABSENCES, ht_absence_row, ABSENCES, false, false),
    TABLE("visits", HT_VISITS, ht_visit_row, VISITS, true, true),
    TABLE("relations", HT_RELATIONS, ht_relation_row, RELATIONS, false, false),
    TABLE("travel", HT_TRAVEL, ht_travel_row, TRAVEL, false, false),
    TABLE("performed", HT_PERFORMED, ht_performed_row, PERFORMED, false, false),
    TABLE("settings", HT_SETTINGS, ht_setting_row, SETTINGS, false, false),
};
