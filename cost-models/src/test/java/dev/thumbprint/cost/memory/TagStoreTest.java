package dev.thumbprint.cost.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.memory.CacheGeometry.Replacement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Caches against a slow, obviously right one: a list per set, the line used last in front. */
class TagStoreTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 40, 4",
    "8, 8, 40, 4",
    "32, 32, 60, 4",
    "64, 64, 200, 1",
    "16, 2, 100, 1",
    "12, 4, 100, 2",
    "512, 2, 3000, 1",
    "6, 6, 7, 4"
  })
  void shouldEqualTheNaiveLeastRecentlyUsedCache(
      int lines, int ways, int lineNumbers, int sectors) {
    long seed = 31L * lines + ways;
    Random random = new Random(seed);
    CacheGeometry geometry =
        new CacheGeometry(lines, ways, 8 * sectors, 8, Replacement.LEAST_RECENTLY_USED);
    TagStore cache = TagStore.of(geometry, lineNumbers);
    Naive naive = new Naive(lines / ways, ways);
    int position = 0;
    for (int step = 0; step < 50_000; step++) {
      boolean loop = random.nextInt(4) != 0;
      position = loop ? (position + 1) % lineNumbers : random.nextInt(lineNumbers);
      int mask = 1 + random.nextInt((1 << sectors) - 1);
      assertThat(cache.use(position, mask))
          .as("seed %d step %d line %d", seed, step, position)
          .isEqualTo(naive.use(position, mask));
    }
    cache.clear();
    assertThat(cache.use(position, 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"16, 4", "512, 4", "512, 2", "1, 1"})
  void shouldKeepWhatFitsAndRepeatExactlyWithRandomReplacement(int lines, int ways) {
    CacheGeometry geometry = new CacheGeometry(lines, ways, 32, 32, Replacement.PSEUDO_RANDOM);
    TagStore cache = TagStore.of(geometry, 0);
    for (int line = 0; line < lines; line++) {
      assertThat(cache.use(line, 1)).isEqualTo(1);
    }
    for (int line = 0; line < lines; line++) {
      assertThat(cache.use(line, 1)).isZero();
    }
    List<Integer> first = misses(cache, lines);
    List<Integer> again = misses(cache, lines);
    assertThat(again).isEqualTo(first);
    assertThat(first).contains(1);
  }

  private static List<Integer> misses(TagStore cache, int lines) {
    cache.clear();
    Random random = new Random(7);
    List<Integer> misses = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      misses.add(cache.use(random.nextInt(2 * lines), 1));
    }
    return misses;
  }

  private static final class Naive {
    private final int ways;
    private final List<List<Integer>> sets = new ArrayList<>();
    private final Map<Integer, Integer> valid = new HashMap<>();

    Naive(int setCount, int ways) {
      this.ways = ways;
      for (int i = 0; i < setCount; i++) {
        sets.add(new ArrayList<>());
      }
    }

    int use(int line, int mask) {
      List<Integer> set = sets.get(line % sets.size());
      if (!set.remove((Integer) line)) {
        valid.put(line, 0);
        if (set.size() == ways) {
          set.removeLast();
        }
      }
      set.addFirst(line);
      int missing = mask & ~valid.get(line);
      valid.put(line, valid.get(line) | mask);
      return missing;
    }
  }
}
