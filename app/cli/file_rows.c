#include "app/cli/file_rows.h"

#include "app/cli/table.h"
#include "base/words.h"

enum { NAME_MAX_BYTES = 64 };

static const ht_table_head HEAD[] = {{"file", N_("file"), HT_LEFT}, {"rows", N_("rows"), HT_RIGHT}};

static void file_name(int32_t table, char out[NAME_MAX_BYTES]) {
    snprintf(out, NAME_MAX_BYTES, "%s.csv", ht_table_get((ht_table_id)table)->name);
}

ht_status ht_file_rows_print(const bool *listed, const int32_t *rows, ht_format format, ht_err *err) {
    char name[NAME_MAX_BYTES];
    ht_table_out table;
    ht_table_out_init(&table, HEAD, 2);
    for (int32_t i = 0; i < HT_TABLES; i++)
        if (listed[i]) {
            file_name(i, name);
            ht_cell_text(&table, name);
            ht_cell_integer(&table, rows[i]);
        }
    ht_status status = ht_table_out_print(&table, format, err);
    ht_table_out_release(&table);
    return status;
}

void ht_file_rows_json(ht_json *json, const char *key, const bool *listed, const int32_t *rows) {
    char name[NAME_MAX_BYTES];
    ht_json_begin_object(json, key);
    for (int32_t i = 0; i < HT_TABLES; i++)
        if (listed[i]) {
            file_name(i, name);
            ht_json_integer(json, name, rows[i]);
        }
    ht_json_end(json);
}
