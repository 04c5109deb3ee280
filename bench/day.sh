#!/usr/bin/env bash
# Plans one day with several seeds and prints a CSV row for each: bench/README.md says what is measured and how.
# usage: bench/day.sh HEMTUR [FOLDER DATE]     SEEDS, TIME_LIMIT (s) and THREADS are read from the environment
set -euo pipefail

hemtur=$1
folder=${2:-data/sample}
date=${3:-2026-03-10}
seeds=${SEEDS:-10}
time_limit=${TIME_LIMIT:-60}
threads=${THREADS:-2}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$hemtur" --version | sed 's/^/# /'
echo "# $folder $date, $time_limit s, $threads threads, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | sort -u | head -n 1)"
"$hemtur" import "$folder" --db "$work/bench.db" --quiet >"$work/import"

columns='unplanned late_visits late_min by_contact by_second by_team by_other travel_min overtime_min first_full_s wall_s cpu_s'
echo "seed,$(tr ' ' , <<<"$columns"),memory_mb"
for seed in $(seq "$seeds"); do
    command time -o "$work/memory" -f %M "$hemtur" plan --date "$date" --db "$work/bench.db" --seed "$seed" \
        --time-limit "$time_limit" --threads "$threads" --quiet --format json >"$work/plan.json"
    "$hemtur" check --date "$date" --db "$work/bench.db" --quiet >"$work/check"
    jq -r --arg seed "$seed" --arg columns "$columns" --arg kilobytes "$(cat "$work/memory")" \
        '. as $plan | [$seed] + ($columns / " " | map($plan[.] | tostring)) + [$kilobytes | tonumber / 1024 | round | tostring] | join(",")' \
        "$work/plan.json" | tee -a "$work/rows"
done
# The middle of each column; the lower of two.
for column in $(seq 2 $(($(wc -w <<<"$columns") + 2))); do
    cut -d , -f "$column" "$work/rows" | sort -g | sed -n "$(((seeds + 1) / 2))p"
done | paste -s -d , | sed 's/^/median,/'
