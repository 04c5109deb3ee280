#include "model/settings.h"

#include "base/numbers.h"
#include "base/words.h"
#include "generated/profiles.h"

static const ht_setting_info INFO[] = {
#define X(name, standard, min, max, scale, unit, help) {#name, unit, help, standard, min, max, scale},
    HT_SETTING_LIST(X)
#undef X
        {NULL, NULL, NULL, 0, 0, 0, 0}};

static const size_t OFFSET[] = {
#define X(name, standard, min, max, scale, unit, help) offsetof(ht_settings, name),
    HT_SETTING_LIST(X)
#undef X
};

const ht_setting_info *ht_setting_infos(void) {
    return INFO;
}

static void set(ht_settings *settings, size_t index, int32_t value) {
    memcpy((char *)settings + OFFSET[index], &value, sizeof(value));
}

void ht_settings_init(ht_settings *settings, const char *profile) {
    memset(settings, 0, sizeof(*settings));
    for (size_t i = 0; INFO[i].name != NULL; i++) {
        set(settings, i, INFO[i].standard);
    }
    snprintf(settings->objective.profile, sizeof(settings->objective.profile), "%s",
             profile == NULL ? HT_PROFILE_STANDARD : profile);
}

static ht_status read_number(ht_settings *settings, size_t index, const char *value, ht_err *err) {
    const ht_setting_info *info = &INFO[index];
    int64_t number;
    bool right = info->scale == 1 ? ht_int_parse(value, &number) : ht_decimal_parse(value, info->scale, &number);
    if (!right || number < info->min || number > info->max) {
        char min[32], max[32];
        ht_decimal_print(info->min, info->scale, 3, '.', min, sizeof(min));
        ht_decimal_print(info->max, info->scale, 3, '.', max, sizeof(max));
        return ht_fail(err, HT_EINPUT, _("'%.40s': %s is expected to be %s from %s to %s%s%s"), value, info->name,
                       info->scale == 1 ? _("a whole number") : _("a number"), min, max, *info->unit ? " " : "",
                       info->unit);
    }
    set(settings, index, (int32_t)number);
    return HT_OK;
}

bool ht_setting_profile(const char *name, char profile[HT_LEVEL_NAME], int32_t *level) {
    static const char PREFIX[] = "profile.";
    if (strncmp(name, PREFIX, sizeof(PREFIX) - 1) != 0) {
        return false;
    }
    name += sizeof(PREFIX) - 1;
    const char *dot = strrchr(name, '.');
    size_t length = dot == NULL ? 0 : (size_t)(dot - name);
    int64_t number;
    if (length == 0 || length >= HT_LEVEL_NAME || !ht_int_parse(dot + 1, &number) || number < 1 ||
        number > HT_LEVELS_MAX) {
        return false;
    }
    memcpy(profile, name, length);
    profile[length] = '\0';
    *level = (int32_t)number;
    return true;
}

/* Levels may come in any order: `levels` is the highest number, and a level without a name is still missing. */
static ht_status read_level(ht_objective *objective, const char *profile, int32_t number, const char *value,
                            ht_err *err) {
    ht_level level;
    ht_status status = ht_level_parse(value, &level, err);
    if (status == HT_OK && strcmp(profile, objective->profile) == 0) {
        objective->level[number - 1] = level;
        objective->levels = objective->levels < number ? number : objective->levels;
    }
    return status;
}

ht_status ht_settings_set(ht_settings *settings, const char *name, const char *value, ht_err *err) {
    char profile[HT_LEVEL_NAME];
    int32_t level;
    for (size_t i = 0; INFO[i].name != NULL; i++) {
        if (strcmp(INFO[i].name, name) == 0) {
            return read_number(settings, i, value, err);
        }
    }
    if (ht_setting_profile(name, profile, &level)) {
        return read_level(&settings->objective, profile, level, value, err);
    }
    return ht_fail(err, HT_EINPUT,
                   _("'%.64s' is no setting: expected one of the README's table, or profile.NAME.1 .. profile.NAME.%d"),
                   name, HT_LEVELS_MAX);
}

static ht_status read_rows(const ht_dataset *data, ht_settings *settings, ht_err *err) {
    const ht_setting_row *row = ht_dataset_rows(data, HT_SETTINGS);
    for (int32_t i = 0; i < ht_dataset_count(data, HT_SETTINGS); i++) {
        if (ht_settings_set(settings, ht_dataset_text(data, row[i].name), ht_dataset_text(data, row[i].value), err) !=
            HT_OK) {
            return row[i].line > 0 ? ht_err_context(err, "settings.csv:%d", (int)row[i].line)
                                   : ht_err_context(err, "%s", _("stored settings"));
        }
    }
    return HT_OK;
}

/* Copies text[0..length) where it fits. */
static bool copy(char *out, size_t size, const char *text, size_t length) {
    if (length >= size) {
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

/* Reads the built-in profiles' rows, which are those of a settings.csv without quotes. */
static ht_status read_built_in(ht_settings *settings, ht_err *err) {
    for (const char *line = PROFILES; *line != '\0';) {
        char name[64], value[512];
        size_t name_length = strcspn(line, ";\n");
        const char *rest = line + name_length + (line[name_length] == ';' ? 1 : 0);
        size_t value_length = strcspn(rest, "\n");
        if (!copy(name, sizeof(name), line, name_length) || !copy(value, sizeof(value), rest, value_length)) {
            return ht_fail(err, HT_EINTERNAL, "data/profiles: a row is too long");
        }
        if (strcmp(name, "name") != 0 && ht_settings_set(settings, name, value, err) != HT_OK) {
            return ht_err_context(err, "data/profiles");
        }
        line = rest + value_length + (rest[value_length] == '\n' ? 1 : 0);
    }
    return HT_OK;
}

static bool weighs(const ht_objective *objective, ht_component component) {
    for (int32_t i = 0; i < objective->levels; i++) {
        if (objective->level[i].weight[component] > 0) {
            return true;
        }
    }
    return false;
}

/* Changes are always 0 as no plan is measured by them yet: a profile that weighs them would promise what it does not
 * do. */
static ht_status check_components(const ht_objective *objective, ht_err *err) {
    if (weighs(objective, HT_C_CHANGES)) {
        return ht_fail(err, HT_EINPUT,
                       _("profile %.40s weighs %s, which is not measured yet: plans are not compared with published "
                         "ones; leave it out"),
                       objective->profile, ht_component_name(HT_C_CHANGES));
    }
    if (!weighs(objective, HT_C_UNPLANNED)) {
        return ht_fail(err, HT_EINPUT,
                       _("profile %.40s: no level counts unplanned visits, so that none would be planned: begin with "
                         "profile.%.40s.1;coverage: 1*unplanned"),
                       objective->profile, objective->profile);
    }
    return HT_OK;
}

static ht_status check_levels(const ht_objective *objective, ht_err *err) {
    if (objective->levels == 0) {
        return ht_fail(err, HT_EINPUT,
                       _("there is no profile '%.40s': use contact-first, balanced, travel-first, or define it in "
                         "settings.csv with rows profile.%.40s.1 and so on"),
                       objective->profile, objective->profile);
    }
    for (int32_t i = 0; i < objective->levels; i++) {
        if (objective->level[i].name[0] == '\0') {
            return ht_fail(err, HT_EINPUT,
                           _("profile.%.40s.%d is missing, though higher levels are there: number them from 1"),
                           objective->profile, (int)i + 1);
        }
    }
    return check_components(objective, err);
}

ht_status ht_settings_read(const ht_dataset *data, const char *profile, ht_settings *settings, ht_err *err) {
    ht_settings_init(settings, profile);
    if (read_rows(data, settings, err) != HT_OK) {
        return err->status;
    }
    /* a profile that the data defines is the data's alone */
    if (settings->objective.levels == 0 && read_built_in(settings, err) != HT_OK) {
        return err->status;
    }
    return check_levels(&settings->objective, err);
}
