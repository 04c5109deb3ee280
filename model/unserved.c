#include "model/unserved.h"

#include "base/numbers.h"
#include "base/words.h"

static const struct {
    const char *name, *words;
} REASON[] = {
#define X(id, name, words) {name, words},
    HT_UNSERVED_LIST(X)
#undef X
};

const char *ht_unserved_name(ht_unserved_reason reason) {
    return REASON[reason].name;
}

const char *ht_unserved_words(ht_unserved_reason reason) {
    return _(REASON[reason].words);
}

/* ---- home health care ---- */

static bool is_able(const ht_uhhc *u, int32_t patient, int32_t need, int32_t caregiver) {
    int32_t service = u->patient[patient].need[need].service;
    return u->able[(int64_t)caregiver * u->services + service] &&
           !u->incompatible[(int64_t)patient * u->caregivers + caregiver];
}

/* Able, and in time alone on a route where being late or working longer is no matter of costs. */
static bool is_in_time(const ht_uhhc *u, int32_t patient, int32_t need, int32_t caregiver) {
    const ht_uhhc_patient *p = &u->patient[patient];
    const ht_uhhc_caregiver *c = &u->caregiver[caregiver];
    int32_t duration = p->need[need].duration, back = ht_uhhc_distance(u, p->place, c->arrives);
    int32_t there = c->shift_start + ht_uhhc_distance(u, c->departs, p->place);
    for (int32_t i = 0; is_able(u, patient, need, caregiver) && i < p->windows; i++) {
        int32_t start = ht_max32(there, p->window[i].start);
        int32_t met = u->met == HT_UHHC_MET_AT_START ? start : start + duration;
        bool late = met > p->window[i].end, longer = start + duration + back > c->shift_end;
        if (!(late && u->hard[HT_UHHC_TARDINESS]) && !(longer && u->hard[HT_UHHC_EXTRA]))
            return true;
    }
    return false;
}

typedef bool may_come(const ht_uhhc *u, int32_t patient, int32_t need, int32_t caregiver);

static bool somebody(const ht_uhhc *u, int32_t patient, int32_t need, may_come *may) {
    for (int32_t c = 0; c < u->caregivers; c++)
        if (may(u, patient, need, c))
            return true;
    return false;
}

/* True where two different caregivers are there for the needs of the pair. */
static bool two_come(const ht_uhhc *u, int32_t patient) {
    int32_t come = 0;
    for (int32_t c = 0; c < u->caregivers; c++)
        come += is_in_time(u, patient, 0, c) || is_in_time(u, patient, 1, c);
    return come > 1;
}

ht_unserved_reason ht_uhhc_unserved(const ht_uhhc *instance, int32_t patient) {
    const ht_uhhc_patient *p = &instance->patient[patient];
    for (int32_t need = 0; need < p->needs; need++)
        if (!somebody(instance, patient, need, is_able))
            return HT_UNSERVED_NOBODY_ABLE;
    for (int32_t need = 0; need < p->needs; need++)
        if (!somebody(instance, patient, need, is_in_time))
            return HT_UNSERVED_OUT_OF_SHIFT;
    bool pair = p->needs > 1 && p->pair != HT_UHHC_INDEPENDENT;
    return pair && !two_come(instance, patient) ? HT_UNSERVED_NO_SECOND : HT_UNSERVED_NO_ROOM;
}

/* ---- vehicles ---- */

ht_unserved_reason ht_vrptw_unserved(const ht_vrptw *instance, int32_t customer) {
    const ht_vrptw_place *p = &instance->place[customer], *depot = &instance->place[0];
    int32_t start = ht_max32(p->ready, depot->ready + depot->service + ht_vrptw_distance(instance, 0, customer));
    if (p->demand > instance->capacity)
        return HT_UNSERVED_TOO_LARGE;
    bool back = start + p->service + ht_vrptw_distance(instance, customer, 0) <= depot->due;
    return start > p->due || !back ? HT_UNSERVED_OUT_OF_REACH : HT_UNSERVED_NO_ROOM;
}
