/* io/mankowska_read.h: instances of Mankowska et al. (2014) in the text form of their public mirrors.
 *
 * A key alone on a line, then its numbers: nbNodes, nbVehi, nbServi, r (nodes x services), DS (patients with double
 * services, node + 1), a (vehicles x services), x, y, d (nodes x nodes), p (nodes x vehicles x services), mind, maxd,
 * e, l. Node 0 and the last one are the depot.
 *
 * Units:  parts of HT_MANKOWSKA_SCALE; the cost is a third of travel + tardiness + largest tardiness.
 * Errors: HT_EINPUT with file and line, HT_ESYSTEM, HT_ENOMEM. Nothing is left to release after a failure.
 * Source: Mankowska, Meisel, Bierwirth (2014), The home health care routing and scheduling problem with interdependent
 *         services, Health Care Management Science 17:15-30.
 */
#ifndef HT_IO_MANKOWSKA_READ_H
#define HT_IO_MANKOWSKA_READ_H

#include "model/uhhc.h"

enum { HT_MANKOWSKA_SCALE = 10000 };

ht_status ht_mankowska_read(const char *path, ht_uhhc *instance, ht_err *err);

#endif
