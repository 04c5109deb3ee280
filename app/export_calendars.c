#include "app/export_calendars.h"

#include <dirent.h>
#include <errno.h>

#include "app/appointments.h"
#include "base/calendar.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/words.h"
#include "io/ics_write.h"
#include "model/shifts.h"

enum { FILE_NAME = 64, ID_TEXT = 33 };

static const char SUFFIX[] = ".ics";

typedef struct event {
    const char *staff, *uid, *summary, *stamp;
    int32_t sequence;
    int32_t date, start, end;
    int32_t lat, lon;
} event;

void ht_calendars_init(ht_calendars *calendars, ht_strings *names) {
    calendars->names = names;
    ht_array_init(&calendars->events, sizeof(event), &ht_allocator_system);
}

void ht_calendars_release(ht_calendars *calendars) {
    ht_array_release(&calendars->events);
}

/* ---- events of a day ---- */

typedef struct adder {
    ht_calendars *calendars;
    const ht_export_day *day;
    const char *date, *stamp;
    int32_t *next;  /* by stop: the next one of the same visit; -1 */
    int32_t *first; /* by row of the visits */
} adder;

static const char *text_of(const adder *a, ht_sym sym) {
    return ht_dataset_text(ht_export_day_data(a->day), sym);
}

static const char *keep(const adder *a, const ht_text *text) {
    return text->failed ? NULL : ht_names_keep(a->calendars->names, ht_text_get(text));
}

/* uid and summary become the event's; both are emptied. */
static bool add(const adder *a, const event *when, ht_text *uid, ht_text *summary) {
    event *added = ht_array_push(&a->calendars->events);
    if (added == NULL)
        return false;
    *added = *when;
    added->date = a->day->date;
    added->sequence = a->day->plans;
    added->stamp = a->stamp;
    added->staff = ht_names_keep(a->calendars->names, when->staff);
    added->uid = keep(a, uid);
    added->summary = keep(a, summary);
    ht_text_empty(uid);
    ht_text_empty(summary);
    return added->staff && added->uid && added->summary;
}

static const char *role_words(ht_role role) {
    static const char *const WORDS[] = {[HT_ROLE_CONTACT] = N_("you are the contact"),
                                        [HT_ROLE_SECOND] = N_("you are the second contact"),
                                        [HT_ROLE_TEAM] = N_("a client of your team"),
                                        [HT_ROLE_OTHER] = N_("a client of another team")};
    return _(WORDS[role]);
}

/* "A2: shower, with S2 (you are the contact)". */
static void describe_visit(const adder *a, int32_t at, const ht_visit_row *visit, ht_text *summary) {
    const ht_stop *stop = a->day->stops.items;
    const char *service = text_of(a, visit->service);
    ht_text_addf(summary, "%s", text_of(a, visit->client_id));
    if (*service != '\0')
        ht_text_addf(summary, ": %s", service);
    const ht_visit_row *rows = ht_dataset_rows(ht_export_day_data(a->day), HT_VISITS);
    const char *joint = _("with");
    for (int32_t i = a->first[visit - rows]; i >= 0; i = a->next[i]) {
        if (stop[i].staff == stop[at].staff || !ht_export_day_can_keep(a->day, stop[i].ref, stop[i].staff))
            continue;
        ht_text_addf(summary, ", %s%s%s", joint, *joint != '\0' ? " " : "", text_of(a, stop[i].staff));
        joint = "";
    }
    ht_text_addf(summary, " (%s)", role_words(stop[at].role));
}

static bool add_visit(const adder *a, int32_t at, ht_text *uid, ht_text *summary) {
    const ht_stop *stop = ht_array_at(&a->day->stops, at);
    const ht_visit_row *visit = ht_export_day_visit(a->day, stop->ref);
    const ht_client_row *client = ht_export_day_client(a->day, visit->client_id);
    event when = {.staff = text_of(a, stop->staff),
                  .start = stop->start,
                  .end = stop->end,
                  .lat = client == NULL ? HT_BLANK : client->lat,
                  .lon = client == NULL ? HT_BLANK : client->lon};
    ht_text_addf(uid, "visit+%s+%s+%s@hemtur", text_of(a, stop->ref), when.staff, a->date);
    describe_visit(a, at, visit, summary);
    return add(a, &when, uid, summary);
}

/* What is no visit is told apart by its number on that day. */
static bool add_time(const adder *a, const char *kind, int32_t number, const char *words, const event *when,
                     ht_text *uid, ht_text *summary) {
    event placeless = *when;
    placeless.lat = placeless.lon = HT_BLANK;
    ht_text_addf(uid, "%s+%d+%s+%s@hemtur", kind, (int)number, when->staff, a->date);
    ht_text_addf(summary, "%s", words);
    return add(a, &placeless, uid, summary);
}

/* Stops are by staff. */
static bool add_visits_and_breaks(const adder *a, ht_text *uid, ht_text *summary) {
    const ht_stop *stop = a->day->stops.items;
    bool added = true;
    for (int32_t i = 0, breaks = 0; added && i < a->day->stops.count; i++) {
        if (i > 0 && stop[i].staff != stop[i - 1].staff)
            breaks = 0;
        event when = {.staff = text_of(a, stop[i].staff), .start = stop[i].start, .end = stop[i].end};
        if (stop[i].kind == HT_STOP_VISIT && ht_export_day_can_keep(a->day, stop[i].ref, stop[i].staff))
            added = add_visit(a, i, uid, summary);
        else if (stop[i].kind == HT_STOP_BREAK)
            added = add_time(a, "break", ++breaks, _("Break"), &when, uid, summary);
    }
    return added;
}

/* The events of the person from one on. */
static int32_t count_from(const ht_array *events, int32_t first, const char *staff) {
    const event *all = events->items;
    int32_t count = 0;
    for (int32_t i = first; i < events->count; i++)
        count += strcmp(all[i].staff, staff) == 0;
    return count;
}

/* Office time holds for those without a visit too; what an absence takes of it is gone. first: of the day's office
 * time, which few have. */
static bool add_office_row(const adder *a, const ht_roster_row *row, int32_t first, ht_text *uid, ht_text *summary) {
    ht_piece piece[HT_PIECES_MAX];
    int32_t pieces = ht_shift_pieces(&a->day->week->attendance, row, piece);
    bool added = true;
    for (int32_t i = 0; added && i < pieces; i++) {
        event when = {.staff = text_of(a, row->staff_id), .start = piece[i].start, .end = piece[i].end};
        int32_t number = count_from(&a->calendars->events, first, when.staff) + 1;
        added = add_time(a, "office", number, _("Office time"), &when, uid, summary);
    }
    return added;
}

static bool add_office(const adder *a, ht_text *uid, ht_text *summary) {
    const ht_roster_row *row = ht_dataset_rows(ht_export_day_data(a->day), HT_ROSTER);
    int32_t first = a->calendars->events.count;
    bool added = true;
    for (int32_t i = 0; added && i < ht_dataset_count(ht_export_day_data(a->day), HT_ROSTER); i++)
        if (row[i].date == a->day->date && row[i].kind == HT_KIND_OFFICE)
            added = add_office_row(a, &row[i], first, uid, summary);
    return added;
}

/* Chains the stops of each visit, in their order. */
static bool chain(adder *a, ht_arena *arena) {
    int32_t visits = ht_dataset_count(ht_export_day_data(a->day), HT_VISITS), stops = a->day->stops.count;
    const ht_stop *stop = a->day->stops.items;
    a->first = HT_ARENA_NEW(arena, visits, int32_t);
    a->next = HT_ARENA_NEW(arena, stops, int32_t);
    if (a->first == NULL || a->next == NULL)
        return false;
    for (int32_t i = 0; i < visits; i++)
        a->first[i] = -1;
    for (int32_t i = stops; i-- > 0;) {
        if (stop[i].kind != HT_STOP_VISIT)
            continue;
        int32_t row = ht_index_find(&a->day->week->visits, stop[i].ref);
        a->next[i] = a->first[row];
        a->first[row] = i;
    }
    return true;
}

ht_status ht_calendars_add(ht_calendars *calendars, const ht_export_day *day, ht_err *err) {
    char date[HT_DATE_TEXT];
    ht_arena scratch;
    ht_text uid, summary;
    ht_arena_init(&scratch, &ht_allocator_system);
    ht_text_init(&uid, &ht_allocator_system);
    ht_text_init(&summary, &ht_allocator_system);
    ht_date_print(day->date, date, sizeof date);
    adder a = {calendars, day, date, ht_names_keep(calendars->names, day->last_made), NULL, NULL};
    bool added = a.stamp != NULL && chain(&a, &scratch) && add_visits_and_breaks(&a, &uid, &summary) &&
                 add_office(&a, &uid, &summary);
    ht_text_release(&summary);
    ht_text_release(&uid);
    ht_arena_release(&scratch);
    return added ? HT_OK : ht_fail_memory(err);
}

/* ---- calendars ---- */

static int by_staff_and_time(const void *a, const void *b) {
    const event *x = a, *y = b;
    int order = strcmp(x->staff, y->staff);
    if (order == 0)
        order = ht_compare32(x->date, y->date);
    if (order == 0)
        order = ht_compare32(x->start, y->start);
    return order != 0 ? order : strcmp(x->uid, y->uid);
}

typedef struct writer {
    const char *folder; /* of the calendars */
    ht_file_batch *batch;
    ht_calendars_written *written;
} writer;

/* The events of one person; none: an empty calendar. */
static ht_status write_one(const writer *w, const char *staff, const event *events, int32_t count, ht_err *err) {
    char name[FILE_NAME], title[FILE_NAME];
    if (!ht_id_valid(staff))
        return ht_fail(err, HT_ESYSTEM, _("the store names a staff member '%s', which is no id: put back a backup"),
                       staff);
    snprintf(name, sizeof name, "%s%s", staff, SUFFIX);
    snprintf(title, sizeof title, "hemtur %s", staff);
    ht_ics *ics = ht_ics_open(w->folder, name, title, err);
    if (ics == NULL)
        return err->status;
    for (int32_t i = 0; i < count; i++)
        ht_ics_put(ics, &(ht_ics_event){.uid = events[i].uid,
                                        .stamp = events[i].stamp,
                                        .sequence = events[i].sequence,
                                        .date = events[i].date,
                                        .start = events[i].start,
                                        .end = events[i].end,
                                        .summary = events[i].summary,
                                        .lat = events[i].lat,
                                        .lon = events[i].lon});
    return ht_ics_hand_over(ics, w->batch, err);
}

static ht_status write_filled(const writer *w, const ht_array *events, ht_err *err) {
    const event *all = events->items;
    ht_status status = HT_OK;
    for (int32_t first = 0, end; !status && first < events->count; first = end) {
        for (end = first + 1; end < events->count && strcmp(all[end].staff, all[first].staff) == 0; end++)
            ;
        status = write_one(w, all[first].staff, &all[first], end - first, err);
        w->written->filled++;
    }
    return status;
}

/* The staff member that a file name is the calendar of; false where it is none. */
static bool staff_of(const char *file, char staff[ID_TEXT]) {
    size_t length = strlen(file), suffix = sizeof SUFFIX - 1;
    if (length <= suffix || length - suffix >= ID_TEXT || strcmp(file + length - suffix, SUFFIX) != 0)
        return false;
    memcpy(staff, file, length - suffix);
    staff[length - suffix] = '\0';
    return ht_id_valid(staff);
}

static bool has_events(const ht_array *events, const char *staff) {
    const event *all = events->items;
    int32_t low = 0, high = events->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (strcmp(all[middle].staff, staff) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < events->count && strcmp(all[low].staff, staff) == 0;
}

/* Reads the names first: files are made in the same folder meanwhile. */
static ht_status empty_left_over(const writer *w, const ht_array *events, ht_err *err) {
    struct dirent **entry;
    char staff[ID_TEXT];
    int count = scandir(w->folder, &entry, NULL, alphasort);
    if (count < 0)
        return ht_fail(err, HT_ESYSTEM, _("%s: cannot be read: %s"), w->folder, ht_error_text(errno));
    ht_status status = HT_OK;
    for (int i = 0; i < count; i++) {
        if (!status && staff_of(entry[i]->d_name, staff) && !has_events(events, staff) &&
            ht_ics_is_ours(w->folder, entry[i]->d_name)) {
            status = write_one(w, staff, NULL, 0, err);
            w->written->emptied++;
        }
        free(entry[i]);
    }
    free(entry);
    return status;
}

static void folder_of(const char *folder, ht_text *path) {
    ht_text_init(path, &ht_allocator_system);
    ht_text_addf(path, "%s/ics", folder);
}

void ht_calendars_sweep(const char *folder) {
    ht_text path;
    folder_of(folder, &path);
    ht_whole_file_sweep(ht_text_get(&path));
    ht_text_release(&path);
}

ht_status ht_calendars_write(ht_calendars *calendars, const char *folder, ht_file_batch *batch,
                             ht_calendars_written *written, ht_err *err) {
    ht_text path;
    folder_of(folder, &path);
    writer w = {ht_text_get(&path), batch, written};
    *written = (ht_calendars_written){0};
    if (calendars->events.count > 1)
        qsort(calendars->events.items, (size_t)calendars->events.count, sizeof(event), by_staff_and_time);
    ht_status status = path.failed ? ht_fail_memory(err) : ht_file_batch_folder(batch, w.folder, err);
    if (!status)
        status = write_filled(&w, &calendars->events, err);
    if (!status)
        status = empty_left_over(&w, &calendars->events, err);
    ht_text_release(&path);
    return status;
}
