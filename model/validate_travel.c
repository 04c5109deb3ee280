#include "base/words.h"
#include "model/tables.h"
#include "model/validate_internal.h"

static const char FILE_NAME[] = "travel.csv";
static const char OFFICE[] = "office";

/* ---- places ---- */

/* What is wrong with a place; NULL for nothing. */
static const char *fault_of_place(const ht_validation *v, ht_sym place) {
    const char *text = ht_dataset_text(v->data, place);
    int32_t teams = ht_dataset_count(v->data, HT_TEAMS);
    size_t length = sizeof(OFFICE) - 1;
    if (ht_index_find(&v->index[HT_CLIENTS], place) >= 0) {
        return NULL;
    }
    if (strcmp(text, OFFICE) == 0) {
        return teams <= 1 ? NULL : _("there are several teams: say whose office, office:TEAM");
    }
    if (strncmp(text, OFFICE, length) == 0 && text[length] == ':') {
        ht_sym team = ht_strings_find(&v->data->text, text + length + 1);
        return teams == 0 || ht_index_find(&v->index[HT_TEAMS], team) >= 0 ? NULL : _("no such team in teams.csv");
    }
    return _("neither a client of clients.csv nor office or office:TEAM");
}

static void check_place(ht_validation *v, int32_t line, const char *column, ht_sym place) {
    const char *fault = fault_of_place(v, place);
    if (fault != NULL) {
        ht_issues_add(v->issues, FILE_NAME, line, column, "'%s': %s", ht_dataset_text(v->data, place), fault);
    }
}

/* A client of that name would be taken for the office. */
static void check_client_names(ht_validation *v) {
    const ht_client_row *row = ht_dataset_rows(v->data, HT_CLIENTS);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_CLIENTS); i++) {
        if (row[i].line > 0 && strcmp(ht_dataset_text(v->data, row[i].client_id), OFFICE) == 0) {
            ht_issues_add(v->issues, "clients.csv", row[i].line, "client_id",
                          _("'office' is the name of the office in travel.csv: use another id"));
        }
    }
}

/* ---- missing pairs ---- */

enum { NO_PLACE = -1 };

/* The pairs of one mode: how many different other places each place has a row to. */
typedef struct pairs {
    const ht_travel_row *row;
    int32_t rows, mode, syms;
    int32_t *rows_from; /* by symbol; NO_PLACE where no row of the mode names it */
    int64_t places, given;
} pairs;

static bool of_mode(const pairs *p, int32_t row) {
    return p->row[row].mode == p->mode;
}

/* The folder brings rows of the mode: stored ones alone are not its fault. */
static bool is_brought(const pairs *p) {
    for (int32_t i = 0; i < p->rows; i++) {
        if (p->row[i].line > 0 && of_mode(p, i)) {
            return true;
        }
    }
    return false;
}

static void name_place(pairs *p, ht_sym place) {
    if (p->rows_from[place] == NO_PLACE) {
        p->rows_from[place] = 0;
        p->places++;
    }
}

static void count_pairs(pairs *p) {
    memset(p->rows_from, 0xff, (size_t)p->syms * sizeof(int32_t));
    p->places = p->given = 0;
    for (int32_t i = 0; i < p->rows; i++) {
        if (of_mode(p, i)) {
            name_place(p, p->row[i].from);
            name_place(p, p->row[i].to);
            p->rows_from[p->row[i].from] += p->row[i].from != p->row[i].to ? 1 : 0;
            p->given += p->row[i].from != p->row[i].to ? 1 : 0;
        }
    }
}

/* One pair without a row: a place with too few rows, and a place that none of them goes to. Uses up rows_from. */
static void find_missing(pairs *p, ht_sym *from, ht_sym *to) {
    *from = *to = 0;
    while (p->rows_from[*from] == NO_PLACE || p->rows_from[*from] == p->places - 1) {
        (*from)++;
    }
    for (int32_t i = 0; i < p->rows; i++) {
        if (of_mode(p, i) && p->row[i].from == *from) {
            p->rows_from[p->row[i].to] = NO_PLACE;
        }
    }
    while (*to == *from || p->rows_from[*to] == NO_PLACE) {
        (*to)++;
    }
}

static void check_mode(ht_validation *v, pairs *p) {
    const ht_table *table = ht_table_get(HT_TRAVEL);
    const ht_column *mode = &table->columns[ht_table_column(table, "mode")];
    count_pairs(p);
    int64_t wanted = p->places * (p->places - 1);
    int64_t missing = wanted - p->given;
    if (missing > 0) {
        ht_sym from, to;
        find_missing(p, &from, &to);
        ht_issues_add(
            v->issues, FILE_NAME, 0, "minutes",
            _("%s: no row from %s to %s (%lld of %lld pairs are missing): give all pairs of the places that the "
              "mode's rows name, or none"),
            mode->words[p->mode].name, ht_dataset_text(v->data, from), ht_dataset_text(v->data, to), (long long)missing,
            (long long)wanted);
    }
}

static bool check_pairs(ht_validation *v) {
    pairs p = {.row = ht_dataset_rows(v->data, HT_TRAVEL),
               .rows = ht_dataset_count(v->data, HT_TRAVEL),
               .syms = ht_strings_count(&v->data->text)};
    p.rows_from = HT_ARENA_NEW(&v->scratch, p.syms, int32_t);
    for (p.mode = 0; p.rows_from != NULL && p.mode < HT_MODES; p.mode++) {
        if (is_brought(&p)) {
            check_mode(v, &p);
        }
    }
    return p.rows_from != NULL;
}

/* Rows that come twice would be counted twice: the pairs are looked at when the rows themselves are right. */
bool ht_validate_travel(ht_validation *v) {
    const ht_travel_row *row = ht_dataset_rows(v->data, HT_TRAVEL);
    check_client_names(v);
    for (int32_t i = 0; i < ht_dataset_count(v->data, HT_TRAVEL); i++) {
        if (row[i].line > 0 && !v->refused[HT_CLIENTS] && !v->refused[HT_TEAMS]) {
            check_place(v, row[i].line, "from", row[i].from);
            check_place(v, row[i].line, "to", row[i].to);
        }
    }
    return v->twice[HT_TRAVEL] || v->refused[HT_TRAVEL] || check_pairs(v);
}
