#!/bin/sh
# Writes the sample data set into this folder, the same bytes each time. The town, its people and its two weeks are made up here:
# the tables below are written by hand, coordinates and the history of the two weeks are computed from them.
set -eu
cd "$(dirname "$0")"

cat > teams.csv <<'TABLE'
team_id;unit;provider;lat;lon;buffer_shifts
A;Norr;municipal;64,2;19,4;0
TABLE

cat > staff.csv <<'TABLE'
staff_id;team;title;employment;percent;mode;start_place;language;gender;avoids;from;to
P01;A;usk;permanent;100;car;office;sv;woman;;2019-08-01;
P02;A;usk;permanent;90;bicycle;office;sv|en;man;;2021-03-15;
P03;A;usk_transition;permanent;100;car;office;sv;woman;;2012-01-09;
P04;A;vb;temporary;75;walk;office;sv|ar;man;;2025-09-01;2026-08-31
P05;A;usk;permanent;80;car;office;sv;woman;;2017-05-02;
P06;A;usk;permanent;85;car;office;sv;man;;2020-10-12;
P07;A;vb;permanent;75;bicycle;office;sv|fi;woman;smoking;2023-02-06;
P08;A;usk;permanent;100;bicycle;office;sv|so;woman;;2018-11-05;
P09;A;usk;hourly;55;car;home;sv;woman;pets;2024-04-22;
P10;A;vb;hourly;40;bicycle;office;sv|en;man;;2025-06-09;
TABLE

# A delegation is a skill with an end: that of P02 for insulin ran out two days before the planned day.
cat > skills.csv <<'TABLE'
staff_id;skill;from;to
P01;insulin;2025-09-01;2026-08-31
P02;insulin;2025-03-09;2026-03-08
P03;insulin;2025-06-16;2026-06-15
P05;insulin;2025-10-20;2026-10-19
P06;insulin;2025-05-05;2026-05-04
P09;insulin;2025-12-01;2026-11-30
P01;medicine;2025-09-01;2026-08-31
P02;medicine;2025-09-01;2026-08-31
P03;medicine;2025-09-01;2026-08-31
P04;medicine;2025-11-03;2026-11-02
P05;medicine;2025-10-20;2026-10-19
P06;medicine;2025-05-05;2026-05-04
P07;medicine;2025-08-18;2026-08-17
P08;medicine;2025-09-01;2026-08-31
P09;medicine;2025-12-01;2026-11-30
P01;lift;;
P02;lift;;
P03;lift;;
P06;lift;;
P08;lift;;
TABLE

cat > relations.csv <<'TABLE'
client_id;staff_id;kind
B010;P07;blocked
B002;P04;wished
B019;P05;known
B024;P09;wished
TABLE

# P08 is ill on the planned day; B025 is in hospital until the day after it.
cat > absences.csv <<'TABLE'
staff_id;client_id;from;to
P08;;2026-03-10;2026-03-10
;B025;2026-03-08 16:00;2026-03-11 12:00
TABLE

cat > settings.csv <<'TABLE'
name;value
late_limit_min;45
speed_bicycle_kmh;14
stop_min;2,5
TABLE

# Kilometres east and north of the office in place of coordinates.
clients='B001;0,9;0,4;P01;P02;accepted;;yes;8;K01;;;;
B002;-0,3;0,2;P01;P04;accepted;;yes;;;;;;
B003;1,4;-0,6;P01;P03;accepted;;yes;6;K02;;;;
B004;3,8;1,9;P01;P09;accepted;;yes;;;;;;
B005;-1,1;0,8;P02;P08;accepted;;yes;;;;en;;
B006;-0,6;0,9;P02;P04;accepted;;yes;;;smoking;;;
B007;0,5;1,2;P02;P05;accepted;;yes;;K03;;;;H1
B008;0,5;1,2;P02;P07;accepted;;yes;;K03;;;;H1
B009;1,8;0,7;P03;P01;accepted;;yes;10;K04;;;;
B010;2,2;0,1;P03;P05;accepted;;yes;;;;;;
B011;-0,4;-0,5;P03;P04;accepted;;yes;;;;;woman;
B012;4,9;-2,3;P03;P09;accepted;;no;;;pets;;;
B013;-1,9;-0,7;P05;P06;accepted;;yes;8;;;;;
B014;-1,4;-1,2;P05;P03;accepted;;yes;;K05;;;;
B015;-2,1;0,3;P05;P07;accepted;;yes;6;;;;;
B016;0,2;-0,9;P05;P02;offered;;yes;;;;;;
B017;-0,8;-0,2;P06;P07;accepted;;yes;;;;fi;;
B018;0,7;-1,3;P06;P02;accepted;;yes;;K06;pets;;;
B019;1,1;0,9;P06;P10;accepted;;yes;;;;;;
B020;-0,9;1,5;P08;P02;accepted;;yes;;;;;;
B021;0,1;0,6;P08;P04;accepted;;yes;;;;;;
B022;-1,6;1,1;P08;P09;accepted;;yes;;;;;woman;
B023;2,7;-1,4;P09;P01;accepted;;yes;;K07;;;;
B024;0,4;-0,3;;;exempt;service_only;no;;;;;;
B025;2,0;1,6;P09;P03;accepted;;yes;;;;;;'

# One day of visits: client, agreed start, minutes, before_min, after_min, latest, skill, skill_one, staff_needed, priority, service,
# after_visit (the number of the line it follows), gap_min, gap_max. The history repeats it.
visits='B001;07:30;30;;;;;;1;1;morning;;;
B001;12:15;20;;;;;;1;1;lunch;;;
B001;17:30;25;;;;;;1;1;dinner;;;
B001;20:30;20;;;;medicine;;1;1;evening;;;
B002;08:15;30;;;;;;1;1;morning;;;
B002;12:30;20;;;;;;1;1;lunch;;;
B002;19:00;25;;;;;;1;1;evening;;;
B003;07:15;20;10;15;07:45;insulin;;1;1;morning;;;
B003;11:45;20;10;15;12:15;insulin;;1;1;lunch;;;
B003;16:45;20;10;15;17:15;insulin;;1;1;dinner;;;
B003;21:00;15;;;;medicine;;1;1;evening;;;
B004;09:15;40;;;;;;1;2;shower;;;
B004;18:00;25;;;;;;1;1;dinner;;;
B005;07:30;25;;;;medicine;;1;1;morning;;;
B005;12:00;20;;;;;;1;1;lunch;;;
B005;16:30;25;;;;;;1;1;dinner;;;
B005;20:15;20;;;;medicine;;1;1;evening;;;
B006;08:30;25;;;;;;1;1;morning;;;
B006;12:45;20;;;;;;1;1;lunch;;;
B006;18:30;20;;;;;;1;1;evening;;;
B007;09:15;20;;;;medicine;;1;1;morning;;;
B007;13:15;45;;;;;;1;2;walk;;;
B008;08:00;30;;;;;;1;1;morning;;;
B008;17:00;30;;;;;;1;1;dinner;;;
B009;07:30;30;;;;;lift;2;1;morning;;;
B009;12:15;20;;;;;;1;1;lunch;;;
B009;18:30;30;;;;;lift;2;1;evening;;;
B010;08:30;30;;;;;;1;1;morning;;;
B010;12:30;20;;;;;;1;1;lunch;;;
B010;17:15;25;;;;;;1;1;dinner;;;
B010;20:15;15;;;;;;1;1;evening;;;
B011;09:30;40;;;;;;1;2;shower;;;
B011;15:00;15;;;;;;1;2;checkin;;;
B012;10:30;75;60;60;;;;1;3;cleaning;;;
B013;07:15;25;;;;medicine;;1;1;morning;;;
B013;11:00;15;;;;;;1;2;checkin;;;
B013;16:00;25;;;;;;1;1;dinner;;;
B013;19:15;20;;;;medicine;;1;1;evening;;;
B014;09:00;30;;;;;lift;2;1;morning;;;
B014;12:45;20;;;;;;1;1;lunch;;;
B014;17:00;30;;;;;;1;1;dinner;;;
B015;08:15;20;15;15;08:45;insulin;;1;1;morning;;;
B015;16:30;20;15;15;17:15;insulin;;1;1;dinner;42;420;540
B016;10:15;15;45;45;;;;1;3;laundry;;;
B016;11:45;20;45;45;;;;1;3;laundry;44;60;150
B017;09:00;25;;;;;;1;1;morning;;;
B017;14:30;20;;;;;;1;1;lunch;;;
B017;17:45;25;;;;;;1;1;dinner;;;
B017;21:00;20;;;;;;1;1;evening;;;
B018;08:45;20;;;;medicine;;1;1;morning;;;
B018;12:00;20;;;;;;1;1;lunch;;;
B018;16:45;25;;;;;;1;1;dinner;;;
B018;19:30;20;;;;medicine;;1;1;evening;;;
B019;10:00;20;;;;;;1;2;checkin;;;
B019;19:30;25;;;;medicine;;1;1;evening;;;
B020;07:45;25;;;;medicine;;1;1;morning;;;
B020;12:15;25;;;;;;1;1;lunch;;;
B020;17:15;25;;;;;;1;1;dinner;;;
B021;08:30;20;;;;;;1;1;morning;;;
B021;13:00;20;;;;;;1;1;lunch;;;
B021;18:45;20;;;;;;1;1;evening;;;
B022;10:00;40;;;;;;1;2;shower;;;
B022;15:00;45;45;45;;;;1;3;walk;;;
B023;08:15;30;;;;;;1;1;morning;;;
B023;11:30;25;;;;;;1;1;lunch;;;
B023;16:00;20;;;;;;1;1;dinner;;;
B024;11:00;45;60;60;;;;1;3;shopping;;;
B024;13:30;60;60;60;;;;1;3;cleaning;;;
B025;09:30;25;;;;medicine;;1;1;morning;;;
B025;12:30;20;;;;;;1;1;lunch;;;
B025;18:15;25;;;;medicine;;1;1;evening;;;'

# 15 days from Tuesday 2026-02-24; the last is the planned day.
# L 07-16, D 07-15:30, K 07-14, S split 07-11:30 and 15:30-20, E 13:45-22, F 14:30-21:30, M 08-13, - free.
rota='P01 LL-D--LLD-LDD-L
P02 D-DDDD-DDD---DD
P03 DDD---DD-DDDD-D
P04 -KKKKK--KKK--KK
P05 SS-S--S-SS-SS-S
P06 EEE-EE-EE-E--EE
P07 F-FFFF-FFF---FF
P08 -DDDDD--DDD--DD
P09 MMMM--MMMMMMM-M
P10 -F-E--E--E-EEFF'

awk -v clients="$clients" -v visits="$visits" -v rota="$rota" '
function number(text) { sub(",", ".", text); return text + 0 }
function degrees(value,  text) { text = sprintf("%.5f", value); sub("\\.", ",", text); return text }
function minutes(text) { return substr(text, 1, 2) * 60 + substr(text, 4, 2) }
function clock(value) { return sprintf("%02d:%02d", int(value / 60), value % 60) }
# Whole numbers below 2^53 alone: every awk draws the same.
function draw(sides) { state = (state * 1103515245 + 12345) % 2147483648; return int(state / 65536) % sides }
function write_clients(  i, n, line, cell) {
    print "client_id;team;lat;lon;contact;second_contact;contact_status;contact_reason;age_65;staff_cap;key;environment;language;gender_wish;household" > "clients.csv"
    n = split(clients, line, "\n")
    for (i = 1; i <= n; i++) {
        split(line[i], cell, ";")
        contact[cell[1]] = cell[4]; second[cell[1]] = cell[5]
        sub("^[^;]*;[^;]*;[^;]*;", "", line[i])
        print cell[1] ";A;" degrees(64.2 + number(cell[3]) * 0.008993) ";" degrees(19.4 + number(cell[2]) * 0.020664) ";" line[i] > "clients.csv"
    }
}
function write_visits(  i, c, cell, after) {
    print "visit_id;client_id;date;start;minutes;before_min;after_min;latest;skill;skill_one;staff_needed;priority;service;after_visit;gap_min;gap_max" > "visits.csv"
    count = split(visits, line, "\n")
    for (i = 1; i <= count; i++) {
        split(line[i], cell, ";")
        client[i] = cell[1]; agreed[i] = minutes(cell[2]); length_of[i] = cell[3]; tag[i] = cell[7]; need[i] = cell[9]; priority[i] = cell[10]
        after = cell[12] == "" ? "" : sprintf("V%03d", cell[12])
        printf "V%03d;%s;2026-03-10;%s;%s", i, cell[1], cell[2], cell[3] > "visits.csv"
        for (c = 4; c <= 11; c++)
            printf ";%s", cell[c] > "visits.csv"
        print ";" after ";" cell[13] ";" cell[14] > "visits.csv"
    }
}
function date_of(day) { return day < 5 ? sprintf("2026-02-%02d", 24 + day) : sprintf("2026-03-%02d", day - 4) }
function row(staff, day, start, end, pause, earliest, latest, name) {
    print staff ";" date_of(day) ";" start ";" end ";work;" pause ";" earliest ";" latest ";" name > "roster.csv"
    shifts++
    shift_staff[shifts] = staff; shift_day[shifts] = day; shift_start[shifts] = minutes(start); shift_end[shifts] = minutes(end)
}
function write_roster(  i, n, line, part, day, kind, p) {
    print "staff_id;date;start;end;kind;break_min;break_earliest;break_latest;route_name" > "roster.csv"
    n = split(rota, line, "\n")
    for (day = 0; day < 15; day++)
        for (i = 1; i <= n; i++) {
            split(line[i], part, " "); p = part[1]; staff[i] = p
            kind = substr(part[2], day + 1, 1)
            if (kind == "L") row(p, day, "07:00", "16:00", 30, "10:30", "12:00", "")
            if (kind == "D") row(p, day, "07:00", "15:30", 30, "10:30", "12:00", "")
            if (kind == "K") row(p, day, "07:00", "14:00", 30, "09:30", "11:30", "")
            if (kind == "S") { row(p, day, "07:00", "11:30", "", "", "", "morning"); row(p, day, "15:30", "20:00", "", "", "", "evening") }
            if (kind == "E") row(p, day, "13:45", "22:00", 30, "16:30", "18:45", "")
            if (kind == "F") row(p, day, "14:30", "21:30", 30, "16:30", "19:00", "")
            if (kind == "M") row(p, day, "08:00", "13:00", "", "", "", "")
        }
    # Team meeting of the planned day, inside a work row.
    print "P03;2026-03-10;13:30;14:30;office;;;;meeting" > "roster.csv"
    people = n
}
function holds(p, skill) { return skill == "" || (p SUBSEP skill) in skilled }
function refused(p, c) { return (c SUBSEP p) in blocked || (p == "P07" && c == "B006") || (p == "P09" && (c == "B012" || c == "B018")) }
# Who can make the visit at this start: `wanted` alone, or (blank) who has done least today.
function pick(day, v, start, besides, wanted,  s, p, value, least, chosen) {
    least = 1e9; chosen = ""
    for (s = 1; s <= shifts; s++) {
        p = shift_staff[s]
        if (shift_day[s] != day || p == besides || (wanted != "" && p != wanted)) continue
        if (start < shift_start[s] + 5 || start + length_of[v] + 5 > shift_end[s]) continue
        if (!holds(p, tag[v]) || refused(p, client[v]) || busy[p] + 6 > start) continue
        value = done[p] + draw(60)
        if (value < least) { least = value; chosen = p }
    }
    return chosen
}
# Contact and second contact are waited for a while; then anybody, until it is too late.
function visit_made(day, v, earliest, besides,  turn, wanted, start, p) {
    for (turn = 1; turn <= 3; turn++) {
        wanted = turn == 1 ? contact[client[v]] : turn == 2 ? second[client[v]] : ""
        if (wanted == "" && turn < 3) continue
        for (start = earliest; start <= agreed[v] + (turn < 3 ? 25 : 60); start += 5) {
            p = pick(day, v, start, besides, wanted)
            if (p == "") continue
            busy[p] = start + length_of[v] + draw(5) - 2; done[p] += length_of[v]; made_at = start
            print p ";" date_of(day) ";" clock(start) ";" clock(busy[p]) ";" client[v] > "performed.csv"
            return p
        }
    }
    return ""
}
function write_history(  day, i, v, p, weekend) {
    print "staff_id;date;start;end;client_id" > "performed.csv"
    for (day = 0; day < 14; day++) {
        weekend = day % 7 == 4 || day % 7 == 5
        for (i = 1; i <= people; i++) { busy[staff[i]] = 0; done[staff[i]] = 0 }
        for (i = 1; i <= count; i++) {
            v = order[i]
            if (priority[v] == 3 && (weekend || draw(7) > 0)) continue
            if (client[v] == "B025" && day >= 12) continue
            p = visit_made(day, v, agreed[v] + draw(21) - 10, "")
            if (p != "" && need[v] == 2) visit_made(day, v, made_at, p)
        }
    }
}
function sort_visits(  i, j, v) {
    for (i = 1; i <= count; i++) order[i] = i
    for (i = 2; i <= count; i++) {
        v = order[i]
        for (j = i - 1; j >= 1 && agreed[order[j]] > agreed[v]; j--) order[j + 1] = order[j]
        order[j + 1] = v
    }
}
FNR > 1 && FILENAME == "skills.csv" { skilled[$1, $2] }
FNR > 1 && FILENAME == "relations.csv" && $3 == "blocked" { blocked[$1, $2] }
END { state = 20260310; write_clients(); write_visits(); sort_visits(); write_roster(); write_history() }
' FS=';' skills.csv relations.csv
