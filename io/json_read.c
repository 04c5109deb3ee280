#include "io/json_read.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>

#include "base/words.h"

/* No published instance comes near it; a number takes about 12 times its bytes while it is read. jansson itself bounds
 * the depth. */
enum { MEBIBYTES = 64 };

struct ht_json_document {
    json_t *root;
};

/* Values are jansson's own, under our name. */
static const json_t *inside(const ht_json_value *value) {
    return (const json_t *)(const void *)value;
}

static const ht_json_value *outside(const json_t *value) {
    return (const ht_json_value *)(const void *)value;
}

/* A file on its way to jansson, which is given no more of it than fits. */
typedef struct stream {
    FILE *file;
    size_t length;
    int failed; /* an errno */
} stream;

static size_t feed(void *buffer, size_t size, void *context) {
    stream *s = context;
    size_t length = s->length >> 20 < MEBIBYTES ? fread(buffer, 1, size, s->file) : (size_t)-1;
    if (length != (size_t)-1)
        s->length += length;
    if (ferror(s->file)) {
        s->failed = errno;
        return (size_t)-1;
    }
    return length;
}

static json_t *parse(const char *path, stream *s, ht_err *err) {
    json_error_t error;
    json_t *root = json_load_callback(feed, s, JSON_REJECT_DUPLICATES, &error);
    if (root != NULL)
        return root;
    if (s->failed)
        ht_fail_open(err, path, s->failed);
    else if (s->length >> 20 >= MEBIBYTES)
        ht_fail(err, HT_EINPUT, _("%s is longer than %d MiB"), path, MEBIBYTES);
    else if (json_error_code(&error) == json_error_out_of_memory || error.line < 0) /* it did not come to a line */
        ht_fail_memory(err);
    else
        ht_fail(err, HT_EINPUT, _("%s:%d:%d: this is no JSON (%s)"), path, error.line, error.column, error.text);
    return NULL;
}

ht_json_document *ht_json_read(const char *path, ht_err *err) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        ht_fail_open(err, path, errno);
        return NULL;
    }
    ht_json_document *document = NULL;
    stream s = {.file = file};
    json_t *root = parse(path, &s, err);
    fclose(file);
    if (root == NULL)
        return NULL;
    document = malloc(sizeof *document);
    if (document == NULL) {
        json_decref(root);
        ht_fail_memory(err);
        return NULL;
    }
    document->root = root;
    return document;
}

void ht_json_read_end(ht_json_document *document) {
    if (document == NULL)
        return;
    json_decref(document->root);
    free(document);
}

const ht_json_value *ht_json_root(const ht_json_document *document) {
    return outside(document->root);
}

const ht_json_value *ht_json_member(const ht_json_value *object, const char *key) {
    return outside(json_object_get(inside(object), key));
}

int32_t ht_json_count(const ht_json_value *value) {
    size_t count = json_is_array(inside(value)) ? json_array_size(inside(value)) : json_object_size(inside(value));
    return count < INT32_MAX ? (int32_t)count : INT32_MAX;
}

const ht_json_value *ht_json_item(const ht_json_value *array, int32_t index) {
    return outside(json_array_get(inside(array), (size_t)index));
}

const char *ht_json_unknown_key(const ht_json_value *object, const char *const *known) {
    const json_t *value = inside(object);
    json_t *mutable; /* jansson's iterators take no const */
    memcpy(&mutable, &value, sizeof mutable);
    for (void *at = json_object_iter(mutable); at != NULL; at = json_object_iter_next(mutable, at)) {
        const char *key = json_object_iter_key(at);
        int32_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0)
            i++;
        if (known[i] == NULL)
            return key;
    }
    return NULL;
}

const char *ht_json_get_text(const ht_json_value *value) {
    return json_string_value(inside(value));
}

bool ht_json_get_integer(const ht_json_value *value, int64_t *number) {
    double real;
    if (json_is_integer(inside(value))) {
        *number = json_integer_value(inside(value));
        return true;
    }
    if (!ht_json_get_real(value, &real) || floor(real) != real || fabs(real) > 9e15)
        return false;
    *number = (int64_t)real;
    return true;
}

bool ht_json_get_real(const ht_json_value *value, double *number) {
    if (!json_is_number(inside(value)))
        return false;
    *number = json_number_value(inside(value));
    return isfinite(*number);
}

bool ht_json_is_true(const ht_json_value *value) {
    return json_is_true(inside(value));
}

bool ht_json_is_flag(const ht_json_value *value) {
    return json_is_boolean(inside(value));
}
