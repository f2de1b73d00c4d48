# The model as a library: find_package(hubsim), pkg-config hubsim, or add_subdirectory. docs/library shows one.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
add_library(hubsim_library INTERFACE)
add_library(hubsim::hubsim ALIAS hubsim_library)
set_target_properties(hubsim_library PROPERTIES EXPORT_NAME hubsim)
target_compile_features(hubsim_library INTERFACE cxx_std_20)
target_compile_options(hubsim_library INTERFACE -ffp-contract=off)  # the same bytes as everywhere
target_include_directories(hubsim_library INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/hubsim>)
target_link_libraries(hubsim_library INTERFACE hubs_read)

set(PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/hubsim)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hubsim-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH PC_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)  # from the .pc file to the prefix
configure_file(${PROJECT_SOURCE_DIR}/cmake/hubsim.pc.in ${PROJECT_BINARY_DIR}/hubsim.pc @ONLY)
install(TARGETS hubsim_library hubs_read hubs_sim EXPORT hubsim-config DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library)
install(EXPORT hubsim-config NAMESPACE hubsim:: DESTINATION ${PACKAGE_DIR} COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/hubsim-config-version.cmake DESTINATION ${PACKAGE_DIR} COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/hubsim.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
install(DIRECTORY sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hubsim COMPONENT library FILES_MATCHING PATTERN "*.h")
