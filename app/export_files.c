#include "app/export_files.h"

#include <math.h>
#include <unistd.h>

#include "app/appointments.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "model/unplanned.h"

enum { COLUMNS_MAX = 12, SHARE_SCALE = 10000, SHARE_DIGITS = 4, MINUTE_DIGITS = 6 };

typedef struct column {
    const char *name, *swedish;
} column;

typedef struct file {
    const char *name;
    column columns[COLUMNS_MAX]; /* ended by a NULL name */
} file;

static const file FILES[HT_EXPORT_FILES] = {
    [HT_FILE_PLAN] = {"plan.csv",
                      {{"visit_id", "besök_id"},
                       {"staff_id", "personal_id"},
                       {"date", "datum"},
                       {"start", "starttid"},
                       {"end", "sluttid"},
                       {"role", "roll"},
                       {"travel_min", "restid_min"},
                       {"locked", "låst"}}},
    [HT_FILE_ROUTES] = {"routes.csv",
                        {{"staff_id", "personal_id"},
                         {"date", "datum"},
                         {"shift_start", "pass_start"},
                         {"seq", "ordning"},
                         {"kind", "slag"},
                         {"ref", "referens"},
                         {"start", "starttid"},
                         {"end", "sluttid"}}},
    [HT_FILE_UNPLANNED] = {"unplanned.csv",
                           {{"visit_id", "besök_id"},
                            {"date", "datum"},
                            {"reason", "skäl"},
                            {"rule", "regel"},
                            {"would_help", "skulle_hjälpa"}}},
    [HT_FILE_DEVIATIONS] = {"deviations.csv",
                            {{"level", "nivå"}, {"rule", "regel"}, {"id", "id"}, {"date", "datum"}, {"text", "text"}}},
    [HT_FILE_CONTINUITY] = {"continuity.csv",
                            {{"client_id", "brukare_id"},
                             {"visits", "besök"},
                             {"distinct", "olika_personal"},
                             {"floor", "minst_möjliga"},
                             {"contact_share", "kontakt_andel"},
                             {"contact_ceiling", "kontakt_tak"},
                             {"upc", "upc"},
                             {"coc", "coc"},
                             {"secon", "secon"},
                             {"counted", "räknas"},
                             {"excluded_reason", "undantag_skäl"}}},
    [HT_FILE_CLIENT_SCHEDULE] = {"client_schedule.csv",
                                 {{"client_id", "brukare_id"},
                                  {"date", "datum"},
                                  {"start", "starttid"},
                                  {"end", "sluttid"},
                                  {"staff_id", "personal_id"},
                                  {"role", "roll"}}},
};

static void write_header(ht_csv_out *out, const column *columns, ht_words_in words) {
    for (int32_t i = 0; i < COLUMNS_MAX && columns[i].name != NULL; i++)
        ht_csv_out_text(out, words == HT_SWEDISH ? columns[i].swedish : columns[i].name);
    ht_csv_out_end_row(out);
}

ht_status ht_export_files_open(ht_export_files *files, const char *folder, ht_words_in words, ht_err *err) {
    *files = (ht_export_files){{NULL}};
    for (int32_t i = 0; i < HT_EXPORT_FILES; i++) {
        files->out[i] = ht_csv_out_open(folder, FILES[i].name, err);
        if (files->out[i] == NULL) {
            ht_export_files_abandon(files);
            return err->status;
        }
        write_header(files->out[i], FILES[i].columns, words);
    }
    return HT_OK;
}

bool ht_export_files_there(const char *folder) {
    bool there = false;
    for (int32_t i = 0; i < HT_EXPORT_FILES && !there; i++) {
        ht_text path;
        ht_text_init(&path, &ht_allocator_system);
        ht_text_addf(&path, "%s/%s", folder, FILES[i].name);
        there = access(ht_text_get(&path), F_OK) == 0;
        ht_text_release(&path);
    }
    return there;
}

ht_status ht_export_files_hand_over(ht_export_files *files, ht_file_batch *batch, ht_err *err) {
    ht_status status = HT_OK;
    for (int32_t i = 0; i < HT_EXPORT_FILES && !status; i++) {
        status = ht_csv_out_hand_over(files->out[i], batch, err);
        files->out[i] = NULL;
    }
    ht_export_files_abandon(files);
    return status;
}

void ht_export_files_abandon(ht_export_files *files) {
    for (int32_t i = 0; i < HT_EXPORT_FILES; i++) {
        if (files->out[i] != NULL)
            ht_csv_out_abandon(files->out[i]);
        files->out[i] = NULL;
    }
}

/* ---- cells ---- */

static void put_text(ht_csv_out *out, const ht_dataset *data, ht_sym sym) {
    ht_csv_out_text(out, ht_dataset_text(data, sym));
}

/* Roles, kinds, yes and no, in the language of the header: as in the files that are imported. Rules and levels are the same
 * everywhere. */
static void put_word(ht_csv_out *out, const char *name) {
    ht_csv_out_text(out, ht_named(name));
}

static void put_date(ht_csv_out *out, int32_t date) {
    char text[HT_DATE_TEXT];
    ht_date_print(date, text, sizeof text);
    ht_csv_out_number(out, text);
}

static void put_time(ht_csv_out *out, int32_t seconds) {
    char text[HT_TIME_TEXT];
    ht_time_print_exact(seconds, text, sizeof text);
    ht_csv_out_number(out, text);
}

static void put_number(ht_csv_out *out, int64_t value, int64_t scale, int32_t digits) {
    char text[32];
    ht_decimal_print(value, scale, digits, ',', text, sizeof text);
    ht_csv_out_number(out, text);
}

/* A share to four digits; blank where there is nothing to divide. */
static void put_share(ht_csv_out *out, double share) {
    if (isfinite(share))
        put_number(out, llround(share * SHARE_SCALE), SHARE_SCALE, SHARE_DIGITS);
    else
        ht_csv_out_number(out, "");
}

/* ---- rows ---- */

static bool is_locked(const ht_dataset *data, const ht_index *visits, const ht_stop *stop) {
    int32_t row = ht_index_find(visits, stop->ref);
    if (row < 0)
        return false;
    const ht_visit_row *visit = ht_dataset_rows(data, HT_VISITS);
    return ht_list_holds(ht_dataset_text(data, visit[row].locked_staff), ht_dataset_text(data, stop->staff));
}

static void plan_row(ht_csv_out *out, const ht_dataset *data, const ht_index *visits, int32_t date,
                     const ht_stop *stop) {
    put_text(out, data, stop->ref);
    put_text(out, data, stop->staff);
    put_date(out, date);
    put_time(out, stop->start);
    put_time(out, stop->end);
    put_word(out, ht_role_name(stop->role));
    put_number(out, stop->travel, 60, MINUTE_DIGITS);
    put_word(out, is_locked(data, visits, stop) ? N_("yes") : N_("no"));
    ht_csv_out_end_row(out);
}

static void route_row(ht_csv_out *out, const ht_dataset *data, int32_t date, const ht_stop *stop) {
    put_text(out, data, stop->staff);
    put_date(out, date);
    put_time(out, stop->shift_start);
    put_number(out, stop->seq, 1, 0);
    put_word(out, ht_stop_name(stop->kind));
    put_text(out, data, stop->ref);
    put_time(out, stop->start);
    put_time(out, stop->end);
    ht_csv_out_end_row(out);
}

int32_t ht_export_stops(ht_export_files *files, const ht_dataset *data, const ht_index *visits, int32_t date,
                        const ht_array *stops) {
    int32_t planned = 0;
    const ht_stop *stop = stops->items;
    for (int32_t i = 0; i < stops->count; i++) {
        route_row(files->out[HT_FILE_ROUTES], data, date, &stop[i]);
        if (stop[i].kind != HT_STOP_VISIT)
            continue;
        plan_row(files->out[HT_FILE_PLAN], data, visits, date, &stop[i]);
        planned++;
    }
    return planned;
}

void ht_export_unplanned(ht_export_files *files, const ht_dataset *data, const ht_plan *plan) {
    ht_csv_out *out = files->out[HT_FILE_UNPLANNED];
    const ht_unplanned *visit = plan->unplanned.items;
    for (int32_t i = 0; i < plan->unplanned.count; i++) {
        put_text(out, data, visit[i].visit);
        put_date(out, plan->date);
        char text[HT_NOTE];
        ht_reason_tell(visit[i].reason, text);
        ht_csv_out_text(out, text);
        ht_csv_out_text(out, ht_rule_name(visit[i].rule));
        ht_help_tell(visit[i].would_help, text);
        ht_csv_out_text(out, text);
        ht_csv_out_end_row(out);
    }
}

void ht_export_deviations(ht_export_files *files, int32_t date, const ht_check_report *report) {
    ht_csv_out *out = files->out[HT_FILE_DEVIATIONS];
    const ht_deviation *deviation = report->deviations.items;
    for (int32_t i = 0; i < report->deviations.count; i++) {
        ht_csv_out_text(out, deviation[i].level);
        ht_csv_out_text(out, deviation[i].rule);
        ht_csv_out_text(out, deviation[i].id);
        put_date(out, date);
        ht_csv_out_text(out, deviation[i].text);
        ht_csv_out_end_row(out);
    }
}

void ht_export_continuity(ht_export_files *files, const ht_dataset *data, const ht_array *clients) {
    ht_csv_out *out = files->out[HT_FILE_CONTINUITY];
    const ht_client_continuity *client = clients->items;
    for (int32_t i = 0; i < clients->count; i++) {
        const ht_totals *total = &client[i].total;
        put_text(out, data, client[i].client);
        put_number(out, total->visits, 1, 0);
        put_number(out, client[i].distinct, 1, 0);
        put_number(out, client[i].floor, 1, 0);
        put_share(out, ht_share(total->by_contact, total->visits));
        put_share(out, ht_share(total->contact_ceiling, total->visits));
        put_share(out, client[i].upc);
        put_share(out, client[i].coc);
        put_share(out, client[i].secon);
        put_word(out, client[i].excluded_reason == NULL ? N_("yes") : N_("no"));
        ht_csv_out_text(out, client[i].excluded_reason == NULL ? "" : client[i].excluded_reason);
        ht_csv_out_end_row(out);
    }
}

static void appointment_row(ht_csv_out *out, const ht_appointment *row) {
    ht_csv_out_text(out, row->client);
    put_date(out, row->date);
    put_time(out, row->start);
    put_time(out, row->end);
    ht_csv_out_text(out, row->staff);
    put_word(out, ht_role_name(row->role));
    ht_csv_out_end_row(out);
}

void ht_export_appointments(ht_export_files *files, const ht_array *appointments, int32_t date) {
    const ht_appointment *row = appointments->items;
    for (int32_t i = 0; i < appointments->count; i++)
        if (*row[i].staff != '\0' && (date == HT_BLANK || row[i].date == date))
            appointment_row(files->out[HT_FILE_CLIENT_SCHEDULE], &row[i]);
}
