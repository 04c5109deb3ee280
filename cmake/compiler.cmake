# Flags that every target has.
find_package(Threads REQUIRED)
add_library(ht_compiler INTERFACE)
target_compile_definitions(ht_compiler INTERFACE _POSIX_C_SOURCE=200809L)
# The same cost on every machine: no fused multiply-add, no fast-math.
target_compile_options(ht_compiler INTERFACE -ffp-contract=off
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings
  -Wundef -Wvla -Wformat=2)
if(HT_WERROR)
  target_compile_options(ht_compiler INTERFACE -Werror)
endif()
if(HT_SANITIZE)
  target_compile_options(ht_compiler INTERFACE -fsanitize=${HT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ht_compiler INTERFACE -fsanitize=${HT_SANITIZE})
endif()
if(HT_FUZZ)
  target_compile_options(ht_compiler INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(HT_COVERAGE)
  target_compile_options(ht_compiler INTERFACE --coverage)
  target_link_options(ht_compiler INTERFACE --coverage)
endif()
