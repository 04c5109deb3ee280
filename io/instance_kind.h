/* io/instance_kind.h: which published set an instance is of, told by how its file begins.
 *
 * Errors: HT_EINPUT, HT_ESYSTEM (cannot be opened), HT_EINPUT (of no set that is known, or of another than was wanted).
 */
#ifndef HT_IO_INSTANCE_KIND_H
#define HT_IO_INSTANCE_KIND_H

#include "base/status.h"

typedef enum ht_instance_kind {
    HT_INSTANCE_UHHC,
    HT_INSTANCE_MANKOWSKA,
    HT_INSTANCE_VRPTW,
    HT_INSTANCE_DETECT /* none of them: to be told from the file */
} ht_instance_kind;

/* The names of --kind, in the order of the kinds. */
#define HT_INSTANCE_KINDS "uhhc|mankowska|vrptw"

/* "uhhc", "mankowska", "vrptw". */
const char *ht_instance_kind_name(ht_instance_kind kind);

/* The kind that was wanted, or, of HT_INSTANCE_DETECT, the one that the file begins as; a file that begins as another one
 * than was wanted is refused. */
ht_status ht_instance_kind_find(const char *path, ht_instance_kind wanted, ht_instance_kind *kind, ht_err *err);

#endif
