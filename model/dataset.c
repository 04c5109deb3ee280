#include "model/dataset.h"

#include "model/tables.h"

bool ht_dataset_init(ht_dataset *data, const ht_allocator *allocator) {
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        ht_array_init(&data->table[id], ht_table_get(id)->row_size, allocator);
    }
    ht_array_init(&data->planned, sizeof(ht_performed_row), allocator);
    return ht_strings_init(&data->text, allocator);
}

void ht_dataset_release(ht_dataset *data) {
    for (ht_table_id id = 0; id < HT_TABLES; id++) {
        ht_array_release(&data->table[id]);
    }
    ht_array_release(&data->planned);
    ht_strings_release(&data->text);
}

const void *ht_dataset_rows(const ht_dataset *data, ht_table_id table) {
    return data->table[table].items;
}

int32_t ht_dataset_count(const ht_dataset *data, ht_table_id table) {
    return data->table[table].count;
}

const char *ht_dataset_text(const ht_dataset *data, ht_sym sym) {
    return ht_strings_text(&data->text, sym);
}

bool ht_index_build(ht_index *index, const ht_dataset *data, ht_table_id table, ht_arena *arena) {
    const ht_column *id = &ht_table_get(table)->columns[0];
    const ht_array *rows = &data->table[table];
    index->syms = ht_strings_count(&data->text);
    index->row_of_sym = HT_ARENA_NEW(arena, index->syms, int32_t);
    if (index->row_of_sym == NULL) {
        return false;
    }
    memset(index->row_of_sym, 0xff, (size_t)index->syms * sizeof(int32_t));
    for (int32_t row = 0; row < rows->count; row++) {
        index->row_of_sym[ht_row_get(ht_array_at(rows, row), id)] = row;
    }
    return true;
}

int32_t ht_index_find(const ht_index *index, ht_sym sym) {
    return sym > HT_NO_TEXT && sym < index->syms ? index->row_of_sym[sym] : -1;
}

bool ht_row_groups_build(ht_row_groups *groups, const ht_dataset *data, ht_table_id table, const char *column,
                         ht_arena *arena) {
    const ht_table *description = ht_table_get(table);
    const ht_column *key = &description->columns[ht_table_column(description, column)];
    const ht_array *rows = &data->table[table];
    groups->syms = ht_strings_count(&data->text);
    groups->first = HT_ARENA_NEW(arena, (size_t)groups->syms + 1, int32_t);
    groups->row = HT_ARENA_NEW(arena, rows->count, int32_t);
    if (groups->first == NULL || groups->row == NULL) {
        return false;
    }
    for (int32_t i = 0; i < rows->count; i++) {
        groups->first[ht_row_get(ht_array_at(rows, i), key)]++;
    }
    for (int32_t sym = 0, end = 0; sym <= groups->syms; sym++) {
        end += groups->first[sym];
        groups->first[sym] = end;
    }
    for (int32_t i = rows->count - 1; i >= 0; i--) {
        groups->row[--groups->first[ht_row_get(ht_array_at(rows, i), key)]] = i;
    }
    return true;
}

const int32_t *ht_row_groups_find(const ht_row_groups *groups, ht_sym sym, int32_t *count) {
    bool known = sym > HT_NO_TEXT && sym < groups->syms;
    *count = known ? groups->first[sym + 1] - groups->first[sym] : 0;
    return known ? groups->row + groups->first[sym] : NULL;
}

static bool blank(char c) {
    return c == ' ' || c == '\t';
}

bool ht_list_next(const char *list, size_t *at, const char **part, size_t *length) {
    while (list[*at] == '|' || blank(list[*at])) {
        (*at)++;
    }
    if (list[*at] == '\0') {
        return false;
    }
    size_t end = *at + strcspn(list + *at, "|");
    *part = list + *at;
    *length = end - *at;
    while (blank((*part)[*length - 1])) {
        (*length)--;
    }
    *at = end;
    return true;
}

static bool holds_part(const char *list, const char *text, size_t length) {
    const char *part;
    size_t part_length;
    for (size_t at = 0; ht_list_next(list, &at, &part, &part_length);) {
        if (part_length == length && memcmp(part, text, length) == 0) {
            return true;
        }
    }
    return false;
}

bool ht_lists_share(const char *list, const char *other) {
    const char *part;
    size_t length;
    for (size_t at = 0; ht_list_next(list, &at, &part, &length);) {
        if (holds_part(other, part, length)) {
            return true;
        }
    }
    return false;
}

bool ht_list_holds(const char *list, const char *text) {
    return holds_part(list, text, strlen(text));
}
