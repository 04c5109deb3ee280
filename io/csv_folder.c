#include "io/csv_folder.h"

#include <dirent.h>
#include <errno.h>
#include <strings.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "io/csv_read.h"
#include "model/plan.h"
#include "model/tables.h"

/* ---- what the folder has ---- */

typedef struct listing {
    ht_arena arena;
    const char *file[HT_TABLES]; /* as the folder spells it: letter case is free */
    ht_array others;             /* const char *: CSV names that no table has */
} listing;

static bool is_csv(const char *name, size_t length) {
    return length > 4 && name[0] != '.' && strcasecmp(name + length - 4, ".csv") == 0;
}

static bool list_name(listing *list, const char *name, ht_issues *issues) {
    size_t length = strlen(name);
    if (!is_csv(name, length))
        return true;
    const char *copy = ht_arena_text(&list->arena, name, length);
    const char *stem = ht_arena_text(&list->arena, name, length - 4);
    if (!copy || !stem)
        return false;
    const ht_table *table = ht_table_find(stem);
    if (table && list->file[table->id])
        ht_issues_add(issues, copy, 0, "", _("the folder has this file twice (as %s too): keep one of them"),
                      list->file[table->id]);
    else if (table)
        list->file[table->id] = copy;
    else {
        const char **other = ht_array_push(&list->others);
        if (other)
            *other = copy;
        return other != NULL;
    }
    return true;
}

/* Not being there, or being no folder, is the user's to mend; anything else is the system's. */
static ht_status fail_open(const char *path, ht_err *err) {
    bool input = errno == ENOENT || errno == ENOTDIR || errno == EISDIR;
    return ht_fail(err, input ? HT_EINPUT : HT_ESYSTEM, _("%s: cannot be opened: %s"), path, strerror(errno));
}

static ht_status list_folder(const char *path, listing *list, ht_issues *issues, ht_err *err) {
    DIR *folder = opendir(path);
    if (!folder)
        return fail_open(path, err);
    ht_status status = HT_OK;
    errno = 0;
    for (struct dirent *entry; status == HT_OK && (entry = readdir(folder)) != NULL; errno = 0)
        if (!list_name(list, entry->d_name, issues))
            status = ht_fail_memory(err);
    if (status == HT_OK && errno != 0)
        status = ht_fail(err, HT_ESYSTEM, _("%s: cannot be listed: %s"), path, strerror(errno));
    closedir(folder);
    return status;
}

static int by_name(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static ht_status note_others(listing *list, ht_issues *issues, ht_err *err) {
    ht_text names;
    if (list->others.count == 0)
        return HT_OK;
    qsort(list->others.items, (size_t)list->others.count, list->others.size, by_name);
    ht_text_init(&names, list->others.allocator);
    for (int32_t i = 0; i < list->others.count; i++) {
        const char *const *name = ht_array_at(&list->others, i);
        ht_text_addf(&names, "%s%s", i > 0 ? ", " : "", *name);
    }
    ht_status status = names.failed ? ht_fail_memory(err) : HT_OK;
    if (status == HT_OK)
        ht_issues_note(issues, "", 0, "", _("other files, not read: %s"), ht_text_get(&names));
    ht_text_release(&names);
    return status;
}

/* ---- reading it ---- */

static ht_status fail_empty(const char *path, ht_folder_mode mode, ht_err *err) {
    const char *expected = mode == HT_FOLDER_WHOLE
                               ? _("clients.csv, staff.csv, roster.csv and visits.csv or visit_series.csv are needed")
                               : _("at least one of clients.csv, staff.csv, roster.csv, visits.csv "
                                   "and the like is needed");
    return ht_fail(err, HT_EINPUT, _("%s: no file that can be imported: %s"), path, expected);
}

static ht_status check_needed(const char *path, ht_folder_mode mode, const listing *list, ht_folder *folder,
                              ht_issues *issues, ht_err *err) {
    int32_t found = 0;
    for (int32_t id = 0; id < HT_TABLES; id++) {
        folder->listed[id] = list->file[id] != NULL;
        found += folder->listed[id];
    }
    if (found == 0)
        return fail_empty(path, mode, err);
    for (int32_t id = 0; id < HT_TABLES && mode == HT_FOLDER_WHOLE; id++) {
        const ht_table *table = ht_table_get((ht_table_id)id);
        char name[64];
        snprintf(name, sizeof name, "%s.csv", table->name);
        if (table->needed && !folder->listed[id])
            ht_issues_add(issues, name, 0, "", _("this file is missing, and it is needed"));
    }
    if (mode == HT_FOLDER_WHOLE && !folder->listed[HT_VISITS] && !folder->listed[HT_SERIES])
        ht_issues_add(issues, "visits.csv", 0, "", _("this file or visit_series.csv is needed, and both are missing"));
    return HT_OK;
}

static ht_status read_table(const char *path, const char *name, const ht_table *table, ht_dataset *data,
                            ht_issues *issues, ht_err *err) {
    ht_text file_path;
    ht_text_init(&file_path, issues->issues.allocator);
    ht_text_addf(&file_path, "%s/%s", path, name);
    FILE *file = file_path.failed ? NULL : fopen(ht_text_get(&file_path), "rb");
    ht_status status = file_path.failed ? ht_fail_memory(err) : HT_OK;
    if (status == HT_OK && !file)
        status = fail_open(ht_text_get(&file_path), err);
    if (file) {
        status = ht_csv_read(file, name, table, data, issues, err);
        fclose(file);
    }
    ht_text_release(&file_path);
    return status;
}

static ht_status read_listed(const char *path, ht_folder_mode mode, listing *list, ht_dataset *data, ht_folder *folder,
                             ht_issues *issues, ht_err *err) {
    ht_status status = list_folder(path, list, issues, err);
    if (status == HT_OK)
        status = note_others(list, issues, err);
    if (status == HT_OK)
        status = check_needed(path, mode, list, folder, issues, err);
    for (int32_t id = 0; id < HT_TABLES && status == HT_OK; id++)
        if (list->file[id])
            status = read_table(path, list->file[id], ht_table_get((ht_table_id)id), data, issues, err);
    return status == HT_OK && issues->failed ? ht_fail_memory(err) : status;
}

ht_status ht_folder_read(const char *path, ht_folder_mode mode, ht_dataset *data, ht_folder *folder, ht_issues *issues,
                         ht_err *err) {
    listing list = {.file = {NULL}};
    ht_arena_init(&list.arena, issues->issues.allocator);
    ht_array_init(&list.others, sizeof(const char *), issues->issues.allocator);
    ht_status status = read_listed(path, mode, &list, data, folder, issues, err);
    ht_array_release(&list.others);
    ht_arena_release(&list.arena);
    return status;
}

/* ---- a plan that a person made ---- */

/* The columns of our own plan.csv are known; those behind DATE follow from the rest and are not read. */
enum { VISIT, STAFF, START, DATE, END, ROLE, TRAVEL_MIN, LOCKED, PLAN_COLUMNS };

static const ht_csv_want PLAN[PLAN_COLUMNS] = {[VISIT] = {"visit_id", "besök_id", true},
                                               [STAFF] = {"staff_id", "personal_id", true},
                                               [START] = {"start", "starttid", true},
                                               [DATE] = {"date", "datum", false},
                                               [END] = {"end", "sluttid", false},
                                               [ROLE] = {"role", "roll", false},
                                               [TRAVEL_MIN] = {"travel_min", "restid_min", false},
                                               [LOCKED] = {"locked", "låst", false}};

typedef struct plan_rows {
    const char *file_name;
    int32_t date;
    ht_strings *text;
    ht_array *entries;
    ht_issues *issues;
    int32_t others; /* rows of other dates */
} plan_rows;

static void refuse(const plan_rows *rows, int32_t line, int32_t column, const char *cell, const char *expected) {
    char shown[64];
    ht_text_mask(cell, shown, sizeof shown);
    ht_issues_add(rows->issues, rows->file_name, line, PLAN[column].name, _("'%s': expected %s"), shown, expected);
}

static bool add_entry(const plan_rows *rows, const char *visit, const char *staff, int32_t start) {
    ht_plan_entry entry = {ht_strings_intern(rows->text, visit, strlen(visit)),
                           ht_strings_intern(rows->text, staff, strlen(staff)), start};
    ht_plan_entry *place =
        entry.visit != HT_NO_SYMBOL && entry.staff != HT_NO_SYMBOL ? ht_array_push(rows->entries) : NULL;
    if (place)
        *place = entry;
    return place != NULL;
}

static bool plan_row(void *context, int32_t line, const char *const *cells) {
    plan_rows *rows = context;
    int32_t start = 0, date = rows->date, before = rows->issues->count;
    for (int32_t i = VISIT; i <= STAFF; i++)
        if (!ht_id_valid(cells[i]))
            refuse(rows, line, i, cells[i], _("an id (a letter, then letters, digits, _ . or -; at most 32)"));
    if (!ht_time_parse(cells[START], &start))
        refuse(rows, line, START, cells[START], _("a time (HH:MM or HH:MM:SS)"));
    if (*cells[DATE] != '\0' && !ht_date_parse(cells[DATE], &date))
        refuse(rows, line, DATE, cells[DATE], _("a date (YYYY-MM-DD, 1900 to 2199)"));
    if (rows->issues->count > before)
        return true;
    if (date != rows->date) {
        rows->others++;
        return true;
    }
    return add_entry(rows, cells[VISIT], cells[STAFF], start);
}

static ht_status tell_others(const plan_rows *rows, ht_err *err) {
    char date[HT_DATE_TEXT];
    if (rows->others == 0)
        return HT_OK;
    ht_date_print(rows->date, date, sizeof date);
    ht_issues_note(rows->issues, rows->file_name, 0, "",
                   HT_PLURAL("%d row is not of %s and left out", "%d rows are not of %s and left out", rows->others),
                   rows->others, date);
    if (rows->entries->count > 0)
        return HT_OK;
    return ht_fail(err, HT_EINPUT, _("%s has no row of %s"), rows->file_name, date);
}

ht_status ht_plan_csv_read(const char *path, int32_t date, ht_dataset *data, ht_array *entries, ht_issues *issues,
                           ht_err *err) {
    const char *slash = strrchr(path, '/');
    plan_rows rows = {slash ? slash + 1 : path, date, &data->text, entries, issues, 0};
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail_open(path, err);
    ht_status status = ht_csv_read_cells(file, rows.file_name, PLAN, PLAN_COLUMNS, plan_row, &rows, issues, err);
    fclose(file);
    return status || issues->count > 0 ? status : tell_others(&rows, err);
}
