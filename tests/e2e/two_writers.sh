#!/bin/sh
# Two writers at once: they wait for each other, both are stored whole; who waits too long says so.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "two_writers: $1" >&2
    exit 1
}

cp -R "$root/tests/golden/data/ok" ok
"$hemtur" import ok --quiet >/dev/null

# Six plans and two imports at once, within the 5 s that each waits for the store.
children=''
for seed in 1 2 3 4 5 6; do
    "$hemtur" plan --date 2026-03-10 --work 300 --threads 1 --seed $seed --quiet >/dev/null 2>"plan$seed.err" &
    children="$children $!"
done
for number in 1 2; do
    "$hemtur" import ok --quiet >/dev/null 2>"import$number.err" &
    children="$children $!"
done
for child in $children; do
    wait "$child" || fail "a writer failed: $(cat ./*.err)"
done
"$hemtur" plans list --format csv | tail -n +2 | cut -d ';' -f 3 | sort -n | tr '\n' ' ' >versions
[ "$(cat versions)" = "1 2 3 4 5 6 " ] || fail "versions are $(cat versions)"
"$hemtur" check --date 2026-03-10 --quiet >/dev/null || fail "the current plan breaks a rule"

# A writer that keeps the store longer than others wait.
if command -v sqlite3 >/dev/null; then
    { echo 'BEGIN IMMEDIATE;'; sleep 8; echo 'ROLLBACK;'; } | sqlite3 hemtur.db &
    holder=$!
    sleep 1
    code=0
    "$hemtur" import ok --quiet >/dev/null 2>messages || code=$?
    [ $code -eq 4 ] || fail "exit code $code of an import into a locked store"
    grep -q 'hemtur.db' messages || fail "the message does not name the store: $(cat messages)"
    wait $holder
else
    echo "two_writers: there is no sqlite3 to hold the store locked: that part is left out"
fi
echo "two_writers: both are whole"
