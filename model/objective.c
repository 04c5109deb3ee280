#include "model/objective.h"

#include "base/numbers.h"
#include "base/words.h"

static const char *const NAME[HT_COMPONENTS] = {
#define X(id, name, what) [HT_C_##id] = name,
    HT_COMPONENT_LIST(X)
#undef X
};

const char *ht_component_name(ht_component component) {
    return NAME[component];
}

ht_component ht_component_find(const char *name, size_t length) {
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        if (strlen(NAME[c]) == length && memcmp(NAME[c], name, length) == 0) {
            return c;
        }
    }
    return HT_COMPONENTS;
}

static const char *pass_blanks(const char *text) {
    return text + strspn(text, " \t");
}

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

static ht_status take_name(const char **text, ht_level *level, ht_err *err) {
    const char *begin = pass_blanks(*text);
    size_t length = strspn(begin, LETTERS);
    const char *colon = pass_blanks(begin + length);
    if (length == 0 || length >= HT_LEVEL_NAME || *colon != ':') {
        return ht_fail(
            err, HT_EINPUT,
            _("a level is written \"name: weight*component + ...\", its name at most %d of a-z, 0-9, _ and -"),
            HT_LEVEL_NAME - 1);
    }
    memcpy(level->name, begin, length);
    level->name[length] = '\0';
    *text = pass_blanks(colon + 1);
    return HT_OK;
}

static ht_status take_weight(const char **text, int32_t *weight, ht_err *err) {
    char digits[16] = "";
    int64_t value = 0;
    size_t length = strspn(*text, "0123456789");
    const char *star = pass_blanks(*text + length);
    if (length < sizeof(digits)) {
        memcpy(digits, *text, length);
    }
    if (!ht_int_parse(digits, &value) || value > HT_WEIGHT_MAX || *star != '*') {
        return ht_fail(err, HT_EINPUT, _("'%.40s': expected weight*component, the weight a whole number from 0 to %d"),
                       *text, HT_WEIGHT_MAX);
    }
    *weight = (int32_t)value;
    *text = pass_blanks(star + 1);
    return HT_OK;
}

/* All names of components with ", " between. */
static void print_names(char *out, size_t size) {
    size_t used = 0;
    for (ht_component c = 0; c < HT_COMPONENTS && used < size; c++) {
        used += (size_t)snprintf(out + used, size - used, "%s%s", c == 0 ? "" : ", ", NAME[c]);
    }
}

static ht_status take_component(const char **text, ht_component *component, ht_err *err) {
    size_t length = strspn(*text, LETTERS);
    *component = ht_component_find(*text, length);
    if (*component == HT_COMPONENTS) {
        char names[512];
        print_names(names, sizeof(names));
        ht_fail(err, HT_EINPUT, _("'%.40s' is no component: expected one of %s"), *text, names);
        return HT_EINPUT;
    }
    *text = pass_blanks(*text + length);
    return HT_OK;
}

static ht_status take_term(const char **text, ht_level *level, bool seen[HT_COMPONENTS], ht_err *err) {
    int32_t weight = 0;
    ht_component component = 0;
    if (take_weight(text, &weight, err) != HT_OK || take_component(text, &component, err) != HT_OK) {
        return err->status;
    }
    if (seen[component]) {
        return ht_fail(err, HT_EINPUT, _("%s stands twice in one level: give it one weight"), NAME[component]);
    }
    seen[component] = true;
    level->weight[component] = weight;
    return HT_OK;
}

ht_status ht_level_parse(const char *text, ht_level *level, ht_err *err) {
    bool seen[HT_COMPONENTS] = {false};
    memset(level, 0, sizeof(*level));
    ht_status status = take_name(&text, level, err);
    while (status == HT_OK) {
        status = take_term(&text, level, seen, err);
        if (status != HT_OK || *text == '\0') {
            break;
        }
        if (*text != '+') {
            status = ht_fail(err, HT_EINPUT, _("'%.40s': expected + between the parts of a level"), text);
        }
        text = pass_blanks(text + 1);
    }
    return status;
}

static bool level_value(const ht_values *values, const ht_level *level, int64_t *sum) {
    *sum = 0;
    for (ht_component c = 0; c < HT_COMPONENTS; c++) {
        int64_t part;
        if (!ht_mul_checked(level->weight[c], values->component[c], &part) || !ht_add_checked(*sum, part, sum)) {
            return false;
        }
    }
    return true;
}

ht_status ht_values_levels(ht_values *values, const ht_objective *objective, ht_err *err) {
    memset(values->level, 0, sizeof(values->level));
    for (int32_t i = 0; i < objective->levels; i++) {
        if (!level_value(values, &objective->level[i], &values->level[i])) {
            return ht_fail(err, HT_EINPUT, _("level %s is beyond 64 bits: lower its weights"),
                           objective->level[i].name);
        }
    }
    return HT_OK;
}

int ht_values_compare(const ht_values *a, const ht_values *b, const ht_objective *objective) {
    for (int32_t i = 0; i < objective->levels; i++) {
        if (a->level[i] != b->level[i]) {
            return a->level[i] < b->level[i] ? -1 : 1;
        }
    }
    return 0;
}
