#include "io/json.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>

#include "base/words.h"

enum { DEPTH_MAX = 8, DIGITS = 12, FORM = JSON_INDENT(2) | JSON_REAL_PRECISION(DIGITS) };

struct ht_json {
    json_t *open[DEPTH_MAX]; /* borrowed but for open[0] */
    int32_t depth;           /* of the innermost open one */
    ht_status failed;
};

ht_json *ht_json_create(void) {
    ht_json *json = calloc(1, sizeof *json);
    if (json == NULL)
        return NULL;
    json->open[0] = json_object();
    if (json->open[0] == NULL) {
        free(json);
        return NULL;
    }
    return json;
}

void ht_json_destroy(ht_json *json) {
    if (json == NULL)
        return;
    json_decref(json->open[0]);
    free(json);
}

/* Takes value over; the innermost container owns it from here. Returns false where that failed. */
static bool put(ht_json *json, const char *key, json_t *value) {
    json_t *container = json->open[json->depth];
    int failed;
    if (json_is_array(container))
        failed = json_array_append_new(container, value);
    else
        failed = json_object_set_new(container, key, value);
    if (failed && json->failed == HT_OK)
        json->failed = HT_ENOMEM;
    return failed == 0;
}

static void begin(ht_json *json, const char *key, json_t *container) {
    assert(json->depth + 1 < DEPTH_MAX);
    /* After a failure the enclosing container stays the innermost one, so that begin and end keep matching. */
    json_t *inner = put(json, key, container) ? container : json->open[json->depth];
    json->open[++json->depth] = inner;
}

void ht_json_begin_object(ht_json *json, const char *key) {
    begin(json, key, json_object());
}

void ht_json_begin_array(ht_json *json, const char *key) {
    begin(json, key, json_array());
}

void ht_json_end(ht_json *json) {
    assert(json->depth > 0);
    json->depth--;
}

void ht_json_text(ht_json *json, const char *key, const char *text) {
    errno = 0;
    json_t *value = json_string(text);
    if (value == NULL && errno != ENOMEM && json->failed == HT_OK) {
        value = json_string("?");
        json->failed = HT_EINTERNAL;
    }
    put(json, key, value);
}

void ht_json_integer(ht_json *json, const char *key, int64_t value) {
    put(json, key, json_integer(value));
}

void ht_json_real(ht_json *json, const char *key, double value) {
    put(json, key, isfinite(value) ? json_real(value) : json_null());
}

void ht_json_flag(ht_json *json, const char *key, bool value) {
    put(json, key, json_boolean(value));
}

void ht_json_null(ht_json *json, const char *key) {
    put(json, key, json_null());
}

static ht_status failure(const ht_json *json, ht_err *err) {
    if (json->failed == HT_EINTERNAL)
        return ht_fail(err, HT_EINTERNAL, _("a text of the JSON output is not UTF-8"));
    return json->failed ? ht_fail_memory(err) : HT_OK;
}

ht_status ht_json_write(const ht_json *json, FILE *file, ht_err *err) {
    if (failure(json, err))
        return err->status;
    errno = 0;
    if (json_dumpf(json->open[0], file, FORM) || fputc('\n', file) == EOF)
        return ht_fail(err, HT_ESYSTEM, _("cannot write the output: %s"), ht_error_text(errno ? errno : EIO));
    return HT_OK;
}

static int add(const char *bytes, size_t length, void *text) {
    ht_text_add(text, bytes, length);
    return 0;
}

ht_status ht_json_add_to(const ht_json *json, ht_text *text, ht_err *err) {
    if (failure(json, err))
        return err->status;
    bool made = json_dump_callback(json->open[0], add, text, FORM) == 0;
    ht_text_add(text, "\n", 1);
    return made && !text->failed ? HT_OK : ht_fail_memory(err);
}
