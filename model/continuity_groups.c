#include "model/continuity_groups.h"

#include <math.h>

static const char *const NAME[] = {
#define X(id, name, key) name,
    HT_LEVEL_LIST(X)
#undef X
};
static const char *const KEY[] = {
#define X(id, name, key) key,
    HT_LEVEL_LIST(X)
#undef X
};
static const char *const CLASS_NAME[HT_PER_DAY_MOST + 1] = {"", "1", "2", "3", "4", "5+"};

const char *ht_group_level_name(ht_group_level level) {
    return NAME[level];
}

const char *ht_group_level_key(ht_group_level level) {
    return KEY[level];
}

/* A client and what it is grouped by at one level. */
typedef struct member {
    const char *id;
    const ht_client_continuity *client;
} member;

static const char *id_of(const ht_dataset *data, ht_group_level level, const ht_client_continuity *client) {
    switch (level) {
    case HT_LEVEL_TEAM:
        return ht_dataset_text(data, client->team);
    case HT_LEVEL_UNIT:
        return ht_dataset_text(data, client->unit);
    case HT_LEVEL_CLASS:
        return CLASS_NAME[client->per_day];
    default:
        return "";
    }
}

static int by_id(const void *a, const void *b) {
    const member *x = a, *y = b;
    return strcmp(x->id, y->id);
}

static int by_number(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* ---- one group ---- */

static void sum_distinct(const member *list, int32_t count, int32_t *distinct, ht_group_continuity *group) {
    int64_t sum = 0, floors = 0;
    int32_t n = 0, above = 0;
    for (int32_t i = 0; i < count; i++) {
        if (list[i].client->excluded_reason != NULL)
            continue;
        distinct[n++] = list[i].client->distinct;
        sum += list[i].client->distinct;
        floors += list[i].client->floor;
        above += list[i].client->distinct > HT_KEY_FIGURE_MANY;
    }
    group->counted = n;
    group->mean_distinct = ht_share(sum, n);
    group->mean_floor = ht_share(floors, n);
    group->share_above_20 = ht_share(above, n);
    group->median_distinct = group->p90_distinct = NAN;
    if (n == 0)
        return;
    qsort(distinct, (size_t)n, sizeof *distinct, by_number);
    group->median_distinct = (distinct[(n - 1) / 2] + distinct[n / 2]) / 2.0;
    group->p90_distinct = distinct[(9 * (int64_t)n + 9) / 10 - 1];
}

typedef struct mean {
    double sum;
    int32_t count;
} mean;

static void add_to(mean *of, double value) {
    if (isnan(value))
        return;
    of->sum += value;
    of->count++;
}

static double mean_of(mean of) {
    return of.count > 0 ? of.sum / of.count : NAN;
}

static void sum_indices(const member *list, int32_t count, ht_group_continuity *group) {
    mean upc = {0}, coc = {0}, secon = {0}, entropy = {0}, planned = {0}, performed = {0};
    for (int32_t i = 0; i < count; i++) {
        const ht_client_continuity *client = list[i].client;
        add_to(&upc, client->upc);
        add_to(&coc, client->coc);
        add_to(&secon, client->secon);
        add_to(&entropy, client->entropy);
        add_to(&planned, client->planned_distinct > 0 ? client->planned_distinct : NAN);
        add_to(&performed, client->planned_distinct > 0 ? client->performed_distinct : NAN);
    }
    group->upc = mean_of(upc);
    group->coc = mean_of(coc);
    group->secon = mean_of(secon);
    group->entropy = mean_of(entropy);
    group->planned_distinct = mean_of(planned);
    group->performed_distinct = mean_of(performed);
}

static void sum_up(const ht_dataset *data, const member *list, int32_t count, int32_t *distinct,
                   ht_group_continuity *group) {
    group->clients = count;
    group->unit = group->level == HT_LEVEL_TEAM ? ht_dataset_text(data, list[0].client->unit) : "";
    for (int32_t i = 0; i < count; i++)
        ht_totals_add(&group->total, &list[i].client->total);
    sum_distinct(list, count, distinct, group);
    sum_indices(list, count, group);
}

/* ---- all of them ---- */

static bool add_level(const ht_dataset *data, const ht_array *clients, ht_group_level level, member *list,
                      int32_t *distinct, ht_array *groups) {
    const ht_client_continuity *client = clients->items;
    int32_t count = 0;
    for (int32_t i = 0; i < clients->count; i++) {
        const char *id = id_of(data, level, &client[i]);
        if (*id != '\0' || level == HT_LEVEL_ALL)
            list[count++] = (member){id, &client[i]};
    }
    qsort(list, (size_t)count, sizeof *list, by_id);
    for (int32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && strcmp(list[next].id, list[i].id) == 0;)
            next++;
        ht_group_continuity *group = ht_array_push(groups);
        if (group == NULL)
            return false;
        *group = (ht_group_continuity){.level = level, .id = list[i].id};
        sum_up(data, list + i, next - i, distinct, group);
    }
    return true;
}

/* The whole is there also where it has no clients. */
static bool add_nobody(ht_array *groups) {
    ht_group_continuity *group = ht_array_push(groups);
    if (group == NULL)
        return false;
    *group = (ht_group_continuity){.level = HT_LEVEL_ALL, .id = "", .unit = ""};
    int32_t nobody = 0;
    sum_distinct(NULL, 0, &nobody, group);
    sum_indices(NULL, 0, group);
    return true;
}

bool ht_continuity_groups(const ht_dataset *data, const ht_array *clients, ht_array *groups) {
    ht_arena arena;
    ht_arena_init(&arena, groups->allocator);
    member *list = HT_ARENA_NEW(&arena, clients->count, member);
    int32_t *distinct = HT_ARENA_NEW(&arena, clients->count, int32_t);
    bool done = list != NULL && distinct != NULL;
    for (ht_group_level level = HT_LEVEL_TEAM; done && level <= HT_LEVEL_ALL; level++)
        done = add_level(data, clients, level, list, distinct, groups);
    if (done && clients->count == 0)
        done = add_nobody(groups);
    ht_arena_release(&arena);
    return done;
}
