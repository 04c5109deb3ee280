#!/bin/sh
# hemtur-bench: a run that is killed goes on to the same rows, a file equals itself, and the drawing is well-formed XML.
set -eu
bench=$(dirname "$(readlink -f "$1")")/hemtur-bench
root=$(readlink -f "$2")
if [ ! -x "$bench" ]; then
    echo "bench: skipped: hemtur-bench is not built here"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir tmp
export TMPDIR="$work/tmp"

fail() {
    echo "bench: $1" >&2
    exit 1
}

cat >suite.csv <<CSV
case_id;folder;date;clients;teams;staff;seed;optional
small;$root/tests/golden/data/ok;2026-03-10;;;;;
made;;2026-03-10;12;1;6;1;
gone;nowhere;2026-03-10;;;;;yes
CSV

measure() {
    "$bench" run --suite ./suite.csv --seeds 2 --work 1500 --threads 1 --out "$@" 2>messages
}

# The columns that do not depend on the clock.
figures() {
    awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        { print $at["case_id"], $at["data"], $at["visits"], $at["seed"], $at["work"], $at["iterations"],
                $at["evaluations_k"], $at["unplanned"], $at["travel_min"], $at["levels"] }' "$1" && tr -d '\r' <"$1" | sed 's/.*;//'
}

measure whole.csv || fail "a run fails: $(cat messages)"
grep -q "gone: skipped" messages || fail "nothing is said of the case that is not there"
[ "$(wc -l <whole.csv)" -eq 5 ] || fail "there are not 4 rows: $(cat whole.csv)"
figures whole.csv >expected

# Killed after each number of rows, and with a torn last line.
for rows in 1 2 3 4; do
    rm -f killed.csv killed.trace.csv
    : >killed.csv
    "$bench" run --suite ./suite.csv --seeds 2 --work 1500 --threads 1 --out killed.csv 2>messages &
    child=$! waited=0
    while [ "$(wc -l <killed.csv)" -lt "$rows" ] && [ $waited -lt 6000 ]; do
        sleep 0.01
        waited=$((waited + 1))
    done
    kill -9 $child 2>/dev/null || true
    wait $child || true
    printf 'torn;' >>killed.csv
    printf 'torn;' >>killed.trace.csv
    measure killed.csv || fail "going on fails: $(cat messages)"
    figures killed.csv >found
    diff expected found >&2 || fail "killed after $rows lines, the rows are others"
    [ "$(wc -l <killed.trace.csv)" -eq "$(wc -l <whole.trace.csv)" ] || fail "the trace has other rows"
done

before=$(cksum <whole.csv)
measure whole.csv || fail "a run with nothing to do fails"
[ "$before" = "$(cksum <whole.csv)" ] || fail "rows that are there are measured again"

"$bench" compare whole.csv whole.csv >compared || fail "compare fails"
awk '/iterations_per_s/ { if ($6 != 1 || $7 != 1 || $NF != "equal") exit 1; seen = 1 } END { exit !seen }' compared ||
    fail "a file does not equal itself: $(cat compared)"
! grep -qE "  (better|worse)$" compared || fail "a file is better than itself: $(cat compared)"

"$bench" plot whole.trace.csv --out plot.svg || fail "plot fails"
grep -q "<title" plot.svg || fail "the drawing has no title"
if command -v xmllint >/dev/null; then
    xmllint --noout plot.svg || fail "the drawing is no XML"
else
    echo "bench: there is no xmllint: whether the drawing is XML is left out"
fi

# refuse CODE TEXT COMMAND...
refuse() {
    wanted=$1
    text=$2
    shift 2
    code=0
    "$bench" "$@" >out 2>messages || code=$?
    [ $code -eq "$wanted" ] || fail "'$*' ends with $code, not $wanted: $(cat messages)"
    grep -q -- "$text" messages || fail "'$*' says: $(cat messages)"
}

printf 'case_id;date\n1;2026-03-10\n' >bad.csv
refuse 2 "bad.csv:2: case_id" run --suite ./bad.csv
refuse 2 "no folder" run --folder nowhere --date 2026-03-10
refuse 1 "go together" run --folder nowhere
refuse 1 "did you mean --seeds" run --seed 2
refuse 1 "unknown command" measure
refuse 1 "needs 2 files" compare whole.csv
refuse 2 "commit" compare suite.csv suite.csv
refuse 4 "missing.csv" plot missing.csv --out x.svg
refuse 4 "nowhere" plot whole.trace.csv --out nowhere/x.svg
refuse 2 "nothing to draw" plot whole.trace.csv --case none --out x.svg
refuse 4 "no ordinary file" run --suite ./suite.csv --work 10 --out /dev/full --trace t.csv
[ -z "$(find tmp -newer plot.svg -name 'hemtur-bench-*')" ] || fail "temporary files are left"
echo "bench: runs resume, compare and plot"
