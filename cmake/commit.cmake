# Writes OUT with the commit of SOURCE, and whether the sources of the program differ from it; touches it only when that
# changes.
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()
execute_process(COMMAND git --no-optional-locks -C ${SOURCE} status --porcelain --
  CMakeLists.txt cmake data/profiles base model io solver app bench/*.c bench/*.h
  OUTPUT_VARIABLE changes ERROR_QUIET RESULT_VARIABLE failed)
set(changed 0)
if(failed OR NOT changes STREQUAL "")
  set(changed 1)
endif()
set(text "#define HT_COMMIT \"${commit}\"\n#define HT_SOURCES_CHANGED ${changed}\n")
set(old "")
if(EXISTS ${OUT})
  file(READ ${OUT} old)
endif()
if(NOT old STREQUAL text)
  file(WRITE ${OUT} "${text}")
endif()
