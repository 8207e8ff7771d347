package dev.thumbprint.memory;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.OptLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The measured link tables, and the choice of the nearest one. */
final class LinkTables {
  private static final String INDEX = "link/index.txt";
  private static final int HEX = 16;

  /** Loaded once, when first asked for. */
  private static final class Loaded {
    static final List<LinkTable> TABLES = lines(INDEX).stream().map(LinkTables::read).toList();
  }

  private LinkTables() {}

  static List<LinkTable> all() {
    return Loaded.TABLES;
  }

  /** The table of that library for the core with the most similar instructions, then level. */
  static LinkTable nearest(RuntimeBuild.Kernels kernels, Core core, OptLevel opt) {
    return all().stream()
        .filter(table -> table.kernels() == kernels)
        .min(
            Comparator.comparingInt((LinkTable table) -> distance(core, table.core()))
                .thenComparingInt(table -> Math.abs(rank(opt) - rank(table.opt()))))
        .orElseThrow();
  }

  /** The table of exactly that build. */
  static Optional<LinkTable> find(RuntimeBuild.Kernels kernels, Core core, OptLevel opt) {
    return all().stream()
        .filter(table -> table.kernels() == kernels && table.core() == core && table.opt() == opt)
        .findFirst();
  }

  /**
   * The table of another core at a level that {@code core} was not measured at, if that core was
   * measured at all levels of {@code core} too; the nearest core first.
   */
  static Optional<LinkTable> sameLevel(RuntimeBuild.Kernels kernels, Core core, OptLevel opt) {
    return all().stream()
        .filter(table -> table.kernels() == kernels && table.opt() == opt)
        .filter(
            table ->
                all().stream()
                    .filter(own -> own.kernels() == kernels && own.core() == core)
                    .allMatch(own -> find(kernels, table.core(), own.opt()).isPresent()))
        .min(Comparator.comparingInt(table -> distance(core, table.core())));
  }

  /** 0 for the same core, 1 for the same SIMD build and register set, more otherwise. */
  private static int distance(Core wanted, Core measured) {
    if (wanted == measured) {
      return 0;
    }
    boolean small = small(wanted) == small(measured);
    boolean simd = wanted.simd() == measured.simd();
    return 1 + (simd ? 0 : 2) + (small ? 0 : 1);
  }

  /** Cores that have only the 16-bit instructions. */
  private static boolean small(Core core) {
    return core == Core.CORTEX_M0 || core == Core.CORTEX_M0PLUS || core == Core.CORTEX_M23;
  }

  /** The levels in an order in which neighbours make code of similar size. */
  private static int rank(OptLevel opt) {
    return switch (opt) {
      case OS -> 0;
      case O2 -> 2;
      case O3 -> 4;
      case OFAST -> 5;
    };
  }

  private static List<String> lines(String resource) {
    try (InputStream in = LinkTables.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("resource " + resource + " is missing from the build");
      }
      try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file has {@code key,value} lines, then one {@code memory,bytes,mask} line for each group. */
  private static LinkTable read(String file) {
    RuntimeBuild.Kernels kernels = RuntimeBuild.Kernels.REFERENCE;
    Core core = Core.CORTEX_M4;
    OptLevel opt = OptLevel.O2;
    List<String> operators = List.of();
    String origin = "";
    String sha256 = "";
    long baseFlash = 0;
    long baseRam = 0;
    long stack = 0;
    List<LinkTable.Group> groups = new ArrayList<>();
    for (String line : lines("link/" + file)) {
      String[] cells = line.split(",", 3);
      switch (cells[0]) {
        case "library" -> kernels = kernels(cells[1]);
        case "core" -> core = Core.ofLabel(cells[1]).orElseThrow();
        case "opt" -> opt = OptLevel.ofLabel(cells[1]).orElseThrow();
        case "origin" -> origin = line.substring("origin,".length());
        case "sha256" -> sha256 = cells[1];
        case "operators" -> operators = List.of(cells[1].split(" "));
        case "base_flash_bytes" -> baseFlash = Long.parseLong(cells[1]);
        case "base_ram_bytes" -> baseRam = Long.parseLong(cells[1]);
        case "stack_bytes" -> stack = Long.parseLong(cells[1]);
        default ->
            groups.add(
                new LinkTable.Group(
                    LinkTable.Memory.valueOf(cells[0].toUpperCase(Locale.ROOT)),
                    bits(cells[2]),
                    Long.parseLong(cells[1])));
      }
    }
    return new LinkTable(
        kernels, core, opt, operators, baseFlash, baseRam, stack, groups, origin, sha256);
  }

  private static RuntimeBuild.Kernels kernels(String label) {
    return Arrays.stream(RuntimeBuild.Kernels.values())
        .filter(kernels -> kernels.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static BitSet bits(String mask) {
    BigInteger value = new BigInteger(mask, HEX);
    BitSet bits = new BitSet();
    for (int bit = 0; bit < value.bitLength(); bit++) {
      bits.set(bit, value.testBit(bit));
    }
    return bits;
  }
}
