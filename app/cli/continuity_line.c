#include "app/cli/continuity_line.h"

#include <math.h>

#include "base/words.h"

static const char *const PER_DAY[HT_PER_DAY_MOST + 1] = {"", "1", "2", "3", "4", "5+"};

ht_line ht_line_of_client(const ht_dataset *data, const ht_client_continuity *client) {
    bool planned = client->planned_distinct > 0;
    return (ht_line){.level = HT_LEVEL_CLIENT,
                     .id = ht_dataset_text(data, client->client),
                     .per_day = PER_DAY[client->per_day],
                     .total = &client->total,
                     .excluded_reason = client->excluded_reason,
                     .clients = NAN,
                     .counted = NAN,
                     .distinct = client->distinct,
                     .least = client->floor,
                     .median = NAN,
                     .p90 = NAN,
                     .above_20 = NAN,
                     .upc = client->upc,
                     .coc = client->coc,
                     .secon = client->secon,
                     .entropy = client->entropy,
                     .planned_distinct = planned ? client->planned_distinct : NAN,
                     .performed_distinct = planned ? client->performed_distinct : NAN};
}

ht_line ht_line_of_group(const ht_group_continuity *group) {
    return (ht_line){.level = group->level,
                     .id = group->id,
                     .per_day = "",
                     .total = &group->total,
                     .clients = group->clients,
                     .counted = group->counted,
                     .distinct = group->mean_distinct,
                     .least = group->mean_floor,
                     .median = group->median_distinct,
                     .p90 = group->p90_distinct,
                     .above_20 = group->share_above_20,
                     .upc = group->upc,
                     .coc = group->coc,
                     .secon = group->secon,
                     .entropy = group->entropy,
                     .planned_distinct = group->planned_distinct,
                     .performed_distinct = group->performed_distinct,
                     .suppressed = group->suppressed};
}

/* ---- figures ---- */

#define FIELD(name)                                                                                                    \
    static double name(const ht_line *line) {                                                                          \
        return line->name;                                                                                             \
    }
FIELD(clients)
FIELD(counted)
FIELD(distinct)
FIELD(least)
FIELD(median)
FIELD(p90)
FIELD(above_20)
FIELD(upc)
FIELD(coc)
FIELD(secon)
FIELD(entropy)
FIELD(planned_distinct)
FIELD(performed_distinct)
#undef FIELD

#define TOTAL(name)                                                                                                    \
    static double name(const ht_line *line) {                                                                          \
        return (double)line->total->name;                                                                              \
    }
TOTAL(visits)
TOTAL(unplanned)
TOTAL(compared)
TOTAL(compared_starts)
TOTAL(not_performed)
#undef TOTAL

#define SHARE(name, part, whole)                                                                                       \
    static double name(const ht_line *line) {                                                                          \
        return ht_share(line->total->part, line->total->whole);                                                        \
    }
SHARE(contact_share, by_contact, visits)
SHARE(contact_ceiling, contact_ceiling, visits)
SHARE(team_share, by_team, visits)
SHARE(contact_time, contact_seconds, seconds)
SHARE(ceiling_time, ceiling_seconds, seconds)
SHARE(team_time, team_seconds, seconds)
SHARE(on_time, on_time, timed)
SHARE(as_planned, as_planned, compared)
SHARE(near_plan, near_plan, compared_starts)
#undef SHARE

static double minutes(const ht_line *line) {
    return (double)line->total->seconds / 60;
}

static double start_spread(const ht_line *line) {
    return ht_start_spread(line->total);
}

/* clang-format off */
#define ALL HT_IN_CLIENTS | HT_IN_GROUPS | HT_FOR_PROGRAMS
#define OF_CLIENTS HT_IN_CLIENTS | HT_FOR_PROGRAMS
#define OF_GROUPS HT_IN_GROUPS | HT_FOR_PROGRAMS
#define FIGURE(name, title, where, kind, client_key, group_key, value)                                                 \
    {{name, title, HT_RIGHT}, where, kind, client_key, group_key, value}

static const ht_figure MET[] = {
    FIGURE("visits",               N_("visits"),             ALL,             HT_WHOLE,  "visits", "visits", visits),
    FIGURE("distinct",             N_("distinct staff"),     ALL,             HT_MEAN,   "distinct", "mean_distinct", distinct),
    FIGURE("floor",                N_("least possible"),     ALL,             HT_MEAN,   "floor", "mean_floor", least),
    FIGURE("median",               "",                       HT_FOR_PROGRAMS, HT_TENTHS, NULL, "median_distinct", median),
    FIGURE("p90",                  N_("P90"),                OF_GROUPS,       HT_TENTHS, NULL, "p90_distinct", p90),
    FIGURE("share_above_20",       N_("share above 20"),     OF_GROUPS,       HT_SHARE,  NULL, "share_above_20", above_20),
    FIGURE("unplanned",            N_("unplanned"),          ALL,             HT_WHOLE,  "unplanned", "unplanned", unplanned),
    FIGURE("contact_share",        N_("contact share"),      ALL,             HT_SHARE,  "contact_share", "contact_share", contact_share),
    FIGURE("contact_ceiling",      N_("contact at most"),    ALL,             HT_SHARE,  "contact_ceiling", "contact_ceiling", contact_ceiling),
    FIGURE("team_share",           N_("team share"),         ALL,             HT_SHARE,  "team_share", "team_share", team_share),
    FIGURE("on_time",              N_("on time"),            ALL,             HT_SHARE,  "on_time", "on_time", on_time),
    FIGURE("upc",                  N_("UPC"),                OF_CLIENTS,      HT_INDEX,  "upc", "upc", upc),
    FIGURE("coc",                  N_("COC"),                OF_CLIENTS,      HT_INDEX,  "coc", "coc", coc),
    FIGURE("secon",                N_("SECON"),              OF_CLIENTS,      HT_INDEX,  "secon", "secon", secon),
    FIGURE("entropy",              "",                       HT_FOR_PROGRAMS, HT_INDEX,  "entropy", "entropy", entropy),
    FIGURE("start_spread_min",     "",                       HT_FOR_PROGRAMS, HT_TENTHS, "start_spread_min", "start_spread_min", start_spread),
    FIGURE("minutes",              "",                       HT_FOR_PROGRAMS, HT_TENTHS, "minutes", "minutes", minutes),
    FIGURE("contact_minute_share", "",                       HT_FOR_PROGRAMS, HT_SHARE,  "contact_minute_share", "contact_minute_share", contact_time),
    FIGURE("contact_minute_ceiling", "",                     HT_FOR_PROGRAMS, HT_SHARE,  "contact_minute_ceiling", "contact_minute_ceiling", ceiling_time),
    FIGURE("team_minute_share",    "",                       HT_FOR_PROGRAMS, HT_SHARE,  "team_minute_share", "team_minute_share", team_time),
    FIGURE("clients",              N_("clients"),            OF_GROUPS,       HT_WHOLE,  NULL, "clients", clients),
    FIGURE("counted_clients",      "",                       HT_FOR_PROGRAMS, HT_WHOLE,  NULL, "counted_clients", counted),
};

static const ht_figure AGAINST_PLAN[] = {
    FIGURE("compared",             N_("staff visits compared"), ALL,          HT_WHOLE,  "compared", "compared", compared),
    FIGURE("as_planned",           N_("by the planned person"), ALL,          HT_SHARE,  "as_planned", "as_planned", as_planned),
    FIGURE("starts",               N_("starts compared"),    ALL,             HT_WHOLE,  "starts", "starts", compared_starts),
    FIGURE("near_plan",            N_("within 15 min"),      ALL,             HT_SHARE,  "near_plan", "near_plan", near_plan),
    FIGURE("planned_distinct",     N_("distinct staff planned"), ALL,         HT_MEAN,   "planned_distinct", "mean_planned_distinct", planned_distinct),
    FIGURE("performed_distinct",   N_("performed"),          ALL,             HT_MEAN,   "performed_distinct", "mean_performed_distinct", performed_distinct),
    FIGURE("not_performed",        N_("not performed"),      ALL,             HT_WHOLE,  "not_performed", "not_performed", not_performed),
    FIGURE("unplanned",            N_("unplanned"),          ALL,             HT_WHOLE,  "unplanned", "unplanned", unplanned),
    FIGURE("clients",              N_("clients"),            OF_GROUPS,       HT_WHOLE,  NULL, "clients", clients),
    FIGURE("counted_clients",      "",                       HT_FOR_PROGRAMS, HT_WHOLE,  NULL, "counted_clients", counted),
};
/* clang-format on */

const ht_figures ht_figures_met = {MET, sizeof MET / sizeof MET[0]};
const ht_figures ht_figures_against_plan = {AGAINST_PLAN, sizeof AGAINST_PLAN / sizeof AGAINST_PLAN[0]};
