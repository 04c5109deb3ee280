#!/bin/sh
# A published real day, beside the repository (it has no licence, so it is not in it): import, plan by counted work, check; the
# same plan.csv byte for byte with one thread and with two.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
day=$root/../shared/realday
if [ ! -f "$day/visits.csv" ]; then
    echo "realday: skipped: there is no ../shared/realday beside the repository"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "realday: $1" >&2
    exit 1
}

"$hemtur" import "$day" --quiet >/dev/null || fail "no import"
for threads in 1 2; do
    "$hemtur" plan --date 2025-03-05 --work "${HT_WORK-20000}" --threads $threads --format json >plan$threads.json 2>messages$threads ||
        fail "no plan with $threads threads: $(cat messages$threads)"
    [ ! -s messages$threads ] || fail "the plan says: $(cat messages$threads)"
    "$hemtur" check --date 2025-03-05 >check$threads || fail "broken rules with $threads threads: $(cat check$threads)"
    "$hemtur" export --out out$threads --date 2025-03-05 --quiet >/dev/null
done
cmp out1/plan.csv out2/plan.csv || fail "1 and 2 threads give different plans"
cmp out1/routes.csv out2/routes.csv || fail "1 and 2 threads give different routes"
grep -E '"(planned|unplanned|by_contact|by_second|travel_min|late_visits)"' plan1.json
echo "realday: the same plan with 1 and 2 threads, no rule broken"
