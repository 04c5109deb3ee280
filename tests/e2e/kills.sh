#!/bin/sh
# Kills imports and plans at random moments: the store stays whole, with what was there before or what the killed one stored.
# HT_FULL=1 does more rounds.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
rounds=10
[ "${HT_FULL-}" = 1 ] && rounds=200
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "kills: $1" >&2
    exit 1
}

# Two states of the data: an import gives the one or the other, never something between. They differ in staff and in the roster.
cp -R "$root/tests/golden/data/ok" one
cp -R one two
sed -e 's/$/;2026-12-31/' -e '1s/2026-12-31/to/' -e 's/^\(S[12].*\);2026-12-31/\1;/' one/staff.csv >two/staff.csv
i=0
while [ $i -lt 3000 ]; do
    i=$((i + 1))
    echo "P$i;North;vb;car;2026-12-31"
done >>two/staff.csv
sed -e '/^S2;/s/07:00;12:00/07:00;11:30/' one/roster.csv >two/roster.csv

# state: "ROSTER_SUM STAFF", what is told apart; staff are counted by a purge of a copy.
state() {
    rm -rf copy.db* out
    "$hemtur" backup copy.db --quiet >/dev/null || fail "the store cannot be copied"
    "$hemtur" purge --db copy.db --before 2027-01-01 --format json >purged || fail "the store cannot be read"
    "$hemtur" export --out out --quiet >/dev/null || fail "the store cannot be exported"
    echo "$(cksum <out/roster.csv) $(sed -n 's/.*"staff": \([0-9]*\).*/\1/p' purged)"
}

random() {
    od -An -N2 -tu2 /dev/urandom | tr -d ' '
}

# milliseconds COMMAND...: how long it takes when nobody kills it.
milliseconds() {
    begun=$(date +%s%N)
    "$@" >/dev/null 2>&1 || fail "fails undisturbed: $*"
    echo $((($(date +%s%N) - begun) / 1000000))
}

# kill_within MILLISECONDS COMMAND...: SIGKILL at a random moment of that time and a tenth more, so that every part of it is
# hit, the last one too; counts those that were still running.
hits=0
kill_within() {
    span=$(($1 * 11 / 10 + 1))
    shift
    moment=$(($(random) * span / 65536))
    "$@" >/dev/null 2>&1 &
    child=$!
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    kill -KILL $child 2>/dev/null || :
    code=0
    wait $child 2>/dev/null || code=$?
    [ $code -ne 137 ] || hits=$((hits + 1))
}

plan_count() {
    "$hemtur" plans list --format csv >listed || fail "the plans cannot be listed"
    tail -n +2 listed | wc -l
}

"$hemtur" import two --quiet >/dev/null
two=$(state)
rm hemtur.db
"$hemtur" import one --quiet >/dev/null
one=$(state)
"$hemtur" backup start.db --quiet >/dev/null
[ "$one" != "$two" ] || fail "the two states cannot be told apart"

rm -f hemtur.db*
cp start.db hemtur.db
import_ms=$(milliseconds "$hemtur" import two)
plan_ms=$(milliseconds "$hemtur" plan --date 2026-03-10 --work 20000 --threads 2)
rm -f hemtur.db*
first_ms=$(milliseconds "$hemtur" import two)

round=0
while [ $round -lt $rounds ]; do
    round=$((round + 1))
    rm -f hemtur.db*
    cp start.db hemtur.db
    kill_within "$import_ms" "$hemtur" import two
    now=$(state)
    [ "$now" = "$one" ] || [ "$now" = "$two" ] || fail "round $round: a killed import left '$now'"
    "$hemtur" import two --quiet >/dev/null || fail "round $round: no import after a killed import"
    "$hemtur" plan --date 2026-03-10 --work 500 --threads 1 --quiet >/dev/null || fail "round $round: no plan"
    before=$(plan_count)
    kill_within "$plan_ms" "$hemtur" plan --date 2026-03-10 --work 20000 --threads 2
    after=$(plan_count)
    [ "$after" -eq "$before" ] || [ "$after" -eq $((before + 1)) ] || fail "round $round: $before plans became $after"
    "$hemtur" check --date 2026-03-10 --quiet >/dev/null || fail "round $round: the plan is broken after a killed plan"
    # A first import that is killed leaves nothing that stops the next one.
    rm -f hemtur.db*
    kill_within "$first_ms" "$hemtur" import two
    "$hemtur" import two --quiet >/dev/null || fail "round $round: no import after a killed first import"
done
[ $hits -ge "$rounds" ] || fail "only $hits of $((3 * rounds)) commands were killed before their end"
echo "kills: $rounds rounds, $hits commands killed before their end, the store was whole after each"
