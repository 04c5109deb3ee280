# What `cmake --install` places. Man page and completions are printed by the program itself, from its own option table.
set(HT_MAN ${PROJECT_BINARY_DIR}/generated/hemtur.1)
set(HT_BASH ${PROJECT_BINARY_DIR}/generated/hemtur.bash)
set(HT_ZSH ${PROJECT_BINARY_DIR}/generated/_hemtur)
add_custom_command(OUTPUT ${HT_MAN} ${HT_BASH} ${HT_ZSH}
  COMMAND hemtur --print-doc man > ${HT_MAN}
  COMMAND hemtur --print-doc bash > ${HT_BASH}
  COMMAND hemtur --print-doc zsh > ${HT_ZSH}
  DEPENDS hemtur)
add_custom_target(docs ALL DEPENDS ${HT_MAN} ${HT_BASH} ${HT_ZSH})

install(TARGETS hemtur RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${HT_MAN} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${HT_BASH} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME hemtur)
install(FILES ${HT_ZSH} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(DIRECTORY ${PROJECT_BINARY_DIR}/locale/ DESTINATION ${CMAKE_INSTALL_LOCALEDIR} FILES_MATCHING PATTERN "*.mo")
