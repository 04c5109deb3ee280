#!/bin/sh
# HT_FULL=1: a million performed rows are imported in 10 s and 300 MB. Meant for the optimised program.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
if [ "${HT_FULL-}" != 1 ]; then
    echo "big_import: skipped: only with HT_FULL=1"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "big_import: $1" >&2
    exit 1
}

cp -R "$root/tests/golden/data/ok" ok
# 500 persons, 50 visits a day each, 40 days.
awk 'BEGIN {
    print "staff_id;team;title;mode"
    print "S1;North;usk;car"
    print "S2;North;usk;bicycle"
    for (person = 1; person <= 500; person++) printf "P%d;North;vb;car\n", person
}' >ok/staff.csv
awk 'BEGIN {
    print "staff_id;date;start;end;client_id"
    for (day = 0; day < 40; day++)
        for (person = 1; person <= 500; person++)
            for (visit = 0; visit < 50; visit++)
                printf "P%d;2026-%02d-%02d;%02d:%02d;%02d:%02d;A%d\n", person, 1 + int(day / 20), 1 + day % 20,
                    7 + int(visit / 6), visit % 6 * 10, 7 + int(visit / 6), visit % 6 * 10 + 8, 1 + (person + visit) % 3
}' >ok/performed.csv
[ "$(wc -l <ok/performed.csv)" -eq 1000001 ] || fail "not a million rows"

started=$(date +%s.%N)
if [ -x /usr/bin/time ]; then
    /usr/bin/time -f %M -o memory "$hemtur" import ok --format csv >rows || fail "no import"
    kilobytes=$(tail -n 1 memory)
    [ "$kilobytes" -le $((300 * 1024)) ] || fail "$kilobytes KB of memory"
else
    echo "big_import: no /usr/bin/time: memory is not measured"
    "$hemtur" import ok --format csv >rows || fail "no import"
fi
seconds=$(echo "$(date +%s.%N) $started" | awk '{ printf "%.1f", $1 - $2 }')
grep -q '^performed.csv;1000000' rows || fail "imported: $(cat rows)"
awk "BEGIN { exit !($seconds <= 10) }" || fail "it took $seconds s"
echo "big_import: a million rows in $seconds s"
