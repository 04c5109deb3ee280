# The version stands in project(VERSION) alone; the commit is read at each build.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)
add_custom_target(ht_commit
  COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} -DOUT=${PROJECT_BINARY_DIR}/generated/commit.h
          -P ${PROJECT_SOURCE_DIR}/cmake/commit.cmake
  BYPRODUCTS ${PROJECT_BINARY_DIR}/generated/commit.h
  COMMENT "")
add_library(ht_version INTERFACE)
target_compile_definitions(ht_version INTERFACE HT_VERSION="${PROJECT_VERSION}"
  HT_LOCALE_BUILT="${PROJECT_BINARY_DIR}/locale" HT_LOCALE_INSTALLED="${CMAKE_INSTALL_FULL_LOCALEDIR}")
add_dependencies(ht_version ht_commit)
