#include "io/instance_kind.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/words.h"

static const char BLANK[] = " \t\r\n";
enum { HEAD = 4096 };

const char *ht_instance_kind_name(ht_instance_kind kind) {
    static const char *const NAME[] = {"uhhc", "mankowska", "vrptw"};
    return NAME[kind];
}

/* Only a file can be read twice: first what it begins with, then all of it. */
static ht_status check_file(const char *path, ht_err *err) {
    struct stat about;
    if (stat(path, &about) != 0)
        return ht_fail_open(err, path, errno);
    if (S_ISDIR(about.st_mode))
        return ht_fail_open(err, path, EISDIR);
    return S_ISREG(about.st_mode) ? HT_OK
                                  : ht_fail(err, HT_EINPUT, _("%s: this is a pipe or a device, not a file"), path);
}

/* Up to HEAD - 1 bytes that the file begins with, ended by a NUL. */
static ht_status read_head(const char *path, char head[HEAD], ht_err *err) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ht_fail_open(err, path, errno);
    head[fread(head, 1, HEAD - 1, file)] = '\0';
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    return failed ? ht_fail_open(err, path, failed) : HT_OK;
}

static bool is_word(const char *text, const char *word) {
    return strcspn(text, BLANK) == strlen(word) && strncmp(text, word, strlen(word)) == 0;
}

/* HT_INSTANCE_DETECT where it is none of the sets. */
static ht_instance_kind kind_of(const char *head) {
    const char *first = head + strspn(head, BLANK);
    if (*first == '{')
        return HT_INSTANCE_UHHC;
    if (is_word(first, "nbNodes"))
        return HT_INSTANCE_MANKOWSKA;
    const char *second = first + strcspn(first, BLANK);
    second += strspn(second, BLANK);
    return is_word(second, "VEHICLE") ? HT_INSTANCE_VRPTW : HT_INSTANCE_DETECT;
}

ht_status ht_instance_kind_find(const char *path, ht_instance_kind wanted, ht_instance_kind *kind, ht_err *err) {
    char head[HEAD];
    ht_status status = check_file(path, err);
    if (!status)
        status = read_head(path, head, err);
    if (status)
        return status;
    ht_instance_kind begins = kind_of(head);
    *kind = wanted == HT_INSTANCE_DETECT ? begins : wanted;
    if (head[strspn(head, BLANK)] == '\0')
        return ht_fail(err, HT_EINPUT, _("%s holds no text: is it the right file?"), path);
    if (begins == HT_INSTANCE_DETECT && wanted == HT_INSTANCE_DETECT)
        return ht_fail(
            err, HT_EINPUT,
            _("%s:1: this is no instance that hemtur knows: expected JSON (uhhc), nbNodes first (mankowska), "
              "or VEHICLE below the name (vrptw)"),
            path);
    if (begins != HT_INSTANCE_DETECT && begins != *kind)
        return ht_fail(err, HT_EINPUT, _("%s:1: this is a %s instance, not a %s one: leave --kind out"), path,
                       ht_instance_kind_name(begins), ht_instance_kind_name(wanted));
    return HT_OK;
}
