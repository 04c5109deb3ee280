#include "io/mankowska_read.h"

#include "base/words.h"
#include "io/word_read.h"

enum { NODES_MAX = 10002, VEHICLES_MAX = 2000, SERVICES_MAX = 64, TIME_MAX = 20000 };

typedef struct reading {
    ht_word_file file;
    ht_uhhc *u;
    ht_arena *arena;
    ht_err *err;
    int32_t nodes, vehicles, services;
    uint8_t *need, *pair, *ability;
    int32_t *distance, *duration, *mind, *maxd, *earliest, *latest;
} reading;

static ht_status read_size(reading *r, const char *key, int32_t least, int32_t most, int32_t *out) {
    ht_status status = ht_word_expect(&r->file, key);
    return status ? status : ht_word_number(&r->file, 1, least, most, out);
}

/* A key that so many numbers follow; no room is asked for that the file cannot fill. */
static ht_status expect_room(reading *r, const char *key, int64_t count) {
    ht_status status = ht_word_expect(&r->file, key);
    if (!status && (size_t)count > r->file.text.length)
        status = ht_word_bad(&r->file, _("as many numbers as the sizes say"));
    return status;
}

/* A key and its numbers, in parts of the scale. */
static ht_status read_numbers(reading *r, const char *key, int64_t count, int32_t least, int32_t **out) {
    ht_status status = expect_room(r, key, count);
    if (status)
        return status;
    int32_t *numbers = *out = HT_ARENA_NEW(r->arena, count, int32_t);
    if (numbers == NULL)
        return ht_fail_memory(r->err);
    for (int64_t i = 0; !status && i < count; i++)
        status = ht_word_rounded(&r->file, HT_MANKOWSKA_SCALE, least, TIME_MAX, &numbers[i]);
    return status;
}

/* A key and as many marks, 0 or 1. */
static ht_status read_marks(reading *r, const char *key, int64_t count, uint8_t **out) {
    ht_status status = expect_room(r, key, count);
    uint8_t *marks = *out = HT_ARENA_NEW(r->arena, status ? 0 : count, uint8_t);
    if (!status && marks == NULL)
        return ht_fail_memory(r->err);
    for (int64_t i = 0; !status && i < count; i++) {
        int32_t mark = 0;
        status = ht_word_number(&r->file, 1, 0, 1, &mark);
        marks[i] = (uint8_t)mark;
    }
    return status;
}

/* Each node's durations, service by service, once for each vehicle: they must be the same for all. */
static ht_status read_durations(reading *r) {
    int64_t services = r->services, count = r->nodes * services * r->vehicles;
    ht_status status = expect_room(r, "p", count);
    r->duration = HT_ARENA_NEW(r->arena, status ? 0 : r->nodes * services, int32_t);
    if (!status && r->duration == NULL)
        return ht_fail_memory(r->err);
    for (int64_t i = 0; !status && i < count; i++) {
        int32_t number = 0, *kept = &r->duration[i / (services * r->vehicles) * services + i % services];
        status = ht_word_rounded(&r->file, HT_MANKOWSKA_SCALE, 0, TIME_MAX, &number);
        if (!status && i / services % r->vehicles == 0)
            *kept = number;
        if (!status && *kept != number)
            status = ht_word_bad(&r->file, _("the duration that the first vehicle has there"));
    }
    return status;
}

/* The nodes of patients with double services, as many as stand before the next key. */
static ht_status read_pairs(reading *r) {
    ht_status status = ht_word_expect(&r->file, "DS");
    r->pair = HT_ARENA_NEW(r->arena, r->nodes, uint8_t);
    if (r->pair == NULL)
        return ht_fail_memory(r->err);
    while (!status && ht_word_number_is_next(&r->file)) {
        int32_t node;
        status = ht_word_number(&r->file, 1, 2, r->nodes - 1, &node);
        if (!status && r->pair[node - 1])
            status = ht_word_bad(&r->file, _("each patient once"));
        if (!status)
            r->pair[node - 1] = 1;
    }
    return status;
}

static ht_status read_text(reading *r) {
    int32_t *unused;
    ht_status status = read_size(r, "nbNodes", 3, NODES_MAX, &r->nodes);
    if (!status)
        status = read_size(r, "nbVehi", 1, VEHICLES_MAX, &r->vehicles);
    if (!status)
        status = read_size(r, "nbServi", 1, SERVICES_MAX, &r->services);
    if (status)
        return status;
    int64_t nodes = r->nodes, vehicles = r->vehicles, services = r->services;
    status = read_marks(r, "r", nodes * services, &r->need);
    if (!status)
        status = read_pairs(r);
    if (!status)
        status = read_marks(r, "a", vehicles * services, &r->ability);
    if (!status)
        status = read_numbers(r, "x", nodes, -TIME_MAX, &unused);
    if (!status)
        status = read_numbers(r, "y", nodes, -TIME_MAX, &unused);
    if (!status)
        status = read_numbers(r, "d", nodes * nodes, 0, &r->distance);
    if (!status)
        status = read_durations(r);
    if (!status)
        status = read_numbers(r, "mind", nodes, 0, &r->mind);
    if (!status)
        status = read_numbers(r, "maxd", nodes, 0, &r->maxd);
    if (!status)
        status = read_numbers(r, "e", nodes, 0, &r->earliest);
    if (!status)
        status = read_numbers(r, "l", nodes, 0, &r->latest);
    return status ? status : ht_word_expect_end(&r->file);
}

/* ---- the instance that the numbers are ---- */

static const char *name_of(ht_strings *pool, char letter, int32_t number) {
    char id[16];
    snprintf(id, sizeof id, "%c%d", letter, (int)number);
    ht_sym sym = ht_strings_intern(pool, id, strlen(id));
    return sym > 0 ? ht_strings_text(pool, sym) : NULL;
}

static ht_status fill_patient(reading *r, int32_t node, ht_uhhc_patient *p) {
    p->id = name_of(&r->u->patient_ids, 'p', node);
    if (p->id == NULL)
        return ht_fail_memory(r->err);
    p->place = node;
    for (int32_t s = 0; s < r->services; s++) {
        if (!r->need[(int64_t)node * r->services + s])
            continue;
        if (p->needs == 2)
            return ht_fail(r->err, HT_EINPUT, _("%s: patient %s needs more than two services"), r->file.path, p->id);
        p->need[p->needs++] = (ht_uhhc_need){s, r->duration[(int64_t)node * r->services + s]};
    }
    bool pair = r->pair[node] != 0;
    if (p->needs == 0 || (pair && p->needs < 2) || (pair && r->mind[node] > r->maxd[node]))
        return ht_fail(r->err, HT_EINPUT, _("%s: patient %s: the services do not go together with DS, mind and maxd"),
                       r->file.path, p->id);
    if (r->earliest[node] > r->latest[node])
        return ht_fail(r->err, HT_EINPUT, _("%s: patient %s: the time window is empty: e is after l"), r->file.path,
                       p->id);
    p->windows = 1;
    p->window[0] = (ht_uhhc_window){r->earliest[node], r->latest[node]};
    p->pair = pair ? HT_UHHC_SEQUENTIAL : HT_UHHC_INDEPENDENT;
    p->gap_min = r->mind[node];
    p->gap_max = r->maxd[node];
    return HT_OK;
}

static ht_status fill_caregivers(reading *r) {
    ht_uhhc_caregiver *c = HT_ARENA_NEW(r->arena, r->vehicles, ht_uhhc_caregiver);
    if (c == NULL)
        return ht_fail_memory(r->err);
    for (int32_t i = 0; i < r->vehicles; i++) {
        c[i] = (ht_uhhc_caregiver){.id = name_of(&r->u->caregiver_ids, 'c', i + 1), .shift_end = INT32_MAX / 4};
        if (c[i].id == NULL)
            return ht_fail_memory(r->err);
    }
    r->u->caregiver = c;
    r->u->able = r->ability;
    return HT_OK;
}

static ht_status fill_patients(reading *r) {
    ht_uhhc_patient *p = HT_ARENA_NEW(r->arena, r->nodes - 2, ht_uhhc_patient);
    r->u->preferred = HT_ARENA_NEW(r->arena, (int64_t)(r->nodes - 2) * r->vehicles, uint8_t);
    r->u->incompatible = HT_ARENA_NEW(r->arena, (int64_t)(r->nodes - 2) * r->vehicles, uint8_t);
    if (p == NULL || r->u->preferred == NULL || r->u->incompatible == NULL)
        return ht_fail_memory(r->err);
    ht_status status = HT_OK;
    for (int32_t i = 0; !status && i < r->nodes - 2; i++)
        status = fill_patient(r, i + 1, &p[i]);
    r->u->patient = p;
    return status;
}

static ht_status fill_instance(reading *r) {
    ht_uhhc *u = r->u;
    u->scale = HT_MANKOWSKA_SCALE;
    u->divisor = 3;
    u->patients = r->nodes - 2;
    u->caregivers = r->vehicles;
    u->services = r->services;
    u->places = r->nodes;
    u->distance = r->distance;
    u->weight[HT_UHHC_TRAVEL] = u->weight[HT_UHHC_TARDINESS] = u->weight[HT_UHHC_HIGHEST_TARDINESS] = 1;
    for (int32_t s = 0; s < r->services; s++)
        if (name_of(&u->service_ids, 's', s + 1) == NULL)
            return ht_fail_memory(r->err);
    ht_status status = fill_caregivers(r);
    return status ? status : fill_patients(r);
}

/* ---- the file ---- */

static ht_status read_instance(reading *r) {
    if (!ht_uhhc_init(r->u, &ht_allocator_system))
        return ht_fail_memory(r->err);
    ht_status status = read_text(r);
    return status ? status : fill_instance(r);
}

ht_status ht_mankowska_read(const char *path, ht_uhhc *instance, ht_err *err) {
    reading r = {.u = instance, .arena = &instance->arena, .err = err};
    ht_status status = ht_word_read(&r.file, path, err);
    if (!status) {
        status = read_instance(&r);
        if (status)
            ht_uhhc_release(instance);
    }
    ht_word_read_end(&r.file);
    return status;
}
