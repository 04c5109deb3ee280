#!/bin/sh
# The data changes while a plan is made: after a purge nothing is stored, after an import the plan is outdated from the start.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "meanwhile: $1" >&2
    exit 1
}

cp -R "$root/tests/golden/data/ok" ok
"$hemtur" import ok --quiet >/dev/null

# plan_while COMMAND...: runs it one second into a plan of three; leaves output, messages and $code.
plan_while() {
    "$hemtur" plan --date 2026-03-10 --time-limit 3 --threads 1 --format json >output 2>messages &
    child=$!
    sleep 1
    "$@" --quiet >/dev/null || fail "not while a plan is made: $*"
    code=0
    wait $child || code=$?
}

sed -i -e 's/10:30/10:45/' ok/visits.csv
plan_while "$hemtur" import ok
[ $code -eq 0 ] || fail "exit code $code after an import: $(cat messages)"
grep -q '"outdated": true' output || fail "the plan does not say that it is outdated: $(cat output)"
"$hemtur" plans list | grep -q 'current, outdated' || fail "the plan is not listed as outdated"

plan_while "$hemtur" purge --before 2026-03-11
[ $code -eq 2 ] || fail "exit code $code after a purge: $(cat messages)"
grep -q 'removed' messages || fail "the message does not say why: $(cat messages)"
[ "$("$hemtur" plans list --format csv | wc -l)" -eq 1 ] || fail "a plan of the purged day is stored"
echo "meanwhile: nothing of a purged day is stored; an outdated plan says so"
