#include "solver/tuning.h"

#include <math.h>

/* How many times what usually changes below, a step of a level weighs. More, and the search takes no care of journeys while
 * it settles who comes, and none of either where a visit would be late for a while: both are what room is made of. */
static const double OUTWEIGHS = 3;
/* While the first full plan is looked for, levels between coverage and the last weigh this part of that. */
static const double LENIENT = 0.02;
/* Temperatures: hottest and coldest in what usually changes in the last level, the others as parts of the hottest. */
static const double HOT_STEPS = 3.6, WARM_PART = 0.3, COLD_STEPS = 0.3;
static const double FILL_HOT_PART = 0.3, FILL_COLD_PART = 0.1;
/* With one level there is nothing to be settled before the rest: hottest and coldest in what an iteration usually costs
 * more. */
static const double HOT_RISES = 2, COLD_RISES = 0.02;
/* An unplanned visit's penalty at the start, as part of its weight, and how it grows in an iteration, as part of the
 * temperature. */
static const double PENALTY_PART = 0.4, PENALTY_GROWTH = 0.001, FILL_PENALTY_GROWTH = 0.3;

enum { NEAR_LEGS = 8, LEAST_LEG = 60, LATE_STEP = 60, SAMPLED_PLACES = 200 };

/* The mean of each place's NEAR_LEGS shortest legs, over the modes in use: what moving a visit usually changes. */
static double mean_leg(const ht_problem *p) {
    double sum = 0, count = 0;
    int32_t stride = p->places / SAMPLED_PLACES + 1;
    for (int32_t mode = 0; mode < HT_MODES; mode++) {
        for (int32_t from = 0; p->travel[mode] && from < p->places; from += stride) {
            int32_t nearest[NEAR_LEGS], kept = 0;
            for (int32_t to = 0; to < p->places; to++) {
                int32_t leg = ht_problem_travel(p, mode, from, to), at = kept < NEAR_LEGS ? kept++ : NEAR_LEGS;
                if (from == to) {
                    kept -= at < NEAR_LEGS;
                    continue;
                }
                for (; at > 0 && nearest[at - 1] > leg; at--)
                    if (at < NEAR_LEGS)
                        nearest[at] = nearest[at - 1];
                if (at < NEAR_LEGS)
                    nearest[at] = leg;
            }
            for (int32_t i = 0; i < kept; i++)
                sum += nearest[i];
            count += kept;
        }
    }
    return fmax(LEAST_LEG, count > 0 ? sum / count : 0);
}

static double least_coverage(const ht_problem *p) {
    double least = HT_WEIGHT_MAX;
    for (int32_t v = 0; v < p->visits; v++)
        least = fmin(least, (double)p->visit[v].weight * p->visit[v].need);
    return fmax(1, least);
}

/* The change of a component that a planner would call one step. */
static void fill_steps(const ht_problem *p, double step[HT_COMPONENTS]) {
    double leg = mean_leg(p);
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        step[c] = 1;
    step[HT_C_UNPLANNED] = least_coverage(p);
    step[HT_C_LATE] = step[HT_C_LATE_MAX] = step[HT_C_OVERTIME] = LATE_STEP;
    step[HT_C_TRAVEL] = step[HT_C_WAITING] = step[HT_C_IDLE_MAX] = step[HT_C_SPREAD] = leg;
}

static double least_step(const ht_level *level, const double *step) {
    double least = INFINITY;
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        if (level->weight[c] > 0)
            least = fmin(least, level->weight[c] * step[c]);
    return isfinite(least) ? least : 1;
}

static double largest_step(const ht_level *level, const double *step) {
    double largest = 0;
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        largest = fmax(largest, level->weight[c] * step[c]);
    return fmax(1, largest);
}

/* Weights while they are made. */
typedef struct sums {
    double fill[HT_COMPONENTS], anneal[HT_COMPONENTS];
} sums;

static void add_level(sums *w, const ht_level *level, double scale, double lenient) {
    for (int32_t c = 0; c < HT_COMPONENTS; c++) {
        w->anneal[c] += scale * level->weight[c];
        w->fill[c] += lenient * scale * level->weight[c];
    }
}

/* The most that a component can come to, a start that never happens included. */
static double most_of(const ht_problem *p, int32_t component) {
    double visits = p->visits + 1.0;
    return component == HT_C_UNPLANNED ? visits * HT_NEED_MAX * HT_WEIGHT_MAX : visits * HT_NEVER;
}

/* What all weights are multiplied by so that rounding to whole numbers changes none by much: where the last level's are
 * small the next one's may be a part of HT_COST_UNIT. */
static double whole_units(const sums *w) {
    double least = HT_COST_UNIT;
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        if (w->anneal[c] > 0)
            least = fmin(least, w->anneal[c]);
    return HT_COST_UNIT / least;
}

/* And then so that no sum of costs can leave 64 bits: 1 but for extreme objectives. */
static double fits_64_bits(const ht_problem *p, const sums *w, double factor) {
    double largest = 1;
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        largest = fmax(largest, factor * most_of(p, c) * fmax(w->anneal[c], w->fill[c]));
    return fmin(1, ldexp(1, 59) / largest);
}

static void set_weights(ht_weights *weights, const double *w, double factor) {
    for (int32_t c = 0; c < HT_COMPONENTS; c++)
        weights->component[c] = (ht_cost)ceil(factor * w[c]);
}

/* Whether it matters who comes to whom. */
static bool persons_matter(const ht_problem *p) {
    return ht_routes_weighs(p, HT_C_CONTINUITY) || ht_routes_weighs(p, HT_C_UNUSUAL);
}

void ht_tune(const ht_problem *p, ht_tuning *tuning) {
    const ht_objective *o = &p->objective;
    double step[HT_COMPONENTS], scale = HT_COST_UNIT;
    sums w = {0};
    memset(tuning, 0, sizeof *tuning);
    fill_steps(p, step);
    for (int32_t l = o->levels - 1; l >= 0; l--) {
        const ht_level *level = &o->level[l];
        if (l < o->levels - 1)
            scale *= OUTWEIGHS * largest_step(&o->level[l + 1], step) / least_step(level, step);
        bool lenient = l < o->levels - 1 && level->weight[HT_C_UNPLANNED] == 0;
        add_level(&w, level, scale, lenient ? LENIENT : 1);
    }
    double factor = whole_units(&w);
    factor *= fits_64_bits(p, &w, factor);
    set_weights(&tuning->anneal, w.anneal, factor);
    set_weights(&tuning->fill, w.fill, factor);
    double last = factor * HT_COST_UNIT * largest_step(&o->level[o->levels - 1], step);
    double hot = fmax(1, HOT_STEPS * last);
    tuning->options = (ht_stream_options){
        .ruin = {.removed = 12,
                 .longest_string = 10,
                 .random_share = 0.2,
                 .break_share = 0.02,
                 .client_share = persons_matter(p) ? 0.2 : 0,
                 .person_share = persons_matter(p) ? 0.1 : 0,
                 .shift_share = persons_matter(p) ? 0.1 : 0},
        .blink = 0.01,
        .hot_rises = o->levels == 1 ? HOT_RISES : 0,
        .cold_rises = o->levels == 1 ? COLD_RISES : 0,
        .hot = hot,
        .warm = WARM_PART * hot,
        .cold = COLD_STEPS / HOT_STEPS * hot,
        .fill_hot = FILL_HOT_PART * hot,
        .fill_cold = FILL_COLD_PART * hot,
        .penalty_part = PENALTY_PART,
        .penalty_growth = PENALTY_GROWTH,
        .fill_penalty_growth = FILL_PENALTY_GROWTH,
    };
}

void ht_tuning_leave_out(ht_stream_options *o, ht_search_parts parts) {
    if (ht_search_parts_have(parts, HT_PART_BLINKS))
        o->blink = 0;
    if (ht_search_parts_have(parts, HT_PART_SLOW_COOLING))
        o->warm = o->hot * pow(o->cold / o->hot, HT_KNEE);
    if (ht_search_parts_have(parts, HT_PART_GROWING_PENALTIES))
        o->penalty_part = 1;
    if (ht_search_parts_have(parts, HT_PART_CLIENT_RUIN))
        o->ruin.client_share = 0;
    if (ht_search_parts_have(parts, HT_PART_PERSON_RUIN))
        o->ruin.person_share = 0;
    if (ht_search_parts_have(parts, HT_PART_SHIFT_RUIN))
        o->ruin.shift_share = 0;
    if (ht_search_parts_have(parts, HT_PART_RANDOM_RUIN))
        o->ruin.random_share = 0;
    if (ht_search_parts_have(parts, HT_PART_STRING_RUIN))
        o->ruin.random_share = 1 - o->ruin.client_share - o->ruin.person_share - o->ruin.shift_share;
}
