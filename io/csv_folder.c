#include "io/csv_folder.h"

#include <dirent.h>
#include <errno.h>
#include <strings.h>

#include "base/calendar.h"
#include "base/text.h"
#include "base/words.h"
#include "io/csv_mapped.h"
#include "io/csv_read.h"
#include "model/plan.h"
#include "model/tables.h"

/* ---- what the folder has ---- */

typedef struct listing {
    ht_arena arena;
    const char *file[HT_TABLES]; /* as the folder spells it: letter case is free */
    ht_array others;             /* const char *: CSV names that no table has */
    ht_array mapped;             /* const char *: CSV names that the mapping has */
} listing;

/* One reading of a folder. */
typedef struct reading {
    const char *path;
    ht_folder_mode mode;
    const ht_csv_map *map; /* NULL for none */
    ht_dataset *data;
    ht_folder *folder;
    ht_issues *issues;
    listing list;
    ht_mapped mapped; /* of meaning with a mapping */
} reading;

static bool is_csv(const char *name, size_t length) {
    return length > 4 && name[0] != '.' && strcasecmp(name + length - 4, ".csv") == 0;
}

static bool push_name(ht_array *names, const char *name) {
    const char **place = ht_array_push(names);
    if (place)
        *place = name;
    return place != NULL;
}

static bool list_name(reading *r, const char *name) {
    listing *list = &r->list;
    size_t length = strlen(name);
    if (!is_csv(name, length))
        return true;
    const char *copy = ht_arena_text(&list->arena, name, length);
    const char *stem = ht_arena_text(&list->arena, name, length - 4);
    if (!copy || !stem)
        return false;
    const ht_table *table = ht_table_find(stem);
    if (r->map && ht_csv_map_tables(r->map, name, r->folder->listed))
        return push_name(&list->mapped, copy);
    if (!table)
        return push_name(&list->others, copy);
    if (list->file[table->id])
        ht_issues_add(r->issues, copy, 0, "", _("the folder has this file twice (as %s too): keep one of them"),
                      list->file[table->id]);
    else
        list->file[table->id] = copy;
    r->folder->listed[table->id] = true;
    return true;
}

static int by_name(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static void sort_names(ht_array *names) {
    if (names->count > 0)
        qsort(names->items, (size_t)names->count, names->size, by_name);
}

static ht_status list_folder(reading *r, ht_err *err) {
    DIR *folder = opendir(r->path);
    if (!folder)
        return ht_fail_open(err, r->path, errno);
    ht_status status = HT_OK;
    errno = 0;
    for (struct dirent *entry; status == HT_OK && (entry = readdir(folder)) != NULL; errno = 0)
        if (!list_name(r, entry->d_name))
            status = ht_fail_memory(err);
    if (status == HT_OK && errno != 0)
        status = ht_fail(err, HT_ESYSTEM, _("%s: cannot be listed: %s"), r->path, ht_error_text(errno));
    closedir(folder);
    sort_names(&r->list.others);
    sort_names(&r->list.mapped);
    return status;
}

static ht_status note_others(const reading *r, ht_err *err) {
    const ht_array *others = &r->list.others;
    ht_text names;
    if (others->count == 0)
        return HT_OK;
    ht_text_init(&names, others->allocator);
    for (int32_t i = 0; i < others->count; i++) {
        const char *const *name = ht_array_at(others, i);
        ht_text_addf(&names, "%s%s", i > 0 ? ", " : "", *name);
    }
    ht_status status = names.failed ? ht_fail_memory(err) : HT_OK;
    if (status == HT_OK)
        ht_issues_note(r->issues, "", 0, "", _("other files, not read: %s"), ht_text_get(&names));
    ht_text_release(&names);
    return status;
}

/* True where a file of the folder, or a row of the mapping before this one, has the row's file name. */
static bool is_told(const reading *r, int32_t index) {
    const ht_map_row *row = r->map->rows.items;
    bool told = false;
    for (int32_t i = 0; i < r->list.mapped.count && !told; i++) {
        const char *const *name = ht_array_at(&r->list.mapped, i);
        told = ht_map_row_is_of(&row[index], *name);
    }
    for (int32_t i = 0; i < index && !told; i++)
        told = row[i].kind == HT_MAP_COLUMN && ht_word_equal(row[i].file, row[index].file);
    return told;
}

/* Names of the mapping that no file has. */
static void note_absent(const reading *r) {
    for (int32_t i = 0; r->map && i < r->map->rows.count; i++) {
        const ht_map_row *row = ht_array_at(&r->map->rows, i);
        if (row->kind == HT_MAP_COLUMN && !is_told(r, i))
            ht_issues_note(r->issues, r->map->name, row->line, "file", _("the folder has no file %s"), row->file);
    }
}

/* ---- reading it ---- */

static ht_status fail_empty(const char *path, ht_folder_mode mode, ht_err *err) {
    const char *expected = mode == HT_FOLDER_WHOLE
                               ? _("clients.csv, staff.csv, roster.csv and visits.csv or visit_series.csv are needed")
                               : _("at least one of clients.csv, staff.csv, roster.csv, visits.csv "
                                   "and the like is needed");
    return ht_fail(err, HT_EINPUT, _("%s: no file that can be imported: %s"), path, expected);
}

/* A folder of another system's files looks like one without ours. */
static void hint_at_mapping(const reading *r) {
    if (!r->map && r->list.others.count > 0)
        ht_issues_note(r->issues, "", 0, "", _("files of another system are read through a mapping: --map FILE"));
}

static ht_status check_needed(const reading *r, ht_err *err) {
    const bool *listed = r->folder->listed;
    bool found = false, missing = false;
    for (int32_t id = 0; id < HT_TABLES; id++)
        found = found || listed[id];
    if (!found) {
        hint_at_mapping(r);
        return fail_empty(r->path, r->mode, err);
    }
    for (int32_t id = 0; id < HT_TABLES && r->mode == HT_FOLDER_WHOLE; id++) {
        const ht_table *table = ht_table_get((ht_table_id)id);
        char name[64];
        snprintf(name, sizeof name, "%s.csv", table->name);
        if (!table->needed || listed[id])
            continue;
        ht_issues_add(r->issues, name, 0, "", _("this file is missing, and it is needed"));
        missing = true;
    }
    bool visits = listed[HT_VISITS] || listed[HT_SERIES];
    if (r->mode == HT_FOLDER_WHOLE && !visits)
        ht_issues_add(r->issues, "visits.csv", 0, "",
                      _("this file or visit_series.csv is needed, and both are missing"));
    if (r->mode == HT_FOLDER_WHOLE && (missing || !visits))
        hint_at_mapping(r);
    return HT_OK;
}

/* Reads a file of ours, or one that the mapping names where there is no table. */
static ht_status read_open(reading *r, FILE *file, const char *name, const ht_table *table, ht_err *err) {
    if (!table)
        return ht_mapped_read(&r->mapped, file, name, err);
    int32_t first = ht_dataset_count(r->data, table->id);
    ht_status status = ht_csv_read(file, name, table, r->data, r->issues, err);
    if (!status && r->map && !ht_mapped_add_own(&r->mapped, name, table->id, first))
        status = ht_fail_memory(err);
    return status;
}

static ht_status read_one(reading *r, const char *name, const ht_table *table, ht_err *err) {
    ht_text file_path;
    ht_text_init(&file_path, r->issues->issues.allocator);
    ht_text_addf(&file_path, "%s/%s", r->path, name);
    FILE *file = file_path.failed ? NULL : fopen(ht_text_get(&file_path), "rb");
    ht_status status = file_path.failed ? ht_fail_memory(err) : HT_OK;
    if (status == HT_OK && !file)
        status = ht_fail_open(err, ht_text_get(&file_path), errno);
    if (file) {
        status = read_open(r, file, name, table, err);
        fclose(file);
    }
    ht_text_release(&file_path);
    return status;
}

static ht_status read_files(reading *r, ht_err *err) {
    ht_status status = HT_OK;
    for (int32_t id = 0; id < HT_TABLES && status == HT_OK; id++)
        if (r->list.file[id])
            status = read_one(r, r->list.file[id], ht_table_get((ht_table_id)id), err);
    for (int32_t i = 0; i < r->list.mapped.count && status == HT_OK; i++) {
        const char *const *name = ht_array_at(&r->list.mapped, i);
        status = read_one(r, *name, NULL, err);
    }
    if (status == HT_OK && r->map)
        status = ht_mapped_finish(&r->mapped, err);
    return status;
}

static ht_status read_listed(reading *r, ht_err *err) {
    ht_status status = list_folder(r, err);
    if (status == HT_OK)
        status = note_others(r, err);
    if (status == HT_OK)
        status = check_needed(r, err);
    if (status == HT_OK) {
        note_absent(r);
        status = read_files(r, err);
    }
    return status == HT_OK && r->issues->failed ? ht_fail_memory(err) : status;
}

ht_status ht_folder_read_mapped(const char *path, ht_folder_mode mode, const ht_csv_map *map, ht_dataset *data,
                                ht_folder *folder, ht_issues *issues, ht_err *err) {
    reading r = {.path = path, .mode = mode, .map = map, .data = data, .folder = folder, .issues = issues};
    const ht_allocator *allocator = issues->issues.allocator;
    *folder = (ht_folder){{false}};
    ht_arena_init(&r.list.arena, allocator);
    ht_array_init(&r.list.others, sizeof(const char *), allocator);
    ht_array_init(&r.list.mapped, sizeof(const char *), allocator);
    ht_mapped_init(&r.mapped, map, data, issues);
    ht_status status = read_listed(&r, err);
    ht_mapped_release(&r.mapped);
    ht_array_release(&r.list.mapped);
    ht_array_release(&r.list.others);
    ht_arena_release(&r.list.arena);
    return status;
}

ht_status ht_folder_read(const char *path, ht_folder_mode mode, ht_dataset *data, ht_folder *folder, ht_issues *issues,
                         ht_err *err) {
    return ht_folder_read_mapped(path, mode, NULL, data, folder, issues, err);
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
        return ht_fail_open(err, path, errno);
    ht_status status = ht_csv_read_cells(file, rows.file_name, PLAN, PLAN_COLUMNS, plan_row, &rows, issues, err);
    fclose(file);
    return status || issues->count > 0 ? status : tell_others(&rows, err);
}
