#!/bin/sh
# Made-up data as files: the same bytes each time, imports without a word, days that can be planned; data/town is what its
# own command makes. HT_FULL=1: 50 seeds, a municipality in 5 s, and its import in 5 s. Meant for the optimised program.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "generate: $1" >&2
    exit 1
}

# made OPTIONS...: makes `made` anew.
made() {
    rm -rf made
    "$hemtur" generate --out made "$@" >/dev/null 2>messages || fail "$*: $(cat messages)"
    [ ! -s messages ] || fail "$*: it says $(cat messages)"
}

# imports OPTIONS...: they make a set that imports without a word.
imports() {
    made "$@"
    rm -f hemtur.db*
    "$hemtur" import made >/dev/null 2>messages || fail "$*: $(cat messages)"
    [ ! -s messages ] || fail "$*: the import says $(cat messages)"
}

# within SECONDS WHAT COMMAND...: it takes no longer.
within() {
    most=$1
    what=$2
    shift 2
    begin=$(date +%s%N)
    "$@" >/dev/null || fail "$what fails"
    took=$((($(date +%s%N) - begin) / 1000000))
    echo "generate: $what: $took ms"
    [ "$took" -le $((most * 1000)) ] || fail "$what takes $took ms"
}

# The same bytes, over older files of its own too; another seed is another set; language and locale change no number.
made --clients 60 --days 3 --history 3
cp -R made first
"$hemtur" generate --out first --clients 10 --days 1 --history 0 --seed 5 >/dev/null
LC_ALL=sv_SE.UTF-8 "$hemtur" generate --out first --clients 60 --days 3 --history 3 >/dev/null
diff -r made first >&2 || fail "the same options make other files"
[ "$(stat -c %a made/clients.csv)" = 600 ] || fail "others may read clients.csv"
"$hemtur" generate --out second --clients 60 --days 3 --history 3 --seed 2 >/dev/null
! cmp -s made/visits.csv second/visits.csv || fail "another seed makes the same visits"

# The command in generate.txt makes the folder again; data/town is up to date.
again=$(sed -n '1s/^hemtur //p' "$root/data/town/generate.txt")
# shellcheck disable=SC2086 # the options are words
"$hemtur" $again --out town >/dev/null
for file in town/*; do
    cmp "$file" "$root/data/$file" || fail "data/town: make it again with: hemtur $again --out data/town"
done

# Other people's files stay.
mkdir mine
echo mine >mine/visits.csv
if "$hemtur" generate --out mine --clients 2 2>messages; then fail "somebody's visits.csv is overwritten"; fi
[ "$(ls mine):$(cat mine/visits.csv)" = visits.csv:mine ] || fail "the folder with somebody's data is changed"
echo note >made/notes.md
cp made/visits.csv made/settings.csv
"$hemtur" generate --out made --clients 2 >/dev/null
[ "$(cat made/notes.md):$(ls made/settings.csv)" = note:made/settings.csv ] || fail "files of other names are touched"

# In Swedish it imports as well.
imports --clients 30 --lang sv

# Days of usual teams can be planned: at most 2 % of the visits left, at least 30 % possible for the contacts.
# planned OPTIONS...: a week of them.
planned() {
    imports "$@" --days 7 --sick-rate 0
    "$hemtur" plan --date 2026-03-09 --days 7 --work 2000 --threads 1 --format csv --quiet >week.csv
    awk -F ';' -v set="$*" '
        NR == 1 { sub(/^\xef\xbb\xbf/, ""); gsub(/\r/, ""); for (i = 1; i <= NF; i++) column[$i] = i; next }
        { visits += $column["visits"]; left += $column["unplanned"]; staff += $column["staff_visits"]
          most += $column["contact_ceiling"] }
        END { print "generate:", set ":", visits, "visits,", left, "unplanned, contact at most", most, "of", staff
              exit visits == 0 || 50 * left > visits || 10 * most < 3 * staff }' week.csv || fail "$*: the days above"
}
planned --clients 25
[ "${HT_FULL-}" = 1 ] || exit 0
planned --clients 40 --teams 1 --staff 14
planned --clients 100 --seed 4

for seed in $(seq 1 50); do
    imports --clients 40 --teams 1 --staff 14 --seed "$seed"
    imports --clients 150 --days 28 --from 2026-03-10 --seed "$seed"
done

rm -rf made hemtur.db*
within 5 "2,100 clients in 84 teams" "$hemtur" generate --out made --clients 2100
within 5 "their import" "$hemtur" import made
within 5 "2,100 clients in 45 teams" "$hemtur" generate --out made --clients 2100 --teams 45
imports --clients 2100 --teams 45
within 30 "20,000 clients" "$hemtur" generate --out made --clients 20000
