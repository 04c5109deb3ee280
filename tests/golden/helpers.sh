# shellcheck shell=sh
# What the scripts of golden tests may call.

# store: a store with the data of ok, said nothing of.
store() {
    hemtur import ok --quiet >/dev/null || exit 99
}

# refused COMMAND...: runs it and says whether it left hemtur.db as it was; the exit code is the command's.
refused() {
    before=$(cksum hemtur.db 2>/dev/null)
    "$@"
    code=$?
    if [ "$before" = "$(cksum hemtur.db 2>/dev/null)" ]; then
        echo "store unchanged"
    else
        echo "STORE CHANGED"
    fi
    return $code
}

# change FILE SED_SCRIPT: edits a file of ok.
change() {
    sed -e "$2" "ok/$1" >ok/new && mv ok/new "ok/$1"
}
