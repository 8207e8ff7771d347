#!/bin/sh
# Counts the instructions of every program with QEMU, and writes a table: program, core, instructions, exit status.
# Needs qemu-system-arm (7.2 or later) and a C compiler of the host.
# Usage: count.sh ELF-DIRECTORY > counts.csv
set -eu
elves=${1:?directory with the programs}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -shared -fPIC -O2 -o "$work/count.so" "$here/count-plugin.c"

machine() {
  case $1 in
    m0) echo microbit ;;
    m3) echo mps2-an385 ;;
    m4) echo mps2-an386 ;;
    m7) echo mps2-an500 ;;
    m33) echo mps2-an505 ;;
  esac
}

echo "program,core,instructions,status"
for elf in "$elves"/[a-km-z]*-m*.elf "$elves"/long-m*.elf; do
  case $elf in */reader-*) continue ;; esac # runs a model that is written into memory first
  name=$(basename "$elf" .elf)
  core=${name##*-}
  status=0
  timeout 120 qemu-system-arm -machine "$(machine "$core")" -nographic -monitor none -serial none \
    -semihosting-config enable=on,target=native -plugin "$work/count.so" -kernel "$elf" 2>"$work/log" || status=$?
  echo "${name%-*},$core,$(sed -n 's/^executed //p' "$work/log"),$status"
done
