#!/usr/bin/env bash
# Makes the wasm32-unknown-unknown target available to a Rust compiler. Prints the PATH prefix to build with
# (empty when the compiler already on PATH will do). Idempotent. Order:
#   1. the rustc on PATH already has the target;
#   2. rustup can add it (skipped where RUSTUP_AUTO_INSTALL=0 says that rustup must not download);
#   3. Debian/Ubuntu: Debian's own Rust (rustc-web) plus its standard library's source (rust-web-src), built once
#      into that compiler's sysroot. Library and compiler must be the same version: never mix them.
set -euo pipefail
target=wasm32-unknown-unknown
has_target() { [ -n "$(ls "$("$1" --print sysroot)/lib/rustlib/$target/lib/"libstd-*.rlib 2>/dev/null)" ]; }

if command -v rustc >/dev/null && has_target rustc; then exit 0; fi
if command -v rustup >/dev/null && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ] && rustup target add $target >&2; then exit 0; fi
if ! command -v apt-get >/dev/null; then
  echo "error: no $target target: run 'rustup target add $target'" >&2; exit 1
fi
# Packages and Debian's sysroot belong to root.
root=(); [ "$(id -u)" = 0 ] || root=(sudo)

if ! [ -x /usr/bin/rust-lld ] || ! [ -e /usr/lib/rustlib/src/rust/library/std ]; then
  "${root[@]}" apt-get update -qq >&2
  "${root[@]}" apt-get install -y -qq --no-install-recommends \
    rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web rust-web-llvm lld-22 >&2
fi
if ! has_target /usr/bin/rustc; then
  build=$(mktemp -d); trap 'rm -rf "$build"' EXIT
  mkdir "$build/src"; : > "$build/src/lib.rs"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n' > "$build/Cargo.toml"
  (cd "$build" && PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 /usr/bin/cargo build --release -q \
      -Zbuild-std=std,panic_abort --target $target >&2)
  lib=$(/usr/bin/rustc --print sysroot)/lib/rustlib/$target/lib
  "${root[@]}" mkdir -p "$lib"
  find "$build/target/$target/release/deps" -name '*.rlib' ! -name 'libstd_for_wasm*' -exec "${root[@]}" cp {} "$lib/" \;
fi
echo /usr/bin
