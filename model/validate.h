/* model/validate.h: what no single row can show: references, duplicates, overlaps, cycles, windows, breaks, settings.
 *
 * data holds the rows of the folder (line > 0) and those of the store that stay (line 0); issues are reported at rows
 * with line > 0 where one of the two rows concerned has one, so that a message always names a line the user can go to.
 * Fills performed rows' client_id from their visit where it is blank.
 *
 * Checks: references of HT_COL_ID(S) columns with `refers` and of travel places; two rows of one key; periods that end
 *         before they begin; visit windows (start - before .. latest) and shifts that end before they start (a shift
 *         ends after it starts, 24:00 allowed); overlapping work rows of one person, and
 *         office rows; breaks: needed for work rows over
 *         5 h, and one break must be able to serve (ht_shift_break), else "split it"; absences with both or neither id;
 *         links: a cycle, an unknown visit, another client's visit (a note), gap_max below gap_min; locked staff more
 *         than staff_needed or named twice; series by the rules of visits, and their periods; visits that stand for an
 *         occurrence of another date or client, or for one that does not come (a note); series that never come (a
 *         note); more than HT_ONE_TAGS_MAX tags of skill_one; performed rows with neither visit nor client, or a client
 *         that is not the visit's; performed end before start; settings, row by row and each profile; travel: a mode for
 *         which some but not all pairs of the places its rows name are given, stored rows counted (one missing pair is
 *         named); clients and offices far from where their team works (a note). Where there is no team row the names of
 *         teams are free; where the folder lists teams, those that stored rows name are looked for too.
 * Rows that the reader refused are not in data. Issues that are in `issues` already tell of which files; what such a
 * file's missing rows alone may explain (a reference to it, a missing pair, a profile) is not reported.
 *
 * Cost:   O(n log n) for the roster and the clients, O(n) for the other tables.
 */
#ifndef HT_MODEL_VALIDATE_H
#define HT_MODEL_VALIDATE_H

#include "model/dataset.h"
#include "model/issues.h"

/* False when memory is out. */
bool ht_validate(ht_dataset *data, ht_issues *issues);

#endif
