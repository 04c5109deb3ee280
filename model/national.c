#include "model/national.h"

#include <string.h>

static const ht_exclusion_info INFO[] = {
#define X(id, name, national_2021, services, help) {name, services, help},
    HT_EXCLUSION_LIST(X)
#undef X
};

static const ht_definition VERSION[] = {
    {.name = "national-2021",
     .excludes =
         {
#define X(id, name, national_2021, services, help) national_2021,
             HT_EXCLUSION_LIST(X)
#undef X
         }},
    {.name = "none"},
};

const ht_exclusion_info *ht_exclusion_info_of(ht_exclusion exclusion) {
    return &INFO[exclusion];
}

bool ht_exclusion_find(const char *text, size_t length, ht_exclusion *exclusion) {
    for (*exclusion = 0; *exclusion < HT_EXCLUSIONS; ++*exclusion)
        if (strlen(INFO[*exclusion].name) == length && strncmp(INFO[*exclusion].name, text, length) == 0)
            return true;
    return false;
}

bool ht_definition_find(const char *name, ht_definition *definition) {
    for (size_t i = 0; i < sizeof VERSION / sizeof VERSION[0]; i++) {
        if (strcmp(VERSION[i].name, name) != 0)
            continue;
        *definition = VERSION[i];
        for (int32_t e = 0; e < HT_EXCLUSIONS; e++)
            definition->services[e] = INFO[e].services;
        return true;
    }
    return false;
}
