#!/bin/sh
# Our kernels against the native ones of TensorFlow Lite, one thread, one run: prints the table that the README shows.
# Needs what `mvn verify` needs; takes about four minutes. BENCH_JVM=-XX:UseAVX=2 holds ours and XNNPACK to AVX2.
set -eu
cd "$(dirname "$0")/.."
result=$(mktemp)
trap 'rm -f "$result"' EXIT
mvn -q -Pbench -pl simulator -am -DskipTests "-Dbench=ModelBenchmark" "-Dbench.jvm.args=-Xmx2g ${BENCH_JVM:-}" verify >"$result"
grep -o -m 1 'model name.*' /proc/cpuinfo 2>/dev/null | sed 's/model name[^:]*: //' || true
printf 'CPU features:'; for f in avx2 fma avx512f avx512_vnni; do grep -qw "$f" /proc/cpuinfo 2>/dev/null && printf ' %s' "$f"; done; printf '\n'
awk '
  /:p0\.50/ { us[$3, $2] = $(NF - 1); seen[$3] = 1 }
  END {
    printf "| network | built-in us | XNNPACK us | plain us | vector us | plain / built-in | vector / built-in | vector / XNNPACK |\n|---|---:|---:|---:|---:|---:|---:|---:|\n"
    n = split("kws vww ic ad", order)
    for (i = 1; i <= n; i++) {
      m = order[i]; b = us[m, "native_builtin"]; x = us[m, "native_xnnpack"]; p = us[m, "plain"]; v = us[m, "vector"]
      printf "| %s | %s | %s | %s | %s | %.2fx faster | %.2fx faster | %s |\n", m, b, (x ? x : "-"), p, v, b / p, b / v, (x ? sprintf("%.1fx its time", v / x) : "-")
    }
  }' "$result"
