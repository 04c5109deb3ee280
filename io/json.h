/* io/json.h: writes one JSON document; jansson is wrapped here and in io/json_read.c alone.
 *
 * Values are added in order to the innermost open object or array; key is NULL inside an array. Keys keep their order.
 *
 * Ownership: ht_json_create() makes a heap object whose document is one object; ht_json_destroy() ends it.
 * Errors:    the first failure is kept; ht_json_write() reports it: HT_ENOMEM, HT_ESYSTEM (the stream), HT_EINTERNAL
 * (text that is no UTF-8).
 */
#ifndef HT_IO_JSON_H
#define HT_IO_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

typedef struct ht_json ht_json;

/* NULL when memory is out. */
ht_json *ht_json_create(void);
void ht_json_destroy(ht_json *json);

void ht_json_begin_object(ht_json *json, const char *key);
void ht_json_begin_array(ht_json *json, const char *key);
void ht_json_end(ht_json *json); /* of the innermost object or array */

void ht_json_text(ht_json *json, const char *key, const char *text);
void ht_json_integer(ht_json *json, const char *key, int64_t value);
void ht_json_real(ht_json *json, const char *key, double value); /* NAN and infinities are null */
void ht_json_flag(ht_json *json, const char *key, bool value);
void ht_json_null(ht_json *json, const char *key);

/* Writes the document and a newline. */
ht_status ht_json_write(const ht_json *json, FILE *file, ht_err *err);
/* The same at the end of a text. */
ht_status ht_json_add_to(const ht_json *json, ht_text *text, ht_err *err);

#endif
