#!/bin/sh
# A system that gives little memory, to the libraries too: each command ends with its result, or with exit code 4 and the reason.
# What it left is whole, so that it works where there is more. HT_FULL=1 tries more amounts.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
step=1500
[ "${HT_FULL-}" = 1 ] && step=100
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "little_memory: $1" >&2
    exit 1
}

# within KIBIBYTES COMMAND...
within() {
    (
        # shellcheck disable=SC3045 # dash and bash have it
        ulimit -v "$1"
        shift
        exec "$@"
    )
}

if ! within 1000000 "$hemtur" --version >/dev/null 2>&1; then
    echo "little_memory: skipped: a sanitizer reserves more than all memory"
    exit 77
fi
cp -R "$root/tests/golden/data/series" data
"$hemtur" import data --quiet >/dev/null
"$hemtur" plan --date 2026-12-31 --work 100 --threads 1 --quiet >/dev/null

# The least in which the program begins at all.
least=4000
while ! within $least "$hemtur" --version >/dev/null 2>&1; do
    least=$((least + 500))
done

tried=0
enough=0
for call in 'import data' 'plan --date 2026-12-31 --work 3000 --threads 1' 'plan --date 2026-12-31 --work 3000 --threads 4' \
    'check --date 2026-12-31' 'export --out out --ics --weeks' 'continuity --from 2026-12-01 --to 2027-01-10 --format json' \
    'generate --out made --clients 200' 'backup copy.db' 'purge --before 2026-11-01'; do
    kib=$least
    while [ $kib -lt $((least + 24000)) ]; do
        rm -rf copy.db
        code=0
        # shellcheck disable=SC2086
        within $kib "$hemtur" $call >output 2>messages || code=$?
        case $code in
        0) enough=$((enough + 1)) ;;
        4) grep -q 'memory' messages || fail "no word of memory from $call with $kib KiB: $(cat messages)" ;;
        *) fail "exit code $code of $call with $kib KiB: $(cat messages)" ;;
        esac
        tried=$((tried + 1))
        kib=$((kib + step))
    done
    # shellcheck disable=SC2086
    rm -rf copy.db
    # shellcheck disable=SC2086
    "$hemtur" $call --quiet >/dev/null || fail "$call fails where there is memory enough"
    [ -z "$(find . -name '.?*' -type f)" ] || fail "temporary files are left: $(find . -name '.?*' -type f)"
done
if [ $enough -eq 0 ] || [ $enough -eq $tried ]; then
    fail "$enough of $tried calls had memory enough: nothing was tried"
fi
echo "little_memory: $tried calls, $enough had memory enough"
