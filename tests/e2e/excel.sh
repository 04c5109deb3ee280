#!/bin/sh
# What is exported opens in a spreadsheet as it is meant: no cell runs as a formula, and what is read back is equal.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp -R "$root/tests/golden/data/ok" ok

fail() {
    echo "excel: $1" >&2
    exit 1
}

# Formulas wherever a text of one's own may stand.
tab=$(printf '\t')
cat >ok/teams.csv <<'TEXT'
team_id;unit;provider
North;=1+1;"@SUM(A1)"
TEXT
cat >ok/clients.csv <<'TEXT'
client_id;team;lat;lon;contact;second_contact;contact_reason;key;environment;language;household
A1;North;59,9010;17,6010;S1;S2;=cmd|'/c calc'!A1;+46;@cat;-sv;=1
A2;North;59,9050;17,6100;S2;S1;;;;;
A3;North;59,9050;17,6100;S2;S1;;;;;
TEXT
cat >ok/roster.csv <<TEXT
staff_id;date;start;end;break_min;break_earliest;break_latest;route_name
S1;2026-03-10;07:00;15:30;30;11:00;12:00;"=HYPERLINK(""http://x"")"
S2;2026-03-10;07:00;12:00;;;;-1+1
S2;2026-03-11;07:00;12:00;;;;"${tab}=1"
S1;2026-03-11;07:00;12:00;;;;@x
S1;2026-03-12;07:00;12:00;;;;+1
S2;2026-03-12;07:00;12:00;;;;'=1
TEXT
"$hemtur" import ok --quiet >/dev/null
"$hemtur" plan --date 2026-03-10 --work 400 --threads 1 --quiet >/dev/null

# running FILE: the cells that a spreadsheet would run: that begin with = + - @ tab or CR and are no number.
running() {
    tr -d '\r' <"$1" | sed '1s/^\xEF\xBB\xBF//' | awk -F ';' '
        { for (i = 1; i <= NF; i++) {
            cell = $i
            sub(/^"/, "", cell)
            if (cell ~ /^[=+@\t-]/ && cell !~ /^-?[0-9]+(,[0-9]+)?$/) print FILENAME ":" NR ": " cell
        } }'
}
printf 'a;=1\r\n' >planted
[ -n "$(running planted)" ] || fail "a planted formula is not seen"

for language in en sv; do
    "$hemtur" export --out out_$language --lang $language >/dev/null
    for file in "out_$language"/*.csv; do
        [ -z "$(running "$file")" ] || fail "$file runs: $(running "$file")"
        head -c 3 "$file" | od -An -tx1 | grep -q 'ef bb bf' || fail "$file has no byte order mark"
        [ "$(grep -c "$(printf '\r')\$" "$file")" -eq "$(wc -l <"$file")" ] || fail "$file has lines without CRLF"
    done
    # The roster is read back equal, formulas and all.
    mkdir back_$language
    cp out_$language/roster.csv back_$language
    "$hemtur" import back_$language --update --quiet >/dev/null
    "$hemtur" export --out again_$language --lang $language >/dev/null
    cmp out_$language/roster.csv again_$language/roster.csv || fail "the roster changes on its way out and back ($language)"
    # The plan is read back as the plan it is.
    "$hemtur" plan --date 2026-03-10 --work 400 --threads 1 --quiet >/dev/null
    "$hemtur" check --date 2026-03-10 --plan out_$language/plan.csv --format json | grep -q '"planned": 4' ||
        fail "plan.csv is not read back ($language)"
done
grep -q "'=HYPERLINK" out_sv/roster.csv || fail "the formulas did not reach the roster"
echo "excel: nothing runs, everything comes back"
