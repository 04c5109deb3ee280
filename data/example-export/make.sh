#!/bin/sh
# Writes the made-up export into this folder as a planning system does it: Windows-1252, CRLF, ';' and decimal comma. The
# same bytes each time. Nobody in it exists.
set -eu
cd "$(dirname "$0")"

# export_to FILE: standard input as the other system writes it.
export_to() {
    sed 's/$/\r/' | iconv -f UTF-8 -t WINDOWS-1252 >"$1"
}

export_to Kundregister.csv <<'TABLE'
Kundnr;Namn;Adress;Telefon;Område;Latitud;Longitud;FastOMS;Vice OMS;Hund;Nyckelnr;Anteckning
1001;Almkvist, Greta;Påhittade vägen 1;0900-00 00 01;Väst 2;64,2036;19,4186;501;502;;N17;Ringer gärna själv
1002;Björk, Åke;Påhittade vägen 7;0900-00 00 02;Väst 2;64,2018;19,3938;502;501;ja;N18;
1003;Cederö, Märta;Påhittade vägen 9;;Väst 2;64,1946;19,4289;503;501;;;"Två döttrar;
turas om"
1004;Dahl, Östen;Låtsasgränd 2;0900-00 00 04;Väst 2;64,2101;19,4011;501;504;;N20;
1005;Ek, Vera;Låtsasgränd 4;0900-00 00 05;Väst 2;64,1988;19,4402;504;;;;
1006;Fors, Nils;Låtsasgränd 4;;Väst 2;64,1987;19,4405;501;;;;
TABLE

export_to Personalregister.csv <<'TABLE'
Anstnr;Förnamn;Efternamn;Mobil;Titel;Område;Sysselsättningsgrad;Färdmedel;Pälsallergi
501;Anna;Påhitt;0700-00 00 01;Undersköterska;Väst 2;100;Bil;
502;Bo;Påhitt;0700-00 00 02;Undersköterska;Väst 2;85,5;Bil;
503;Cia;Påhitt;0700-00 00 03;Usk nattlag;Väst 2;75;Cykel;ja
504;Dan;Påhitt;0700-00 00 04;Vårdbiträde;Väst 2;80;Bil;
TABLE

export_to Delegeringar.csv <<'TABLE'
Anstnr;Namn;Delegering;Giltig fr.o.m.;Giltig t.o.m.;Delegerad av
501;Påhitt, Anna;Insulin;2026-02-01;2027-01-31;Sjuksköterska Påhitt
502;Påhitt, Bo;Insulin;2026-09-15;2027-09-14;Sjuksköterska Påhitt
503;Påhitt, Cia;Insulin;2025-11-01;2026-10-31;Sjuksköterska Påhitt
TABLE

export_to Schema.csv <<'TABLE'
Anstnr;Datum;Tidkod;Starttid;Sluttid;Rast;Slinga
501;20261123;Ar;07.00;15.30;0:30;Väst dag 1
501;20261123;An;13.00;13.45;;Väst dag 1
502;20261123;Ar;07.00;15.30;0:30;Väst dag 2
503;20261123;Ar;07.00;12.00;;Väst dag 3
503;20261123;Ar;16.00;21.00;;Väst kväll 1
504;20261123;Ar;16.00;21.00;;Väst kväll 2
504;20261123;Jo;21.00;24.00;;
501;20261124;Ar;07.00;15.30;0:30;Väst dag 1
502;20261124;Ar;07.00;15.30;0:30;Väst dag 2
504;20261124;Ar;16.00;21.00;;Väst kväll 1
503;20261124;Se;07.00;15.30;;
TABLE

export_to Besok.csv <<'TABLE'
Besökstyp;Kundnr;Slinga;Återkommande;Datum;Starttid;Längd;Slutar;Min före;Min efter;Prio (1-3);Dubbelid;Insatser;Vilande besök;Anteckning
Hemtjänst;1001;Väst dag 1;Varje dag;2026-01-05;Morgon;0:20;;;;1;;Morgonhjälp;nej;
Hemtjänst;1001;Väst dag 1;Varje dag;2026-01-05;Morgon;0:10;;;;1;;Frukost;nej;
Hemtjänst;1001;Väst dag 2;Varje dag;2026-01-05;Lunch;0:20;;;;2;;Måltid;nej;
Hemtjänst;1001;Väst kväll 1;Varje dag;2026-01-05;Kväll;0:25;;;;1;;Kvällshjälp;nej;Lämna lampan tänd
HSL;1002;Väst dag 2;Varje dag;2026-01-05;07.30;0:15;07.45;10;10;1;;Insulin;nej;
Hemtjänst;1002;Väst dag 2;Varje vecka, mån tis;2026-01-05;10.00;0:40;10.40;30;60;2;;Dusch;nej;
Hemtjänst;1003;Väst dag 1;Varje dag;2026-01-05;08.30;0:30;09.00;;;1;D7;Förflyttning;nej;
Hemtjänst;1003;Väst dag 2;Varje dag;2026-01-05;08.30;0:30;09.00;;;1;D7;Förflyttning;nej;
Hemtjänst;1003;Väst kväll 1;Varje dag;2026-01-05;18.30;0:30;19.00;;;1;D8;Förflyttning;nej;
Hemtjänst;1003;Väst kväll 2;Varje dag;2026-01-05;18.30;0:30;19.00;;;1;D8;Förflyttning;nej;
Hemtjänst;1004;Väst dag 3;Varannan vecka, ons;2026-01-05;13.00;1:30;14.30;60;60;3;;Städning;nej;
Hemtjänst;1004;Väst dag 3;Var 4:e vecka, fre;2026-01-05;10.00;0:30;10.30;60;60;3;;Tvätt;nej;
Hemtjänst;1004;Väst dag 3;Varje dag;2026-01-05;Lunch;0:15;;;;2;;Måltid;ja;Sjukhus
Hemtjänst;1004;Väst dag 1;;2026-11-23;10.30;0:45;11.15;;;2;;Ledsagning;nej;
Hemtjänst;1005;Väst dag 1;;2026-11-23;Morgon;0:20;;;;1;;Morgonhjälp;nej;
Hemtjänst;1005;Väst dag 1;;2026-11-23;Morgon;0:10;;;;1;;Dusch;nej;
Larm;1006;Väst kväll 2;;2026-11-23;Kväll;0:15;;;;2;;Tillsyn;nej;
TABLE

# Ours, beside the export: where the office is.
cat >teams.csv <<'TABLE'
team_id;unit;provider;lat;lon
V2;Väst;municipal;64,2;19,4
TABLE
