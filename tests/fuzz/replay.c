/* tests/fuzz/replay.c: runs a fuzz target over each file of a corpus folder, as an ordinary test: `fuzz_x CORPUS`. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/fuzz/fuzz.h"

static uint8_t *read_whole(const char *path, size_t *size) {
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    uint8_t *bytes = fstat(fileno(file), &about) == 0 ? malloc((size_t)about.st_size + 1) : NULL;
    if (bytes)
        *size = fread(bytes, 1, (size_t)about.st_size, file);
    fclose(file);
    return bytes;
}

static int replay(const char *folder, const char *name) {
    char path[4096];
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    uint8_t *bytes = read_whole(path, &size);
    if (!bytes) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    fprintf(stderr, "%s\n", name); /* so that a crash names its input */
    LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    return 0;
}

int main(int count, char **words) {
    int tried = 0, failed = 0;
    DIR *folder = count == 2 ? opendir(words[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: %s CORPUS, a folder that is there\n", words[0]);
        return 1;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.') {
            failed += replay(words[1], entry->d_name);
            tried++;
        }
    closedir(folder);
    if (tried == 0)
        fprintf(stderr, "%s is empty\n", words[1]);
    return tried == 0 || failed > 0;
}
