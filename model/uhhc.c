#include "model/uhhc.h"

#include <stdarg.h>

#include "base/numbers.h"
#include "base/words.h"

static const char *const NAME[] = {
#define X(id, name) name,
    HT_UHHC_PART_LIST(X)
#undef X
};

ht_uhhc_part ht_uhhc_part_find(const char *name) {
    int32_t part = 0;
    while (part < HT_UHHC_PARTS && strcmp(NAME[part], name) != 0)
        part++;
    return (ht_uhhc_part)part;
}

const char *ht_uhhc_part_name(ht_uhhc_part part) {
    return NAME[part];
}

bool ht_uhhc_part_is_count(ht_uhhc_part part) {
    return part == HT_UHHC_PREFERENCES || part == HT_UHHC_OPTIONAL || part == HT_UHHC_LUNCH;
}

bool ht_uhhc_init(ht_uhhc *instance, const ht_allocator *allocator) {
    *instance = (ht_uhhc){.scale = 1, .divisor = 1};
    ht_arena_init(&instance->arena, allocator);
    bool patients = ht_strings_init(&instance->patient_ids, allocator);
    bool caregivers = ht_strings_init(&instance->caregiver_ids, allocator);
    bool services = ht_strings_init(&instance->service_ids, allocator);
    return patients && caregivers && services;
}

void ht_uhhc_release(ht_uhhc *instance) {
    ht_strings_release(&instance->patient_ids);
    ht_strings_release(&instance->caregiver_ids);
    ht_strings_release(&instance->service_ids);
    ht_arena_release(&instance->arena);
}

/* When and by whom each need of each patient is served; caregiver -1: it is not. */
typedef struct served {
    int32_t caregiver, start;
} served;

typedef struct evaluation {
    const ht_uhhc *u;
    int64_t tolerance;
    ht_uhhc_cost *cost;
    served *served; /* patients x 2 */
    int64_t *busy;  /* by caregiver: travel and service, for the balance */
    bool *used;     /* by caregiver: has had a route */
} evaluation;

static void broken(ht_uhhc_cost *cost, const char *format, ...) HT_PRINTF(2, 3);

static void broken(ht_uhhc_cost *cost, const char *format, ...) {
    if (cost->broken++ > 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(cost->first, sizeof cost->first, format, arguments);
    va_end(arguments);
}

/* ---- one stop ---- */

/* The need of the patient that asks for the service; -1: none. */
static int32_t need_of(const ht_uhhc_patient *patient, int32_t service) {
    for (int32_t i = 0; i < patient->needs; i++)
        if (patient->need[i].service == service)
            return i;
    return -1;
}

/* The window that a start belongs to: the last that has opened. */
static const ht_uhhc_window *window_at(const ht_uhhc_patient *patient, int32_t start) {
    const ht_uhhc_window *window = &patient->window[0];
    for (int32_t i = 1; i < patient->windows; i++)
        if (patient->window[i].start <= start)
            window = &patient->window[i];
    return window;
}

static int32_t tardiness_of(const ht_uhhc *u, const ht_uhhc_patient *patient, int32_t start, int32_t duration) {
    int32_t met = u->met == HT_UHHC_MET_AT_START ? start : start + duration;
    int32_t late = met - window_at(patient, start)->end;
    return late > 0 ? late : 0;
}

static void count_service(evaluation *e, int32_t caregiver, const ht_uhhc_stop *stop) {
    const ht_uhhc *u = e->u;
    const ht_uhhc_patient *patient = &u->patient[stop->patient];
    const char *who = u->caregiver[caregiver].id;
    int32_t need = need_of(patient, stop->service);
    if (need < 0) {
        broken(e->cost, _("%s does not need what %s does there"), patient->id, who);
        return;
    }
    served *here = &e->served[2 * stop->patient + need];
    if (here->caregiver >= 0)
        broken(e->cost, _("%s is served twice with the same service"), patient->id);
    *here = (served){caregiver, stop->start};
    if (!u->able[(int64_t)caregiver * u->services + stop->service])
        broken(e->cost, _("%s is not able to do what %s needs"), who, patient->id);
    if (u->incompatible[(int64_t)stop->patient * u->caregivers + caregiver])
        broken(e->cost, _("%s and %s are incompatible"), who, patient->id);
    if (stop->start < patient->window[0].start - e->tolerance)
        broken(e->cost, _("%s is served before the first time window"), patient->id);
    if (stop->end - stop->start < patient->need[need].duration - e->tolerance)
        broken(e->cost, _("%s is served for a shorter time than the service takes"), patient->id);
    int64_t late = tardiness_of(u, patient, stop->start, stop->end - stop->start);
    e->cost->part[HT_UHHC_TARDINESS] += late;
    if (late > e->cost->part[HT_UHHC_HIGHEST_TARDINESS])
        e->cost->part[HT_UHHC_HIGHEST_TARDINESS] = late;
    e->cost->part[HT_UHHC_PREFERENCES] +=
        patient->has_preference && !u->preferred[(int64_t)stop->patient * u->caregivers + caregiver];
}

static bool is_lunch(const ht_uhhc *u, const ht_uhhc_stop *stop) {
    int32_t met = u->met == HT_UHHC_MET_AT_START ? stop->start : stop->end;
    return stop->service == HT_UHHC_BREAK && stop->start >= u->lunch.start &&
           stop->end - stop->start >= u->lunch_length && met <= u->lunch.end;
}

/* ---- one route ---- */

/* The legs and waits of a route that has stops. Returns the caregiver's idle time. */
static int64_t count_legs(evaluation *e, const ht_uhhc_route *route) {
    const ht_uhhc *u = e->u;
    const ht_uhhc_caregiver *caregiver = &u->caregiver[route->caregiver];
    const ht_uhhc_stop *first = &route->stop[0], *last = &route->stop[route->stops - 1];
    int64_t travel = ht_uhhc_distance(u, caregiver->departs, u->patient[first->patient].place);
    int64_t leaves = first->start - travel, waits = 0, counted = 0;
    for (int32_t i = 1; i < route->stops; i++) {
        const ht_uhhc_stop *before = &route->stop[i - 1], *here = &route->stop[i];
        int32_t leg = ht_uhhc_distance(u, u->patient[before->patient].place, u->patient[here->patient].place);
        int64_t wait = (int64_t)here->start - before->end - leg;
        if (wait < -e->tolerance)
            broken(e->cost, _("%s cannot be at %s in time"), caregiver->id, u->patient[here->patient].id);
        travel += leg;
        waits += wait > 0 ? wait : 0;
        counted += wait > 0 && !(i == 1 && before->service == HT_UHHC_BREAK) ? wait : 0;
    }
    int32_t back = ht_uhhc_distance(u, u->patient[last->patient].place, caregiver->arrives);
    int64_t returns = (int64_t)last->end + back;
    travel += back;
    if (leaves < caregiver->shift_start - e->tolerance)
        broken(e->cost, _("%s leaves before the shift begins"), caregiver->id);
    e->cost->part[HT_UHHC_TRAVEL] += travel;
    e->cost->part[HT_UHHC_WAITING] += counted;
    e->cost->part[HT_UHHC_EXTRA] += returns > caregiver->shift_end ? returns - caregiver->shift_end : 0;
    e->busy[route->caregiver] += travel;
    int64_t after = caregiver->shift_end - returns;
    return leaves - caregiver->shift_start + waits + (after > 0 ? after : 0);
}

static void count_route(evaluation *e, const ht_uhhc_route *route) {
    const ht_uhhc_caregiver *caregiver = &e->u->caregiver[route->caregiver];
    int64_t idle = (int64_t)caregiver->shift_end - caregiver->shift_start;
    bool lunch = !caregiver->lunch;
    for (int32_t i = 0; i < route->stops; i++) {
        const ht_uhhc_stop *stop = &route->stop[i];
        lunch = lunch || is_lunch(e->u, stop);
        if (stop->service == HT_UHHC_BREAK)
            continue;
        count_service(e, route->caregiver, stop);
        e->busy[route->caregiver] += stop->end - stop->start;
    }
    if (route->stops > 0)
        idle = count_legs(e, route);
    e->cost->part[HT_UHHC_LUNCH] += !lunch;
    if (idle > e->cost->part[HT_UHHC_IDLE])
        e->cost->part[HT_UHHC_IDLE] = idle;
}

static void count_routes(evaluation *e, const ht_uhhc_solution *solution) {
    const ht_uhhc *u = e->u;
    for (int32_t i = 0; i < solution->routes; i++) {
        int32_t caregiver = solution->route[i].caregiver;
        if (e->used[caregiver])
            broken(e->cost, _("%s has two routes"), u->caregiver[caregiver].id);
        e->used[caregiver] = true;
        count_route(e, &solution->route[i]);
    }
    for (int32_t i = 0; i < u->caregivers; i++)
        if (!e->used[i])
            count_route(e, &(ht_uhhc_route){.caregiver = i});
}

/* ---- patients ---- */

static void check_pair(evaluation *e, const ht_uhhc_patient *patient, const served *first, const served *second) {
    if (patient->pair == HT_UHHC_INDEPENDENT)
        return;
    int64_t gap = (int64_t)second->start - first->start;
    int32_t least = patient->pair == HT_UHHC_SIMULTANEOUS ? 0 : patient->gap_min;
    int32_t most = patient->pair == HT_UHHC_SIMULTANEOUS ? 0 : patient->gap_max;
    if (first->caregiver == second->caregiver)
        broken(e->cost, _("%s is served by one caregiver alone"), patient->id);
    if (gap < least - e->tolerance || gap > most + e->tolerance)
        broken(e->cost, _("the services of %s are not as far apart as they must be"), patient->id);
}

static void check_patients(evaluation *e) {
    for (int32_t i = 0; i < e->u->patients; i++) {
        const ht_uhhc_patient *patient = &e->u->patient[i];
        const served *need = &e->served[2 * i];
        int32_t done = (need[0].caregiver >= 0) + (patient->needs > 1 && need[1].caregiver >= 0);
        if (done == patient->needs && done > 1)
            check_pair(e, patient, &need[0], &need[1]);
        else if (done == 0 && patient->optional)
            e->cost->part[HT_UHHC_OPTIONAL]++;
        else if (done < patient->needs)
            broken(e->cost, _("%s is not served with all that is needed"), patient->id);
    }
}

/* Each caregiver's distance from the mean, rounded up. */
static int64_t balance_of(const evaluation *e) {
    int64_t sum = 0, off = 0, count = e->u->caregivers;
    for (int32_t i = 0; i < count; i++)
        sum += e->busy[i];
    for (int32_t i = 0; i < count; i++) {
        int64_t times = e->busy[i] * count - sum;
        off += ((times < 0 ? -times : times) + count - 1) / count;
    }
    return off;
}

static bool add_up(const ht_uhhc *u, ht_uhhc_cost *cost) {
    bool fits = true;
    for (int32_t i = 0; i < HT_UHHC_PARTS; i++) {
        int64_t weighed, weight = u->hard[i] ? 1 : u->weight[i];
        fits = fits &&
               ht_mul_checked(cost->part[i], ht_uhhc_part_is_count((ht_uhhc_part)i) ? weight * u->scale : weight,
                              &weighed) &&
               ht_add_checked(cost->total, weighed, &cost->total);
        if (u->hard[i] && cost->part[i] != 0)
            broken(cost, _("%s must be 0"), NAME[i]);
    }
    return fits;
}

static ht_status evaluate(evaluation *e, const ht_uhhc_solution *solution, ht_err *err) {
    for (int32_t i = 0; i < 2 * e->u->patients; i++)
        e->served[i] = (served){-1, 0};
    count_routes(e, solution);
    check_patients(e);
    e->cost->part[HT_UHHC_BALANCE] = balance_of(e);
    return add_up(e->u, e->cost) ? HT_OK : ht_fail(err, HT_EINPUT, _("the cost exceeds 64 bits"));
}

ht_status ht_uhhc_evaluate(const ht_uhhc *instance, const ht_uhhc_solution *solution, ht_uhhc_cost *cost, ht_err *err) {
    ht_arena arena;
    ht_arena_init(&arena, &ht_allocator_system);
    *cost = (ht_uhhc_cost){.broken = 0};
    evaluation e = {.u = instance,
                    .tolerance = solution->tolerance,
                    .cost = cost,
                    .served = HT_ARENA_NEW(&arena, 2 * (int64_t)instance->patients, served),
                    .busy = HT_ARENA_NEW(&arena, instance->caregivers, int64_t),
                    .used = HT_ARENA_NEW(&arena, instance->caregivers, bool)};
    bool room = e.served != NULL && e.busy != NULL && e.used != NULL;
    ht_status status = room ? evaluate(&e, solution, err) : ht_fail_memory(err);
    ht_arena_release(&arena);
    return status;
}
