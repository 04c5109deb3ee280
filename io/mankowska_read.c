#include "io/mankowska_read.h"

#include "base/words.h"
#include "io/word_read.h"

enum { NODES_MAX = 5000, VEHICLES_MAX = 2000, SERVICES_MAX = 64, TIME_MAX = 20000 };

typedef struct reading {
    ht_word_file file;
    ht_uhhc *u;
    ht_arena *arena;
    ht_err *err;
    int32_t nodes, vehicles, services;
    int32_t *need, *pair, *ability, *distance, *duration, *mind, *maxd, *earliest, *latest;
} reading;

static ht_status read_size(reading *r, const char *key, int32_t least, int32_t most, int32_t *out) {
    ht_status status = ht_word_expect(&r->file, key);
    return status ? status : ht_word_number(&r->file, 1, least, most, out);
}

/* A key and its numbers, in parts of the scale. */
static ht_status read_numbers(reading *r, const char *key, int64_t count, int32_t scale, int32_t least, int32_t **out) {
    ht_status status = ht_word_expect(&r->file, key);
    if (status)
        return status;
    if ((size_t)count > r->file.text.length) /* no room is asked for that the file cannot fill */
        return ht_word_bad(&r->file, _("as many numbers as the sizes say"));
    int32_t *numbers = *out = HT_ARENA_NEW(r->arena, count, int32_t);
    if (numbers == NULL)
        return ht_fail_memory(r->err);
    for (int64_t i = 0; !status && i < count; i++)
        status = ht_word_number(&r->file, scale, least, scale == 1 ? 1 : TIME_MAX, &numbers[i]);
    return status;
}

/* The nodes of patients with double services, as many as stand before the next key. */
static ht_status read_pairs(reading *r) {
    ht_status status = ht_word_expect(&r->file, "DS");
    r->pair = HT_ARENA_NEW(r->arena, r->nodes, int32_t);
    if (r->pair == NULL)
        return ht_fail_memory(r->err);
    while (!status && ht_word_number_is_next(&r->file)) {
        int32_t node;
        status = ht_word_number(&r->file, 1, 2, r->nodes - 1, &node);
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
    int32_t scale = HT_MANKOWSKA_SCALE;
    status = read_numbers(r, "r", nodes * services, 1, 0, &r->need);
    if (!status)
        status = read_pairs(r);
    if (!status)
        status = read_numbers(r, "a", vehicles * services, 1, 0, &r->ability);
    if (!status)
        status = read_numbers(r, "x", nodes, scale, -TIME_MAX, &unused);
    if (!status)
        status = read_numbers(r, "y", nodes, scale, -TIME_MAX, &unused);
    if (!status)
        status = read_numbers(r, "d", nodes * nodes, scale, 0, &r->distance);
    if (!status)
        status = read_numbers(r, "p", nodes * vehicles * services, scale, 0, &r->duration);
    if (!status)
        status = read_numbers(r, "mind", nodes, scale, 0, &r->mind);
    if (!status)
        status = read_numbers(r, "maxd", nodes, scale, 0, &r->maxd);
    if (!status)
        status = read_numbers(r, "e", nodes, scale, 0, &r->earliest);
    return status ? status : read_numbers(r, "l", nodes, scale, 0, &r->latest);
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
        p->need[p->needs++] = (ht_uhhc_need){s, r->duration[(int64_t)node * r->vehicles * r->services + s]};
    }
    bool pair = r->pair[node] != 0;
    if (p->needs == 0 || (pair && p->needs < 2) || (pair && r->mind[node] > r->maxd[node]))
        return ht_fail(r->err, HT_EINPUT, _("%s: patient %s: the services do not go together with DS, mind and maxd"),
                       r->file.path, p->id);
    p->windows = 1;
    p->window[0] = (ht_uhhc_window){r->earliest[node], r->latest[node]};
    p->pair = pair ? HT_UHHC_SEQUENTIAL : HT_UHHC_INDEPENDENT;
    p->gap_min = r->mind[node];
    p->gap_max = r->maxd[node];
    return HT_OK;
}

static ht_status fill_caregivers(reading *r) {
    ht_uhhc_caregiver *c = HT_ARENA_NEW(r->arena, r->vehicles, ht_uhhc_caregiver);
    uint8_t *able = HT_ARENA_NEW(r->arena, (int64_t)r->vehicles * r->services, uint8_t);
    if (c == NULL || able == NULL)
        return ht_fail_memory(r->err);
    for (int32_t i = 0; i < r->vehicles; i++) {
        c[i] = (ht_uhhc_caregiver){.id = name_of(&r->u->caregiver_ids, 'c', i + 1), .shift_end = INT32_MAX / 4};
        if (c[i].id == NULL)
            return ht_fail_memory(r->err);
    }
    for (int64_t i = 0; i < (int64_t)r->vehicles * r->services; i++)
        able[i] = (uint8_t)r->ability[i];
    r->u->caregiver = c;
    r->u->able = able;
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
