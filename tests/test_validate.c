/* What no single row can show: each fault with its file, line, column and words, and nothing about data that is right.
 */
#include "model/validate.h"

#include <unistd.h>

#include "base/calendar.h"
#include "base/clock.h"
#include "io/csv_folder.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

/* A folder without a fault; a case replaces the rows of one table. */
static const struct {
    const char *table, *head, *rows;
} RIGHT[] = {
    {"teams", "team_id;unit;lat;lon", "A;North;63,0;20,0\nB;North;63,1;20,1"},
    {"clients", "client_id;team;lat;lon;contact;second_contact;from;to",
     "K1;A;63,0;20,0;P1;P2;;\nK2;B;63,0;20,1;;;2025-01-01;2025-01-01"},
    {"staff", "staff_id;team;from;to", "P1;A;;\nP2;A;;\nP3;B;2025-01-01;"},
    {"skills", "staff_id;skill;from;to", "P1;insulin;2025-01-01;2025-12-31\nP1;insulin;2026-01-01;"},
    {"roster", "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;team",
     "P1;2025-03-05;07:00;12:00;work;0;;;\nP1;2025-03-05;12:00;16:00;work;0;;;B\n"
     "P1;2025-03-05;07:00;08:00;office;0;;;\nP2;2025-03-05;14:00;24:00;work;30;17:00;20:00;"},
    {"absences", "staff_id;client_id;from;to", "P1;;2025-03-09;2025-03-09\n;K1;2025-03-09 10:00;2025-03-09 11:00"},
    {"visits",
     "visit_id;client_id;date;start;minutes;before_min;after_min;latest;staff_needed;after_visit;gap_min;gap_max;"
     "locked_staff;skill_one",
     "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nV2;K1;2025-03-05;12:00;30;0;0;12:00;2;V1;60;60;P1|P2\n"
     "V3;K2;2025-03-05;00:10;30;;;;1;;;;"},
    {"visit_series",
     "series_id;client_id;start;minutes;recurs;from;to;latest;staff_needed;after_visit;gap_max;"
     "locked_staff;usual_staff",
     "R1;K1;08:00;30;daily;2025-01-01;;;1;;;;P1\nR2;K1;12:00;30;daily;2025-01-01;2025-12-31;12:00;2;R1;60;P1|P2;P1|P2"},
    {"relations", "client_id;staff_id;kind", "K1;P1;known\nK1;P1;wished"},
    {"travel", "from;to;mode;minutes", "office:A;K1;car;5\nK1;office:A;car;5\nK1;K1;car;0\nK1;K2;walk;9\nK2;K1;walk;9"},
    {"performed", "staff_id;date;start;end;visit_id;client_id",
     "P1;2025-03-01;08:00;08:30;Vold;K1\nP1;2025-03-01;09:00;;V1;\nP2;2025-03-01;09:00;09:00;;K2"},
    {"settings", "name;value", "after_min;20\nprofile.x.1;a: 1*unplanned"},
};

/* Reads the folder with the rows of one table (NULL: none) in place of the right ones. */
static void read_folder(ht_dataset *data, const char *table, const char *rows) {
    for (int i = 0; i < COUNT(RIGHT); i++) {
        char csv[2048];
        bool replaced = table != NULL && strcmp(table, RIGHT[i].table) == 0;
        snprintf(csv, sizeof(csv), "%s\n%s\n", RIGHT[i].head, replaced ? rows : RIGHT[i].rows);
        support_rows(data, RIGHT[i].table, csv);
    }
}

static void add_list(const ht_array *list, const char *mark, char *out, size_t size) {
    size_t used = strlen(out);
    for (int32_t i = 0; i < list->count && used < size; i++) {
        const ht_issue *issue = ht_array_at(list, i);
        used += (size_t)snprintf(out + used, size - used, "%s%s%s:%d:%s: %s", used == 0 ? "" : "\n", mark, issue->file,
                                 (int)issue->line, issue->column, issue->text);
    }
}

/* Validates, and writes the issues one a line, then the notes with "note " in front. */
static void validate(ht_dataset *data, char *out, size_t size) {
    ht_issues issues;
    out[0] = '\0';
    ht_issues_init(&issues, &ht_allocator_system);
    ck_assert(ht_validate(data, &issues));
    add_list(&issues.issues, "", out, size);
    add_list(&issues.notes, "note ", out, size);
    ht_issues_release(&issues);
}

static const struct {
    const char *table, *rows, *found;
} CASES[] = {
    {NULL, NULL, ""},
    /* references */
    {"clients", "K1;C;63;20;P1;P2;;\nK2;B;63;20;;;;",
     "clients.csv:2:team: 'C' is not in teams.csv: add it there or correct it"},
    {"clients", "K1;A;63;20;P9;P1;;\nK2;B;63;20;P1;K1;;",
     "clients.csv:2:contact: 'P9' is not in staff.csv: add it there or correct it\n"
     "clients.csv:3:second_contact: 'K1' is not in staff.csv: add it there or correct it"},
    {"roster", "P9;2025-03-05;07:00;12:00;work;0;;;\nP1;2025-03-05;07:00;12:00;work;0;;;C",
     "roster.csv:2:staff_id: 'P9' is not in staff.csv: add it there or correct it\n"
     "roster.csv:3:team: 'C' is not in teams.csv: add it there or correct it"},
    {"visits", "V1;K9;2025-03-05;08:00;30;;;;1;;;;",
     "visits.csv:2:client_id: 'K9' is not in clients.csv: add it there or correct it"},
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;1;V9;;;",
     "visits.csv:2:after_visit: 'V9' is not in visits.csv: add it there or correct it"},
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;3;;;;P1|P9|K1",
     "visits.csv:2:locked_staff: 'P9' is not in staff.csv: add it there or correct it\n"
     "visits.csv:2:locked_staff: 'K1' is not in staff.csv: add it there or correct it"},
    {"relations", "K9;P1;known", "relations.csv:2:client_id: 'K9' is not in clients.csv: add it there or correct it"},
    {"teams", "", ""}, /* without a team the names of teams are free */
    /* keys */
    {"staff", "P1;A;;\nP2;A;;\nP3;A;;\nP1;B;;",
     "staff.csv:5:staff_id: P1 is on line 2 already: each row has a key of its own"},
    {"visits",
     "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nV1;K2;2025-03-06;08:00;30;;;;1;;;;\nV1;K1;2025-03-05;08:00;30;;;;1;;;;",
     "visits.csv:3:visit_id: V1 is on line 2 already: each row has a key of its own\n"
     "visits.csv:4:visit_id: V1 is on line 2 already: each row has a key of its own"},
    {"roster", "P1;2025-03-05;07:00;12:00;work;0;;;\nP1;2025-03-05;07:00;11:00;work;0;;;",
     "roster.csv:3:staff_id: P1, 2025-03-05, 07:00, work is on line 2 already: each row has a key of its own"},
    {"travel", "K1;K2;car;5\nK2;K1;car;5\nK1;K2;car;6",
     "travel.csv:4:from: K1, K2, car is on line 2 already: each row has a key of its own"},
    {"settings", "after_min;20\nafter_min;20",
     "settings.csv:3:name: after_min is on line 2 already: each row has a key of its own"},
    /* series */
    {"visit_series", "R1;K9;08:00;30;daily;2025-01-01;;;1;;;P9;P8",
     "visit_series.csv:2:client_id: 'K9' is not in clients.csv: add it there or correct it\n"
     "visit_series.csv:2:locked_staff: 'P9' is not in staff.csv: add it there or correct it\n"
     "visit_series.csv:2:usual_staff: 'P8' is not in staff.csv: add it there or correct it"},
    {"visit_series", "R1;K1;08:00;30;daily;2025-01-02;2025-01-01;;1;;;;",
     "visit_series.csv:2:to: 2025-01-01 is before 2025-01-02, where the row's time begins"},
    {"visit_series", "R1;K1;08:00;30;daily;2025-01-01;;;1;V1;;;",
     "visit_series.csv:2:after_visit: 'V1' is not in visit_series.csv: add it there or correct it"},
    {"visit_series", "R1;K1;08:00;30;daily;2025-01-01;;07:00;1;;;P1|P2;",
     "visit_series.csv:2:latest: window 07:30..07:00 is empty: correct start, before_min or latest\n"
     "visit_series.csv:2:locked_staff: 2 are locked to a visit that needs 1"},
    {"visit_series",
     "R1;K1;08:00;30;daily;2025-01-01;;;1;R2;;;\nR2;K1;08:00;30;daily;2025-01-01;;;1;R1;;;\n"
     "R3;K1;08:00;30;daily;2025-01-01;;;1;R3;;;",
     "visit_series.csv:3:after_visit: the visits wait for each other: R1 after R2 after R1\n"
     "visit_series.csv:4:after_visit: the visits wait for each other: R3 after R3"},
    {"visit_series", "R1;K1;08:00;30;daily;2025-01-01;;;1;;;;\nR2;K2;08:00;30;daily;2025-01-01;;;1;R1;;;",
     "note visit_series.csv:3:after_visit: R1 is a visit of another client, K1"},
    {"visit_series", "R1;K1;08:00;30;daily;2025-01-01;;;1;;;;\nR1;K1;08:00;30;daily;2025-01-01;;;1;;;;",
     "visit_series.csv:3:series_id: R1 is on line 2 already: each row has a key of its own"},
    /* places: notes of what can hardly be right */
    {"clients", "K1;A;63,0;20,0;P1;P2;;\nK2;B;20,1;63,0;;;;",
     "note clients.csv:3:lat: 1 client lives more than 100 km from where the team works: K2 (line 3, 5765 km): are "
     "latitude and longitude swapped?"},
    {"clients", "K1;A;63,0;20,0;P1;P2;;\nK2;B;63,8;20,1;;;;\nK3;B;64,2;20,1;;;;",
     "note clients.csv:4:lat: 1 client lives more than 100 km from where the team works: K3 (line 4, 122 km): are lat "
     "and lon right?"},
    {"teams", "A;North;20,0;63,0\nB;North;;",
     "note teams.csv:2:lat: 1 office lies more than 100 km from its team's clients: A (line 2, 5773 km): are latitude "
     "and longitude swapped?"},
    {"teams", "A;North;20,0;63,0\nB;North;20,1;63,1",
     "note teams.csv:2:lat: 2 offices lie more than 100 km from their teams' clients: A (line 2, 5773 km), B (line 3, "
     "5769 km): are latitude and longitude swapped?"},
    {"teams", "A;North;63,0;20,0\nB;North;;", ""},
    /* visits that stand for occurrences, follow them, were performed as them */
    {"visits",
     "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20250305;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20240101;K1;2024-01-01;08:00;"
     "30;;;;1;;;;",
     "note visits.csv:4:visit_id: series R1 has no visit on 2024-01-01, so this is one more visit: give it another id "
     "if "
     "it is meant, or take it out"},
    {"visit_series",
     "R1;K1;08:00;30;daily;2025-01-01;;;1;;;;\nR2;K1;08:00;30;weekly mon;2025-01-07;2025-01-12;;1;;;;\n"
     "R3;K1;08:00;30;weekly mon;2025-01-07;2025-01-13;;1;;;;",
     "note visit_series.csv:3:recurs: no visit from 2025-01-07 to 2025-01-12: recurs, pauses and except leave no day"},
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20250305;K1;2025-03-06;08:00;30;;;;1;;;;",
     "visits.csv:3:date: visit R1.20250305 would stand for the series' visit of 2025-03-05: give it that date, or "
     "another id"},
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20250305;K2;2025-03-05;08:00;30;;;;1;;;;",
     "visits.csv:3:client_id: visit R1.20250305 would stand for a visit of client K1, and is of client K2"},
    {"visits", "V1;K1;2025-03-05;09:00;30;;;;1;R1.20250305;;;\nV2;K1;2025-03-05;09:00;30;;;;1;R2.20260101;;;",
     "visits.csv:3:after_visit: 'R2.20260101' is not in visits.csv: add it there or correct it"},
    {"visits", "V1;K2;2025-03-05;09:00;30;;;;1;R1.20250305;;;",
     "note visits.csv:2:after_visit: R1.20250305 is a visit of another client, K1"},
    /* R2 comes after R1, whose visit of the day comes after R2's here; on the next day it does not */
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20250305;K1;2025-03-05;08:00;30;;;;1;R2.20250305;;;",
     "visits.csv:3:after_visit: the visits wait for each other: R1.20250305 after R1.20250305"},
    {"visits", "V1;K1;2025-03-05;08:00;30;;;;1;;;;\nR1.20250306;K1;2025-03-06;08:00;30;;;;1;R2.20250305;;;", ""},
    {"performed", "P1;2025-03-01;09:00;;R1.20250301;\nP1;2025-03-01;10:00;;R2.20250301;K1", ""},
    {"performed", "P1;2025-03-01;09:00;;R1.20250301;K2\nP1;2025-03-01;09:30;;R9.20250301;",
     "performed.csv:2:client_id: visit R1.20250301 is of client K1, not of K2\n"
     "performed.csv:3:client_id: the visit is not in visits.csv: give the client_id"},
    /* periods, absences */
    {"clients", "K1;A;63;20;;;2025-03-05;2025-03-04\nK2;B;63;20;;;;",
     "clients.csv:2:to: 2025-03-04 is before 2025-03-05, where the row's time begins"},
    {"skills", "P1;insulin;2025-03-05;2025-03-04",
     "skills.csv:2:to: 2025-03-04 is before 2025-03-05, where the row's time begins"},
    {"absences", "P1;K1;2025-03-09;2025-03-09\n;;2025-03-09;2025-03-09\nP1;;2025-03-09;2025-03-08",
     "absences.csv:2:staff_id: an absence is of one person: give either staff_id or client_id\n"
     "absences.csv:3:staff_id: an absence is of one person: give either staff_id or client_id\n"
     "absences.csv:4:to: the absence ends before it begins"},
    /* roster */
    {"roster", "P1;2025-03-05;16:00;07:00;work;0;;;\nP2;2025-03-05;07:00;07:00;office;0;;;",
     "roster.csv:2:end: the shift ends 07:00, not after its start 16:00: one over midnight is two rows, the first to "
     "24:00\n"
     "roster.csv:3:end: the shift ends 07:00, not after its start 07:00: one over midnight is two rows, the first to "
     "24:00"},
    {"roster",
     "P1;2025-03-05;09:00;12:00;work;0;;;\nP1;2025-03-05;07:00;09:01;work;0;;;\nP2;2025-03-05;07:00;12:00;work;0;;;",
     "roster.csv:3:start: overlaps the person's shift 09:00-12:00 (line 2)"},
    {"roster",
     "P1;2025-03-05;07:00;12:00;work;0;;;\nP1;2025-03-05;08:00;09:00;work;0;;;\nP1;2025-03-05;10:00;11:00;work;0;;;",
     "roster.csv:3:start: overlaps the person's shift 07:00-12:00 (line 2)\n"
     "roster.csv:4:start: overlaps the person's shift 07:00-12:00 (line 2)"},
    {"roster",
     "P1;2025-03-05;07:00;12:00;work;0;;;\nP1;2025-03-05;08:00;09:00;office;0;;;\nP1;2025-03-05;08:30;10:00;office;0;;"
     ";",
     "roster.csv:4:start: overlaps the person's office time 08:00-09:00 (line 3)"},
    {"roster", "P1;2025-03-05;07:00;12:01;work;0;;;",
     "roster.csv:2:break_min: a shift of more than 5 h needs a break: give break_min"},
    {"roster", "P1;2025-03-05;07:00;20:00;work;60;;;",
     "roster.csv:2:end: one break cannot keep the work before and after it to 5 h: split it into two rows"},
    {"roster", "P1;2025-03-05;07:00;16:00;work;30;12:30;13:00;",
     "roster.csv:2:break_earliest: no break of 30 min fits the shift, break_earliest .. break_latest and at most 5 h "
     "of "
     "work before and after it: change them, or split it into two rows"},
    {"roster", "P1;2025-03-05;07:00;16:00;work;30;11:00;10:45;",
     "roster.csv:2:break_earliest: no break of 30 min fits the shift, break_earliest .. break_latest and at most 5 h "
     "of "
     "work before and after it: change them, or split it into two rows"},
    {"roster", "P1;2025-03-05;07:00;20:00;office;0;;;", ""},
    /* visits */
    {"visits", "V1;K1;2025-03-05;09:30;30;30;;08:59;1;;;;",
     "visits.csv:2:latest: window 09:00..08:59 is empty: correct start, before_min or latest"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;08:59;1;;;;",
     "visits.csv:2:latest: window 09:00..08:59 is empty: correct start, before_min or latest"},
    {"visits", "V1;K1;2025-03-05;09:30;30;30;;09:00;1;;;;", ""},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;;;;P1|P2",
     "visits.csv:2:locked_staff: 2 are locked to a visit that needs 1"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;;;;;a|b|c|d|e|f|g|h", ""},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;;;;;a|b|c|d|e|f|g|h|i",
     "visits.csv:2:skill_one: 9 tags: at most 8 may be given"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;2;;;;P1|P1", "visits.csv:2:locked_staff: 'P1' is named twice"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;;;;\nV2;K1;2025-03-05;12:00;30;;;;1;V1;30;20;",
     "visits.csv:3:gap_max: 20 is below gap_min, 30"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;;;;\nV2;K2;2025-03-05;12:00;30;;;;1;V1;;0;",
     "note visits.csv:3:after_visit: V1 is a visit of another client, K1"},
    {"visits", "V1;K1;2025-03-05;09:30;30;;;;1;V1;;;",
     "visits.csv:2:after_visit: the visits wait for each other: V1 after V1"},
    {"visits",
     "V1;K1;2025-03-05;09:30;30;;;;1;V3;;;\nV2;K1;2025-03-05;09:30;30;;;;1;V1;;;\nV3;K1;2025-03-05;09:30;30;;;;1;V2;;;"
     "\n"
     "V4;K1;2025-03-05;09:30;30;;;;1;V2;;;",
     "visits.csv:4:after_visit: the visits wait for each other: V1 after V3 after V2 after V1"},
    /* performed */
    {"performed",
     "P1;2025-03-01;08:00;07:59;;K1\nP1;2025-03-01;09:00;;;\nP1;2025-03-01;09:00;;V9;\nP1;2025-03-01;09:00;;V1;K2",
     "performed.csv:2:end: the visit ends before it starts\n"
     "performed.csv:3:client_id: give the visit_id or the client_id\n"
     "performed.csv:4:client_id: the visit is not in visits.csv: give the client_id\n"
     "performed.csv:5:client_id: visit V1 is of client K1, not of K2"},
    {"performed", "P1;2025-03-01;09:00;;V1;\nP1;2025-03-01;09:00;;V1;K1", /* one key once the client is known */
     "performed.csv:3:staff_id: P1, 2025-03-01, 09:00, V1, K1 is on line 2 already: each row has a key of its own"},
    /* settings */
    {"settings", "after_min;-1\nspeed;5\nprofile.x.1;a: 1*fun",
     "settings.csv:2:value: '-1': after_min is expected to be a whole number from 0 to 1440 min\n"
     "settings.csv:3:name: 'speed' is no setting: expected one of the README's table, or profile.NAME.1 .. "
     "profile.NAME.8\n"
     "settings.csv:4:value: 'fun' is no component: expected one of unplanned, lateness, lateness_max, continuity, "
     "unmet_wishes, travel, overtime, waiting, idle_max, spread, missed_breaks, changes, moved_starts, "
     "unusual_staff, staff_used"},
    {"settings", "profile.x.3;a: 1*travel\nprofile.x.1;b: 1*travel\nprofile.y.1;a: 1*unplanned",
     "settings.csv:2:name: profile.x.2 is missing, though higher levels are there: number them from 1"},
    {"settings", "profile.x.1;a: 1*travel",
     "settings.csv:2:name: profile x: no level counts unplanned visits, so that none would be planned: begin with "
     "profile.x.1;coverage: 1*unplanned"},
    /* travel */
    {"travel", "office;K1;car;5\nK1;office;car;5",
     "travel.csv:2:from: 'office': there are several teams: say whose office, office:TEAM\n"
     "travel.csv:3:to: 'office': there are several teams: say whose office, office:TEAM"},
    {"travel", "office:C;K1;car;5\nK1;office:C;car;5",
     "travel.csv:2:from: 'office:C': no such team in teams.csv\n"
     "travel.csv:3:to: 'office:C': no such team in teams.csv"},
    {"travel", "K9;K1;car;5\nK1;K9;car;5",
     "travel.csv:2:from: 'K9': neither a client of clients.csv nor office or office:TEAM\n"
     "travel.csv:3:to: 'K9': neither a client of clients.csv nor office or office:TEAM"},
    {"travel", "K1;K2;car;5\nK2;K1;car;5\nK1;K2;walk;5",
     "travel.csv:0:minutes: walk: no row from K2 to K1 (1 of 2 pairs are missing): give all pairs of the places that "
     "the "
     "mode's rows name, or none"},
    {"travel", "K1;office:A;car;5\noffice:A;K2;car;5\nK2;K2;car;0\nK2;K1;bicycle;3",
     "travel.csv:0:minutes: car: no row from K1 to K2 (4 of 6 pairs are missing): give all pairs of the places that "
     "the "
     "mode's rows name, or none\n"
     "travel.csv:0:minutes: bicycle: no row from K1 to K2 (1 of 2 pairs are missing): give all pairs of the places "
     "that the "
     "mode's rows name, or none"},
};

START_TEST(each_fault_is_told) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    read_folder(&data, CASES[_i].table, CASES[_i].rows);
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, CASES[_i].found);
    ht_dataset_release(&data);
}
END_TEST

/* What may be missing because its row was refused is not reported; all else is. */
START_TEST(rows_beside_refused_ones) {
    static const struct {
        const char *file, *found;
    } BESIDE[] = {
        {"clients.csv", "roster.csv:2:staff_id: 'P9' is not in staff.csv: add it there or correct it"},
        {"Staff.csv", "visits.csv:2:client_id: 'K9' is not in clients.csv: add it there or correct it"},
        {"visits.csv", "roster.csv:2:staff_id: 'P9' is not in staff.csv: add it there or correct it\n"
                       "visits.csv:2:client_id: 'K9' is not in clients.csv: add it there or correct it"},
    };
    for (int i = 0; i < COUNT(BESIDE); i++) {
        char found[4096] = "";
        ht_dataset data;
        ht_issues issues;
        ck_assert(ht_dataset_init(&data, &ht_allocator_system));
        ht_issues_init(&issues, &ht_allocator_system);
        ht_issues_add(&issues, BESIDE[i].file, 9, "", "refused");
        support_rows(&data, "roster", "staff_id;date;start;end\nP9;2025-03-05;08:00;12:00\n");
        support_rows(&data, "visits", "visit_id;client_id;date;start;minutes\nV1;K9;2025-03-05;08:00;30\n");
        ck_assert(ht_validate(&data, &issues));
        add_list(&issues.issues, "", found, sizeof(found));
        const char *rest = strchr(found, '\n');
        ck_assert_ptr_nonnull(rest);
        ck_assert_str_eq(rest + 1, BESIDE[i].found);
        ht_issues_release(&issues);
        ht_dataset_release(&data);
    }
}
END_TEST

START_TEST(one_team_has_the_office) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "teams", "team_id\nA\n");
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63;20\noffice;A;63;20\n");
    support_rows(&data, "travel", "from;to;mode;minutes\nK1;office;car;5\noffice;K1;car;5\n");
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found,
                     "clients.csv:3:client_id: 'office' is the name of the office in travel.csv: use another id");
    ht_dataset_release(&data);
}
END_TEST

START_TEST(performed_rows_get_their_client) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    read_folder(&data, NULL, NULL);
    validate(&data, found, sizeof(found));
    const ht_performed_row *row = ht_dataset_rows(&data, HT_PERFORMED);
    ck_assert_str_eq(ht_dataset_text(&data, row[1].client_id), "K1");
    ht_dataset_release(&data);
}
END_TEST

/* Makes the rows of a table stored ones. */
static void store(ht_dataset *data, ht_table_id table) {
    for (int32_t i = 0; i < data->table[table].count; i++) {
        int32_t *line = ht_array_at(&data->table[table], i);
        *line = 0;
    }
}

/* Faults of stored rows alone are not the folder's; one between a stored row and a new one is told at the new one. */
START_TEST(stored_rows) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "staff", "staff_id;team\nP1;A\n");
    support_rows(
        &data, "roster",
        "staff_id;date;start;end\nP9;2025-03-05;08:00;07:00\nP1;2025-03-05;09:00;12:00\nP1;2025-03-05;11:00;15:00\n");
    support_rows(&data, "visits", "visit_id;client_id;date;start;minutes;after_visit\nV1;K9;2025-03-05;08:00;30;V2\n");
    support_rows(&data, "settings", "name;value\nspeed;5\n");
    support_rows(&data, "travel", "from;to;mode;minutes\nK9;K8;car;5\n");
    support_rows(&data, "performed", "staff_id;date;start;client_id\nP9;2025-03-05;08:00;K9\n");
    for (int32_t table = 0; table < HT_TABLES; table++) {
        store(&data, (ht_table_id)table);
    }
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "");
    support_rows(&data, "clients", "client_id;team;lat;lon\nK9;A;63;20\n");
    support_rows(&data, "roster", "staff_id;date;start;end\nP1;2025-03-05;09:00;10:00\n");
    support_rows(&data, "visits", "visit_id;client_id;date;start;minutes;after_visit\nV2;K9;2025-03-05;08:00;30;V1\n");
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "roster.csv:2:start: overlaps the person's shift 09:00-12:00 (stored)\n"
                            "visits.csv:2:after_visit: the visits wait for each other: V1 after V2 after V1");
    ht_dataset_release(&data);
}
END_TEST

/* Series that come to stored visits are judged with them. */
START_TEST(series_that_come_to_stored_visits) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63;20\nK2;A;63;20\n");
    support_rows(&data, "visits",
                 "visit_id;client_id;date;start;minutes;after_visit\nR1.20250305;K1;2025-03-06;08:00;30;\n"
                 "R2.20250305;K2;2025-03-05;08:00;30;R3.20250305\nV1;K1;2025-03-05;08:00;30;V2\n"
                 "V2;K1;2025-03-05;08:00;30;V1\n");
    store(&data, HT_CLIENTS);
    store(&data, HT_VISITS);
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "");
    support_rows(&data, "visit_series",
                 "series_id;client_id;start;minutes;recurs;from;after_visit\nR1;K1;08:00;30;daily;2025-01-01;\n"
                 "R2;K2;08:00;30;daily;2025-01-01;\nR3;K2;08:00;30;daily;2025-01-01;R2\n");
    data.table[HT_VISITS].count -= 2; /* the cycle of V1 and V2 was only stored to show that it is not told */
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "visit_series.csv:2:series_id: visit R1.20250305 would stand for the series' visit of "
                            "2025-03-05: give it that date, or another id\n"
                            "visit_series.csv:0:after_visit: the visits wait for each other: R2.20250305 after "
                            "R2.20250305");
    ht_dataset_release(&data);
}
END_TEST

/* The pairs of a new client alone complete the stored ones. */
START_TEST(travel_rows_that_complete_the_stored) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63;20\nK2;A;63;20\nK3;A;63;20\n");
    support_rows(&data, "travel", "from;to;mode;minutes\nK1;K2;car;5\nK2;K1;car;5\nK1;K2;walk;5\n");
    store(&data, HT_TRAVEL);
    support_rows(&data, "travel", "from;to;mode;minutes\nK1;K3;car;5\nK3;K1;car;5\nK2;K3;car;5\n");
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found,
                     "travel.csv:0:minutes: car: no row from K3 to K2 (1 of 6 pairs are missing): give all pairs of "
                     "the places that the mode's rows name, or none");
    support_rows(&data, "travel", "from;to;mode;minutes\nK3;K2;car;5\n");
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "");
    ht_dataset_release(&data);
}
END_TEST

/* Without teams their names were free; the first teams must be all that stored rows name. */
START_TEST(teams_that_stored_rows_name) {
    char found[4096];
    ht_dataset data;
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63;20\nK2;C;63;20\nK3;C;63;20\n");
    support_rows(&data, "staff", "staff_id;team\nP1;D\nP2;A\n");
    store(&data, HT_CLIENTS);
    store(&data, HT_STAFF);
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "");
    support_rows(&data, "teams", "team_id\nA\n");
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "teams.csv:0:team_id: 'C' is missing, though stored rows of clients name it: add it, or "
                            "import these rows again with another team\n"
                            "teams.csv:0:team_id: 'D' is missing, though stored rows of staff name it: add it, or "
                            "import these rows again with another team");
    ht_dataset_release(&data);
}
END_TEST

START_TEST(memory_runs_out) {
    int32_t n = 0;
    for (bool whole = false; !whole; n++) {
        ht_limited_memory memory;
        ht_dataset data;
        ht_issues issues;
        ht_limited_memory_init(&memory, INT32_MAX);
        ck_assert(ht_dataset_init(&data, &memory.allocator));
        ht_issues_init(&issues, &memory.allocator);
        read_folder(&data, "staff", "P1;A;;\nP1;A;;");
        memory.calls = n;
        whole = ht_validate(&data, &issues);
        ck_assert(!whole || issues.issues.count == issues.count);
        ht_issues_release(&issues);
        ht_dataset_release(&data);
    }
    ck_assert_int_ge(n, 5);
}
END_TEST

static void add_pair(ht_dataset *data, int32_t line, ht_sym from, ht_sym to) {
    ht_travel_row *row = ht_array_push(&data->table[HT_TRAVEL]);
    ck_assert_ptr_nonnull(row);
    *row = (ht_travel_row){line, from, to, HT_CAR, 60};
}

/* A million rows: well below the seconds that anything quadratic would take. */
START_TEST(a_large_matrix_is_fast) {
    enum { PLACES = 1000 };
    char found[4096];
    ht_dataset data;
    ht_sym place[PLACES];
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    for (int32_t i = 0; i < PLACES; i++) {
        ht_client_row *client = ht_array_push(&data.table[HT_CLIENTS]);
        char id[16];
        int length = snprintf(id, sizeof(id), "K%d", (int)i);
        place[i] = client->client_id = ht_strings_intern(&data.text, id, (size_t)length);
        client->line = i + 2;
        client->from = client->to = HT_BLANK;
    }
    for (int32_t i = 0; i < PLACES * PLACES; i++) {
        if (i != 700 * PLACES + 300) {
            add_pair(&data, i + 2, place[i / PLACES], place[i % PLACES]);
        }
    }
    double begun = ht_clock_cpu();
    validate(&data, found, sizeof(found));
    double taken = ht_clock_cpu() - begun;
    ck_assert_str_eq(found,
                     "travel.csv:0:minutes: car: no row from K700 to K300 (1 of 999000 pairs are missing): give all "
                     "pairs of the places that the mode's rows name, or none");
    ck_assert_msg(taken < 10, "%.1f s", taken);
    ht_dataset_release(&data);
}
END_TEST

/* The published real day has no fault. It has no licence, so it lies beside the repository. */
START_TEST(the_real_day_is_right) {
    static const char FOLDER[] = HT_SOURCE_DIR "/../shared/realday";
    char found[4096];
    ht_dataset data;
    ht_folder folder;
    ht_issues issues;
    ht_err err;
    if (access(FOLDER, R_OK) != 0) {
        fputs("the_real_day_is_right: skipped: there is no ../shared/realday beside the repository\n", stderr);
        return;
    }
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ht_issues_init(&issues, &ht_allocator_system);
    ht_err_init(&err);
    ck_assert_int_eq(ht_folder_read(FOLDER, HT_FOLDER_WHOLE, &data, &folder, &issues, &err), HT_OK);
    ck_assert_int_eq(issues.count, 0);
    validate(&data, found, sizeof(found));
    ck_assert_str_eq(found, "");
    ht_issues_release(&issues);
    ht_dataset_release(&data);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("validate");
    TCase *tests = tcase_create("validate");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, each_fault_is_told, 0, COUNT(CASES));
    tcase_add_test(tests, rows_beside_refused_ones);
    tcase_add_test(tests, one_team_has_the_office);
    tcase_add_test(tests, performed_rows_get_their_client);
    tcase_add_test(tests, stored_rows);
    tcase_add_test(tests, series_that_come_to_stored_visits);
    tcase_add_test(tests, travel_rows_that_complete_the_stored);
    tcase_add_test(tests, teams_that_stored_rows_name);
    tcase_add_test(tests, memory_runs_out);
    tcase_add_test(tests, a_large_matrix_is_fast);
    tcase_add_test(tests, the_real_day_is_right);
    suite_add_tcase(suite, tests);
    return ht_run_suite(suite);
}
