#!/bin/sh
# The live line: on a terminal only, never with --quiet, gone when the plan is there.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
if ! command -v script >/dev/null; then
    echo "progress: skipped: there is no script(1) to make a terminal"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "progress: $1" >&2
    exit 1
}

"$hemtur" import "$root/tests/golden/data/ok" --quiet >/dev/null
plan="'$hemtur' plan --date 2026-03-10 --time-limit 3 --threads 2"

script -qec "$plan" /dev/null >terminal </dev/null
tr '\r' '\n' <terminal >lines
grep -qE '[0-9]+ s  [0-9]+ iterations  unplanned [0-9]+  late [0-9]+ min  continuity [0-9]+  travel [0-9]+ min  temperature [0-9.]+' lines ||
    fail "no live line on a terminal: $(cat -v lines)"

script -qec "$plan --quiet" /dev/null >terminal </dev/null
grep -q 'temperature' terminal && fail "a live line with --quiet"

script -qec "'$hemtur' solve '$root/tests/golden/data/solve/mankowska.txt' --time-limit 2 --threads 2" /dev/null >terminal </dev/null
tr '\r' '\n' <terminal >lines
grep -qE '[0-9]+ s  [0-9]+ iterations  unplanned 0  cost 13\.9027' lines ||
    fail "no live line of a published instance on a terminal: $(cat -v lines)"

sh -c "$plan" >output 2>messages
[ ! -s messages ] || fail "messages without a terminal: $(cat messages)"
echo "progress: on terminals only"
