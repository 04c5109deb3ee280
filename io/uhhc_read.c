#include "io/uhhc_read.h"

#include <math.h>

#include "base/words.h"
#include "io/json_read.h"

/* Published solutions give times with three decimals: two of them may be off by one together. */
enum { DIGITS_OF_TIMES = 1000 };
enum { PEOPLE_MAX = 10000, PLACES_MAX = 10000, TIME_MAX = 1000000 /* of the set's own unit */ };

/* One file that is being read, and where in it. */
typedef struct reading {
    const char *path;
    ht_uhhc *u;
    ht_arena *arena;
    ht_err *err;
    ht_strings terminals; /* symbol = index + 1 */
    int32_t *terminal_place;
    ht_uhhc_patient *patient;
    ht_uhhc_caregiver *caregiver;
    uint8_t *able, *preferred, *incompatible;
} reading;

static ht_status bad(const reading *r, const char *where, const char *expected) {
    return ht_fail(r->err, HT_EINPUT, _("%s: %s: expected %s"), r->path, where, expected);
}

static ht_status out_of_memory(const reading *r) {
    return ht_fail_memory(r->err);
}

/* A time in parts of the scale, rounded to it: those of solutions are. */
static bool get_rounded(const reading *r, const ht_json_value *value, int32_t *time) {
    double real;
    if (!ht_json_get_real(value, &real) || fabs(real) > TIME_MAX)
        return false;
    double scaled = floor(real * r->u->scale + 0.5);
    if (fabs(scaled) > INT32_MAX / 4)
        return false;
    *time = (int32_t)scaled;
    return true;
}

/* A time or distance of an instance in parts of the scale, exact. */
static bool get_time(const reading *r, const ht_json_value *value, int32_t *time) {
    double real;
    return get_rounded(r, value, time) && ht_json_get_real(value, &real) && real * r->u->scale == *time;
}

/* The index of a new id in its pool; -1 where there is no text, or the id was there. */
static int32_t new_id(ht_strings *pool, const ht_json_value *value) {
    const char *text = ht_json_get_text(value);
    if (text == NULL || *text == '\0')
        return -1;
    int32_t before = ht_strings_count(pool);
    ht_sym sym = ht_strings_intern(pool, text, strlen(text));
    return sym == before ? sym - 1 : -1;
}

/* The index of an id that must be in its pool; -1 where it is not. */
static int32_t known_id(const ht_strings *pool, const ht_json_value *value) {
    const char *text = ht_json_get_text(value);
    ht_sym sym = text == NULL ? HT_NO_SYMBOL : ht_strings_find(pool, text);
    return sym > 0 ? sym - 1 : -1;
}

/* Room for the items of a list of the document; -1 where it is none or has too many. */
static int32_t count_of(const ht_json_value *list, int32_t most) {
    int32_t count = ht_json_count(list);
    return list == NULL || count > most ? -1 : count;
}

/* ---- parts of an instance ---- */

static ht_status bad_row(const reading *r, int32_t row, const char *expected) {
    char where[48];
    snprintf(where, sizeof where, "distances[%d]", (int)row);
    return bad(r, where, expected);
}

static ht_status read_distances(reading *r, const ht_json_value *root) {
    const ht_json_value *rows = ht_json_member(root, "distances");
    int32_t places = count_of(rows, PLACES_MAX);
    if (places < 1)
        return bad(r, "distances", _("a square matrix"));
    for (int32_t i = 0; i < places; i++) /* before room is made: none that the file cannot fill */
        if (ht_json_count(ht_json_item(rows, i)) != places)
            return bad_row(r, i, _("as many numbers as there are rows"));
    int32_t *distance = HT_ARENA_NEW(r->arena, (int64_t)places * places, int32_t);
    if (distance == NULL)
        return out_of_memory(r);
    for (int32_t i = 0; i < places; i++)
        for (int32_t j = 0; j < places; j++) {
            int32_t *here = &distance[(int64_t)i * places + j];
            if (!get_time(r, ht_json_item(ht_json_item(rows, i), j), here) || *here < 0)
                return bad_row(r, i, _("whole numbers that are not negative"));
        }
    r->u->places = places;
    r->u->distance = distance;
    return HT_OK;
}

static bool get_place(const reading *r, const ht_json_value *object, int32_t *place) {
    int64_t index;
    if (!ht_json_get_integer(ht_json_member(object, "distance_matrix_index"), &index) || index < 0 ||
        index >= r->u->places)
        return false;
    *place = (int32_t)index;
    return true;
}

static ht_status read_terminals(reading *r, const ht_json_value *root) {
    const ht_json_value *list = ht_json_member(root, "terminal_points");
    int32_t count = count_of(list, PEOPLE_MAX);
    r->terminal_place = HT_ARENA_NEW(r->arena, count > 0 ? count : 1, int32_t);
    if (r->terminal_place == NULL)
        return out_of_memory(r);
    for (int32_t i = 0; i < count; i++) {
        const ht_json_value *item = ht_json_item(list, i);
        if (new_id(&r->terminals, ht_json_member(item, "id")) != i || !get_place(r, item, &r->terminal_place[i]))
            return bad(r, "terminal_points", _("ids of their own and rows of the distances"));
    }
    return count > 0 ? HT_OK : bad(r, "terminal_points", _("one at least"));
}

static ht_status read_services(reading *r, const ht_json_value *root) {
    const ht_json_value *list = ht_json_member(root, "services");
    r->u->services = count_of(list, PEOPLE_MAX);
    for (int32_t i = 0; i < r->u->services; i++)
        if (new_id(&r->u->service_ids, ht_json_member(ht_json_item(list, i), "id")) != i)
            return bad(r, "services", _("ids of their own"));
    return r->u->services > 0 ? HT_OK : bad(r, "services", _("one at least"));
}

static bool get_window(const reading *r, const ht_json_value *value, ht_uhhc_window *window) {
    return get_time(r, ht_json_member(value, "start"), &window->start) &&
           get_time(r, ht_json_member(value, "end"), &window->end) && window->start <= window->end;
}

/* False where the key is there and is neither true nor false. */
static bool get_flag(const ht_json_value *object, const char *key, bool *flag) {
    const ht_json_value *value = ht_json_member(object, key);
    *flag = ht_json_is_true(value);
    return value == NULL || ht_json_is_flag(value);
}

static ht_status read_caregiver(reading *r, const ht_json_value *item, int32_t index) {
    ht_uhhc_caregiver *c = &r->caregiver[index];
    ht_uhhc_window shift;
    char where[64];
    snprintf(where, sizeof where, "caregivers[%d]", (int)index);
    if (new_id(&r->u->caregiver_ids, ht_json_member(item, "id")) != index)
        return bad(r, where, _("an id of its own"));
    c->id = ht_strings_text(&r->u->caregiver_ids, index + 1);
    c->departs = known_id(&r->terminals, ht_json_member(item, "departing_point"));
    c->arrives = known_id(&r->terminals, ht_json_member(item, "arrival_point"));
    if (c->departs < 0 || c->arrives < 0)
        return bad(r, where, _("departing_point and arrival_point of terminal_points"));
    c->departs = r->terminal_place[c->departs];
    c->arrives = r->terminal_place[c->arrives];
    if (!get_window(r, ht_json_member(item, "working_shift"), &shift))
        return bad(r, where, _("a working_shift with start and end"));
    c->shift_start = shift.start;
    c->shift_end = shift.end;
    if (!get_flag(item, "lunch_break", &c->lunch))
        return bad(r, where, _("a lunch_break that is true or false"));
    const ht_json_value *abilities = ht_json_member(item, "abilities");
    for (int32_t i = 0; i < ht_json_count(abilities); i++) {
        int32_t service = known_id(&r->u->service_ids, ht_json_item(abilities, i));
        if (service < 0)
            return bad(r, where, _("abilities that are services"));
        r->able[(int64_t)index * r->u->services + service] = 1;
    }
    return HT_OK;
}

static ht_status read_caregivers(reading *r, const ht_json_value *root) {
    const ht_json_value *list = ht_json_member(root, "caregivers");
    int32_t count = count_of(list, PEOPLE_MAX);
    if (count < 1)
        return bad(r, "caregivers", _("one at least"));
    r->caregiver = HT_ARENA_NEW(r->arena, count, ht_uhhc_caregiver);
    r->able = HT_ARENA_NEW(r->arena, (int64_t)count * r->u->services, uint8_t);
    if (r->caregiver == NULL || r->able == NULL)
        return out_of_memory(r);
    r->u->caregivers = count;
    ht_status status = HT_OK;
    for (int32_t i = 0; !status && i < count; i++)
        status = read_caregiver(r, ht_json_item(list, i), i);
    return status;
}

static ht_status read_pair(reading *r, const ht_json_value *item, const char *where, ht_uhhc_patient *p) {
    const ht_json_value *pair = ht_json_member(item, "synchronization");
    const char *type = ht_json_get_text(ht_json_member(pair, "type"));
    if (p->needs < 2 || (type != NULL && strcmp(type, "independent") == 0))
        return HT_OK;
    if (type != NULL && strcmp(type, "simultaneous") == 0) {
        p->pair = HT_UHHC_SIMULTANEOUS;
        return HT_OK;
    }
    const ht_json_value *distance = ht_json_member(pair, "distance");
    p->pair = HT_UHHC_SEQUENTIAL;
    if (type == NULL || strcmp(type, "sequential") != 0 || !get_time(r, ht_json_member(distance, "min"), &p->gap_min) ||
        !get_time(r, ht_json_member(distance, "max"), &p->gap_max) || p->gap_min > p->gap_max)
        return bad(r, where, _("a synchronization that is simultaneous, sequential with a distance, or independent"));
    return HT_OK;
}

static ht_status read_needs(reading *r, const ht_json_value *item, const char *where, ht_uhhc_patient *p) {
    const ht_json_value *needs = ht_json_member(item, "required_services");
    const ht_json_value *windows = ht_json_member(item, "time_windows");
    p->needs = ht_json_count(needs);
    p->windows = ht_json_count(windows);
    if (p->needs < 1 || p->needs > 2 || p->windows < 1 || p->windows > 2)
        return bad(r, where, _("one or two required_services and time_windows"));
    for (int32_t i = 0; i < p->needs; i++) {
        const ht_json_value *need = ht_json_item(needs, i);
        p->need[i].service = known_id(&r->u->service_ids, ht_json_member(need, "service"));
        if (p->need[i].service < 0 || !get_time(r, ht_json_member(need, "duration"), &p->need[i].duration) ||
            p->need[i].duration < 0)
            return bad(r, where, _("required_services with a known service and a duration"));
    }
    if (p->needs == 2 && p->need[0].service == p->need[1].service)
        return bad(r, where, _("two different services"));
    for (int32_t i = 0; i < p->windows; i++)
        if (!get_window(r, ht_json_item(windows, i), &p->window[i]) ||
            (i > 0 && p->window[i].start < p->window[i - 1].start))
            return bad(r, where, _("time_windows in order, none of which ends before it starts"));
    return read_pair(r, item, where, p);
}

/* Marks the caregivers that a list of the patient names. */
static ht_status mark(const reading *r, const ht_json_value *list, const char *where, int32_t patient, uint8_t *marks) {
    for (int32_t i = 0; i < ht_json_count(list); i++) {
        int32_t caregiver = known_id(&r->u->caregiver_ids, ht_json_item(list, i));
        if (caregiver < 0)
            return bad(r, where, _("known caregivers"));
        marks[(int64_t)patient * r->u->caregivers + caregiver] = 1;
    }
    return HT_OK;
}

static ht_status read_patient(reading *r, const ht_json_value *item, int32_t index) {
    ht_uhhc_patient *p = &r->patient[index];
    const ht_json_value *preferred = ht_json_member(item, "preferred_caregivers");
    char where[64];
    snprintf(where, sizeof where, "patients[%d]", (int)index);
    if (new_id(&r->u->patient_ids, ht_json_member(item, "id")) != index || !get_place(r, item, &p->place))
        return bad(r, where, _("an id of its own and a row of the distances"));
    p->id = ht_strings_text(&r->u->patient_ids, index + 1);
    if (!get_flag(item, "optional", &p->optional))
        return bad(r, where, _("an optional that is true or false"));
    p->has_preference = ht_json_count(preferred) > 0;
    ht_status status = read_needs(r, item, where, p);
    if (!status)
        status = mark(r, preferred, where, index, r->preferred);
    if (!status)
        status = mark(r, ht_json_member(item, "incompatible_caregivers"), where, index, r->incompatible);
    return status;
}

static ht_status read_patients(reading *r, const ht_json_value *root) {
    const ht_json_value *list = ht_json_member(root, "patients");
    int32_t count = count_of(list, PEOPLE_MAX);
    if (count < 1)
        return bad(r, "patients", _("one at least"));
    r->patient = HT_ARENA_NEW(r->arena, count, ht_uhhc_patient);
    r->preferred = HT_ARENA_NEW(r->arena, (int64_t)count * r->u->caregivers, uint8_t);
    r->incompatible = HT_ARENA_NEW(r->arena, (int64_t)count * r->u->caregivers, uint8_t);
    if (r->patient == NULL || r->preferred == NULL || r->incompatible == NULL)
        return out_of_memory(r);
    r->u->patients = count;
    ht_status status = HT_OK;
    for (int32_t i = 0; !status && i < count; i++)
        status = read_patient(r, ht_json_item(list, i), i);
    return status;
}

static ht_status read_part(reading *r, const ht_json_value *value, ht_uhhc_part part) {
    const char *word = ht_json_get_text(value);
    int64_t weight = 0;
    r->u->hard[part] = word != NULL && strcmp(word, "HARD") == 0;
    if (!r->u->hard[part] && (!ht_json_get_integer(value, &weight) || weight < 0 || weight > 1000000))
        return bad(r, ht_uhhc_part_name(part), _("a weight from 0 to 1000000, or \"HARD\""));
    r->u->weight[part] = (int32_t)weight;
    return HT_OK;
}

static ht_status read_objective(reading *r, const ht_json_value *root) {
    static const char *const PARTS[] = {
#define X(id, name) name,
        HT_UHHC_PART_LIST(X)
#undef X
            NULL};
    const ht_json_value *about = ht_json_member(root, "metadata");
    const ht_json_value *parts = ht_json_member(about, "cost_components");
    const char *met = ht_json_get_text(ht_json_member(about, "time_window_met"));
    if (met == NULL || (strcmp(met, "at_service_start") != 0 && strcmp(met, "at_service_end") != 0))
        return bad(r, "metadata.time_window_met", "at_service_start, at_service_end");
    r->u->met = strcmp(met, "at_service_end") == 0 ? HT_UHHC_MET_AT_END : HT_UHHC_MET_AT_START;
    if (ht_json_count(parts) < 1 || ht_json_unknown_key(parts, PARTS) != NULL)
        return bad(r, "metadata.cost_components", _("the set's cost parts alone"));
    ht_status status = HT_OK;
    for (int32_t i = 0; !status && i < HT_UHHC_PARTS; i++) {
        const ht_json_value *value = ht_json_member(parts, PARTS[i]);
        status = value == NULL ? HT_OK : read_part(r, value, (ht_uhhc_part)i);
    }
    return status;
}

static ht_status read_lunch(reading *r, const ht_json_value *root) {
    const ht_json_value *lunch = ht_json_member(root, "lunch_breaks");
    bool wanted = false;
    for (int32_t i = 0; i < r->u->caregivers; i++)
        wanted = wanted || r->caregiver[i].lunch;
    if (lunch == NULL && !wanted)
        return HT_OK;
    if (!get_window(r, lunch, &r->u->lunch) ||
        !get_time(r, ht_json_member(lunch, "min_duration"), &r->u->lunch_length) || r->u->lunch_length < 0)
        return bad(r, "lunch_breaks", _("start, end and min_duration"));
    return HT_OK;
}

typedef ht_status part_fn(reading *r, const ht_json_value *root);

static ht_status read_instance(reading *r, const ht_json_value *root) {
    static part_fn *const PART[] = {read_objective,  read_distances, read_terminals, read_services,
                                    read_caregivers, read_patients,  read_lunch};
    ht_status status = HT_OK;
    for (size_t i = 0; !status && i < sizeof PART / sizeof PART[0]; i++)
        status = PART[i](r, root);
    r->u->patient = r->patient;
    r->u->caregiver = r->caregiver;
    r->u->able = r->able;
    r->u->preferred = r->preferred;
    r->u->incompatible = r->incompatible;
    return status;
}

ht_status ht_uhhc_read(const char *path, ht_uhhc *instance, ht_err *err) {
    ht_json_document *document = ht_json_read(path, err);
    if (document == NULL)
        return err->status;
    reading r = {.path = path, .u = instance, .arena = &instance->arena, .err = err};
    bool room = ht_uhhc_init(instance, &ht_allocator_system);
    room = ht_strings_init(&r.terminals, &ht_allocator_system) && room;
    ht_status status = room ? read_instance(&r, ht_json_root(document)) : ht_fail_memory(err);
    ht_strings_release(&r.terminals);
    ht_json_read_end(document);
    if (status)
        ht_uhhc_release(instance);
    return status;
}

/* ---- solutions ---- */

static ht_status read_stop(const reading *r, const ht_json_value *item, const char *where, ht_uhhc_stop *stop) {
    const char *service = ht_json_get_text(ht_json_member(item, "service"));
    stop->patient = known_id(&r->u->patient_ids, ht_json_member(item, "patient"));
    stop->service = service != NULL && strcmp(service, "lunch_break") == 0
                        ? HT_UHHC_BREAK
                        : known_id(&r->u->service_ids, ht_json_member(item, "service"));
    bool known = stop->patient >= 0 && (stop->service >= 0 || (service != NULL && strcmp(service, "lunch_break") == 0));
    if (!known)
        return bad(r, where, _("a known patient and service"));
    /* The published annealing's breaks have keys of their own. */
    bool start = get_rounded(r, ht_json_member(item, "arrival_time"), &stop->start) ||
                 get_rounded(r, ht_json_member(item, "start_time"), &stop->start);
    bool end = get_rounded(r, ht_json_member(item, "departure_time"), &stop->end) ||
               get_rounded(r, ht_json_member(item, "end_time"), &stop->end);
    return start && end ? HT_OK : bad(r, where, _("arrival_time and departure_time"));
}

static int by_time(const void *a, const void *b) {
    const ht_uhhc_stop *x = a, *y = b;
    int order = (x->start > y->start) - (x->start < y->start);
    return order != 0 ? order : (x->end > y->end) - (x->end < y->end);
}

static ht_status read_route(const reading *r, const ht_json_value *item, int32_t index, ht_uhhc_route *route) {
    const ht_json_value *stops = ht_json_member(item, "locations");
    char where[64];
    snprintf(where, sizeof where, "routes[%d]", (int)index);
    route->caregiver = known_id(&r->u->caregiver_ids, ht_json_member(item, "caregiver_id"));
    route->stops = ht_json_count(stops);
    if (route->caregiver < 0)
        return bad(r, where, _("a known caregiver_id"));
    ht_uhhc_stop *stop = HT_ARENA_NEW(r->arena, route->stops, ht_uhhc_stop);
    if (stop == NULL)
        return out_of_memory(r);
    route->stop = stop;
    ht_status status = HT_OK;
    for (int32_t i = 0; !status && i < route->stops; i++)
        status = read_stop(r, ht_json_item(stops, i), where, &stop[i]);
    /* A published break may stand at the end of its route's list. */
    if (!status && route->stops > 1)
        qsort(stop, (size_t)route->stops, sizeof *stop, by_time);
    return status;
}

ht_status ht_uhhc_solution_read(const char *path, const ht_uhhc *instance, ht_arena *arena, ht_uhhc_solution *solution,
                                ht_err *err) {
    ht_json_document *document = ht_json_read(path, err);
    if (document == NULL)
        return err->status;
    ht_uhhc known = *instance; /* the reader only looks it up */
    reading r = {.path = path, .u = &known, .arena = arena, .err = err};
    const ht_json_value *routes = ht_json_member(ht_json_root(document), "routes");
    solution->routes = ht_json_count(routes);
    solution->tolerance = instance->scale / DIGITS_OF_TIMES;
    ht_uhhc_route *route = HT_ARENA_NEW(arena, solution->routes, ht_uhhc_route);
    ht_status status = route == NULL ? ht_fail_memory(err) : routes == NULL ? bad(&r, "routes", _("a list")) : HT_OK;
    for (int32_t i = 0; !status && i < solution->routes; i++)
        status = read_route(&r, ht_json_item(routes, i), i, &route[i]);
    solution->route = route;
    ht_json_read_end(document);
    return status;
}
