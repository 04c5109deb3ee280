#include "solver/search_parts.h"

#include <string.h>

static const char *const NAME[HT_SEARCH_PARTS] = {
#define X(id, name) name,
    HT_SEARCH_PART_LIST(X)
#undef X
};

const char *ht_search_part_name(ht_search_part part) {
    return NAME[part];
}

static int32_t find(const char *name, size_t length) {
    int32_t part = 0;
    while (part < HT_SEARCH_PARTS && (strlen(NAME[part]) != length || memcmp(NAME[part], name, length) != 0))
        part++;
    return part;
}

bool ht_search_parts_parse(const char *names, ht_search_parts *parts) {
    *parts = 0;
    while (*names != '\0') {
        size_t length = strcspn(names, "|");
        int32_t part = find(names, length);
        if (part == HT_SEARCH_PARTS)
            return false;
        *parts |= (ht_search_parts)1 << part;
        names += length + (names[length] == '|');
    }
    return true;
}
