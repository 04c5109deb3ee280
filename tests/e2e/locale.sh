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

# A locale with a decimal comma, made for this test: a bare machine has none.
comma=sv_SE.UTF-8
if localedef -i sv_SE -f UTF-8 "$work/$comma" 2>"$work/words"; then
    LOCPATH=$work
    export LOCPATH
    [ "$(LC_ALL=$comma /usr/bin/printf '%.1f' 0,5)" = 0,5 ] ||
        fail "the locale that was made has no decimal comma"
else
    echo "locale: no locale with a decimal comma can be made here (package locales): that part is left out: $(cat "$work/words")"
    comma=
fi

# run NAME VARIABLE=VALUE: import, plan, check, export in that environment, in both languages.
run() {
    variable=$2
    mkdir "$1"
    (
        cd "$1"
        call() {
            env -u LANG -u LC_ALL -u LANGUAGE -u LC_NUMERIC "$variable" "$hemtur" "$@"
        }
        call import "$root/tests/golden/data/ok" >import.txt
        call plan --date 2026-03-10 --work 1000 --threads 1 --format json |
            grep -v -e wall_s -e cpu_s -e first_full_s >plan.txt
        call check --date 2026-03-10 --lang sv >check.txt
        call continuity --from 2026-03-01 --to 2026-03-10 --lang sv >continuity.txt
        call export --out out >export.txt
        call export --out ut --lang sv >export_sv.txt
        rm hemtur.db*
    )
}

run unset HERE=1
run c LC_ALL=C
run utf8 LC_ALL=C.UTF-8
run language LANGUAGE=sv
diff -r unset c || fail "LC_ALL=C changes the output"
diff -r unset utf8 || fail "LC_ALL=C.UTF-8 changes the output"
diff -r unset language || fail "LANGUAGE=sv changes the output"
if [ -n "$comma" ]; then
    run comma LC_ALL="$comma"
    diff -r unset comma || fail "$comma changes the output"
fi
grep -q 'Ingen hård regel' unset/check.txt || fail "no Swedish: $(cat unset/check.txt)"
grep -q '"travel_min": [0-9]*\.[0-9]' unset/plan.txt || fail "JSON has no decimal point: $(cat unset/plan.txt)"

for environment in 'LC_ALL=' 'LC_ALL=C' 'LC_ALL=en_US.UTF-8'; do
    env "$environment" "$hemtur" --lang sv --help >help.txt
    grep -q 'Användning' help.txt || fail "no Swedish with $environment"
done
"$hemtur" --lang en --help | grep -q 'Usage' || fail "no English"
echo "locale: the same everywhere"
