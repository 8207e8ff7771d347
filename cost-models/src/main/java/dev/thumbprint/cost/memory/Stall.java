package dev.thumbprint.cost.memory;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Cache;
import dev.thumbprint.cost.board.Flash;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.library.Term.Kind;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Waiting for memory, from the reference manual's geometry: wait states, read width, caches.
 * Nothing here is fitted; what a board's recordings say differs is in its two calibrated numbers.
 */
public final class Stall {
  /**
   * Bytes of Thumb-2 code that a core consumes per cycle: 2.9 bytes an instruction, 1.25 cycles an
   * instruction (CMSIS-NN 2026, GCC 12 -O2, Cortex-M4).
   */
  private static final double CODE_BYTES_PER_CYCLE = 2.9 / 1.25;

  /** Cache size at which {@link #missShare} holds. */
  private static final double REFERENCE_CACHE_BYTES = 1024;

  private static final int DEFAULT_READ_BYTES = 8;

  private static final int WORD_BYTES = 4;

  /** Line of the level-1 cache of a Cortex-M7 (DDI 0489). */
  private static final int L1_LINE_BYTES = 32;

  /** From this size on the loops of a kernel stay in the cache. */
  private static final double LARGE_CACHE_BYTES = 4096;

  private final Map<Kind, Double> codeShare = new EnumMap<>(Kind.class);
  private final double weightWordCycles;
  private final double weightCacheBytes;
  private final double tensorLineCycles;
  private final double streamedShare;
  private final boolean readsOn;
  private final CodeCache codeCache;
  private final double codeWordShare;
  private final RamBus ramBus;
  private final boolean waitStatesTold;
  private final double waitCycles;
  private final double readScale;

  private Stall(Target target) {
    Board board = target.board();
    waitCycles = codeWaitCycles(target);
    waitStatesTold = board.flash().isEmpty() || target.waitStates().isPresent();
    int readBytes = readBytes(board);
    readScale = 8.0 / readBytes;
    double cacheBytes = target.caches() ? cacheBytes(board, Cache.Holds.INSTRUCTIONS) : 0;
    for (Kind kind : Kind.values()) {
      codeShare.put(kind, codeStall(kind, waitCycles, readBytes, cacheBytes, target.prefetch()));
    }
    codeCache = codeCache(cacheBytes, readBytes, target.prefetch());
    codeWordShare = sharedCache(target) ? CallCode.readShare(target) : 0;
    ramBus = RamBus.of(board);
    weightWordCycles = weightWordCycles(target, readBytes, codeCache);
    streamedShare = target.weights() == Placement.XIP ? SerialFlash.streamedShare(target) : 1;
    readsOn = streamedShare < 1;
    tensorLineCycles = tensorLineCycles(target);
    weightCacheBytes = target.caches() ? cacheBytes(board, Cache.Holds.DATA) : 0;
  }

  /** The stalls of a target. */
  public static Stall of(Target target) {
    return new Stall(target);
  }

  /** Cycles of waiting for code per cycle of computing, for a kind of work. */
  public double codeShare(Kind kind) {
    return codeShare.getOrDefault(kind, 0.0);
  }

  /** The way to the RAM, for what a read takes beyond the cycles of the core's pipeline. */
  public RamBus ramBus() {
    return ramBus;
  }

  /** Whether the wait states of the flash are known, or there is none. */
  public boolean waitStatesTold() {
    return waitStatesTold;
  }

  /** What stands between the core and its code. */
  public CodeCache codeCache() {
    return codeCache;
  }

  /**
   * Cycles of waiting for code, from reads that were counted on emulated caches.
   *
   * @param misses reads that each cache does not serve
   * @return NaN where the cache of this machine was not emulated
   */
  public double codeCycles(ToDoubleFunction<CodeCache> misses) {
    return switch (codeCache) {
      case LARGE -> 0;
      case UNCACHED -> misses.applyAsDouble(CodeCache.UNCACHED) * readScale * waitCycles;
      case ART ->
          misses.applyAsDouble(codeCache) * FlashAccelerators.codeReadCycles(waitCycles, true);
      case ONE_KIB, TWO_KIB -> misses.applyAsDouble(codeCache) * waitCycles;
    };
  }

  /**
   * Cycles that code waits for which a small cache has no room beside its loops; 0 where none
   * waits: at 0 wait states, behind a large cache, and without a cache, where all code waits alike.
   */
  public double lostCodeCycles() {
    return switch (codeCache) {
      case ONE_KIB, TWO_KIB -> waitCycles;
      case ART -> FlashAccelerators.codeReadCycles(waitCycles, true);
      case UNCACHED, LARGE -> 0;
    };
  }

  /** Whether one cache in front of a serial flash serves code and weights. */
  private static boolean sharedCache(Target target) {
    return target.caches()
        && target.board().flash().isEmpty()
        && target.board().caches().stream()
            .anyMatch(
                cache -> cache.place() == Cache.Place.XIP && cache.holds() == Cache.Holds.BOTH);
  }

  private static CodeCache codeCache(double bytes, int readBytes, boolean prefetch) {
    if (bytes <= 0) {
      return CodeCache.UNCACHED;
    }
    if (bytes <= REFERENCE_CACHE_BYTES) {
      return readBytes >= 16 && prefetch ? CodeCache.ART : CodeCache.ONE_KIB;
    }
    return bytes < LARGE_CACHE_BYTES ? CodeCache.TWO_KIB : CodeCache.LARGE;
  }

  /** Cycles that a word of weights costs when it comes from its memory. */
  public double weightWordCycles() {
    return weightWordCycles;
  }

  /**
   * Words of a layer that come from the memory of the weights: each word of weights once, in order,
   * for the layers before have filled the cache with theirs, and again where the cache does not
   * hold it until it is read again. A serial flash behind one cache brings the code of the call as
   * well, for the weights of the layers before have taken its place: counted in words of weights
   * that wait as long.
   *
   * @param operator what is called
   * @param words words that the loops read, repeated reads included
   * @param setBytes bytes between two reads of one word; the largest number where every word is
   *     read once, in order
   * @param filterBytes bytes of the weights
   */
  public double missedWords(Operator operator, long words, long setBytes, long filterBytes) {
    long first = setBytes == Long.MAX_VALUE ? words : Math.min(words, filterBytes / WORD_BYTES);
    double code = codeWordShare * CallCode.bytes(operator) / WORD_BYTES;
    return code + first * streamedShare + (words - first) * missShare(setBytes);
  }

  /**
   * Cycles that a line of input or output costs when it comes from the RAM of the arena; 0 where
   * the core reads that RAM without a data cache between them.
   */
  public double tensorLineCycles() {
    return tensorLineCycles;
  }

  /**
   * Lines of input and output that a layer brings, each once: the weights of the layers before have
   * taken their place in the cache.
   */
  public static long tensorLines(LayerWork work) {
    return Math.ceilDiv(work.tensorBytes(), L1_LINE_BYTES);
  }

  /** Whether the memory of the weights reads on by itself while the core computes. */
  public boolean readsOn() {
    return readsOn;
  }

  /**
   * Of {@link #missedWords} those that a core does not wait for, because a controller that reads on
   * brings them while it computes on the words before: a layer takes as long as the longer of both.
   *
   * @param words words that the loops read, repeated reads included
   * @param setBytes bytes between two reads of one word
   * @param filterBytes bytes of the weights
   * @param computedWords words that the bus brings while the layer computes
   */
  public double hiddenWords(long words, long setBytes, long filterBytes, double computedWords) {
    long first = setBytes == Long.MAX_VALUE ? words : Math.min(words, filterBytes / WORD_BYTES);
    return readsOn ? Math.min(first * streamedShare, computedWords) : 0;
  }

  /**
   * Share of repeated reads that miss the cache in front of the weights. A cyclic walk over more
   * than the cache holds leaves nothing of it for the next round; code and other data take their
   * part, so that misses begin below the size and are complete above it.
   */
  private double missShare(long setBytes) {
    if (weightCacheBytes <= 0) {
      return 1;
    }
    double from = 0.6 * weightCacheBytes;
    double to = 1.5 * weightCacheBytes;
    return Math.clamp((setBytes - from) / (to - from), 0, 1);
  }

  private static double codeStall(
      Kind kind, double waitCycles, int readBytes, double cacheBytes, boolean prefetch) {
    if (kind.waitsForData()) {
      return 0;
    }
    double computeCycles = readBytes / CODE_BYTES_PER_CYCLE;
    double wait = prefetch ? Math.max(0, waitCycles + 1 - computeCycles) : waitCycles;
    double uncached = wait / computeCycles;
    if (cacheBytes <= 0) {
      return uncached;
    }
    double miss = missShare(kind) * Math.min(1, REFERENCE_CACHE_BYTES / cacheBytes);
    return uncached * miss;
  }

  /** Share of code that comes from flash, at 1 KiB of cache: inner loops stay, the rest moves. */
  private static double missShare(Kind kind) {
    return switch (kind) {
      case MAC, LOOP -> 0.01;
      case COPY -> 0.03;
      case REQUANTIZE, ELEMENT, FLOAT -> 0.06;
      case CALL, FETCH -> 0.15;
      case WEIGHTS, TENSORS -> 0;
    };
  }

  private static int readBytes(Board board) {
    return board.flash().map(Flash::readBits).filter(bits -> bits.isPresent()).isPresent()
        ? board.flash().get().readBits().getAsInt() / 8
        : DEFAULT_READ_BYTES;
  }

  private static double cacheBytes(Board board, Cache.Holds holds) {
    long bytes = 0;
    for (Cache cache : board.caches()) {
      if (cache.holds() == holds || cache.holds() == Cache.Holds.BOTH) {
        bytes = Math.max(bytes, cache.bytes());
      }
    }
    return bytes;
  }

  /** Core cycles that one flash read waits; without a table about one for every 30 MHz. */
  private static double codeWaitCycles(Target target) {
    Board board = target.board();
    if (board.flash().isEmpty()) {
      return SerialFlash.cycles(target, DEFAULT_READ_BYTES);
    }
    double busCycles =
        target.waitStates().isPresent()
            ? target.waitStates().getAsInt()
            : target.clockHz() / board.clock().busDivider() / 30_000_000L;
    return busCycles * board.clock().busDivider();
  }

  private static double tensorLineCycles(Target target) {
    boolean cached =
        target.caches()
            && target.board().caches().stream()
                .anyMatch(
                    cache ->
                        cache.place() == Cache.Place.CORE
                            && cache.holds() != Cache.Holds.INSTRUCTIONS);
    return cached && !target.arena().tightlyCoupled() ? FlashAccelerators.SRAM_LINE_CYCLES : 0;
  }

  private static double weightWordCycles(Target target, int readBytes, CodeCache codeCache) {
    Placement weights = target.weights();
    return switch (weights) {
      case RAM, TCM -> 0;
      case XIP -> SerialFlash.cycles(target, WORD_BYTES);
      case FLASH -> {
        double wait = codeWaitCycles(target);
        if (target.board().core() == Core.CORTEX_M7 && target.caches()) {
          int divider = target.board().clock().busDivider();
          double line = FlashAccelerators.axiLineCycles(wait / divider, divider);
          yield line * WORD_BYTES / L1_LINE_BYTES;
        }
        boolean ahead = codeCache == CodeCache.ART;
        yield FlashAccelerators.dataReadCycles(wait, ahead) / (readBytes / 4.0);
      }
    };
  }
}
