#!/bin/sh
# Every text that people read has its Swedish translation, and none is left over: the catalogue against the sources.
set -eu
root=$(readlink -f "$2")
if ! command -v xgettext >/dev/null; then
    echo "catalogue: skipped: there is no xgettext"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"

# Texts that are the same in both languages: measures, units, a shape without words. A new one is added here on purpose.
cat >"$work/same" <<'TEXT'
%d min
%d min %d s
%d h
%d h %d min
%d %s
%s: %s, %s %s
COC
P90
SECON
UPC
id
profil
start
version
TEXT

# The names of levels stand in the built-in profiles.
sed -n 's/^profile\.[^;]*;\([a-z0-9_-]*\):.*/N_("\1")/p' data/profiles/*.csv | sort -u >"$work/levels.c"
{
    find base model io solver app -name '*.[ch]' | sort
    echo "$work/levels.c"
} | xgettext -k_ -kN_ -kHT_PLURAL:1,2 --from-code=UTF-8 -L C --no-location -f - -o "$work/hemtur.pot"
msgcmp "$root/po/sv.po" "$work/hemtur.pot" || {
    echo "catalogue: po/sv.po: translate what is listed above" >&2
    exit 1
}
msgcmp --use-untranslated "$work/hemtur.pot" "$root/po/sv.po" || {
    echo "catalogue: po/sv.po: remove what is listed above: nothing says it any more" >&2
    exit 1
}
msgfmt --check -o "$work/hemtur.mo" po/sv.po

# untranslated CATALOGUE: the msgids whose msgstr is fuzzy, empty or the same text, apart from those of $work/same.
untranslated() {
    msgattrib --only-fuzzy --no-obsolete "$1"
    msgattrib --untranslated --no-obsolete "$1"
    msgcat --no-wrap "$1" | awk -v same="$work/same" '
        BEGIN { while ((getline line < same) > 0) allowed[line] = 1 }
        function compare() { if (id != "" && id == text && !(id in allowed)) print "the same in Swedish: " id }
        /^msgid "/ { compare(); id = text = ""; into = "id"; $0 = substr($0, 7) }
        /^msgid_plural / { into = "plural" }
        /^msgstr/ { into = "text"; sub(/^msgstr(\[[0-9]\])? /, "") }
        /^"/ { gsub(/^"|"$/, ""); if (into == "id") id = id $0; else if (into == "text") text = text $0 }
        END { compare() }'
}
untranslated po/sv.po >"$work/left"
if [ -s "$work/left" ]; then
    cat "$work/left"
    echo "catalogue: po/sv.po: translate what is listed above, or list it in this test as the same in both" >&2
    exit 1
fi
# It would see one.
printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "break"\nmsgstr "break"\n' >"$work/planted.po"
[ -n "$(untranslated "$work/planted.po")" ] || {
    echo "catalogue: a planted text without a translation is not seen" >&2
    exit 1
}
echo "catalogue: complete"
