#!/bin/sh
# A full disk and a closed pipe: a clear message, exit code 4, the former data whole.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
ok=$root/tests/golden/data/ok
work=$(mktemp -d)
mounted=no
cleanup() {
    [ $mounted = yes ] && umount "$work/small"
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"

fail() {
    echo "full_disk: $1" >&2
    exit 1
}

# expect CODE WORDS COMMAND...: messages must hold the words.
expect() {
    want=$1
    words=$2
    shift 2
    code=0
    "$@" >output 2>messages || code=$?
    [ $code -eq "$want" ] || fail "exit code $code, not $want: $*: $(cat messages)"
    grep -q -e "$words" messages || fail "no '$words' in: $(cat messages)"
}

"$hemtur" import "$ok" --quiet >/dev/null

# /dev/full takes nothing: what goes to stdout is missing, and that is noticed.
if [ -c /dev/full ]; then
    for call in '--help' '--version' 'plans list' 'plans list --format csv' 'plans list --format json' '--print-doc man' \
        'plan --date 2026-03-10 --work 100 --threads 1' 'plan --date 2026-03-10 --work 100 --threads 1 --format json' \
        "solve $root/tests/golden/data/solve/vrptw.txt --work 100"; do
        code=0
        # shellcheck disable=SC2086
        "$hemtur" $call >/dev/full 2>messages || code=$?
        [ $code -eq 4 ] || fail "exit code $code of $call to a full device"
        grep -q 'cannot write the output' messages || fail "no message of $call to a full device"
    done
fi

# A reader that went away.
{
    code=0
    "$hemtur" --print-doc man 2>messages || code=$?
    echo $code >code
} | :
case $(cat code) in
0 | 141) ;; # 0 where the pipe took it all before it closed, else ended by SIGPIPE
*) fail "exit code $(cat code) into a closed pipe" ;;
esac

# A limit on the size of files stands in for a full disk where no small one can be mounted.
mkdir many
cp "$ok"/* many
i=0
while [ $i -lt 20000 ]; do
    i=$((i + 1))
    echo "P$i;North;vb;car"
done >>many/staff.csv
before=$(cksum hemtur.db)
# small_files COMMAND...: no file of more than 300 blocks; a write says that instead of ending the program.
small_files() {
    (
        ulimit -f 300
        exec "$@"
    )
}
expect 4 hemtur small_files "$hemtur" import many
[ "$before" = "$(cksum hemtur.db)" ] || fail "the store changed"
"$hemtur" check --date 2026-03-10 --quiet >/dev/null || fail "the former plan is not whole"
expect 4 hemtur small_files "$hemtur" import many --db new.db
[ ! -e new.db ] || fail "a new store was left behind"

# A small disk, where one may be mounted.
mkdir small
if mount -t tmpfs -o size=512k tmpfs small 2>/dev/null; then
    mounted=yes
    "$hemtur" import "$ok" --db small/s.db --quiet >/dev/null
    expect 4 hemtur "$hemtur" import many --db small/s.db
    "$hemtur" plan --db small/s.db --date 2026-03-10 --work 100 --threads 1 --quiet >/dev/null || fail "no plan after a full disk"
    dd if=/dev/zero of=small/fill bs=4096 2>/dev/null || :
    expect 4 hemtur "$hemtur" export --db hemtur.db --out small/out
    [ -z "$(ls small/out 2>/dev/null)" ] || fail "half an export was left: $(ls small/out)"
    expect 4 hemtur "$hemtur" export --db hemtur.db --out small/out --ics --weeks
    [ ! -e small/out ] || fail "half an export was left: $(find small/out)"
fi
echo "full_disk: noticed everywhere"
