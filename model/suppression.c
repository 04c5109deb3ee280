#include <string.h>

#include "model/continuity_groups.h"

static const char FEW[] = N_("few"), COMPLEMENT[] = N_("complement");

/* How many clients the least of a group's figures is about; 0 counted ones tell nothing of anybody. */
static int32_t size_of(const ht_group_continuity *group) {
    return group->counted > 0 && group->counted < group->clients ? group->counted : group->clients;
}

/* The groups that add up to one whole: the teams of a unit, the units, the classes. */
static bool is_part(const ht_group_continuity *group, ht_group_level level, const char *unit) {
    return group->level == level && strcmp(group->unit, unit) == 0;
}

static ht_group_continuity *smallest_shown(const ht_array *groups, ht_group_level level, const char *unit) {
    ht_group_continuity *group = groups->items, *smallest = NULL;
    for (int32_t i = 0; i < groups->count; i++)
        if (is_part(&group[i], level, unit) && group[i].suppressed == NULL &&
            (smallest == NULL || size_of(&group[i]) < size_of(smallest)))
            smallest = &group[i];
    return smallest;
}

/* Clients of the whole in none of its parts: without a unit, without a visit. */
static int32_t in_no_part(const ht_array *groups, ht_group_level level) {
    const ht_group_continuity *group = groups->items;
    int32_t clients = 0, whole = 0;
    for (int32_t i = 0; i < groups->count; i++) {
        clients += group[i].level == level ? group[i].clients : 0;
        whole += group[i].level == HT_LEVEL_ALL ? group[i].clients : 0;
    }
    return level == HT_LEVEL_TEAM || clients == 0 ? 0 : whole - clients;
}

/* Hides further parts while what is hidden could be told from the whole and the rest. */
static void hide_complement(ht_array *groups, ht_group_level level, const char *unit) {
    ht_group_continuity *group = groups->items, *next;
    int32_t others = in_no_part(groups, level);
    others = others < HT_PUBLISHED_LEAST ? others : 0;
    for (;;) {
        int32_t hidden = others > 0, clients = others;
        for (int32_t i = 0; i < groups->count; i++)
            if (is_part(&group[i], level, unit) && group[i].suppressed != NULL) {
                hidden++;
                clients += size_of(&group[i]);
            }
        if (hidden == 0 || (hidden > 1 && clients >= HT_PUBLISHED_LEAST) ||
            (next = smallest_shown(groups, level, unit)) == NULL)
            return;
        next->suppressed = COMPLEMENT;
    }
}

static void hide_few(ht_array *groups) {
    ht_group_continuity *group = groups->items;
    for (int32_t i = 0; i < groups->count; i++)
        if (group[i].clients > 0 && size_of(&group[i]) < HT_PUBLISHED_LEAST)
            group[i].suppressed = FEW;
}

/* The teams of a hidden unit. */
static void hide_teams(ht_array *groups, const char *unit) {
    ht_group_continuity *group = groups->items;
    for (int32_t i = 0; i < groups->count; i++)
        if (is_part(&group[i], HT_LEVEL_TEAM, unit) && group[i].suppressed == NULL)
            group[i].suppressed = COMPLEMENT;
}

void ht_groups_suppress(ht_array *groups) {
    ht_group_continuity *group = groups->items;
    hide_few(groups);
    hide_complement(groups, HT_LEVEL_CLASS, "");
    hide_complement(groups, HT_LEVEL_UNIT, "");
    for (int32_t i = 0; i < groups->count; i++)
        if (group[i].level == HT_LEVEL_UNIT && group[i].suppressed != NULL)
            hide_teams(groups, group[i].id);
    for (int32_t i = 0; i < groups->count; i++)
        if (group[i].level == HT_LEVEL_TEAM)
            hide_complement(groups, HT_LEVEL_TEAM, group[i].unit);
}
