/* The key figure's definition: each exclusion alone, and the national version with all of its own. */
#include "model/national.h"

#include "base/calendar.h"
#include "base/text.h"
#include "model/continuity_groups.h"
#include "tests/support.h"
#include "tests/support_rows.h"

#define PERFORMED "staff_id;date;start;end;client_id;visit_id\n"
#define TWO_DAYS                                                                                                       \
    "P1;2025-03-01;08:00;08:30;K1;\nP2;2025-03-01;18:00;18:30;K1;\n"                                                   \
    "P1;2025-03-02;08:00;08:30;K1;\nP2;2025-03-02;18:00;18:30;K1;\n"

static ht_dataset data;
static ht_array clients;
static ht_definition definition;
static int32_t from, to;

static void set_up(void) {
    ck_assert(ht_dataset_init(&data, &ht_allocator_system));
    ck_assert(ht_date_parse("2025-03-01", &from) && ht_date_parse("2025-03-02", &to));
    support_rows(&data, "staff", "staff_id;team;title\nP1;A;usk\nP2;A;vb\nP3;A;other\n");
    ht_array_init(&clients, sizeof(ht_client_continuity), &ht_allocator_system);
}

static void tear_down(void) {
    ht_array_release(&clients);
    ht_dataset_release(&data);
}

static const ht_client_continuity *measure(void) {
    ht_continuity measure;
    ht_array_empty(&clients);
    ck_assert(ht_continuity_open(&measure, &data, &definition, from, to, HT_NO_TEXT));
    ck_assert(ht_continuity_measure(&measure, from, to, &clients));
    ht_continuity_close(&measure);
    ck_assert_int_eq(clients.count, 1);
    return ht_array_at(&clients, 0);
}

static void assert_reason(const ht_client_continuity *client, const char *reason) {
    if (reason == NULL)
        ck_assert_ptr_null(client->excluded_reason);
    else
        ck_assert_str_eq(client->excluded_reason == NULL ? "counted" : client->excluded_reason, reason);
}

/* One exclusion: what it leaves of a log, and that without it everything counts. */
static const struct rule {
    ht_exclusion exclusion;
    const char *age_65, *absences, *visits, *performed;
    int32_t counted, distinct; /* visits and staff that the exclusion leaves */
    const char *reason;        /* NULL: the client counts */
} RULES[] = {
    {HT_EXCLUDE_UNDER_65, "no", "", "", TWO_DAYS, 4, 2, "under_65"},
    {HT_EXCLUDE_UNDER_65, "yes", "", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_UNDER_65, "", "", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_AGE_UNKNOWN, "", "", "", TWO_DAYS, 4, 2, "age_unknown"},
    {HT_EXCLUDE_AGE_UNKNOWN, "no", "", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_AWAY, "", ";K1;2025-03-02 10:00;2025-03-02 12:00\n", "", TWO_DAYS, 4, 2, "away"},
    {HT_EXCLUDE_AWAY, "", ";K1;2025-02-20;2025-02-28\n;K1;2025-03-03;2025-03-04\n", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_AWAY, "", ";K1;2025-02-01;2025-04-01\n", "", TWO_DAYS, 4, 2, "away"},
    {HT_EXCLUDE_AWAY, "", "P1;;2025-03-01;2025-03-02\n", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_FEW_VISITS, "", "", "", TWO_DAYS, 4, 2, NULL},
    {HT_EXCLUDE_FEW_VISITS, "", "", "", TWO_DAYS "P1;2025-03-01;12:00;12:30;K1;\n", 5, 2, NULL},
    {HT_EXCLUDE_FEW_VISITS, "", "", "",
     "P1;2025-03-01;08:00;08:30;K1;\nP1;2025-03-01;18:00;18:30;K1;\nP1;2025-03-02;08:00;08:30;K1;\n", 3, 1,
     "few_visits"},
    {HT_EXCLUDE_FEW_VISITS, "", "", "", "P1;2025-03-01;08:00;08:30;K1;\nP1;2025-03-01;18:00;18:30;K1;\n", 2, 1,
     "few_visits"},
    /* two persons at one visit are not two visits */
    {HT_EXCLUDE_FEW_VISITS, "", "", "",
     "P1;2025-03-01;08:00;08:30;K1;\nP2;2025-03-01;08:00;08:30;K1;\nP1;2025-03-02;08:00;08:30;K1;\n"
     "P2;2025-03-02;08:00;08:30;K1;\n",
     4, 2, "few_visits"},
    /* the second visit of 2 March was to be made */
    {HT_EXCLUDE_FEW_VISITS, "", "", "V1;K1;2025-03-02;08:00;30;\nV2;K1;2025-03-02;18:00;30;\n",
     "P1;2025-03-01;08:00;08:30;K1;\nP1;2025-03-01;18:00;18:30;K1;\nP1;2025-03-02;08:00;08:30;K1;V1\n", 3, 1, NULL},
    {HT_EXCLUDE_NIGHT, "", "", "", TWO_DAYS "P3;2025-03-01;06:59;07:20;K1;\n", 4, 2, NULL},
    {HT_EXCLUDE_NIGHT, "", "", "", TWO_DAYS "P3;2025-03-01;07:00;07:20;K1;\n", 5, 3, NULL},
    {HT_EXCLUDE_NIGHT, "", "", "", TWO_DAYS "P3;2025-03-01;21:59;22:20;K1;\n", 5, 3, NULL},
    {HT_EXCLUDE_NIGHT, "", "", "", TWO_DAYS "P3;2025-03-01;22:00;22:20;K1;\n", 4, 2, NULL},
    {HT_EXCLUDE_NIGHT, "", "", "", "P3;2025-03-01;23:00;23:20;K1;\n", 0, 0, "no_visits"},
    {HT_EXCLUDE_ALARM, "", "", "V1;K1;2025-03-01;09:00;30;Trygghetslarm\n",
     TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 4, 2, NULL},
    {HT_EXCLUDE_ALARM, "", "", "V1;K1;2025-03-01;09:00;30;LARMBESÖK\n", TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 4,
     2, NULL},
    {HT_EXCLUDE_ALARM, "", "", "V1;K1;2025-03-01;09:00;30;omsorg\n", TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 5, 3,
     NULL},
    {HT_EXCLUDE_ALARM, "", "", "V1;K1;2025-03-01;09:00;30;hsl\n", TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 5, 3,
     NULL},
    {HT_EXCLUDE_MEALS, "", "", "V1;K1;2025-03-01;09:00;30;matdistribution\n",
     TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 4, 2, NULL},
    {HT_EXCLUDE_NURSING, "", "", "V1;K1;2025-03-01;09:00;30;HSL\n", TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 4, 2,
     NULL},
    {HT_EXCLUDE_REMOTE, "", "", "V1;K1;2025-03-01;09:00;30;distans\n", TWO_DAYS "P3;2025-03-01;09:00;09:20;K1;V1\n", 4,
     2, NULL},
    {HT_EXCLUDE_TRAINEES, "", "", "V1;K1;2025-03-01;08:00;30;\n",
     "P1;2025-03-01;08:00;08:30;K1;V1\nP3;2025-03-01;08:00;08:30;K1;V1\n", 1, 1, NULL},
};

static void log_of(const struct rule *rule) {
    ht_text text;
    ht_text_init(&text, &ht_allocator_system);
    ht_text_addf(&text, "client_id;team;lat;lon;age_65\nK1;A;63,0;20,0;%s\n", rule->age_65);
    support_rows(&data, "clients", ht_text_get(&text));
    ht_text_empty(&text);
    ht_text_addf(&text, "staff_id;client_id;from;to\n%s", rule->absences);
    support_rows(&data, "absences", ht_text_get(&text));
    ht_text_empty(&text);
    ht_text_addf(&text, "visit_id;client_id;date;start;minutes;service\n%s", rule->visits);
    support_rows(&data, "visits", ht_text_get(&text));
    ht_text_empty(&text);
    ht_text_addf(&text, PERFORMED "%s", rule->performed);
    support_rows(&data, "performed", ht_text_get(&text));
    ht_text_release(&text);
}

START_TEST(each_exclusion_alone) {
    const struct rule *rule = &RULES[_i];
    log_of(rule);
    ck_assert(ht_definition_find("none", &definition));
    assert_reason(measure(), NULL);
    ck_assert_int_eq(((ht_client_continuity *)clients.items)->total.visits, ht_dataset_count(&data, HT_PERFORMED));
    definition.excludes[rule->exclusion] = true;
    const ht_client_continuity *client = measure();
    assert_reason(client, rule->reason);
    ck_assert_int_eq(client->total.visits, rule->counted);
    ck_assert_int_eq(client->distinct, rule->distinct);
}
END_TEST

/* What an exclusion of the national version takes out, that version takes out too; what it leaves open counts. */
START_TEST(the_national_version) {
    const struct rule *rule = &RULES[_i];
    log_of(rule);
    ck_assert(ht_definition_find("national-2021", &definition));
    bool open = rule->exclusion == HT_EXCLUDE_AGE_UNKNOWN || rule->exclusion == HT_EXCLUDE_REMOTE ||
                rule->exclusion == HT_EXCLUDE_TRAINEES;
    ck_assert_int_eq(definition.excludes[rule->exclusion], !open);
    const ht_client_continuity *client = measure();
    if (open)
        ck_assert_int_eq(client->total.visits, ht_dataset_count(&data, HT_PERFORMED));
    else
        ck_assert_int_le(client->total.visits, rule->counted);
    if (rule->reason != NULL && !open)
        assert_reason(client, rule->reason);
}
END_TEST

/* Codes of one's own replace the standard ones. */
START_TEST(services_of_ones_own) {
    support_rows(&data, "clients", "client_id;team;lat;lon\nK1;A;63,0;20,0\n");
    support_rows(&data, "visits",
                 "visit_id;client_id;date;start;minutes;service\nV1;K1;2025-03-01;09:00;30;larm\n"
                 "V2;K1;2025-03-01;10:00;30;knappen\n");
    support_rows(&data, "performed", PERFORMED "P1;2025-03-01;09:00;;;V1\nP1;2025-03-01;10:00;;;V2\n");
    ck_assert(ht_definition_find("none", &definition));
    definition.excludes[HT_EXCLUDE_ALARM] = true;
    definition.services[HT_EXCLUDE_ALARM] = "tryck,Knappen";
    ck_assert_int_eq(measure()->total.visits, 1);
    definition.services[HT_EXCLUDE_ALARM] = "knappen,larm";
    assert_reason(measure(), HT_NO_VISITS);
}
END_TEST

START_TEST(names) {
    ht_exclusion exclusion;
    ck_assert(ht_definition_find(HT_DEFINITION_STANDARD, &definition));
    ck_assert(!ht_definition_find("national-1900", &definition));
    for (ht_exclusion e = 0; e < HT_EXCLUSIONS; e++) {
        const char *name = ht_exclusion_info_of(e)->name;
        ck_assert(ht_exclusion_find(name, strlen(name), &exclusion));
        ck_assert_int_eq(exclusion, e);
    }
    ck_assert(!ht_exclusion_find("nights", 6, &exclusion));
    ck_assert(!ht_exclusion_find("", 0, &exclusion));
}
END_TEST

static Suite *suite(void) {
    Suite *s = suite_create("national");
    TCase *one = tcase_create("definition");
    tcase_add_checked_fixture(one, set_up, tear_down);
    tcase_add_loop_test(one, each_exclusion_alone, 0, sizeof RULES / sizeof RULES[0]);
    tcase_add_loop_test(one, the_national_version, 0, sizeof RULES / sizeof RULES[0]);
    tcase_add_test(one, services_of_ones_own);
    tcase_add_test(one, names);
    suite_add_tcase(s, one);
    return s;
}

int main(void) {
    return ht_run_suite(suite());
}
