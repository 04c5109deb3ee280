#!/bin/sh
# Where output goes wrong or was left behind: closed pipes, files that may not grow, killed exports, empty files as stores.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "outputs: $1" >&2
    exit 1
}

cp -R "$root/tests/golden/data/ok" ok

# A store made in a file that was there already is its owner's alone.
touch hemtur.db
chmod 644 hemtur.db
"$hemtur" import ok --quiet >/dev/null
[ "$(stat -c %a hemtur.db)" = 600 ] || fail "the store's mode is $(stat -c %a hemtur.db)"

# Without a plan the roster alone: the plan's files of an earlier export are told of.
mkdir roster
echo old >roster/plan.csv
"$hemtur" export --out roster >/dev/null 2>messages
grep -q 'earlier export' messages || fail "nothing is said of the plan.csv that is there: $(cat messages)"
[ "$(cat roster/plan.csv)" = old ] || fail "an export without a plan changes plan.csv"

# What a killed export left goes; what a living process or a person has there stays.
"$hemtur" plan --date 2026-03-10 --work 500 --threads 1 --quiet >/dev/null
mkdir out
sh -c 'echo $$' >dead
touch "out/.plan.csv.$(cat dead)-0.tmp" "out/.roster.csv.$(cat dead)-3.tmp" "out/.plan.csv.$$-0.tmp" out/.plan.csv.tmp out/mine.csv
"$hemtur" export --out out >/dev/null
find out -type f -exec basename {} \; | LC_ALL=C sort | tr "\n" " " >listed
expected=".plan.csv.$$-0.tmp .plan.csv.tmp client_schedule.csv continuity.csv deviations.csv mine.csv plan.csv roster.csv routes.csv unplanned.csv "
[ "$(cat listed)" = "$expected" ] || fail "the folder holds $(cat listed)"

# A reader that has had enough is no fault: no message.
{ "$hemtur" --print-doc man 2>messages; } | :
[ ! -s messages ] || fail "a closed pipe gives $(cat messages)"

# A full disk gives one message and exit code 4.
if [ -e /dev/full ]; then
    code=0
    "$hemtur" plans list >/dev/full 2>messages || code=$?
    [ $code -eq 4 ] || fail "exit code $code where the disk is full"
    [ "$(wc -l <messages)" -eq 1 ] || fail "not one message: $(cat messages)"
    "$hemtur" plans list --format json >/dev/full 2>messages || :
    [ "$(wc -l <messages)" -eq 1 ] || fail "more than one message: $(cat messages)"
fi

# A file that may not grow is an error, no signal.
code=0
(ulimit -f 8 && "$hemtur" import ok --db small.db --quiet >/dev/null 2>messages) || code=$?
[ $code -eq 4 ] || fail "exit code $code where files may not grow: $(cat messages)"
echo "outputs: said once, nothing left behind"
