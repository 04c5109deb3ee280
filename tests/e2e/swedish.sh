#!/bin/sh
# With --lang sv no English is left in what a planner reads: every command of the program's own table, its help, its
# results and its usual errors, against the catalogue's English texts and common English words.
set -eu
hemtur=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"

fail() {
    echo "swedish: $1" >&2
    exit 1
}

# ---- what counts as English ----

# Words that no Swedish sentence has. Words of the catalogue's own tables and headings are added below.
cat >words <<'TEXT'
a an and any are as at be been before between both but by can cannot could did do does each ends every exit expected fits
following for found from given has have help if into is isn't it its left less missing more most must needs never nothing
none not nothing of on once only or other out over see several should so some starts than that the their them then there
these they this those though to too twice unknown until usage use used was were what when where which while who whole
with within without would wrong you your
add broken call cancelled change changed client clients counts day days error failed file files folder given least line
lines lock locked match memory names needed open optional option options read removed room row rows rule second seconds
shift shifts skill skills staff stored time times unplanned value values visit visits warning week weeks window year
TEXT

# field NAME: the texts of the catalogue's msgid (and msgid_plural) or msgstr, one a line, line breaks as blanks.
field() {
    msgcat --no-wrap "$root/po/sv.po" | awk -v want="$1" '
        function out() { if (text != "") print text; text = "" }
        /^msg/ { out(); on = index($1, want) == 1; sub(/^[a-z_]+(\[[0-9]\])? /, "") }
        /^"/ && on { gsub(/^"|"$/, ""); gsub(/\\n/, " "); text = text $0 }
        END { out() }'
}

if command -v msgcat >/dev/null; then
    field msgid >english
    field msgstr >swedish
else
    echo "swedish: there is no msgcat: common words alone are looked for"
    : >english
    : >swedish
fi
tr ' ' '\n' <words | grep . >common
tr 'A-ZÅÄÖ' 'a-zåäö' <swedish | tr -cs 'a-zåäö-' '\n' | sort -u >swedish_words
grep -xE '[a-z-]{3,}' english | sort -u | comm -23 - swedish_words >table_words
comm -12 table_words swedish_words | grep . && fail "the word list is wrong"
sort -u common table_words >words
# Parts of sentences: what stands between the directives of an English text, two words at least, and in no Swedish text.
sed -E -e 's/%([0-9]+\$)?[-+0-9.*]*(ll|l)?[a-zA-Z]/\n/g' english | sed -E 's/^[^A-Za-z]+//; s/[^A-Za-z]+$//' |
    grep -E '[a-z]{2,} [a-z]{2,}' | sort -u >parts_all
: >parts
while IFS= read -r part; do
    grep -qiF -- "$part" swedish || printf '%s\n' "$part" >>parts
done <parts_all

# english_in FILE: the lines with English in it. Taken out before: quoted names and calls, options with their choices and
# defaults, file names, ids and other words with signs or digits in them, names in capitals. A line of help that goes on
# below its option is joined to it.
# shellcheck disable=SC2016
english_in() {
    sed -E -e ':join' -e 'N' -e 's/\n {31}([^ ])/ \1/' -e 't join' -e 'P' -e 'D' "$1" |
        sed -E -e "s/'[^']*'//g" -e 's/`[^`]*`//g' -e 's/"[^"]*"//g' -e 's/\(?förval [^)]*\)?//' |
        awk -v words="$work/words" '
            BEGIN { while ((getline line < words) > 0) english[line] = 1 }
            {
                line = $0
                delete choice
                if (match(line, /[a-z0-9-]+(\|[a-z0-9-]+)+/)) {
                    count = split(substr(line, RSTART, RLENGTH), part, "|")
                    for (i = 1; i <= count; i++) choice[part[i]] = 1
                }
                gsub(/[,;:()?!]/, " ", line)
                gsub(/\.( |$)/, " ", line)
                count = split(line, word, / +/)
                for (i = 1; i <= count; i++) {
                    if (word[i] == "" || word[i] !~ /^[A-Za-z][A-Za-z-]*$/ || (word[i] == toupper(word[i]) && length(word[i]) < 9))
                        continue
                    if (!(word[i] in choice) && tolower(word[i]) in english) { print "[" word[i] "] " $0; next }
                }
            }'
    [ ! -s parts ] || grep -iF -f parts "$1" || :
}

# It sees a planted line, and lets a Swedish one with ids, names and calls pass.
printf 'V5: börjar 08:00, but Anna ends 09:00\n' >planted
[ -n "$(english_in planted)" ] || fail "a planted English word is not seen"
if [ -s parts ]; then
    printf 'No hard rule is broken\n' >planted
    [ "$(english_in planted | grep -c .)" -eq 2 ] || fail "a planted English text is not seen"
fi
printf "V5: 'plans show' behöver --date D; se visits.csv, staff_id och \`hemtur import DIR\`\n" >planted
[ -z "$(english_in planted)" ] || fail "a Swedish line is taken for English: $(english_in planted)"

# ---- calls ----

calls=0
found=0
# call ARGUMENT...: runs the program in Swedish; what it prints must be Swedish. The exit code is the program's matter.
call() {
    code=0
    "$hemtur" "$@" --lang sv >output 2>&1 </dev/null || code=$?
    [ $code -le 4 ] || fail "hemtur $*: exit code $code: $(cat output)"
    calls=$((calls + 1))
    # The commands stand in the first column of the help, the column of a message as the file spells it, and the names
    # that a setting may have are typed as they are.
    sed -E -e "s/^  ($command_pattern)  /  /" -e 's/^[a-z_]+\.csv(:[0-9]+)?: [^:]*: //' \
        -e 's/(ingen komponent: ska vara någon av) .*/\1/' output >cleaned
    english_in cleaned >left
    if [ -s left ]; then
        found=$((found + 1))
        echo "hemtur $* --lang sv:"
        cat left
    fi
}

# The commands, from the program's own table: what stands indented under the second heading of its help.
"$hemtur" help >help.txt
commands=$(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' help.txt)
command_pattern=$(echo "$commands" | tr '\n' '|' | sed 's/|$//')
[ "$(echo "$commands" | grep -c .)" -ge 9 ] || fail "the commands cannot be read from the help: $commands"

new_store() {
    rm -rf hemtur.db* ok
    cp -R "$root/tests/golden/data/ok" ok
    "$hemtur" import ok --quiet >/dev/null
}

# change FILE SED-EXPRESSION
change() {
    sed -e "$2" "ok/$1" >changed
    cp changed "ok/$1"
}

# For what comes after it; may fail where there is no store.
quietly() {
    "$hemtur" "$@" --quiet >/dev/null 2>&1 || :
}

# How each command is called: its results, then what goes wrong.
walk() {
    case $1 in
        help) call help ;;
        import)
            rm -rf hemtur.db* ok
            call import missing1
            mkdir -p empty
            call import empty
            call import empty --update
            cp -R "$root/tests/golden/data/ok" ok
            call import ok
            echo x >ok/other.csv
            change visits.csv '1s/$/;weather/'
            call import ok
            rm ok/other.csv
            printf 'visit_id;client_id;date;start;minutes;priority;after_visit;skill\nV1;A1;2026-13-01;25:00;0;9;;\n1;;x;;;;;\nV9;A9;2026-03-10;08:00;30;1;V9;\nV9;A1;2026-03-10;08:00;30;1;V8;\n' >ok/visits.csv
            printf 'staff_id;date;start;end;kind;break_min\nP1;2026-03-10;07:00;16:00;work;0\nP1;2026-03-10;08:00;07:00;party;\n' >ok/roster.csv
            printf 'name;value\nafter_min;x\ncolour;red\nprofile.mine.1;coverage: 1*traffic\n' >ok/settings.csv
            printf 'client_id;staff_id;kind\nA1;S1;friend\n' >ok/relations.csv
            printf 'staff_id;client_id;from;to\nP1;A1;2026-03-10;2026-03-09\n' >ok/absences.csv
            call import ok
            printf 'visit_id;visit_id\n' >ok/visits.csv
            printf 'staff_id;date;start;end\n"S1;x\n' >ok/roster.csv
            printf '\000' >ok/settings.csv
            printf 'client_id;staff_id;kind\nA1;19811218-9876;known\n' >ok/relations.csv
            call import ok
            ;;
        solve)
            for file in uhhc.json mankowska.txt vrptw.txt; do
                call solve "$root/tests/golden/data/solve/$file" --work 200 --threads 1
                call solve "$root/tests/golden/data/solve/$file" --work 200 --threads 1 --kind vrptw
            done
            call solve missing1.json
            call solve ok
            echo 'x' >mine.txt
            call solve mine.txt
            echo '{"patients": []}' >mine.json
            call solve mine.json
            call solve "$root/tests/golden/data/solve/vrptw.txt" --time-limit 0
            call solve "$root/tests/golden/data/solve/vrptw.txt" --work 10 --out missing1/mine.sol
            ;;
        plan)
            call plan --date 2026-03-10 --work 400 --threads 1
            call plan --date 2026-03-10 --days 3 --work 200 --threads 1
            call plan --date 2026-03-10 --work 200 --threads 1 --team no-such-team
            call plan --date 2030-01-01 --work 10
            call plan --date 2030-01-01 --days 2 --work 10
            call plan --date 2026-03-10 --work 10 --profile mine
            ;;
        check)
            call check --date 2026-03-10
            call check --date 2030-01-01
            quietly plan --date 2026-03-10 --work 400 --threads 1
            call check --date 2026-03-10
            printf 'visit_id;staff_id;start\nV1;S1;06:00\nV1;S2;23:00\nV2;S9;08:00\nV9;S1;08:01\nV3;S1;08:02\nV4;S1;08:03\nV4;S1;08:04\nV5;S2;08:05\n' >mine.csv
            call check --date 2026-03-10 --plan mine.csv
            printf 'visit_id;staff_id;start;date\nV1;S1;x;2026-03-10\n1;;08:00;2026\n' >mine.csv
            call check --date 2026-03-10 --plan mine.csv
            printf 'visit_id;staff_id;start;date\nV1;S1;08:00;2026-03-11\n' >mine.csv
            call check --date 2026-03-10 --plan mine.csv
            call check --date 2026-03-10 --plan missing1.csv
            call check --date 2026-03-10 --plan ok
            ;;
        export)
            call export --out out2
            quietly plan --date 2026-03-10 --work 400 --threads 1
            call export --out out1
            call export --out out1 --date 2030-01-01
            call export --out missing1/out1
            call export --out out1 --ics --weeks
            quietly export --out sv --lang sv --ics --weeks
            # Headers and words of files too; rules, levels and exclusions are names that programs read, and stay.
            for file in sv/*.csv sv/*.html sv/ics/*.ics; do
                [ -f "$file" ] || continue
                case $file in
                    */unplanned.csv) cut -d ';' -f 1-3,5 "$file" ;;
                    */deviations.csv) cut -d ';' -f 3-5 "$file" ;;
                    */continuity.csv) cut -d ';' -f 1-10 "$file" ;;
                    *.html) sed -e '/<style>/,/<\/style>/d' -e 's/<[^>]*>/ /g' "$file" ;;
                    *.ics) sed -n -E 's/^(SUMMARY|DESCRIPTION|LOCATION)[^:]*://p' "$file" ;;
                    *) cat "$file" ;;
                esac | tr ';' ' ' | tr -d '\r' >cleaned
                english_in cleaned >left
                [ ! -s left ] || { found=$((found + 1)); echo "$file with --lang sv:"; cat left; }
            done
            ;;
        continuity)
            call continuity --from 2026-03-01 --to 2026-03-14
            call continuity --from 2026-03-14 --to 2026-03-01
            call continuity --from 2026-03-01 --to 2026-03-14 --team no-such-team
            ;;
        plans)
            call plans list
            call plans show --date 2026-03-10
            quietly plan --date 2026-03-10 --work 400 --threads 1
            quietly plan --date 2026-03-10 --work 400 --threads 1
            call plans publish --date 2026-03-10 --version 1
            call plans restore --date 2026-03-10 --version 1
            call plans list
            call plans show --date 2026-03-10
            call plans show --date 2026-03-10 --version 7
            call plans restore --date 2026-03-10
            call plans show
            call plans forget
            ;;
        backup)
            call backup copy.db
            call backup copy.db
            call backup missing1/copy.db
            rm -f copy.db
            ;;
        purge)
            call purge --before 2026-01-01
            call purge --before soon
            ;;
        generate)
            call generate --out made1 --clients 8 --teams 1 --days 3 --seed 1
            call generate --out made1 --clients 0
            call generate --out missing1/made1 --clients 8 --teams 1 --days 3
            ;;
        *) fail "say in this test how '$1' is called" ;;
    esac
}

walk_all() {
    call --help
    call
    call nonsense
    call exprot
    call --nonsense
    call plan --lang
    for command in $commands; do
        new_store
        call help "$command"
        call "$command" --nonsense
        call "$command" --format xml
        call "$command" one two three
        call "$command"
        walk "$command"
        # Stores that are none.
        rm -f hemtur.db*
        [ "$command" = import ] || walk "$command"
    done
    new_store
    echo "this is no store, and long enough to be looked at as one, which it is not" >foreign.db
    call plans list --db foreign.db
    head -c 3000 hemtur.db >cut.db
    call plans list --db cut.db
    call plans list --db ok
}

unset LANG LC_ALL LC_MESSAGES LC_CTYPE LANGUAGE
walk_all
LC_ALL=C
LANGUAGE=en
export LC_ALL LANGUAGE
walk_all
[ $found -eq 0 ] || fail "$found of $calls calls print English"
echo "swedish: $calls calls, no English left"
