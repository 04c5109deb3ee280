/* io/uhhc_read.h: instances and solutions of the unified home health care sets (UHHC 2026), as published (JSON).
 *
 * Errors: HT_EINPUT with file, the place in it ("patients[3] p7"), and what is expected; HT_ESYSTEM, HT_ENOMEM.
 *         Nothing is left to release after a failure.
 */
#ifndef HT_IO_UHHC_READ_H
#define HT_IO_UHHC_READ_H

#include "model/uhhc.h"

ht_status ht_uhhc_read(const char *path, ht_uhhc *instance, ht_err *err);

/* A solution's arrays live in arena. Distances and times of the instance are in its scale: decimals of the file too. */
ht_status ht_uhhc_solution_read(const char *path, const ht_uhhc *instance, ht_arena *arena, ht_uhhc_solution *solution,
                                ht_err *err);

#endif
