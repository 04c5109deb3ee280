/* model/generate.h: made-up home care data: a Swedish town, its teams, rosters, visits and two weeks of history.
 *
 * Everybody and every place is invented. Shares hold for every set, not only on average: they are dealt out as quotas
 * (largest remainder), the random numbers only decide who gets what.
 * One set of options gives one dataset, the same on every machine: whole numbers and base/rng alone.
 *
 * Units:     shares in parts of HT_SHARE_ONE; dates and the rest as in model/dataset.h.
 * Ownership: the caller's dataset is filled; release it with ht_dataset_release().
 * Errors:    HT_EUSAGE where the options do not go together (fewer staff than the teams need), HT_ENOMEM.
 * Cost:      O(visits x team size); a municipality of 2,100 clients and 14 days takes about a second.
 * Source:    model/README.md for the words; the shares are those of its "Made-up data".
 */
#ifndef HT_MODEL_GENERATE_H
#define HT_MODEL_GENERATE_H

#include "base/status.h"
#include "base/words.h"
#include "model/dataset.h"

enum { HT_SHARE_ONE = 10000 };

/* A table to be read down its columns. kind: INT, DATE or SHARE (a decimal from 0 to 1); standard as it is typed, NULL
 * where it follows from the other options; min and max in the units inside. */
/* clang-format off */
/*    name          kind   argument standard      min  max     unit help */
#define HT_GENERATE_OPTIONS(X)                                                                                         \
    X(clients,      INT,   "N",     "100",        1,   20000, NULL, N_("clients"))                                     \
    X(teams,        INT,   "N",     NULL,         1,   2000,  NULL, N_("teams; without it one for each 25 clients"))   \
    X(staff,        INT,   "N",     NULL,         1,   20000, NULL, N_("staff on the books, hourly-paid ones too; without it 40 % of the clients")) \
    X(days,         INT,   "N",     "14",         1,   366,   NULL, N_("days with visits and rosters"))                \
    X(history,      INT,   "N",     "14",         0,   56,    NULL, N_("days before them with performed visits"))      \
    X(from,         DATE,  "D",     "2026-03-09", 0,   0,     NULL, N_("the first day"))                               \
    X(seed,         INT,   "N",     "1",          0,   999999999999999999, NULL, N_("of the random numbers"))          \
    X(sick_rate,    SHARE, "R",     "0.1",        0,   5000,  NULL, N_("share of the shifts whose person is ill"))     \
    X(double_share, SHARE, "R",     "0.04",       0,   5000,  NULL, N_("share of the visits that need two"))           \
    X(away_share,   SHARE, "R",     "0.02",       0,   5000,  NULL, N_("share of the days that clients are away"))
/* clang-format on */

/* teams and staff: 0 where they follow from the clients. */
typedef struct ht_generate_options {
#define X(name, kind, argument, standard, min, max, unit, help) int64_t name;
    HT_GENERATE_OPTIONS(X)
#undef X
} ht_generate_options;

/* The standard column of the table. */
void ht_generate_defaults(ht_generate_options *options);

/* Fills data, which ht_dataset_init() has made and nobody has filled. Rows are in the order of the files; their line is
 * the one they get there. */
ht_status ht_generate(const ht_generate_options *options, ht_dataset *data, ht_err *err);

#endif
