#!/bin/sh
# Every command that prints results prints one JSON object with --format json, also where there is nothing to tell and in
# Swedish; what goes wrong is said on stderr alone; --quiet says nothing but what is wrong.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
if ! command -v jq >/dev/null; then
    echo "json: skipped: there is no jq"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp -R "$root/tests/golden/data/ok" ok

fail() {
    echo "json: $1" >&2
    exit 1
}

# object CODE ARGUMENT...: one object on stdout, nothing on stderr, that exit code; the same in Swedish.
object() {
    wanted=$1
    shift
    for language in en sv; do
        code=0
        "$hemtur" "$@" --format json --quiet --lang $language >printed 2>messages || code=$?
        [ $code -eq "$wanted" ] || fail "hemtur $*: exit code $code: $(cat messages)"
        [ ! -s messages ] || fail "hemtur $* --quiet: $(cat messages)"
        [ "$(jq -s 'map(type)[]' printed)" = '"object"' ] || fail "hemtur $*: not one object: $(cat printed)"
        jq -S 'del(.. | .wall_s?, .cpu_s?, .first_full_s?, .text?, .created?)' printed >"object_$language"
    done
    diff object_en object_sv >&2 || fail "hemtur $*: names differ from language to language"
}

# nothing CODE ARGUMENT...: no stdout, a message, that exit code.
nothing() {
    wanted=$1
    shift
    code=0
    "$hemtur" "$@" --format json --quiet >printed 2>messages || code=$?
    [ $code -eq "$wanted" ] || fail "hemtur $*: exit code $code: $(cat messages)"
    [ ! -s printed ] || fail "hemtur $*: output though it failed: $(cat printed)"
    [ -s messages ] || fail "hemtur $*: fails without a word"
}

nothing 2 import missing
nothing 2 plans list
nothing 1 plan
nothing 1 nonsense
object 0 import ok
object 0 import ok --update
object 0 plans list
nothing 2 plans show --date 2026-03-10
nothing 2 check --date 2026-03-10
object 0 continuity --from 2026-03-10 --to 2026-03-10
object 0 continuity --from 2030-03-10 --to 2030-03-10
object 0 export --out roster
object 0 plan --date 2026-03-10 --work 400 --threads 1
object 0 plan --date 2026-03-10 --days 2 --work 400 --threads 1
nothing 2 plan --date 2030-03-10 --work 400 --threads 1
for file in uhhc.json mankowska.txt vrptw.txt; do
    object 0 solve "$root/tests/golden/data/solve/$file" --work 400 --threads 1
done
sed 's/"abilities": \["s0"\]/"abilities": []/' "$root/tests/golden/data/solve/uhhc.json" >nobody.json
object 0 solve nobody.json --work 400 --threads 1 --out routes.json
nothing 2 solve ok/visits.csv
object 0 check --date 2026-03-10
printf 'visit_id;staff_id;start\nV1;S1;23:00\n' >broken.csv
object 3 check --date 2026-03-10 --plan broken.csv
object 0 plans list
object 0 plans list --date 2030-03-10
object 0 plans show --date 2026-03-10
object 0 plans restore --date 2026-03-10 --version 1
object 0 plans publish --date 2026-03-10 --version 1
nothing 2 plans publish --date 2026-03-10 --version 99
object 0 export --out out
nothing 2 export --out out --date 2030-03-10
rm -f copy_*.db
for language in en sv; do
    "$hemtur" backup copy_$language.db --format json --lang $language >printed
    [ "$(jq -r .copy printed)" = copy_$language.db ] || fail "backup: $(cat printed)"
done
nothing 2 backup copy_en.db
object 0 generate --out made --clients 8 --teams 1 --days 3
nothing 1 generate --out made --clients 0
object 0 purge --before 2020-01-01
nothing 1 purge --before soon

# Each command of the program was called.
"$hemtur" help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on && $1 != "help" { print $1 }' >commands
while read -r command; do
    grep -qE "(object|nothing) [0-9] $command( |\$)|hemtur\" $command " "$root/tests/e2e/json.sh" ||
        fail "say in this test how '$command' is called"
done <commands
echo "json: one object each"
