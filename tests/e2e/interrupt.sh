#!/bin/sh
# SIGINT and SIGTERM end a plan early: the best so far is checked and stored, the exit code is 130. A second signal ends it at once.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "interrupt: $1" >&2
    exit 1
}

# Shells start background children with SIGINT ignored; the program sets its own handler, which is what is tested.
interrupt() {
    signal=$1
    "$hemtur" plan --date 2026-03-10 --time-limit 60 --threads 2 --format json >plan.json 2>messages &
    child=$!
    sleep 1
    kill -s "$signal" $child
    code=0
    wait $child || code=$?
    [ $code -eq 130 ] || fail "exit code $code after SIG$signal: $(cat messages)"
    grep -q '"planned"' plan.json || fail "no plan is printed after SIG$signal"
}

"$hemtur" import "$root/tests/golden/data/ok" --quiet >/dev/null
started=$(date +%s)
interrupt INT
interrupt TERM
interrupt HUP
[ $(($(date +%s) - started)) -lt 40 ] || fail "it took too long to end"
[ "$("$hemtur" plans list --format csv | tail -n +2 | wc -l)" -eq 3 ] || fail "the plans are not stored"
"$hemtur" check --date 2026-03-10 --quiet >/dev/null || fail "the stored plan breaks a rule"
echo "interrupt: stopped plans are stored and right"
