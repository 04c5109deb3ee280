#!/bin/sh
# Golden tests of the command line: each *.test holds a shell script and the stdout, stderr and exit code it must give.
#
#   run.sh HEMTUR REPOSITORY            compares; fails where one differs or none ran
#   run.sh --update HEMTUR REPOSITORY   writes what the program gives now into the files: look at the diff
#
# A file:
#   # what it shows
#   --- command
#   --- stdout
#   --- stderr
#   --- exit
# The script runs in an empty folder with `ok`, a copy of data/ok, beside it; helpers.sh says what else it may call.
# What differs from run to run (versions, commit, seconds, iterations, when a plan was made) is masked.
set -u
update=no
if [ "${1-}" = --update ]; then
    update=yes
    shift
fi
if [ $# -ne 2 ]; then
    echo "run.sh: expected [--update] HEMTUR REPOSITORY" >&2
    exit 1
fi
hemtur=$(readlink -f "$1")
golden=$(readlink -f "$2")/tests/golden
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$hemtur" "$scratch/bin/hemtur"
PATH=$scratch/bin:$PATH
GOLDEN=$golden
export PATH GOLDEN
unset LANGUAGE LC_ALL LC_MESSAGES LC_NUMERIC LANG

# section NAME FILE
section() {
    awk -v want="--- $1" '/^--- / { on = ($0 == want); next } on' "$2"
}

mask() {
    sed -E -e "s#$scratch#SCRATCH#g" \
        -e 's/^hemtur [0-9.]+ \(commit [0-9a-z]+, SQLite [0-9.]+, GLPK [0-9.]+\)/hemtur VERSION (commit COMMIT, SQLite VERSION, GLPK VERSION)/' \
        -e 's/"hemtur [0-9.]+"/"hemtur VERSION"/' \
        -e 's/"(wall_s|cpu_s|first_full_s)": [0-9.e-]+/"\1": SECONDS/' \
        -e 's/[0-9]+[.,][0-9]+ s([,; ]|$)/SECONDS s\1/g' \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}/MADE/g' \
        -e 's/  [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$/  MADE/' \
        -e 's/"work": [0-9]+/"work": WORK/' -e 's/^[0-9]+ (iterations|varv) /WORK \1 /' \
        -e 's/(contact-first +[0-9]+) +[0-9]+( +MADE)/\1  WORK\2/' \
        -e 's/(contact-first;[0-9]+;)[0-9]+(;MADE)/\1WORK\2/' -e 's/^([0-9-]+(;[^;]*){15};)[0-9]+/\1WORK/'
}

# run TEST: leaves stdout, stderr and exit in $scratch/result
run() {
    rm -rf "$scratch/work" "$scratch/result"
    mkdir "$scratch/work" "$scratch/result"
    cp -R "$golden/data/ok" "$scratch/work/ok"
    { cat "$golden/helpers.sh"; section command "$1"; } >"$scratch/script"
    (cd "$scratch/work" && sh "$scratch/script") >"$scratch/out" 2>"$scratch/err"
    echo $? >"$scratch/result/exit"
    mask <"$scratch/out" >"$scratch/result/stdout"
    mask <"$scratch/err" >"$scratch/result/stderr"
    chmod -R u+w "$scratch/work"
}

compare() {
    same=yes
    for part in stdout stderr exit; do
        section $part "$1" >"$scratch/expected"
        diff -u --label "expected $part" --label "actual $part" "$scratch/expected" "$scratch/result/$part" || same=no
    done
    [ $same = yes ]
}

rewrite() {
    {
        awk '/^--- stdout$/ { exit } { print }' "$1"
        for part in stdout stderr exit; do
            echo "--- $part"
            cat "$scratch/result/$part"
        done
    } >"$scratch/new"
    cat "$scratch/new" >"$1"
}

ran=0
failed=0
for file in "$golden"/*.test; do
    [ -f "$file" ] || continue
    ran=$((ran + 1))
    run "$file"
    if [ $update = yes ]; then
        rewrite "$file"
    elif ! compare "$file"; then
        failed=$((failed + 1))
        echo "FAILED: $(basename "$file")"
    fi
done
echo "golden: $ran tests, $failed failed"
[ $ran -gt 0 ] && [ $failed -eq 0 ]
