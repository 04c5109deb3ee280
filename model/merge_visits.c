#include "model/merge_visits.h"

#include "base/calendar.h"
#include "base/numbers.h"
#include "base/words.h"
#include "model/tables.h"

enum { FILE_NAME = 40, CELL = 600, LIST_MAX = 512, ID_MAX = 32 };

/* What two rows of one visit make of a column. */
typedef enum column_role {
    SAME,    /* the same, or one of them blank */
    KEY,     /* the same for sure */
    SUM,     /* added */
    LONGEST, /* of the longest row */
    UNION,   /* of both lists */
    LEAST,
    MOST
} column_role;

static const struct {
    const char *column;
    column_role role;
} ROLE[] = {
    {"visit_id", KEY},      {"series_id", KEY},   {"client_id", KEY}, {"date", KEY},         {"recurs", KEY},
    {"from", KEY},          {"to", KEY},          {"pauses", KEY},    {"except", KEY},       {"start", KEY},
    {"minutes", SUM},       {"service", LONGEST}, {"skill", UNION},   {"skill_one", UNION},  {"locked_staff", UNION},
    {"usual_staff", UNION}, {"priority", LEAST},  {"counts", MOST},   {"staff_needed", MOST}};

typedef struct merging {
    ht_dataset *data;
    const ht_table *table;
    ht_array *rows;
    ht_visit_part *part;
    int32_t parts;
    int32_t *owner;    /* by part: the part that it is put into; itself where it is a visit */
    column_role *role; /* by column */
    const ht_column *minutes, *staff_needed, *service;
    ht_issues *issues;
    ht_arena scratch;
} merging;

static column_role role_of(const ht_column *column) {
    for (size_t i = 0; i < sizeof(ROLE) / sizeof(ROLE[0]); i++) {
        if (strcmp(ROLE[i].column, column->name) == 0) {
            return ROLE[i].role;
        }
    }
    return SAME;
}

static const ht_column *column_named(const ht_table *table, const char *name) {
    return &table->columns[ht_table_column(table, name)];
}

static void *row_of(const merging *m, int32_t part) {
    return ht_array_at(m->rows, m->part[part].row);
}

static int32_t value_of(const merging *m, int32_t part, const ht_column *column) {
    return ht_row_get(row_of(m, part), column);
}

static void set(const merging *m, int32_t part, const ht_column *column, int32_t value) {
    ht_row_set(row_of(m, part), column, value);
}

static void file_of(const merging *m, char out[FILE_NAME]) {
    snprintf(out, FILE_NAME, "%s.csv", m->table->name);
}

static int32_t line_of(const merging *m, int32_t part) {
    return ht_row_line(row_of(m, part));
}

static const char *pair_of(const merging *m, int32_t part) {
    return ht_dataset_text(m->data, m->part[part].pair);
}

/* ---- groups ---- */

typedef enum grouping { ROWS_OF_A_VISIT, VISITS_OF_A_PAIR } grouping;

/* A part as it is sorted: parts of one group stand together, in the order of the file. */
typedef struct sorted_part {
    const merging *merging;
    int32_t part;
    grouping grouping;
} sorted_part;

/* 0 where the parts are of one group. An id is the visit's own, not the pair's. */
static int compare_groups(const sorted_part *a, const sorted_part *b) {
    const merging *m = a->merging;
    const ht_visit_part *left = &m->part[a->part], *right = &m->part[b->part];
    bool pairs = a->grouping == VISITS_OF_A_PAIR;
    int found = pairs ? ht_compare32(left->pair, right->pair) : ht_compare32(left->route, right->route);
    for (int32_t c = pairs ? 1 : 0; found == 0 && c < m->table->count; c++) {
        if (m->role[c] == KEY) {
            found =
                ht_compare32(value_of(m, a->part, &m->table->columns[c]), value_of(m, b->part, &m->table->columns[c]));
        }
    }
    return found;
}

static int compare_parts(const void *left, const void *right) {
    int found = compare_groups(left, right);
    const sorted_part *a = left, *b = right;
    return found != 0 ? found : ht_compare32(a->part, b->part);
}

/* ---- two rows become one ---- */

static void refuse_difference(const merging *m, const ht_column *column, int32_t into, int32_t from) {
    char file[FILE_NAME], place[HT_PLACE_TEXT], kept[CELL], other[CELL];
    file_of(m, file);
    ht_issues_place(m->issues, line_of(m, into), place);
    ht_cell_print(column, value_of(m, into, column), &m->data->text, HT_ENGLISH, kept, sizeof(kept));
    ht_cell_print(column, value_of(m, from, column), &m->data->text, HT_ENGLISH, other, sizeof(other));
    ht_issues_add(m->issues, file, line_of(m, from), column->name,
                  _("'%s', but '%s' on %s, a row of the same visit: make them the same"), other, kept, place);
}

static void refuse_total(const merging *m, const ht_column *column, int32_t from, int64_t total) {
    char file[FILE_NAME];
    file_of(m, file);
    ht_issues_add(m->issues, file, line_of(m, from), column->name,
                  _("%lld with the other rows of the same visit: at most %d"), (long long)total, (int)column->max);
}

/* The parts of list that it lacks, behind the other list; false where memory is out. */
static bool join_lists(const merging *m, const ht_column *column, int32_t into, int32_t from, int32_t *value) {
    char list[LIST_MAX + 1];
    const char *part;
    size_t length;
    size_t used = (size_t)snprintf(list, sizeof(list), "%s", ht_dataset_text(m->data, *value));
    const char *more = ht_dataset_text(m->data, value_of(m, from, column));
    for (size_t at = 0; ht_list_next(more, &at, &part, &length);) {
        char one[LIST_MAX + 1];
        snprintf(one, sizeof(one), "%.*s", (int)length, part);
        if (ht_list_holds(list, one)) {
            continue;
        }
        if (used + 1 + length > LIST_MAX) {
            refuse_difference(m, column, into, from);
            return true;
        }
        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", used > 0 ? "|" : "", one);
    }
    *value = ht_strings_intern(&m->data->text, list, used);
    return *value != HT_NO_SYMBOL;
}

static int32_t the_same(const merging *m, const ht_column *column, int32_t into, int32_t from) {
    int32_t kept = value_of(m, into, column), other = value_of(m, from, column);
    if (kept != other && kept != column->blank && other != column->blank) {
        refuse_difference(m, column, into, from);
    }
    return kept == column->blank ? other : kept;
}

/* Puts one column of a row into that of another. */
static bool join_column(const merging *m, int32_t c, int32_t into, int32_t from) {
    const ht_column *column = &m->table->columns[c];
    int32_t kept = value_of(m, into, column), other = value_of(m, from, column);
    int32_t value = kept;
    switch (m->role[c]) {
    case KEY:
    case SUM:
    case LONGEST:
        return true; /* the group's own to say */
    case SAME:
        value = the_same(m, column, into, from);
        break;
    case UNION:
        if (!join_lists(m, column, into, from, &value)) {
            return false;
        }
        break;
    case LEAST:
        value = other < kept ? other : kept;
        break;
    case MOST:
        value = other > kept ? other : kept;
        break;
    }
    set(m, into, column, value);
    return true;
}

static bool join_rows(merging *m, int32_t into, int32_t from) {
    bool fits = true;
    for (int32_t c = 0; fits && c < m->table->count; c++) {
        fits = join_column(m, c, into, from);
    }
    m->owner[from] = into;
    return fits;
}

/* ---- rows of one visit ---- */

/* One row of a visit may say for all that it is of a pair. */
static void join_pairs(const merging *m, int32_t into, int32_t from) {
    char file[FILE_NAME], place[HT_PLACE_TEXT];
    ht_sym pair = m->part[from].pair;
    if (m->part[into].pair == HT_NO_TEXT) {
        m->part[into].pair = pair;
    } else if (pair != HT_NO_TEXT && pair != m->part[into].pair) {
        file_of(m, file);
        ht_issues_place(m->issues, line_of(m, into), place);
        ht_issues_add(m->issues, file, line_of(m, from), "",
                      _("double staffing '%s', but '%s' on %s, a row of the same visit: make them the same"),
                      pair_of(m, from), pair_of(m, into), place);
    }
}

static bool merge_services(merging *m, const sorted_part *group, int32_t count) {
    int32_t first = group[0].part, longest = first;
    int64_t total = value_of(m, first, m->minutes);
    for (int32_t i = 1; i < count; i++) {
        int32_t from = group[i].part;
        total += value_of(m, from, m->minutes);
        longest = value_of(m, from, m->minutes) > value_of(m, longest, m->minutes) ? from : longest;
        join_pairs(m, first, from);
        if (!join_rows(m, first, from)) {
            return false;
        }
    }
    set(m, first, m->service, value_of(m, longest, m->service));
    if (total > m->minutes->max) {
        refuse_total(m, m->minutes, group[count - 1].part, total);
    } else {
        set(m, first, m->minutes, (int32_t)total);
    }
    return true;
}

/* ---- double staffing ---- */

/* How many routes the group has; stops counting above the most that may be. */
static int32_t routes_of(const merging *m, const sorted_part *group, int32_t count) {
    int32_t routes = 0;
    for (int32_t i = 0; i < count && routes <= m->staff_needed->max; i++) {
        bool known = false;
        for (int32_t k = 0; k < i && !known; k++) {
            known = m->part[group[k].part].route == m->part[group[i].part].route;
        }
        routes += known ? 0 : 1;
    }
    return routes;
}

static bool all_have_routes(const merging *m, const sorted_part *group, int32_t count) {
    char file[FILE_NAME];
    bool all = true;
    file_of(m, file);
    for (int32_t i = 0; i < count; i++) {
        int32_t part = group[i].part;
        if (m->part[part].route == HT_NO_TEXT) {
            all = false;
            ht_issues_add(m->issues, file, line_of(m, part), "",
                          _("double staffing '%s' without a route: give it, routes tell the persons apart"),
                          pair_of(m, part));
        }
    }
    return all;
}

/* The other row may have been refused, so that nothing is said where there are issues. */
static void note_single(const merging *m, int32_t part) {
    char file[FILE_NAME];
    file_of(m, file);
    if (m->issues->count == 0) {
        ht_issues_note(m->issues, file, line_of(m, part), "",
                       _("double staffing '%s' has one route alone at this time: taken as a visit for one person"),
                       pair_of(m, part));
    }
}

static void note_lengths(const merging *m, int32_t part, int32_t shortest, int32_t longest) {
    char file[FILE_NAME];
    file_of(m, file);
    if (shortest < longest) {
        ht_issues_note(m->issues, file, line_of(m, part), m->minutes->name,
                       _("double staffing '%s' is of %d and of %d min: the longer time is kept for all"),
                       pair_of(m, part), (int)shortest, (int)longest);
    }
}

static bool join_pair(merging *m, const sorted_part *group, int32_t count, int32_t routes) {
    int32_t first = group[0].part, longest = first;
    int32_t shortest = value_of(m, first, m->minutes);
    for (int32_t i = 1; i < count; i++) {
        int32_t from = group[i].part, minutes = value_of(m, from, m->minutes);
        longest = minutes > value_of(m, longest, m->minutes) ? from : longest;
        shortest = minutes < shortest ? minutes : shortest;
        if (!join_rows(m, first, from)) {
            return false;
        }
    }
    note_lengths(m, first, shortest, value_of(m, longest, m->minutes));
    set(m, first, m->service, value_of(m, longest, m->service));
    set(m, first, m->minutes, value_of(m, longest, m->minutes));
    set(m, first, m->staff_needed, routes);
    return true;
}

static bool merge_pair(merging *m, const sorted_part *group, int32_t count) {
    int32_t routes = all_have_routes(m, group, count) ? routes_of(m, group, count) : 0;
    if (routes > m->staff_needed->max) {
        refuse_total(m, m->staff_needed, group[count - 1].part, routes);
    } else if (routes == 1) {
        note_single(m, group[0].part);
    } else if (routes > 1) {
        return join_pair(m, group, count, routes);
    }
    return true;
}

/* Sorts the parts that are visits so far, and merges each group of them. */
static bool merge_groups(merging *m, grouping what,
                         bool (*merge)(merging *m, const sorted_part *group, int32_t count)) {
    sorted_part *sorted = HT_ARENA_NEW(&m->scratch, m->parts, sorted_part);
    int32_t count = 0;
    for (int32_t i = 0; sorted != NULL && i < m->parts; i++) {
        if (m->owner[i] == i && (what == ROWS_OF_A_VISIT || m->part[i].pair != HT_NO_TEXT)) {
            sorted[count++] = (sorted_part){m, i, what};
        }
    }
    if (sorted == NULL) {
        return false;
    }
    qsort(sorted, (size_t)count, sizeof(*sorted), compare_parts);
    bool fits = true;
    for (int32_t begin = 0, end; fits && begin < count; begin = end) {
        end = begin + 1;
        while (end < count && compare_groups(&sorted[begin], &sorted[end]) == 0) {
            end++;
        }
        fits = merge(m, sorted + begin, end - begin);
    }
    return fits;
}

/* ---- ids ---- */

/* FNV-1a (Fowler, Noll, Vo): short, and the same on every machine. */
static uint64_t hash(const char *text) {
    uint64_t value = UINT64_C(0xcbf29ce484222325);
    for (; *text != '\0'; text++) {
        value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return value;
}

/* "K1234-20261123-0730", of a series "K1234-0730-5f3a" with four digits of its recurrence and first day. Where that is
 * too long, its beginning and sixteen digits of the whole. */
static void base_id(const merging *m, int32_t part, size_t longest, char *out, size_t size) {
    char start[HT_TIME_TEXT], day[HT_DATE_TEXT], text[160];
    const char *client = ht_dataset_text(m->data, value_of(m, part, column_named(m->table, "client_id")));
    uint32_t seconds = (uint32_t)value_of(m, part, column_named(m->table, "start"));
    snprintf(start, sizeof(start), "%02u%02u", seconds / 3600 % 100, seconds / 60 % 60);
    if (m->table->id == HT_SERIES) {
        ht_date_print(value_of(m, part, column_named(m->table, "from")), day, sizeof(day));
        snprintf(text, sizeof(text), "%.64s %s",
                 ht_dataset_text(m->data, value_of(m, part, column_named(m->table, "recurs"))), day);
        uint64_t digits = hash(text);
        snprintf(text, sizeof(text), "%s-%s-%04x", client, start, (unsigned)((digits ^ digits >> 32) & 0xffff));
    } else {
        int32_t year, month, date;
        ht_date_to_civil(value_of(m, part, column_named(m->table, "date")), &year, &month, &date);
        snprintf(text, sizeof(text), "%s-%04d%02d%02d-%s", client, (int)year, (int)month, (int)date, start);
    }
    size_t length = strlen(text);
    if (length <= longest && length < size) {
        memcpy(out, text, length + 1);
    } else {
        snprintf(out, size, "%.*s-%016llx", (int)(longest - 17), client, (unsigned long long)hash(text));
    }
}

/* Ids that are taken, and how often each base was. */
typedef struct taken_ids {
    ht_strings text;
    ht_array count; /* int32_t by symbol */
} taken_ids;

/* How often text was taken so far; NULL where memory is out. */
static int32_t *count_of(taken_ids *taken, const char *text) {
    ht_sym sym = ht_strings_intern(&taken->text, text, strlen(text));
    while (sym >= taken->count.count) {
        if (ht_array_push(&taken->count) == NULL) {
            return NULL;
        }
    }
    return sym == HT_NO_SYMBOL ? NULL : ht_array_at(&taken->count, sym);
}

static bool take_given_ids(const merging *m, taken_ids *taken) {
    for (int32_t i = 0; i < m->rows->count; i++) {
        ht_sym id = ht_row_get(ht_array_at(m->rows, i), &m->table->columns[0]);
        int32_t *count = id == HT_NO_TEXT ? NULL : count_of(taken, ht_dataset_text(m->data, id));
        if (id != HT_NO_TEXT && count == NULL) {
            return false;
        }
        if (count != NULL) {
            *count = 1;
        }
    }
    return true;
}

/* A number goes behind the base from the second one on. */
static bool give_id(const merging *m, taken_ids *taken, int32_t part) {
    enum { COUNTER = 11 };
    const ht_column *column = &m->table->columns[0];
    size_t longest = column->max > 0 ? (size_t)column->max : ID_MAX;
    char base[ID_MAX + 1], id[ID_MAX + COUNTER + 1];
    base_id(m, part, longest, base, sizeof(base));
    int32_t *used = count_of(taken, base);
    int32_t number = used == NULL ? 0 : ++*used;
    snprintf(id, sizeof(id), "%s", base);
    for (int32_t *other = used; number > 1; number++) {
        char counter[COUNTER + 1];
        int length = snprintf(counter, sizeof(counter), ".%d", (int)number);
        snprintf(id, sizeof(id), "%.*s%s", (int)longest - length, base, counter);
        other = count_of(taken, id);
        if (other == NULL) {
            return false;
        }
        if ((*other)++ == 0) {
            break;
        }
    }
    ht_sym sym = used == NULL ? HT_NO_SYMBOL : ht_strings_intern(&m->data->text, id, strlen(id));
    set(m, part, column, sym);
    return sym != HT_NO_SYMBOL;
}

static bool give_ids(const merging *m) {
    taken_ids taken;
    ht_array_init(&taken.count, sizeof(int32_t), m->scratch.allocator);
    if (!ht_strings_init(&taken.text, m->scratch.allocator)) {
        return false;
    }
    bool fits = take_given_ids(m, &taken);
    for (int32_t i = 0; fits && i < m->parts; i++) {
        if (m->owner[i] == i && value_of(m, i, &m->table->columns[0]) == HT_NO_TEXT) {
            fits = give_id(m, &taken, i);
        }
    }
    ht_array_release(&taken.count);
    ht_strings_release(&taken.text);
    return fits;
}

/* ---- the table ---- */

/* Takes out the rows that were put into others. */
static void drop_merged(const merging *m) {
    int32_t kept = 0, part = 0;
    for (int32_t i = 0; i < m->rows->count; i++) {
        bool is_part = part < m->parts && m->part[part].row == i;
        bool merged = is_part && m->owner[part] != part;
        part += is_part ? 1 : 0;
        if (!merged && kept < i) {
            memcpy(ht_array_at(m->rows, kept), ht_array_at(m->rows, i), m->rows->size);
        }
        kept += merged ? 0 : 1;
    }
    ht_array_shrink(m->rows, kept);
}

static bool prepare(merging *m, const ht_array *parts) {
    m->owner = HT_ARENA_NEW(&m->scratch, parts->count, int32_t);
    m->part = HT_ARENA_NEW(&m->scratch, parts->count, ht_visit_part);
    m->role = HT_ARENA_NEW(&m->scratch, m->table->count, column_role);
    if (m->owner == NULL || m->part == NULL || m->role == NULL) {
        return false;
    }
    for (int32_t i = 0; i < parts->count; i++) {
        m->part[i] = *(const ht_visit_part *)ht_array_at(parts, i);
        m->owner[i] = i;
    }
    for (int32_t c = 0; c < m->table->count; c++) {
        m->role[c] = role_of(&m->table->columns[c]);
    }
    m->minutes = column_named(m->table, "minutes");
    m->staff_needed = column_named(m->table, "staff_needed");
    m->service = column_named(m->table, "service");
    return true;
}

bool ht_merge_visits(ht_dataset *data, ht_table_id table, const ht_array *parts, ht_issues *issues) {
    merging m = {.data = data,
                 .table = ht_table_get(table),
                 .rows = &data->table[table],
                 .parts = parts->count,
                 .issues = issues};
    ht_arena_init(&m.scratch, parts->allocator);
    bool fits = prepare(&m, parts) && merge_groups(&m, ROWS_OF_A_VISIT, merge_services) &&
                merge_groups(&m, VISITS_OF_A_PAIR, merge_pair) && give_ids(&m);
    if (fits) {
        drop_merged(&m);
    }
    ht_arena_release(&m.scratch);
    return fits;
}
