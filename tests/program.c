#include "tests/program.h"

#include <check.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/banned.h"

enum { PATH_LENGTH = 600, LINE_LENGTH = 2000 };

static void output_path(char out[PATH_LENGTH], const char *folder, const char *suffix) {
    ck_assert_int_lt(snprintf(out, PATH_LENGTH, "%s%s", folder, suffix), PATH_LENGTH);
}

/* Ends the process. */
static void be_the_program(const char *folder, char **word, int count, const program_hooks *hooks) {
    static char name[] = "hemtur";
    char out[PATH_LENGTH], errors[PATH_LENGTH], *argument[PROGRAM_WORDS + 2] = {name};
    for (int i = 0; i < count; i++)
        argument[i + 1] = word[i];
    output_path(out, folder, ".out");
    output_path(errors, folder, ".err");
    if (freopen(out, "wb", stdout) == NULL || freopen(errors, "wb", stderr) == NULL || chdir(folder) != 0)
        _exit(PROGRAM_KILLED - 1);
    alarm(PROGRAM_LONGEST_S);
    if (hooks != NULL)
        hooks->before(hooks->context);
    int code = ht_program_main(count + 1, argument);
    fflush(stderr);
    _exit(hooks != NULL ? hooks->after(hooks->context, code) : code);
}

int program_run(const char *folder, char **word, int count, const program_hooks *hooks) {
    int state;
    ck_assert_int_le(count, PROGRAM_WORDS);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        be_the_program(folder, word, count, hooks);
    ck_assert_int_eq(waitpid(child, &state, 0), child);
    return WIFEXITED(state) ? WEXITSTATUS(state) : PROGRAM_KILLED + WTERMSIG(state);
}

int program_run_line(const char *folder, const char *line, const program_hooks *hooks) {
    char words[LINE_LENGTH], *word[PROGRAM_WORDS];
    int count = 0;
    ck_assert_int_lt(snprintf(words, sizeof words, "%s", line), (int)sizeof words);
    for (char *at = words; *at != '\0'; count++) {
        ck_assert_int_lt(count, PROGRAM_WORDS);
        word[count] = at;
        at += strcspn(at, " ");
        if (*at == ' ')
            *at++ = '\0';
    }
    return program_run(folder, word, count, hooks);
}

const char *program_said(const char *folder) {
    static char text[8192];
    char path[PATH_LENGTH];
    output_path(path, folder, ".err");
    FILE *file = fopen(path, "rb");
    size_t length = file == NULL ? 0 : fread(text, 1, sizeof text - 1, file);
    text[length] = '\0';
    if (file != NULL)
        fclose(file);
    return text;
}
