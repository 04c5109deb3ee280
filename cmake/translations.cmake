# po/sv.po -> locale/sv/LC_MESSAGES/hemtur.mo, found from the build tree too.
find_program(MSGFMT msgfmt)
if(NOT MSGFMT)
  message(FATAL_ERROR "msgfmt is missing: install the package gettext (./dev demo does)")
endif()
set(HT_CATALOGUES "")
foreach(language sv)
  set(folder ${PROJECT_BINARY_DIR}/locale/${language}/LC_MESSAGES)
  add_custom_command(OUTPUT ${folder}/hemtur.mo
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${MSGFMT} --check -o ${folder}/hemtur.mo ${PROJECT_SOURCE_DIR}/po/${language}.po
    DEPENDS ${PROJECT_SOURCE_DIR}/po/${language}.po)
  list(APPEND HT_CATALOGUES ${folder}/hemtur.mo)
endforeach()
add_custom_target(catalogues ALL DEPENDS ${HT_CATALOGUES})
