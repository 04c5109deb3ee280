/* The input is a plan of a small day: four bytes an entry (visit, person, start). The check and the timetable must take
 * any plan, and say the same of it twice. */
#include <stdio.h>
#include <stdlib.h>

#include "io/csv_read.h"
#include "model/check.h"
#include "model/timetable.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/promise.h"

enum { DATE = 20152 };

static const struct {
    const char *table, *csv;
} DAY[] = {
    {"teams", "team_id;lat;lon\nA;63,0;20,0\nB;63,1;20,1\n"},
    {"clients", "client_id;team;lat;lon;contact;second_contact;environment;language;gender_wish;staff_cap\n"
                "K1;A;63,0;20,0;P1;P2;;;;\nK2;A;63,0;20,1;P2;;cats;;;\nK3;B;63,0;20,2;P9;;;fi;f;1\n"},
    {"staff", "staff_id;team;title;mode;start_place;language;gender;avoids\nP1;A;usk;car;office;sv|fi;f;\n"
              "P2;A;vb;car;office;sv;m;cats\nP3;B;vb;walk;home;;;\nP9;B;vb;bicycle;office;;;\n"},
    {"skills", "staff_id;skill;to\nP1;insulin;2025-03-05\nP2;lift;\n"},
    {"roster", "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;team\n"
               "P1;2025-03-04;13:00;22:00;work;30;16:00;17:30;\nP1;2025-03-05;07:00;16:00;work;30;10:30;11:30;\n"
               "P1;2025-03-05;09:00;09:30;office;;;;\nP2;2025-03-05;07:00;11:00;work;;;;B\n"
               "P2;2025-03-05;15:00;24:00;work;30;19:00;19:30;\nP3;2025-03-05;07:00;12:00;work;;;;\n"},
    {"absences",
     "staff_id;client_id;from;to\nP3;;2025-03-05 08:00;2025-03-05 09:00\n;K2;2025-03-05 16:00;2025-03-06\n"},
    {"visits",
     "visit_id;client_id;date;start;minutes;before_min;after_min;latest;skill;skill_one;staff_needed;priority;"
     "after_visit;gap_min;gap_max;locked_staff;locked_start;counts\n"
     "V1;K1;2025-03-05;08:00;30;;;;;;1;1;;;;;;\nV2;K1;2025-03-05;12:00;45;0;0;12:10;insulin;;2;2;V1;60;240;;;\n"
     "V3;K2;2025-03-05;09:00;20;;;;;lift|insulin;2;1;;;;P1;;\nV4;K2;2025-03-05;20:00;20;;;;;;1;3;V3;;;;;\n"
     "V5;K3;2025-03-05;10:00;60;;;;;;1;1;V0;2520;;P2|P3;10:15;\nV6;K3;2025-03-05;23:30;720;;;24:00;;;1;1;;;;;;no\n"
     "V0;K3;2025-03-04;10:00;60;;;;;;1;1;;;;;;\n"},
    {"relations", "client_id;staff_id;kind\nK1;P3;blocked\nK3;P1;wished\nK1;P2;known\n"},
    {"travel", "from;to;mode;minutes\noffice:A;K1;car;5\nK1;office:A;car;5,5\nK1;K2;car;0\nK2;K1;car;1440\n"},
    {"performed", "staff_id;date;start;end;visit_id;client_id\nP1;2025-03-04;10:00;11:00;V0;K3\n"
                  "P2;2025-02-20;10:00;;;K1\n"},
    {"settings", "name;value\novertime_limit_min;15\n"},
};

static void read_table(ht_dataset *data, const char *table, const char *csv) {
    ht_issues issues;
    ht_err err;
    union {
        const char *from;
        void *bytes;
    } text = {.from = csv}; /* fmemopen takes void *, and only reads */
    FILE *file = fmemopen(text.bytes, strlen(csv), "r");
    promise(file != NULL, "a file in memory");
    ht_err_init(&err);
    ht_issues_init(&issues, &ht_allocator_system);
    promise(ht_csv_read(file, table, ht_table_find(table), data, &issues, &err) == HT_OK && issues.count == 0,
            "the day can be read");
    ht_issues_release(&issues);
    fclose(file);
}

/* Mostly a visit or person of the day, sometimes any other text, or no symbol at all. */
static ht_sym pick(const ht_dataset *data, ht_table_id table, uint8_t byte) {
    if (byte == 255)
        return INT32_MAX;
    if (byte >= 224)
        return byte - 225;
    int32_t row = byte % ht_dataset_count(data, table);
    return table == HT_VISITS ? ((const ht_visit_row *)ht_dataset_rows(data, table))[row].visit_id
                              : ((const ht_staff_row *)ht_dataset_rows(data, table))[row].staff_id;
}

static void fill_plan(ht_plan *plan, const ht_dataset *data, const uint8_t *bytes, size_t size) {
    for (; size >= 4; bytes += 4, size -= 4) {
        ht_plan_entry *entry = ht_array_push(&plan->entries);
        if (entry == NULL)
            return;
        entry->visit = pick(data, HT_VISITS, bytes[0]);
        entry->staff = pick(data, HT_STAFF, bytes[1]);
        entry->start = bytes[2] == 255 ? INT32_MAX : bytes[2] * 360 + bytes[3] - 60;
    }
}

static void check_twice(const ht_dataset *data, const ht_settings *settings, const ht_plan *plan) {
    ht_check_report one, two;
    ht_array stops;
    ht_err err;
    ht_err_init(&err);
    ht_array_init(&stops, sizeof(ht_stop), &ht_allocator_system);
    promise(ht_check_plan(data, settings, plan, &one, &err) == HT_OK, "the check takes any plan");
    promise(ht_check_plan(data, settings, plan, &two, &err) == HT_OK, "the check takes any plan twice");
    promise(memcmp(&one.values, &two.values, sizeof one.values) == 0, "the same plan has the same values");
    promise(one.breaches.count == two.breaches.count, "the same plan breaks the same rules");
    promise(one.planned + one.unplanned == one.visits, "each visit is planned or not");
    promise(one.by_contact + one.by_second + one.by_team + one.by_other == one.staff_visits, "roles add up");
    promise(ht_timetable(data, settings, plan, &stops, &err) == HT_OK, "any plan has a timetable");
    ht_array_release(&stops);
    ht_check_report_release(&one);
    ht_check_report_release(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    ht_dataset data;
    ht_settings settings;
    ht_plan plan;
    ht_err err;
    ht_err_init(&err);
    if (!ht_dataset_init(&data, &ht_allocator_system))
        return 0;
    for (size_t i = 0; i < sizeof DAY / sizeof DAY[0]; i++)
        read_table(&data, DAY[i].table, DAY[i].csv);
    promise(ht_settings_read(&data, NULL, &settings, &err) == HT_OK, "the settings can be read");
    ht_plan_init(&plan, DATE, HT_NO_TEXT, &ht_allocator_system);
    fill_plan(&plan, &data, bytes, size);
    check_twice(&data, &settings, &plan);
    ht_plan_release(&plan);
    ht_dataset_release(&data);
    return 0;
}
