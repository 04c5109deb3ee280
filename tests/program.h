/* tests/program.h: the whole program, run by a test in a process that is forked for it: fast, and any end of it is seen.
 *
 * Errors: what cannot be set up fails the test.
 */
#ifndef HT_TESTS_PROGRAM_H
#define HT_TESTS_PROGRAM_H

enum { PROGRAM_WORDS = 64, PROGRAM_KILLED = 128, PROGRAM_LONGEST_S = 60 };

typedef struct program_hooks {
    void (*before)(void *context);         /* in the process, just before the program */
    int (*after)(void *context, int code); /* and after it: what the process ends with */
    void *context;
} program_hooks;

/* Runs `hemtur word...` in the folder, its output going to folder.out and folder.err. Returns the exit code, or
 * PROGRAM_KILLED and the signal; a run of more than PROGRAM_LONGEST_S ends by SIGALRM. hooks: NULL for none. */
int program_run(const char *folder, char **word, int count, const program_hooks *hooks);
/* The same of words in one text, a blank between. */
int program_run_line(const char *folder, const char *line, const program_hooks *hooks);

/* The beginning of what the last run in the folder wrote to stderr. */
const char *program_said(const char *folder);

/* app/cli/main.c */
int ht_program_main(int argc, char **argv);

#endif
