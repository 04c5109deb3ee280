#include "bench/record.h"

#include <unistd.h>

#include "base/numbers.h"
#include "bench/best_known.h"
#include "bench/cells.h"
#include "io/csv_write.h"
#include "io/mankowska_read.h"
#include "io/uhhc_read.h"
#include "io/vrptw_read.h"

static const char LUNCH[] = "lunch_break";
enum { TIME_DIGITS = 4, STOP_TEXT = 256, RECORD_PATH = 4096 };

typedef enum record_column { SET, INSTANCE, VALUE, ROUTE, STOPS, COLUMNS } record_column;

static const ht_csv_want WANT[COLUMNS] = {
    {"set", NULL, true}, {"instance", NULL, true}, {"value", NULL, true}, {"route", NULL, true}, {"stops", NULL, true}};

/* ---- writing ---- */

typedef struct printing {
    ht_csv_out *out;
    const char *set, *instance;
    int64_t value;
    ht_text stops; /* of the route at hand */
} printing;

static void end_route(printing *p, const char *name) {
    char value[32];
    ht_decimal_print(p->value, HT_BENCH_COST, TIME_DIGITS, ',', value, sizeof value);
    ht_csv_out_text(p->out, p->set);
    ht_csv_out_text(p->out, p->instance);
    ht_csv_out_number(p->out, value);
    ht_csv_out_text(p->out, name);
    ht_csv_out_text(p->out, ht_text_get(&p->stops));
    ht_csv_out_end_row(p->out);
    ht_text_empty(&p->stops);
}

static const char *between(const printing *p) {
    return p->stops.length > 0 ? "|" : "";
}

static void print_home_care(printing *p, const ht_uhhc *u, const ht_uhhc_solution *solution) {
    char start[32], end[32];
    for (int32_t i = 0; i < solution->routes; i++) {
        const ht_uhhc_route *route = &solution->route[i];
        for (int32_t k = 0; k < route->stops; k++) {
            const ht_uhhc_stop *stop = &route->stop[k];
            ht_decimal_print(stop->start, u->scale, TIME_DIGITS, ',', start, sizeof start);
            ht_decimal_print(stop->end, u->scale, TIME_DIGITS, ',', end, sizeof end);
            ht_text_addf(&p->stops, "%s%s:%s@%s-%s", between(p), u->patient[stop->patient].id,
                         stop->service == HT_UHHC_BREAK ? LUNCH : ht_strings_text(&u->service_ids, stop->service + 1),
                         start, end);
        }
        if (route->stops > 0)
            end_route(p, u->caregiver[route->caregiver].id);
    }
}

static void print_vehicles(printing *p, const ht_vrptw_solution *solution) {
    char name[32];
    for (int32_t i = 0, used = 0; i < solution->routes; i++) {
        for (int32_t k = solution->first[i]; k < solution->first[i + 1]; k++)
            ht_text_addf(&p->stops, "%s%d", between(p), (int)solution->stop[k]);
        snprintf(name, sizeof name, "%d", (int)used + 1);
        if (p->stops.length == 0)
            continue;
        used++;
        end_route(p, name);
    }
}

static ht_status print_rows(const ht_solved_file *solved, FILE *file, printing *p, ht_err *err) {
    p->out = ht_csv_out_stream(file, err);
    if (p->out == NULL)
        return err->status;
    for (int32_t i = 0; i < COLUMNS; i++)
        ht_csv_out_text(p->out, WANT[i].name);
    ht_csv_out_end_row(p->out);
    if (solved->kind == HT_INSTANCE_VRPTW)
        print_vehicles(p, &solved->solution.vrptw);
    else
        print_home_care(p, &solved->instance.uhhc, &solved->solution.uhhc);
    return ht_csv_out_close(p->out, err);
}

ht_status ht_record_print(const ht_solved_file *solved, const char *set, const char *instance, int64_t value,
                          ht_text *file, ht_err *err) {
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&bytes, &size);
    if (memory == NULL)
        return ht_fail_memory(err);
    printing p = {.set = set, .instance = instance, .value = value};
    ht_text_init(&p.stops, &ht_allocator_system);
    ht_status status = print_rows(solved, memory, &p, err);
    bool closed = fclose(memory) == 0;
    if (!status && closed)
        ht_text_add(file, bytes, size);
    bool whole = closed && !p.stops.failed && !file->failed;
    ht_text_release(&p.stops);
    free(bytes);
    return status || whole ? status : ht_fail_memory(err);
}

/* ---- reading ---- */

static bool take_row(void *context, int32_t line, const char *const *cells) {
    ht_cells *in = context;
    ht_record *record = in->rows;
    int64_t value = 0;
    if (!ht_decimal_parse(cells[VALUE], HT_BENCH_COST, &value))
        ht_issues_add(&in->issues, in->path, line, "value", "'%s' is no number", cells[VALUE]);
    if (record->routes.count == 0) {
        ht_bench_set(record->set, cells[SET]);
        ht_bench_set(record->instance, cells[INSTANCE]);
        record->value = value;
    }
    if (strcmp(record->set, cells[SET]) != 0 || strcmp(record->instance, cells[INSTANCE]) != 0 ||
        record->value != value)
        ht_issues_add(&in->issues, in->path, line, "instance",
                      "set, instance and value are not those of the first row");
    ht_record_route *route = ht_array_push(&record->routes);
    if (route == NULL)
        return false;
    route->name = ht_arena_text(&record->arena, cells[ROUTE], strlen(cells[ROUTE]));
    route->stops = ht_arena_text(&record->arena, cells[STOPS], strlen(cells[STOPS]));
    return route->name != NULL && route->stops != NULL;
}

ht_status ht_record_read(const char *path, ht_record *record, ht_err *err) {
    ht_cells in = {.rows = record};
    *record = (ht_record){.value = HT_BENCH_BLANK};
    ht_arena_init(&record->arena, &ht_allocator_system);
    ht_array_init(&record->routes, sizeof(ht_record_route), &ht_allocator_system);
    ht_status status = ht_cells_read(path, WANT, COLUMNS, take_row, &in, err);
    return status || record->routes.count > 0 ? status : ht_fail(err, HT_EINPUT, "%s: it holds no route", path);
}

void ht_record_release(ht_record *record) {
    ht_array_release(&record->routes);
    ht_arena_release(&record->arena);
}

/* ---- what it costs ---- */

/* The next of the stops, "" at the end; false where it is too long. */
static bool next_stop(const char **stops, char *stop) {
    size_t length = strcspn(*stops, "|");
    if (length >= STOP_TEXT)
        return false;
    snprintf(stop, STOP_TEXT, "%.*s", (int)length, *stops);
    *stops += length + ((*stops)[length] == '|');
    return true;
}

static int32_t count_stops(const char *stops) {
    int32_t count = *stops != '\0';
    for (; *stops != '\0'; stops++)
        count += *stops == '|';
    return count;
}

static ht_status no_stop(const ht_record_route *route, const char *stop, ht_err *err) {
    return ht_fail(err, HT_EINPUT, "route %s: '%s' is no stop of the instance", route->name, stop);
}

/* Cuts text behind the last `mark`; NULL where there is none. */
static char *cut_at_last(char *text, char mark) {
    char *at = strrchr(text, mark);
    if (at == NULL)
        return NULL;
    *at = '\0';
    return at + 1;
}

static bool parse_time(const char *text, int32_t scale, int32_t *time) {
    int64_t value;
    if (text == NULL || !ht_decimal_parse(text, scale, &value) || value < 0 || value > INT32_MAX)
        return false;
    *time = (int32_t)value;
    return true;
}

/* "p3:s1@120,5-150,5"; takes the text apart. */
static bool parse_home_care_stop(const ht_uhhc *u, char *text, ht_uhhc_stop *stop) {
    const char *end = cut_at_last(text, '-');
    const char *start = end != NULL ? cut_at_last(text, '@') : NULL;
    const char *service = start != NULL ? cut_at_last(text, ':') : NULL;
    if (service == NULL || !parse_time(start, u->scale, &stop->start) || !parse_time(end, u->scale, &stop->end))
        return false;
    stop->patient = ht_strings_find(&u->patient_ids, text) - 1;
    stop->service = strcmp(service, LUNCH) == 0 ? HT_UHHC_BREAK : ht_strings_find(&u->service_ids, service) - 1;
    return stop->patient >= 0 && (stop->service >= 0 || strcmp(service, LUNCH) == 0);
}

static ht_status read_home_care_route(const ht_uhhc *u, const ht_record_route *from, ht_arena *arena,
                                      ht_uhhc_route *route, ht_err *err) {
    char text[STOP_TEXT];
    const char *at = from->stops;
    ht_uhhc_stop *stop = HT_ARENA_NEW(arena, count_stops(at), ht_uhhc_stop);
    if (stop == NULL)
        return ht_fail_memory(err);
    *route = (ht_uhhc_route){.caregiver = ht_strings_find(&u->caregiver_ids, from->name) - 1, .stop = stop};
    if (route->caregiver < 0)
        return ht_fail(err, HT_EINPUT, "route %s: there is no such caregiver", from->name);
    while (*at != '\0')
        if (!next_stop(&at, text) || !parse_home_care_stop(u, text, &stop[route->stops++]))
            return no_stop(from, text, err);
    return HT_OK;
}

static ht_status broken(int32_t count, const char *first, ht_err *err) {
    return count == 0 ? HT_OK : ht_fail(err, HT_ERULE, "%d rules are broken; the first: %s", (int)count, first);
}

static ht_status evaluate_home_care(const ht_record *record, const ht_uhhc *u, ht_arena *arena, int64_t *value,
                                    ht_err *err) {
    ht_uhhc_cost cost;
    ht_status status = HT_OK;
    ht_uhhc_route *route = HT_ARENA_NEW(arena, record->routes.count, ht_uhhc_route);
    ht_uhhc_solution solution = {.routes = record->routes.count, .route = route};
    if (route == NULL)
        return ht_fail_memory(err);
    for (int32_t i = 0; i < record->routes.count && !status; i++)
        status = read_home_care_route(u, ht_array_at(&record->routes, i), arena, &route[i], err);
    if (!status)
        status = ht_uhhc_evaluate(u, &solution, &cost, err);
    if (status)
        return status;
    *value = ht_bench_cost(cost.total, (int64_t)u->scale * u->divisor);
    return broken(cost.broken, cost.first, err);
}

static ht_status evaluate_vehicles(const ht_record *record, const ht_vrptw *v, ht_arena *arena, int64_t *value,
                                   ht_err *err) {
    char text[STOP_TEXT];
    ht_vrptw_cost cost;
    int32_t stops = 0;
    for (int32_t i = 0; i < record->routes.count; i++)
        stops += count_stops(((const ht_record_route *)ht_array_at(&record->routes, i))->stops);
    int32_t *first = HT_ARENA_NEW(arena, record->routes.count + 1, int32_t),
            *stop = HT_ARENA_NEW(arena, stops, int32_t);
    if (first == NULL || stop == NULL)
        return ht_fail_memory(err);
    stops = 0;
    for (int32_t i = 0; i < record->routes.count; i++) {
        const ht_record_route *route = ht_array_at(&record->routes, i);
        for (const char *at = route->stops; *at != '\0'; stops++) {
            int64_t customer = 0;
            if (!next_stop(&at, text) || !ht_int_parse(text, &customer) || customer < 1 || customer >= v->places)
                return no_stop(route, text, err);
            stop[stops] = (int32_t)customer;
        }
        first[i + 1] = stops;
    }
    ht_vrptw_solution solution = {record->routes.count, first, stop};
    if (ht_vrptw_evaluate(v, &solution, &cost, err))
        return err->status;
    *value = ht_bench_cost(cost.distance, HT_VRPTW_SCALE);
    return broken(cost.broken, cost.first, err);
}

static ht_status evaluate(const ht_record *record, const char *path, ht_arena *arena, int64_t *value, ht_err *err) {
    ht_instance_kind kind;
    ht_vrptw v;
    ht_uhhc u;
    ht_status status = ht_instance_kind_find(path, HT_INSTANCE_DETECT, &kind, err);
    if (status)
        return status;
    if (kind == HT_INSTANCE_VRPTW) {
        status = ht_vrptw_read(path, &v, err);
        if (status)
            return status;
        status = evaluate_vehicles(record, &v, arena, value, err);
        ht_vrptw_release(&v);
        return status;
    }
    status = kind == HT_INSTANCE_MANKOWSKA ? ht_mankowska_read(path, &u, err) : ht_uhhc_read(path, &u, err);
    if (status)
        return status;
    status = evaluate_home_care(record, &u, arena, value, err);
    ht_uhhc_release(&u);
    return status;
}

ht_status ht_record_evaluate(const ht_record *record, const char *instance_file, int64_t *value, ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    ht_status status = evaluate(record, instance_file, &arena, value, err);
    ht_arena_release(&arena);
    return status;
}

/* ---- keeping ---- */

/* The value of the record that is there; HT_BENCH_BLANK where there is none. */
static ht_status value_there(const char *path, int64_t *value, ht_err *err) {
    ht_record record;
    *value = HT_BENCH_BLANK;
    if (access(path, F_OK) != 0)
        return HT_OK;
    ht_status status = ht_record_read(path, &record, err);
    *value = record.value;
    ht_record_release(&record);
    return status;
}

ht_status ht_record_keep(const char *folder, const char *set, const char *instance, int64_t value, int64_t best_known,
                         const ht_text *file, bool *kept, ht_err *err) {
    char name[2 * HT_BENCH_TEXT], path[RECORD_PATH];
    int64_t there;
    *kept = false;
    snprintf(name, sizeof name, "%s-%s.csv", set, instance);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ht_status status = value_there(path, &there, err);
    if (status || !ht_clearly_better(value, best_known) || (there != HT_BENCH_BLANK && value >= there))
        return status;
    ht_whole_file *whole = ht_whole_file_open(folder, name, err);
    if (whole == NULL)
        return err->status;
    ht_whole_file_put(whole, file->bytes, file->length);
    *kept = ht_whole_file_close(whole, err) == HT_OK;
    return *kept ? HT_OK : err->status;
}
