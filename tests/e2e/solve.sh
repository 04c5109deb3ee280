#!/bin/sh
# Published instances from the command line: stopped runs keep the best so far; 10,000 visits are solved within the time and
# read within seconds; what is wrong is said before there is any search. HT_FULL=1 solves the largest.
set -eu
hemtur=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "solve: $1" >&2
    exit 1
}

# customers COUNT: an instance of vehicle routing with time windows.
customers() {
    awk -v count="$1" 'BEGIN {
        print "made\n\nVEHICLE\nNUMBER CAPACITY\n " int(count / 4) + 1 " 200\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME\n"
        print "0 500 500 0 0 20000 0"
        for (i = 1; i <= count; i++) {
            from = 800 + i * 7919 % 14000
            print i, i * 104729 % 1000, i * 15485863 % 1000, 5 + i % 30, from, from + 600, 90
        }
    }'
}

# patients COUNT: an instance of home health care, 100 places.
patients() {
    awk -v count="$1" 'BEGIN {
        print "{\"metadata\": {\"time_window_met\": \"at_service_start\", \"cost_components\": {\"travel_time\": 1, \"total_tardiness\": 2}},"
        printf "\"distances\": ["
        for (i = 0; i < 100; i++) {
            printf "%s[", i ? ",\n" : ""
            for (j = 0; j < 100; j++)
                printf "%s%d", j ? "," : "", i == j ? 0 : 3 + (i * 31 + j * 17) % 27
            printf "]"
        }
        print "],\n\"terminal_points\": [{\"id\": \"d\", \"distance_matrix_index\": 0}], \"services\": [{\"id\": \"s0\"}, {\"id\": \"s1\"}],\n\"caregivers\": ["
        for (i = 0; i < count / 12; i++)
            printf "%s{\"id\": \"c%d\", \"abilities\": [\"s%d\"], \"departing_point\": \"d\", \"arrival_point\": \"d\", \"working_shift\": {\"start\": 0, \"end\": 480}}", i ? ",\n" : "", i, i % 2
        print "],\n\"patients\": ["
        for (i = 0; i < count; i++) {
            from = i * 7919 % 400
            printf "%s{\"id\": \"p%d\", \"distance_matrix_index\": %d, \"required_services\": [{\"service\": \"s%d\", \"duration\": 20}], \"time_windows\": [{\"start\": %d, \"end\": %d}]}", i ? ",\n" : "", i, i % 99 + 1, i % 2, from, from + 60
        }
        print "]}"
    }'
}

# within SECONDS CODE WORDS ARGUMENT...: ends in time, with that exit code and these words.
within() {
    seconds=$1 want=$2 words=$3
    shift 3
    code=0
    began=$(date +%s)
    "$hemtur" solve "$@" >output 2>messages || code=$?
    took=$(($(date +%s) - began))
    [ $code -eq "$want" ] || fail "exit code $code, not $want: $*: $(head -c 500 messages)"
    grep -qe "$words" output messages || fail "no '$words' of $*: $(head -c 500 messages)"
    [ $took -le "$seconds" ] || fail "$took s for $*"
}

# ---- stopped ----

customers 300 >middle.txt
for signal in INT TERM; do
    "$hemtur" solve middle.txt --time-limit 60 --threads 2 --out middle.sol >output 2>messages &
    child=$!
    sleep 2
    kill -s $signal $child
    code=0
    wait $child || code=$?
    [ $code -eq 130 ] || fail "exit code $code after SIG$signal: $(cat messages)"
    tail -1 output | grep -qE '^[0-9]+\.[0-9]$' || fail "no cost after SIG$signal: $(cat output)"
    [ "$(tail -1 middle.sol)" = "Cost $(tail -1 output)" ] || fail "another cost in the file after SIG$signal"
    [ "$(stat -c %a middle.sol)" = 600 ] || fail "others may read the solution"
    rm middle.sol
done
[ "$(find . -name '.*.tmp' | wc -l)" -eq 0 ] || fail "a temporary file is left: $(ls -A)"

# ---- whatever the threads ----

for threads in 1 2 5; do
    "$hemtur" solve middle.txt --work 600 --seed 3 --threads $threads --out by_$threads.sol --quiet | tail -1 >cost_$threads
done
for threads in 2 5; do
    cmp by_1.sol by_$threads.sol || fail "the solution depends on the threads"
    cmp cost_1 cost_$threads || fail "the cost depends on the threads"
done

# ---- large, and larger than there can be ----

customers 10000 >large.txt
patients 10000 >large.json
sed '$s/90$/nan/' large.txt >last_row.txt
sed '$s/"end": [0-9]*/"end": -1/' large.json >last_patient.json
within 10 2 "last_row.txt:10010: 'nan'" last_row.txt
within 10 2 'last_patient.json: patients\[9999\]: ' last_patient.json
{
    cat large.txt
    customers 20000 | tail -n 10000
} >twice.txt
within 10 2 'expected fewer customers' twice.txt
printf 'nbNodes\n10002\nnbVehi\n2000\nnbServi\n64\nr\n0 0\n' >sizes.txt
within 5 2 'sizes.txt:7: ' sizes.txt
awk 'BEGIN { print "{\"distances\": ["; for (i = 0; i < 700000; i++) print "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]," }' >long.json
within 60 2 'long.json is longer than 64 MiB' long.json
if [ "${HT_FULL-}" = 1 ]; then
    within 60 0 '10000 of 10000 visits planned' large.txt --time-limit 45
    within 60 0 '10000 of 10000 visits planned' large.json --time-limit 45
fi
within 15 0 '(uhhc)' large.json --time-limit 8
echo "solve: stopped, limited and large runs end as they should"
