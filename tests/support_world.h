/* tests/support_world.h: a folder that holds all that the program works on, copied, compared and thrown away.
 *
 * Errors: what goes wrong here fails the test.
 */
#ifndef HT_TESTS_SUPPORT_WORLD_H
#define HT_TESTS_SUPPORT_WORLD_H

#include <stdint.h>

enum { WORLD_PATH = 512 };

/* A new empty folder, in memory where the system has such a place. */
void world_make(char path[WORLD_PATH]);
/* folder/name */
void world_join(char out[WORLD_PATH], const char *folder, const char *name);
/* The folder and all in it. */
void world_remove(const char *path);
/* Copies a file, or a folder with all in it; `to` is not there yet. */
void world_copy(const char *from, const char *to);

/* Names and contents of all files in the folder. Stores count by what their tables hold, the times of plans and the
 * work put into them left out; the files that SQLite keeps beside them do not count. */
uint64_t world_digest(const char *path);

#endif
