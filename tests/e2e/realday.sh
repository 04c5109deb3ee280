#!/bin/sh
# A published real day, beside the repository (it has no licence, so it is not in it): import, plan by counted work, check; the
# same plan.csv byte for byte with one thread and with two. HT_FULL=1: what 60 s on 2 threads must be worth, and may cost.
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

[ "${HT_FULL-}" = 1 ] || exit 0

# measured COMMAND...: with time(1), where it is there, the peak memory in KB is the last line of `memory`.
measured() {
    echo 0 >memory
    if [ -x /usr/bin/time ]; then
        /usr/bin/time -f %M -o memory "$@"
    else
        echo "realday: no /usr/bin/time: memory is not measured"
        "$@"
    fi
}

# figure NAME: a number of full.json.
figure() {
    sed -n "s/^  \"$1\": \(-\{0,1\}[0-9.]*\),\{0,1\}\$/\1/p" full.json
}

# holds EXPRESSION: of figures, as awk computes it.
holds() {
    awk "BEGIN { exit !($1) }" || fail "not true: $1: $(cat full.json)"
}

measured "$hemtur" plan --date 2025-03-05 --time-limit 60 --threads 2 --quiet --format json >full.json || fail "no plan in 60 s"
holds "$(figure unplanned) == 0"
holds "$(figure by_contact) >= 165"
holds "$(figure by_contact) + $(figure by_second) >= 200"
holds "$(figure travel_min) <= 2200"
holds "$(figure late_visits) <= 40"
holds "$(figure first_full_s) >= 0 && $(figure first_full_s) <= 2"
holds "$(figure wall_s) <= 61"
holds "$(tail -n 1 memory) <= 200 * 1024"
"$hemtur" check --date 2025-03-05 >checked || fail "the plan of 60 s breaks rules: $(cat checked)"
echo "realday: 60 s are worth what they must be"
