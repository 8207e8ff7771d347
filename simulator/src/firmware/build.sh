#!/bin/sh
# Builds every program for every core. Needs gcc-arm-none-eabi (Debian 12: 12.2.rel1) and its newlib.
# Usage: build.sh OUTPUT-DIRECTORY
set -eu
cd "$(dirname "$0")"
out=${1:?output directory}
mkdir -p "$out"

flags() {
  case $1 in
    m0) echo "-mcpu=cortex-m0" ;;
    m3) echo "-mcpu=cortex-m3" ;;
    m4) echo "-mcpu=cortex-m4 -mfloat-abi=hard -mfpu=fpv4-sp-d16" ;;
    m7) echo "-mcpu=cortex-m7 -mfloat-abi=hard -mfpu=fpv5-d16" ;;
    m33) echo "-mcpu=cortex-m33 -mfloat-abi=hard -mfpu=fpv5-sp-d16" ;;
  esac
}

# Where QEMU's boards have memory: microbit, mps2-an385, an386 and an500 at 0; an505 in the secure half.
map() {
  case $1 in
    m0) echo "0x0 0x40000 0x20000000 0x4000" ;;
    m33) echo "0x10000000 0x40000 0x30000000 0x8000" ;;
    *) echo "0x0 0x40000 0x20000000 0x20000" ;;
  esac
}

# link OUTPUT CORE OPTIMISATION FLASH FLASH-SIZE RAM RAM-SIZE SOURCE...
link() {
  target=$1 core=$2 optimisation=$3 flash=$4 flash_size=$5 ram=$6 ram_size=$7
  shift 7
  # shellcheck disable=SC2046,SC2086
  arm-none-eabi-gcc $(flags "$core") -mthumb "$optimisation" ${debug:--g1} -std=c11 -Wall -Wextra -Werror -Wno-main -Wno-infinite-recursion -Wno-array-bounds \
    -ffreestanding -Ilayers -fno-tree-loop-distribute-patterns -ffile-prefix-map="$PWD"=. -nostartfiles --specs=nosys.specs \
    -Wl,--defsym=FLASH_ORIGIN="$flash",--defsym=FLASH_SIZE="$flash_size",--defsym=RAM_ORIGIN="$ram",--defsym=RAM_SIZE="$ram_size" \
    -Wl,--build-id=none -Wl,-z,max-page-size=16 -Wl,--no-warn-rwx-segments -T firmware.ld start.c "$@" -o "$target"
}

for core in m0 m3 m4 m7 m33; do
  for program in conditions exceptions floats integer long stacks; do
    # shellcheck disable=SC2046
    link "$out/$program-$core.elf" "$core" -O2 $(map "$core") "programs/$program.c"
  done
done

# The same program with the line tables of every version of DWARF.
for version in 2 3 4 5; do
  debug="-gdwarf-$version -gstrict-dwarf -gno-as-loc-support"
  # shellcheck disable=SC2046
  link "$out/lines-dwarf$version.elf" m4 -O2 $(map m4) programs/conditions.c
done

# The layers, for boards with flash at 0x08000000, at the levels of optimisation that matter.
for core in m0 m3 m4 m7 m33; do
  for level in Os O2 O3; do
    link "$out/layers-$core-$level.elf" "$core" "-$level" 0x08000000 0x20000 0x20000000 0x8000 layers/main.c layers/layers.c
  done
done

# Devices and faults, on the memory map of the tests.
for program in devices faults; do
  # shellcheck disable=SC2046
  link "$out/$program.elf" m4 -O2 $(map m4) "programs/$program.c"
done

# Serial lines and start-up handshakes of the families, where each has its memory.
serial() {
  core=$2 debug="-g1 -DFAMILY_$3"
  link "$out/serial-$1.elf" "$core" -O2 "$4" 0x8000 "${5:-0x20000000}" 0x4000 programs/serial.c
}
serial f4 m4 F4 0x08000000
serial f7 m7 F7 0x08000000
serial h7 m7 H7 0x08000000 0x24000000
serial g0 m0 G0 0x08000000
serial l5 m33 L5 0x08000000
serial l4 m4 L4 0x08000000
serial u5 m33 U5 0x08000000
serial nrf m4 NRF 0x0
serial rp2040 m0 RP2040 0x10000100
serial cmsdk m3 CMSDK 0x0

# An interpreter with the names of TensorFlow Lite Micro.
debug="-g1"
link "$out/operators.elf" m4 -O2 0x08000000 0x20000 0x20000000 0x8000 programs/operators.c

# The other end of a script.
debug="-g1 -DTIMER_MHZ=80"
link "$out/runner.elf" m4 -O2 0x08000000 0x8000 0x20000000 0x4000 programs/runner.c

# Rounding of floats, plainly and as an Arduino library does it.
for core in m0 m4; do
  debug="-g1"
  link "$out/rounding-$core.elf" "$core" -O2 0x08000000 0x20000 0x20000000 0x8000 programs/rounding.c -lm
  debug="-g1 -DWIDE"
  link "$out/rounding-$core-double.elf" "$core" -O2 0x08000000 0x20000 0x20000000 0x8000 programs/rounding.c -lm
done

# A program that reads the network from an address of flash: 384 KiB at 0x08010000, the input behind them.
debug="-g1 -Ireader -Wl,--defsym=model=0x08010000,--defsym=model_end=0x08070000,--defsym=network_input=0x08070000"
for core in m0 m4 m33; do
  link "$out/reader-$core.elf" "$core" -O2 0x08000000 0x10000 0x20000000 0x20000 \
    reader/main.c reader/network.c reader/flat.c reader/pool.c layers/layers.c
done
