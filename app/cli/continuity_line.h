/* app/cli/continuity_line.h: one row of the continuity report, a client or a group, and its figures by name.
 *
 * One table of figures serves all formats: the aligned table, CSV and JSON.
 *
 * Units: as printed: numbers, shares, minutes; NAN is blank.
 */
#ifndef HT_APP_CLI_CONTINUITY_LINE_H
#define HT_APP_CLI_CONTINUITY_LINE_H

#include "app/cli/table.h"
#include "model/continuity_groups.h"

typedef struct ht_line {
    ht_group_level level;
    const char *id, *per_day;
    const ht_totals *total;
    const char *excluded_reason; /* of a client; NULL: counted */
    double clients, counted;     /* of a group */
    double distinct, least, median, p90, above_20;
    double upc, coc, secon, entropy;
    double planned_distinct, performed_distinct;
    const char *suppressed; /* NULL: shown */
} ht_line;

ht_line ht_line_of_client(const ht_dataset *data, const ht_client_continuity *client);
ht_line ht_line_of_group(const ht_group_continuity *group);

/* Where a figure stands. */
enum { HT_IN_CLIENTS = 1, HT_IN_GROUPS = 2, HT_FOR_PROGRAMS = 4 };

/* HT_MEAN: a whole number of a client, a mean of them of a group. HT_INDEX: of a scale of its own, no part of a whole. */
typedef enum ht_figure_kind { HT_WHOLE, HT_MEAN, HT_TENTHS, HT_SHARE, HT_INDEX } ht_figure_kind;

typedef struct ht_figure {
    ht_table_head head;
    int32_t where;
    ht_figure_kind kind;
    const char *client_key, *group_key; /* in JSON; NULL: not of those */
    double (*value)(const ht_line *line);
} ht_figure;

typedef struct ht_figures {
    const ht_figure *figure;
    int32_t count;
} ht_figures;

/* Of visits as they were met, or against the plan. */
extern const ht_figures ht_figures_met, ht_figures_against_plan;

#endif
