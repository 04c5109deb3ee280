#!/bin/sh
# Colour is for people at a terminal who want it: never elsewhere, never with NO_COLOR or TERM=dumb, never in CSV or JSON;
# and without it every word is still there.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
if ! command -v script >/dev/null; then
    echo "colour: skipped: there is no script(1) to make a terminal"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset NO_COLOR
TERM=xterm
export TERM
escape=$(printf '\033')

fail() {
    echo "colour: $1" >&2
    exit 1
}

# terminal NAME CALL: what the call prints on a terminal, in NAME; plain NAME: the same without escapes and CRs.
terminal() {
    script -qec "$2" /dev/null >"$1" </dev/null || :
}
plain() {
    sed -e "s/$escape\[[0-9;]*m//g" "$1" | tr -d '\r'
}

"$hemtur" import "$root/tests/golden/data/ok" --quiet >/dev/null
"$hemtur" plan --date 2026-03-10 --work 500 --threads 1 --quiet >/dev/null
printf 'visit_id;staff_id;start\nV1;S1;23:00\n' >broken.csv

# Each call, and what of it has colour.
while IFS='|' read -r arguments coloured; do
    terminal colour "'$hemtur' $arguments"
    grep -qF "${escape}[$coloured" colour || fail "hemtur $arguments: no $coloured on a terminal: $(cat -v colour)"
    grep -qF "${escape}[0m" colour || fail "hemtur $arguments: the colour does not end"
    sh -c "'$hemtur' $arguments" >none 2>&1 || :
    ! grep -qF "$escape" none || fail "hemtur $arguments: colour without a terminal"
    plain colour | diff none - >/dev/null || fail "hemtur $arguments: other words with colour than without"
    for environment in NO_COLOR=1 TERM=dumb TERM=; do
        terminal refused "$environment '$hemtur' $arguments"
        ! grep -qF "$escape" refused || fail "hemtur $arguments: colour with $environment"
    done
    terminal empty "NO_COLOR= '$hemtur' $arguments"
    grep -qF "${escape}[$coloured" empty || fail "hemtur $arguments: an empty NO_COLOR refuses colour"
done <<'TEXT'
plans list|1mdate
check --date 2026-03-10|32mNo hard rule
check --date 2026-03-10 --plan broken.csv|31mHard rules
check --date 2030-01-01|31mhemtur:
import missing|31mhemtur:
check --date 2026-03-10 --plan broken.csv --lang sv|31mBrutna
TEXT

# What programs read has none, on a terminal too.
for format in csv json; do
    for arguments in 'plans list' 'check --date 2026-03-10' 'plans show --date 2026-03-10'; do
        terminal printed "'$hemtur' $arguments --format $format"
        ! grep -qF "$escape" printed || fail "hemtur $arguments --format $format: colour on a terminal"
    done
done
"$hemtur" export --out out >/dev/null
! grep -rqF "$escape" out || fail "colour in exported files"
echo "colour: at terminals that want it only"
