/* io/json_read.h: reads one JSON document from a file: objects, arrays, numbers and texts by key and position.
 *
 * Every question may be asked of any value, NULL too: what is not there is NULL, 0 items, or false.
 *
 * Ownership: ht_json_read() makes a heap object that owns every value and text of it; ht_json_read_end() ends it.
 * Errors:    HT_EINPUT, HT_ESYSTEM (cannot be opened), HT_EINPUT (no JSON, with line and column; above 64 MiB), HT_ENOMEM.
 */
#ifndef HT_IO_JSON_READ_H
#define HT_IO_JSON_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

typedef struct ht_json_document ht_json_document;
typedef struct ht_json_value ht_json_value;

/* NULL on failure. */
ht_json_document *ht_json_read(const char *path, ht_err *err);
void ht_json_read_end(ht_json_document *document);
const ht_json_value *ht_json_root(const ht_json_document *document);

const ht_json_value *ht_json_member(const ht_json_value *object, const char *key);
/* Of an array or an object. */
int32_t ht_json_count(const ht_json_value *value);
const ht_json_value *ht_json_item(const ht_json_value *array, int32_t index);
/* The first key of the object that is none of the known ones (ended by NULL); NULL where all are known. */
const char *ht_json_unknown_key(const ht_json_value *object, const char *const *known);

/* NULL where it is no text. */
const char *ht_json_get_text(const ht_json_value *value);
/* False where it is no whole number (3.0 is one). */
bool ht_json_get_integer(const ht_json_value *value, int64_t *number);
/* False where it is no finite number. */
bool ht_json_get_real(const ht_json_value *value, double *number);
bool ht_json_is_true(const ht_json_value *value);
/* true or false. */
bool ht_json_is_flag(const ht_json_value *value);

#endif
