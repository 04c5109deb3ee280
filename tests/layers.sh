#!/bin/sh
# Holds the layers: who may include whom, who wraps a third-party library, and that only app/cli prints and exits.
# usage: layers.sh REPOSITORY
set -eu
cd "$1"
found=$(mktemp)
trap 'rm -f "$found"' EXIT

# sources LAYER: its files; those of app without app/cli.
sources() {
    find "$1" -maxdepth 1 -name '*.[ch]' | sort
}

# breaches WHAT PATTERN FILE...: notes the lines that match.
breaches() {
    what=$1
    pattern=$2
    shift 2
    grep -nHE "$pattern" "$@" | sed "s#^#$what: #" >>"$found" || true
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
    grep -rlE "^ *# *include [<\"]$1[>\"]" base model io solver app tests --include='*.[ch]' | grep -vxE "$2" |
        sed "s#^#$1 belongs in $2 alone: #" >>"$found" || true
}

may_include base base
may_include model 'base|model|generated'
may_include io 'base|model|io'
may_include solver 'base|model|solver'
may_include app 'base|model|io|solver|app'
may_include app/cli 'base|model|io|solver|app|app/cli|generated'

wrapped csv.h 'io/csv_read\.c'
wrapped sqlite3.h 'io/store_internal\.h'
wrapped jansson.h 'io/json\.c'
wrapped glpk.h 'solver/lp\.c'

for layer in base model io solver app; do
    # shellcheck disable=SC2046 # our own file names hold no blanks
    breaches 'only app/cli prints and exits' '(^|[^a-z_])(printf|vprintf|puts|putchar|exit|_exit|abort)\(' $(sources $layer)
    # shellcheck disable=SC2046
    breaches 'only app/cli knows stdout and stderr' '(stdout|stderr)[,;)]' $(sources $layer | grep '\.c$')
    # A file-level variable without const, const'd by pointer alone, or static inside a function keeps state between calls.
    # shellcheck disable=SC2046
    breaches 'no state between calls' '^ *static [a-z_0-9 ]*[a-z_0-9]+(\[[^]]*\])?( = .*)?;' $(sources $layer | grep '\.c$')
done
grep -vE 'no state between calls: .*(static const|\*const|_Thread_local)' "$found" >"$found.kept" || true
mv "$found.kept" "$found"

if [ -s "$found" ]; then
    cat "$found" >&2
    exit 1
fi
