#!/bin/sh
# HT_FULL=1: the continuity report of a municipality, 2,100 clients and 14 days, is there in 1 s, the store's reading
# included: of days that lie behind, and of days whose visits are there too, about 70,000 each. Meant for the optimised
# program.
set -eu
hemtur=$(readlink -f "$1")
if [ "${HT_FULL-}" != 1 ]; then
    echo "continuity_speed: skipped: only with HT_FULL=1"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "continuity_speed: $1" >&2
    exit 1
}

"$hemtur" generate --out town --clients 2100 --from 2026-03-16 --days 14 --seed 1 >made || fail "no data: $(cat made)"
performed=$(($(wc -l <town/performed.csv) - 1))
[ "$performed" -ge 60000 ] || fail "just $performed performed visits"
"$hemtur" import town --quiet >imported || fail "no import: $(cat imported)"

# Seconds of the best of three runs from $1 to $2, so that what else the machine does is not measured.
measure() {
    best=
    for try in 1 2 3; do
        started=$(date +%s.%N)
        "$hemtur" continuity --from "$1" --to "$2" --format csv >report || fail "run $try fails"
        seconds=$(echo "$(date +%s.%N) $started" | awk '{ printf "%.2f", $1 - $2 }')
        best=$(echo "$seconds ${best:-$seconds}" | awk '{ print ($1 < $2 ? $1 : $2) }')
    done
    [ "$(grep -c '^client;' report)" -ge 2000 ] || fail "clients are missing"
    awk "BEGIN { exit !($best <= 1) }" || fail "it took $best s"
    echo "continuity_speed: $performed performed visits in $best s"
}

measure 2026-03-02 2026-03-15

# The days of visits.csv, each visit made as agreed by people of the day's roster, taken in turn.
mkdir later
awk -F';' '
    FNR == 1 { for (i = 1; i <= NF; i++) column[FILENAME, $i] = i; next }
    FILENAME ~ /roster/ && $5 == "work" && !listed[$2, $1]++ { person[$2, people[$2]++] = $1; next }
    FILENAME ~ /visits/ {
        if (made++ == 0)
            print "staff_id;date;start;visit_id"
        for (i = 0; i < $column[FILENAME, "staff_needed"]; i++)
            print person[$3, turn[$3]++ % people[$3]] ";" $3 ";" $4 ";" $1
    }' town/roster.csv town/visits.csv >later/performed.csv
performed=$(($(wc -l <later/performed.csv) - 1))
[ "$performed" -ge 60000 ] || fail "just $performed performed visits on the days of visits.csv"
"$hemtur" import later --update --quiet >imported || fail "no import of the later days: $(cat imported)"
measure 2026-03-16 2026-03-29
