#!/bin/sh
# Builds src/language/encoder/kernel.wasm from kernel.c (Debian: clang-19, lld-19).
set -e
cd "$(dirname "$0")/../../src/language/encoder"
clang-19 --target=wasm32 -O3 -msimd128 -mrelaxed-simd -mbulk-memory -nostdlib -Wl,--no-entry -Wl,--import-memory -Wl,--strip-all -o kernel.wasm kernel.c
