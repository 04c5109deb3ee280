#!/bin/sh
# hemtur-bench: a run that is killed goes on to the same rows, a file equals itself, published instances have their gap, what
# beats the best known is kept, and the drawings are well-formed XML.
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

# A published set: two patients, one of them late in any plan; the larger instance is in an archive.
mkdir -p sets/toy records
cat >sets/toy/one.txt <<TXT
nbNodes
4
nbVehi
1
nbServi
1
r
1
1
1
1
DS

a
1
x
0 0 0 0
y
0 0 0 0
d
0 5 9 0
5 0 4 5
9 4 0 9
0 5 9 0
p
0 6 6 0
mind
0 0 0 0
maxd
0 0 0 0
e
0 0 0 0
l
0 9 9 0
TXT
cat >published.csv <<CSV
case_id;set;file;archive;seeds;time_limit;optional
one;toy;toy/one.txt;;2;1;
two;toy;toy/two.txt;toy/more.tar.xz;1;;
three;toy;toy/three.txt;;;;yes
CSV
cat >known.csv <<CSV
set;instance;group;value;source
toy;one;small;9,5;somebody (2000)
toy;two;large;8;somebody (2000)
CSV
if command -v xz >/dev/null; then
    cp sets/toy/one.txt two.txt
    tar -cJf sets/toy/more.tar.xz two.txt
else
    sed -i /^two/d published.csv
fi
published=$(grep -cE '^(one|two);' published.csv)

# Travel 18, lateness max(0, 5 + 6 + 4 - 9) = 6, the largest 6: a third of 30.
solve() {
    "$bench" run --suite ./published.csv --data ./sets --best-known known.csv --work 300 --threads 1 "$@" 2>messages ||
        fail "a run of a published set fails: $(cat messages)"
}
solve --out toy.csv
[ "$(wc -l <toy.csv)" -eq $((published + 2)) ] || fail "published rows: $(cat toy.csv)"
awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
    NR > 1 { if ($at["set"] != "toy" || $at["value"] != "10" || $at["levels"] != "unserved|cost") exit 1
             if ($at["case_id"] == "one" && ($at["gap_percent"] != "5,2632" || $at["best_known"] != "9,5")) exit 1 }' toy.csv ||
    fail "published figures: $(cat toy.csv)"
grep -q "three: skipped" messages || fail "nothing is said of the instance that is not there"
before=$(cksum <toy.csv)
solve --out toy.csv
[ "$before" = "$(cksum <toy.csv)" ] || fail "published rows that are there are measured again"

# What beats the best known value is kept, once.
solve --out kept.csv --keep-records records
[ -z "$(ls records)" ] || fail "a record that beats nothing"
sed 's/;9,5;/;10,5;/; s/;8;/;7;/' known.csv >worse.csv
solve --out kept2.csv --keep-records records --best-known worse.csv
[ "$(ls records)" = toy-one.csv ] || fail "no record is kept: $(ls records)"
grep -q "^toy;one;10;c1;p1:s1@" records/toy-one.csv || fail "the record: $(cat records/toy-one.csv)"
before=$(ls -i records/toy-one.csv)
rm kept2.csv kept2.trace.csv
solve --out kept2.csv --keep-records records --best-known worse.csv
[ "$before" = "$(ls -i records/toy-one.csv)" ] || fail "a record that is no better took the place of another"

"$bench" summary toy.csv --best-known known.csv >summed || fail "summary fails"
grep -qE "^toy +small +1 +2 +0 +5.26 +5.26 +0 +2 " summed || fail "the summary: $(cat summed)"
"$bench" summary toy.csv --best-known known.csv --format markdown >summed || fail "summary as Markdown fails"
grep -q "^| toy | small |  | 1 | 2 | 0 | 5.26 |" summed || fail "the summary as Markdown: $(cat summed)"
"$bench" run --suite ./published.csv --only one --data sets --best-known known.csv --threads 1 --out timed.csv 2>messages ||
    fail "a run with the suite's time limit fails: $(cat messages)"
for kind in gap profile; do
    "$bench" plot timed.csv toy.csv --kind $kind --out $kind.svg || fail "plot --kind $kind fails"
    grep -q "<title" $kind.svg || fail "the drawing of $kind has no title"
    ! command -v xmllint >/dev/null || xmllint --noout $kind.svg || fail "the drawing of $kind is no XML"
done

# The tables of bench/README.md are those of the results that are kept.
for kept in "$root"/bench/results/published.csv "$root"/bench/results/ablation.csv; do
    [ ! -f "$kept" ] || "$bench" summary "$kept" --format markdown
done >wanted
sed -n '/^<!-- hemtur-bench summary -->$/,/^<!-- end -->$/p' "$root/bench/README.md" | sed '1d;$d' >written
diff wanted written >&2 || fail "the tables of bench/README.md are others: ./dev bench keep"

solve --out parts.csv --only one
for part in $("$bench" parts); do
    solve --out parts.csv --only one --without "$part"
done
"$bench" summary parts.csv >summed || fail "summary of parts fails"
[ "$(grep -cE " 2 +5.26[0-9]+ +0 +0 +2 +0 " summed)" -eq $(($("$bench" parts | wc -l) + 1)) ] || fail "parts: $(cat summed)"

cat >elsewhere.csv <<CSV
case_id;set;file
one;toy;nowhere/instance.txt
CSV
printf 'case_id;set;file\none;toy;a\nb;toy;\n' >missing_file.csv

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
refuse 2 "there is no nowhere" run --folder nowhere --date 2026-03-10
refuse 1 "go together" run --folder nowhere
refuse 1 "did you mean --seeds" run --seed 2
refuse 1 "unknown command" measure
refuse 1 "needs 2 files" compare whole.csv
refuse 2 "commit" compare suite.csv suite.csv
refuse 4 "missing.csv" plot missing.csv --out x.svg
refuse 4 "nowhere" plot whole.trace.csv --out nowhere/x.svg
refuse 2 "nothing to draw" plot whole.trace.csv --case none --out x.svg
refuse 1 "no case 'none'" run --suite ./suite.csv --only none
refuse 1 "'blink' is no part" run --suite ./suite.csv --without blink
refuse 2 "there is no ./nowhere/instance.txt: --data" run --suite ./elsewhere.csv --out r.csv
refuse 2 "missing_file.csv:3: file" run --suite ./missing_file.csv
refuse 2 "no row is of a published instance" summary whole.csv
refuse 2 "nothing to draw" plot whole.csv --kind gap --out x.svg
refuse 4 "no ordinary file" run --suite ./suite.csv --work 10 --out /dev/full --trace t.csv
[ -z "$(find tmp -newer plot.svg -name 'hemtur-bench-*')" ] || fail "temporary files are left"
echo "bench: runs resume, compare and plot"
