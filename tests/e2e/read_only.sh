#!/bin/sh
# A store in a folder that may not be written: reading works, writing says so with exit code 4.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
# Root may write everywhere: then the check needs somebody else to be.
as=''
if [ "$(id -u)" -eq 0 ]; then
    if ! command -v setpriv >/dev/null; then
        echo "read_only: skipped: root may write everywhere, and there is no setpriv to be somebody else"
        exit 77
    fi
    as='setpriv --reuid=65534 --regid=65534 --clear-groups'
fi
cd "$work"

fail() {
    echo "read_only: $1" >&2
    exit 1
}

cp "$hemtur" hemtur
mkdir store
./hemtur import "$root/tests/golden/data/ok" --db store/s.db --quiet >/dev/null
./hemtur plan --db store/s.db --date 2026-03-10 --work 100 --threads 1 --quiet >/dev/null
chmod 755 . hemtur
chmod 444 store/s.db
chmod 555 store
cp -R "$root/tests/golden/data/ok" ok
chmod -R a+rX ok
$as ./hemtur check --db store/s.db --date 2026-03-10 >output 2>&1 || fail "no reading: $(cat output)"
for call in 'import ok' 'plan --date 2026-03-10 --work 100' 'purge --before 2020-01-01'; do
    code=0
    # shellcheck disable=SC2086
    $as ./hemtur $call --db store/s.db >/dev/null 2>messages || code=$?
    [ $code -eq 4 ] || fail "exit code $code of $call: $(cat messages)"
    grep -q 's\.db' messages || fail "the message does not name the store: $(cat messages)"
done
code=0
$as ./hemtur export --db store/s.db --out store/out >/dev/null 2>messages || code=$?
[ $code -eq 4 ] || fail "exit code $code of an export there"
mkdir -p out/ics
chmod 777 out
chmod 555 out/ics
code=0
$as ./hemtur export --db store/s.db --out out --ics --weeks >/dev/null 2>messages || code=$?
[ $code -eq 4 ] || fail "exit code $code of an export of calendars there"
grep -q 'out/ics/S1.ics' messages || fail "the message does not name the calendar: $(cat messages)"
[ "$(find out -type f)" = "" ] || fail "half an export was left: $(find out)"
echo "read_only: read, never written"
