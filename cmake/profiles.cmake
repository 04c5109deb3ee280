# The built-in profiles, data/profiles/*.csv, as one C text: generated/profiles.h.
file(GLOB profiles CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/data/profiles/*.csv)
list(SORT profiles)
set(text "")
foreach(profile IN LISTS profiles)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${profile})
  file(READ ${profile} rows)
  string(APPEND text "${rows}")
endforeach()
string(REPLACE "\\" "\\\\" text "${text}")
string(REPLACE "\"" "\\\"" text "${text}")
string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/generated/profiles.h @ONLY CONTENT
  "/* Generated from data/profiles/. */\nstatic const char PROFILES[] =\n    \"@text@\";\n")
