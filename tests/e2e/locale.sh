#!/bin/sh
# The same output whatever the environment's locale; Swedish where it is asked for, also on a machine without a Swedish locale.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "locale: $1" >&2
    exit 1
}

# A locale with a decimal comma, where the machine has one.
comma=$(locale -a 2>/dev/null | grep -E '^(sv_SE|de_DE|fr_FR|nb_NO|da_DK|fi_FI)' | head -n 1 || :)

# run NAME [VARIABLE=VALUE...]: import, plan, export in that environment.
run() {
    name=$1
    shift
    mkdir "$name"
    (
        cd "$name"
        env -u LANG -u LC_ALL -u LANGUAGE -u LC_NUMERIC "$@" "$hemtur" import "$root/tests/golden/data/ok" >import.txt
        env -u LANG -u LC_ALL -u LANGUAGE -u LC_NUMERIC "$@" "$hemtur" plan --date 2026-03-10 --work 1000 --threads 1 --format json |
            grep -v -e wall_s -e cpu_s -e first_full_s >plan.txt
        env -u LANG -u LC_ALL -u LANGUAGE -u LC_NUMERIC "$@" "$hemtur" export --out out >export.txt
        rm hemtur.db*
    )
}

run unset
run c LC_ALL=C
run utf8 LC_ALL=C.UTF-8 LANGUAGE=sv
diff -r unset c || fail "LC_ALL=C changes the output"
diff -r unset utf8 || fail "LC_ALL=C.UTF-8 changes the output"
if [ -n "$comma" ]; then
    run comma LC_ALL="$comma"
    diff -r unset comma || fail "$comma changes the output"
else
    echo "locale: no locale with a decimal comma here: that part is left out"
fi
grep -q '"travel_min": [0-9]*\.[0-9]' unset/plan.txt || fail "JSON has no decimal point: $(cat unset/plan.txt)"

for environment in 'LC_ALL=' 'LC_ALL=C' 'LC_ALL=en_US.UTF-8'; do
    env "$environment" "$hemtur" --lang sv --help >help.txt
    grep -q 'Användning' help.txt || fail "no Swedish with $environment"
done
"$hemtur" --lang en --help | grep -q 'Usage' || fail "no English"
echo "locale: the same everywhere"
