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
find base model io solver app -name '*.[ch]' | sort |
    xgettext -k_ -kN_ -kdngettext:2,3 --from-code=UTF-8 -L C --no-location -f - -o "$work/hemtur.pot"
msgcmp "$root/po/sv.po" "$work/hemtur.pot" || {
    echo "catalogue: po/sv.po: translate what is listed above" >&2
    exit 1
}
msgcmp --use-untranslated "$work/hemtur.pot" "$root/po/sv.po" || {
    echo "catalogue: po/sv.po: remove what is listed above: nothing says it any more" >&2
    exit 1
}
msgfmt --check -o "$work/hemtur.mo" po/sv.po
echo "catalogue: complete"
