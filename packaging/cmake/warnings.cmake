# SPDX-FileCopyrightText: 2026 The Genscope developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two INTERFACE targets that every library links PRIVATE:
#   genscope_warnings  compiler warnings and sanitizers
#   genscope_strict    Qt defines that keep implicit conversions and keywords out
# charts uses no genscope_strict, because qcustomplot.h needs Qt's lower-case keywords.

add_library(genscope_warnings INTERFACE)
target_compile_options(genscope_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wcast-align -Wimplicit-fallthrough -Wextra-semi)
if(GENSCOPE_WERROR)
    target_compile_options(genscope_warnings INTERFACE -Werror)
endif()
if(GENSCOPE_SANITIZE)
    target_compile_options(genscope_warnings INTERFACE -fsanitize=${GENSCOPE_SANITIZE} -fno-omit-frame-pointer)
    # g++ 12 takes instrumented std::optional members for uninitialised; the plain builds keep the warning.
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        target_compile_options(genscope_warnings INTERFACE -Wno-maybe-uninitialized)
    endif()
    target_link_options(genscope_warnings INTERFACE -fsanitize=${GENSCOPE_SANITIZE})
endif()
# g++ 12 forgets that precompiled standard headers are the system's, and warns of moved strings inside them. Builds with
# CMAKE_DISABLE_PRECOMPILE_HEADERS keep the warnings.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    target_compile_options(genscope_warnings INTERFACE -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict)
endif()

add_library(genscope_strict INTERFACE)
target_compile_definitions(genscope_strict INTERFACE
    QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII
    QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY QT_STRICT_ITERATORS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)

# genscope_library(NAME SOURCES... PUBLIC... PRIVATE...) makes the static library of one folder of src/.
function(genscope_library name)
    cmake_parse_arguments(arg "NOT_STRICT" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(genscope_${name} STATIC ${arg_SOURCES})
    target_include_directories(genscope_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(genscope_${name} PUBLIC ${arg_PUBLIC} PRIVATE genscope_warnings ${arg_PRIVATE})
    if(NOT arg_NOT_STRICT)
        target_link_libraries(genscope_${name} PRIVATE genscope_strict)
    endif()
    genscope_precompile(genscope_${name} "${arg_PUBLIC}")
endfunction()

# Compiles the headers that nearly every file of a library includes once, which takes a fifth to a third off a cold build.
# Headers of this project are not among them: a change of one would compile everything anew.
function(genscope_precompile target libraries)
    target_precompile_headers(${target} PRIVATE
        <algorithm> <array> <atomic> <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <string>
        <string_view> <unordered_map> <utility> <variant> <vector>
        <QCoreApplication> <QObject> <QString> <QStringList> <QList> <QHash> <QVariant>)
    if("${libraries}" MATCHES "Widgets|charts")
        target_precompile_headers(${target} PRIVATE
            <QAction> <QBoxLayout> <QLabel> <QPainter> <QWidget> <QAbstractItemModel>)
    endif()
endfunction()
