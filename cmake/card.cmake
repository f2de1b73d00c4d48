# The model's code for a graphics card: PTX by clang++, without CUDA. With HUBSIM_CARD it lies in the program; the
# target card-code makes it for the tests wherever there is a clang++.
option(HUBSIM_CARD "Build code for a graphics card into the program (needs clang++ with the NVPTX target)" OFF)
find_program(HUBSIM_CLANG NAMES clang++ clang++-19 clang++-18 clang++-17 clang++-16 clang++-15 clang++-14)
set(CARD_CODE ${PROJECT_BINARY_DIR}/card.ptx)
if(HUBSIM_CLANG)
  # sm_70 and later run it; its driver compiles it for the card. No fused multiply-add: the same bytes as here.
  add_custom_command(OUTPUT ${CARD_CODE}
    COMMAND ${HUBSIM_CLANG} -x cuda -std=c++20 -O3 -DNDEBUG -fno-exceptions -ffp-contract=off -nocudainc -nocudalib --cuda-device-only --cuda-gpu-arch=sm_70
            -Wno-unknown-cuda-version -mllvm -inline-threshold=100000 -S -I${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/sim/card/kernels.cpp -o ${CARD_CODE} -MD -MF ${CARD_CODE}.d -MT ${CARD_CODE}
    DEPENDS ${PROJECT_SOURCE_DIR}/sim/card/kernels.cpp DEPFILE ${CARD_CODE}.d VERBATIM)
  add_custom_target(card-code DEPENDS ${CARD_CODE})
elseif(HUBSIM_CARD)
  message(FATAL_ERROR "HUBSIM_CARD needs clang++; it was not found")
endif()
if(NOT HUBSIM_CARD)
  set(CARD_CODE ${GENERATED}/no-card.ptx)
  file(WRITE ${CARD_CODE}.new "")
  file(COPY_FILE ${CARD_CODE}.new ${CARD_CODE} ONLY_IF_DIFFERENT)
endif()
add_custom_command(OUTPUT ${GENERATED}/embedded_card.cpp
  COMMAND ${CMAKE_COMMAND} -DOUT=${GENERATED}/embedded_card.cpp -DNAMESPACE=hubs::embedded -DFILES=card_code=${CARD_CODE} -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
  DEPENDS ${CARD_CODE} cmake/embed.cmake VERBATIM)
add_library(hubs_card STATIC sim/card/card.cpp sim/card/driver.cpp sim/card/image.cpp sim/card/run.cpp sim/card/stand_in.cpp ${GENERATED}/embedded_card.cpp)
target_link_libraries(hubs_card PUBLIC hubs_read ${CMAKE_DL_LIBS})
