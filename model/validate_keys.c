#include "base/words.h"
#include "model/tables.h"
#include "model/validate_internal.h"

enum { FREE = -1, KEY_COLUMNS_MAX = 8 };

/* The rows of one table with different keys: open addressing, row numbers in the slots. */
typedef struct key_set {
    const ht_array *rows;
    const ht_column *column[KEY_COLUMNS_MAX];
    int32_t columns;
    int32_t *slot;
    uint32_t mask;
} key_set;

static uint32_t hash(const key_set *set, const void *row) {
    uint64_t value = 0;
    for (int32_t c = 0; c < set->columns; c++) {
        value = (value ^ (uint32_t)ht_row_get(row, set->column[c])) * UINT64_C(0x9e3779b97f4a7c15);
        value ^= value >> 29;
    }
    return (uint32_t)(value >> 16);
}

static bool same_key(const key_set *set, const void *row, const void *other) {
    bool same = true;
    for (int32_t c = 0; same && c < set->columns; c++) {
        same = ht_row_get(row, set->column[c]) == ht_row_get(other, set->column[c]);
    }
    return same;
}

/* The earlier row with the key of the row at index; NULL where it is the first, which the set holds from then on. */
static const void *first_of_key(key_set *set, int32_t index) {
    const void *row = ht_array_at(set->rows, index);
    uint32_t at = hash(set, row) & set->mask;
    for (; set->slot[at] != FREE; at = (at + 1) & set->mask) {
        const void *known = ht_array_at(set->rows, set->slot[at]);
        if (same_key(set, row, known)) {
            return known;
        }
    }
    set->slot[at] = index;
    return NULL;
}

static bool init_set(key_set *set, const ht_table *table, const ht_array *rows, ht_arena *scratch) {
    int64_t slots = 16;
    while (slots < 2 * (int64_t)rows->count) {
        slots *= 2;
    }
    *set = (key_set){.rows = rows, .mask = (uint32_t)(slots - 1)};
    for (int32_t c = 0; c < table->count; c++) {
        if (table->columns[c].key) {
            set->column[set->columns++] = &table->columns[c];
        }
    }
    set->slot = HT_ARENA_NEW(scratch, slots, int32_t);
    if (set->slot != NULL) {
        memset(set->slot, 0xff, (size_t)slots * sizeof(int32_t));
    }
    return set->slot != NULL;
}

/* Writes the key as "P1, 2025-03-05, 07:00, work". */
static void print_key(const key_set *set, const void *row, const ht_strings *pool, char *out, size_t size) {
    size_t used = 0;
    out[0] = '\0';
    for (int32_t c = 0; c < set->columns && used < size; c++) {
        char cell[600];
        ht_cell_print(set->column[c], ht_row_get(row, set->column[c]), pool, HT_ENGLISH, cell, sizeof(cell));
        if (cell[0] != '\0') {
            used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ", ", cell);
        }
    }
}

static bool check_table(ht_validation *v, const ht_table *table) {
    const ht_array *rows = &v->data->table[table->id];
    key_set set;
    if (!init_set(&set, table, rows, &v->scratch)) {
        return false;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        const void *row = ht_array_at(rows, i);
        /* a stored row of the same key is replaced, which is no fault */
        const void *first = ht_row_line(row) > 0 ? first_of_key(&set, i) : NULL;
        if (first != NULL) {
            v->twice[table->id] = true;
            char file[40], key[256], place[HT_PLACE_TEXT];
            snprintf(file, sizeof(file), "%s.csv", table->name);
            print_key(&set, row, &v->data->text, key, sizeof(key));
            ht_issues_place(v->issues, ht_row_line(first), place);
            ht_issues_add(v->issues, file, ht_row_line(row), table->columns[0].name,
                          _("%s is on %s already: each row has a key of its own"), key, place);
        }
    }
    return true;
}

bool ht_validate_keys(ht_validation *v) {
    bool checked = true;
    for (ht_table_id id = 0; checked && id < HT_TABLES; id++) {
        ht_arena_mark mark = ht_arena_get_mark(&v->scratch);
        checked = check_table(v, ht_table_get(id));
        ht_arena_rewind(&v->scratch, mark);
    }
    return checked;
}
