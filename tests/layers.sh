#!/bin/sh
# Holds the layers: who may include whom, who wraps a third-party library, and that only app/cli and bench print and exit.
# Before it looks at the repository it plants each kind of breach in a small tree, and must find it there.
# usage: layers.sh REPOSITORY
set -eu
found=$(mktemp)
planted=$(mktemp -d)
trap 'rm -rf "$found" "$planted"' EXIT

# sources LAYER: its files; those of app without app/cli.
sources() {
    find "$1" -maxdepth 1 -name '*.[ch]' | sort
}

# breaches WHAT PATTERN FILE...: notes the lines that match.
breaches() {
    what=$1
    pattern=$2
    shift 2
    grep -nHE "$pattern" "$@" /dev/null | sed "s#^#$what: #" >>"$found" || true
}

# may_include LAYER 'LAYER|LAYER...': other includes of our own are breaches.
may_include() {
    for file in $(sources "$1"); do
        grep -nHE '^ *# *include "' "$file" | grep -vE "#include \"($2)/[a-z0-9_]+\.h\"" |
            sed "s#^#$1 may include $2 alone: #" >>"$found" || true
    done
}

# wrapped HEADER 'FILE|FILE...': only these may include it.
wrapped() {
    grep -rlE "^ *# *include [<\"]$1[>\"]" base model io solver app bench tests --include='*.[ch]' | grep -vxE "$2" |
        sed "s#^#$1 belongs in $2 alone: #" >>"$found" || true
}

# Notes all breaches of the tree in the current folder.
look() {
    : >"$found"
    may_include base base
    may_include model 'base|model|generated'
    may_include io 'base|model|io'
    may_include solver 'base|model|solver'
    may_include app 'base|model|io|solver|app'
    may_include app/cli 'base|model|io|solver|app|app/cli|generated'
    may_include bench 'base|model|io|solver|app|app/cli|bench|generated'

    # The tests that make memory run out inside these libraries, or look into the store behind our back, know them too.
    wrapped csv.h 'io/csv_rows\.c|tests/failing_memory\.c'
    wrapped sqlite3.h 'io/store_internal\.h|tests/(failing_memory|support_world)\.c'
    wrapped jansson.h 'io/json(_read)?\.c|tests/failing_memory\.c'
    wrapped glpk.h 'solver/lp\.c'

    for layer in base model io solver app; do
        # shellcheck disable=SC2046 # our own file names hold no blanks
        breaches 'only app/cli and bench print and exit' '(^|[^a-z_])(printf|vprintf|puts|putchar|exit|_exit|abort)\(' $(sources $layer)
        # shellcheck disable=SC2046
        breaches 'only app/cli and bench know stdout and stderr' '(stdout|stderr)[,;)]' $(sources $layer | grep '\.c$')
        # A file-level variable without const, or const only in what it points to, or static inside a function keeps state between calls.
        # shellcheck disable=SC2046
        breaches 'no state between calls' '^ *static [A-Za-z_0-9 *]+(\[[^]]*\])*( =|;)' $(sources $layer | grep '\.c$')
    done
    grep -vE 'no state between calls: .*(static const [^*=;]*[=;]|\*const |_Thread_local)' "$found" >"$found.kept" || true
    mv "$found.kept" "$found"
}

# plant FILE LINE: fails where the line is not found to be a breach.
plant() {
    printf '%s\n' "$2" >"$1"
    look
    if [ ! -s "$found" ]; then
        echo "layers: not found in $1: $2" >&2
        exit 1
    fi
    rm "$1"
}

# allow FILE LINE: fails where the line is found to be a breach.
allow() {
    printf '%s\n' "$2" >"$1"
    look
    if [ -s "$found" ]; then
        echo "layers: no breach: $(cat "$found")" >&2
        exit 1
    fi
    rm "$1"
}

self_test() {
    mkdir -p base model io solver app/cli bench tests
    allow base/x.c '#include "base/arena.h"'
    allow io/x.c '#include "model/tables.h"'
    allow app/cli/x.c '#include "app/cli/table.h"'
    allow io/csv_rows.c '#include <csv.h>'
    allow io/json.c '#include <jansson.h>'
    allow solver/lp.c '#include <glpk.h>'
    allow base/x.c '    snprintf(out, size, "%d", value);'
    allow base/x.c '    free(arena); /* on_exit(2) */'
    allow app/cli/x.c '    printf("%d\n", value); exit(1);'
    allow solver/x.c 'static const int32_t LIMIT = 3;'
    allow solver/x.c 'static const char *const NAME[] = {"a"};'
    allow bench/x.c '#include "app/plan_day.h"'
    allow bench/x.c '#include "app/cli/options.h"'
    allow bench/x.c '    printf("%d\n", value);'
    plant app/x.c '#include "bench/run.h"'
    plant app/cli/x.c '#include "bench/run.h"'
    plant bench/x.c '#include <sqlite3.h>'
    plant bench/x.c '#include "tests/support.h"'
    plant base/x.c '#include "model/plan.h"'
    plant base/x.h '#include "io/json.h"'
    plant model/x.c '#include "io/store.h"'
    plant model/x.c '#include "solver/solve.h"'
    plant io/x.c '#include "solver/solve.h"'
    plant io/x.c '#include "app/load.h"'
    plant solver/x.c '#include "io/store.h"'
    plant solver/x.h '# include "app/load.h"'
    plant app/x.c '#include "app/cli/table.h"'
    plant model/x.c '#include "plan.h"'
    plant io/x.c '#include <csv.h>'
    plant app/x.c '#include <sqlite3.h>'
    plant model/x.c '#include <jansson.h>'
    plant tests/x.c '#include <glpk.h>'
    plant base/x.c '    printf("%d", value);'
    plant io/x.c '    puts("done");'
    plant solver/x.c '    exit(1);'
    plant app/x.c '    abort();'
    plant io/x.c '    fprintf(stderr, "done");'
    plant solver/x.c 'static int32_t calls;'
    plant solver/x.c '    static int32_t calls = 0;'
    plant model/x.c 'static const char *last;'
    plant io/x.c 'static FILE *LOG = NULL;'
    plant app/x.c 'static ht_settings used = {'
}

(cd "$planted" && self_test)
cd "$1"
look
if [ -s "$found" ]; then
    cat "$found" >&2
    exit 1
fi
