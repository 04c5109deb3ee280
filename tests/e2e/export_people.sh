#!/bin/sh
# Calendars of 300 staff and the weeks of their clients: all of them or none, few open files, nothing left by stops, kills and
# full disks; two weeks over the New Year.
set -eu
hemtur=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
rounds=5
[ "${HT_FULL-}" = 1 ] && rounds=200

fail() {
    echo "export_people: $1" >&2
    exit 1
}

# A client, a staff member and a visit for each i, on two days of two ISO weeks: Sunday of 2026-W53, Monday of 2027-W01.
mkdir town
{
    echo 'client_id;team;lat;lon;contact'
    echo 'staff_id;team;title;mode;start_place' >&3
    echo 'staff_id;date;start;end' >&4
    echo 'visit_id;client_id;date;start;minutes;service' >&5
    i=0
    while [ $i -lt 300 ]; do
        i=$((i + 1))
        echo "C$i;North;59,9;17,6;S$i"
        echo "S$i;North;usk;car;home" >&3
        for day in 2027-01-03 2027-01-04; do
            echo "S$i;$day;08:00;12:00" >&4
            echo "V$i-$day;C$i;$day;09:02;30;<b>&" >&5
        done
    done
} >town/clients.csv 3>town/staff.csv 4>town/roster.csv 5>town/visits.csv
# One client's visit at an hour that nobody works.
sed -i 's/^V7-2027-01-04;C7;2027-01-04;09:02/V7-2027-01-04;C7;2027-01-04;18:00/' town/visits.csv
"$hemtur" import town --quiet >/dev/null
"$hemtur" plan --date 2027-01-03 --days 2 --work 2000 --threads 1 --quiet >/dev/null

# Few open files at a time, whatever the number of people.
# shellcheck disable=SC3045 # dash and bash have it
(ulimit -n 48 && "$hemtur" export --out out --ics --weeks --format json >summary) || fail "no export with few open files"
[ "$(find out/ics -name 'S*.ics' | wc -l)" -eq 300 ] || fail "not 300 calendars"
grep -q '"calendars": 300' summary || fail "the summary says $(cat summary)"
grep -q '"files": 309' summary || fail "the summary says $(cat summary)"
[ -z "$(find out -name '.*' -type f)" ] || fail "temporary files are left"
[ "$(find out -type f ! -perm 600)" = "" ] || fail "others may read $(find out -type f ! -perm 600)"
for id in S1 S300; do
    [ "$(grep -c '^BEGIN:VEVENT' out/ics/$id.ics)" -eq "$(grep -c ";$id;" out/client_schedule.csv)" ] ||
        fail "the calendar of $id does not hold the visits of client_schedule.csv"
done

# The schedule is sorted by client, date, start, and holds every row of the plan.
tail -n +2 out/client_schedule.csv | cut -d ';' -f 1-3 >schedule
LC_ALL=C sort -t ';' -k1,1 -k2,2 -k3,3 schedule | cmp - schedule || fail "client_schedule.csv is not sorted"
[ "$(wc -l <out/client_schedule.csv)" -eq "$(wc -l <out/plan.csv)" ] || fail "client_schedule.csv is not the plan"

# A page a week, a sheet a client; about times; a visit without anybody is told of.
for week in 2026-W53 2027-W01; do
    page=out/client_weeks-$week.html
    [ "$(grep -c '<section>' "$page")" -eq 300 ] || fail "not 300 sheets in $page"
    grep -q 'about 0[89]:' "$page" || fail "no time in $page"
    if grep -q '<b>' "$page"; then fail "a service is markup in $page"; fi
    if command -v xmllint >/dev/null; then
        xmllint --noout "$page" || fail "$page is not well formed"
    else
        echo "export_people: there is no xmllint: whether $page is well formed is left out"
    fi
done
grep -A 30 '<h1>C7:' out/client_weeks-2027-W01.html | grep -q 'Not yet decided who comes' || fail "an unplanned visit is hidden"

# One client's paper names no other.
"$hemtur" export --out alone --date 2027-01-04 --weeks --client C7 --quiet >/dev/null
[ "$(find alone -name '*.html')" = alone/client_week-C7-2027-W01.html ] || fail "other pages: $(find alone -name '*.html')"
grep -o 'C[0-9][0-9]*' alone/client_week-C7-2027-W01.html | sort -u >named
[ "$(cat named)" = C7 ] || fail "a page of C7 names $(cat named)"

# Somebody leaves: the calendar is emptied.
cp -R out before
grep -v '^S300;' town/roster.csv >rows && mv rows town/roster.csv
"$hemtur" import town --quiet >/dev/null
"$hemtur" plan --date 2027-01-03 --days 2 --work 2000 --threads 1 --quiet >/dev/null

# A stop leaves the folder as it was.
"$hemtur" export --out stopped --ics --weeks >/dev/null 2>&1 &
child=$!
kill -INT $child 2>/dev/null || :
code=0
wait $child || code=$?
case $code in
130 | 2) [ ! -e stopped ] || [ -z "$(ls -A stopped)" ] || fail "a stopped export left $(find stopped)" ;;
0) ;; # it was ready before
*) fail "exit code $code of a stopped export" ;;
esac

# Kills leave whole files, old or new; the next run removes what is temporary.
rm -rf reference
cp -R before reference
"$hemtur" export --out reference --ics --weeks --quiet >/dev/null
# sums FOLDER: of each of its files, those under temporary names aside.
sums() {
    (cd "$1" && find . -type f ! -name '.*' -exec cksum {} +)
}
{
    sums before
    sums reference
} >whole
round=0
while [ $round -lt $rounds ]; do
    round=$((round + 1))
    rm -rf out
    cp -R before out
    "$hemtur" export --out out --ics --weeks --quiet >/dev/null &
    child=$!
    sleep "0.$(printf %02d $((round * 97 % 60)))"
    kill -KILL $child 2>/dev/null || :
    wait $child 2>/dev/null || :
    sums out >now
    if grep -vxFf whole now; then fail "round $round: half a file"; fi
    "$hemtur" export --out out --ics --weeks --quiet >/dev/null
    [ -z "$(find out -name '.*' -type f)" ] || fail "round $round: temporary files stay"
done
sh -c 'echo $$' >dead
touch "out/ics/.S1.ics.$(cat dead)-0.tmp"
"$hemtur" export --out out --quiet >/dev/null
[ -z "$(find out -name '.*' -type f)" ] || fail "an export without calendars leaves what a killed one left among them"
grep -q VEVENT before/ics/S300.ics || fail "S300 had nothing to begin with"
if grep -q VEVENT out/ics/S300.ics; then fail "the calendar of somebody who left keeps visits"; fi

# Files that may not grow, the pages, stand for a full disk: everything stays as it was.
rm -rf out
cp -R before out
code=0
(ulimit -f 64 && exec "$hemtur" export --out out --ics --weeks --quiet >/dev/null 2>messages) || code=$?
[ $code -eq 4 ] || fail "exit code $code where files may not grow: $(cat messages)"
diff -r before out || fail "a failed export changed the folder"
code=0
(ulimit -f 64 && exec "$hemtur" export --out fresh --ics --weeks --quiet >/dev/null 2>messages) || code=$?
[ $code -eq 4 ] || fail "exit code $code where files may not grow: $(cat messages)"
[ ! -e fresh ] || fail "a failed export left $(find fresh)"
echo "export_people: $rounds rounds of kills, whole each time"
