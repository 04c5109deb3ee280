#!/bin/sh
# Holds what the README says: the program's own tables of options and settings, the commands of a planner's day, every file of the code map.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "readme: $1" >&2
    exit 1
}

for kind in readme settings headers; do
    sed -n "/^<!-- hemtur --print-doc $kind -->\$/,/^<!-- end -->\$/p" "$root/README.md" "$root/data/headers.md" | sed '1d;$d' >written
    "$hemtur" --print-doc "$kind" >printed
    diff written printed >&2 || fail "put what 'hemtur --print-doc $kind' prints between the two marks"
done

mkdir bin
ln -s "$hemtur" bin/hemtur
ln -s "$root/data" data
awk '/^## A day, from files to plan/ { here = 1 } here && /^```$/ { exit } on { print } here && /^```sh$/ { on = 1 }' \
    "$root/README.md" >commands
[ -s commands ] || fail "no commands under 'A day, from files to plan'"
PATH=$work/bin:$PATH sh -e commands >out 2>&1 || {
    cat out >&2
    fail "a command of the planner's day fails"
}
[ -s day/plan.csv ] || fail "the planner's day leaves no day/plan.csv"

for folder in base model io solver app app/cli; do
    for header in "$root/$folder"/*.h; do
        name=$(basename "$header" .h)
        grep -q "^| \`$name\` | " "$root/README.md" || fail "the map of the code lacks $folder/$name"
    done
done
