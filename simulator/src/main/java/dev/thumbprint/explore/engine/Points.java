package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Sampler;
import dev.thumbprint.explore.space.Space;
import java.util.Arrays;
import java.util.Random;

/**
 * The designs that a grid or a random sampler looks at, in parts. A part is small, lies close
 * together in the space, and does not depend on the number of threads.
 */
public abstract class Points {
  /** Designs in a part at most. */
  static final int PART_MAX = 4096;

  /** Designs in a part at least, where there are enough. */
  private static final int PART_LEAST = 256;

  /** Parts of a small space: enough that several threads have something to do to the end. */
  private static final int PARTS = 32;

  /** Networks, and configurations, that a part spans unless there are fewer of the other. */
  private static final int SIDE = 64;

  /** Number of designs. */
  public abstract long count();

  /** Number of parts. */
  public abstract long parts();

  /** The designs of a part, in the order in which they are written. */
  public abstract long[] part(long number);

  /** What a space's sampler looks at; NSGA-II chooses as it goes and has none. */
  public static Points of(Space space) {
    Sampler sampler = space.sampler();
    long points = sampler.points(space.size());
    boolean all = points == space.size();
    return switch (sampler.kind()) {
      case GRID -> all ? new Tiles(space) : new First(points);
      case RANDOM -> all ? new Tiles(space) : new Drawn(draw(space.size(), points, sampler.seed()));
      case NSGA2 -> throw new IllegalArgumentException("NSGA-II chooses as it goes");
    };
  }

  /** Different designs, each as likely as any other, in the order of the space. */
  private static long[] draw(long size, long points, long seed) {
    if (points > Sampler.RANDOM_MAX) {
      throw new IllegalArgumentException("a random sample of %d designs".formatted(points));
    }
    Random random = new Random(seed);
    // Floyd's way: one draw for each design, none in vain.
    Numbers drawn = new Numbers((int) points);
    for (long last = size - points; last < size; last++) {
      long candidate = random.nextLong(last + 1);
      if (!drawn.add(candidate)) {
        drawn.add(last);
      }
    }
    return drawn.sorted();
  }

  /** A set of numbers from 0 on, 16 to 32 bytes each: ten million boxed ones fill the heap. */
  private static final class Numbers {
    private final long[] places;
    private int size;

    Numbers(int most) {
      places = new long[Integer.highestOneBit(Math.max(1, most)) * 4];
      Arrays.fill(places, -1);
    }

    /** Whether the number is new. */
    boolean add(long number) {
      int place = (int) ((number * 0x9e3779b97f4a7c15L) >>> 33) & (places.length - 1);
      while (places[place] != -1) {
        if (places[place] == number) {
          return false;
        }
        place = place + 1 & places.length - 1;
      }
      places[place] = number;
      size++;
      return true;
    }

    long[] sorted() {
      long[] numbers = new long[size];
      int next = 0;
      for (long number : places) {
        if (number != -1) {
          numbers[next++] = number;
        }
      }
      Arrays.sort(numbers);
      return numbers;
    }
  }

  /** The whole space in tiles of networks x configurations, so that prices are used again. */
  private static final class Tiles extends Points {
    private final Space space;
    private final long columns;
    private final long tileRows;
    private final long tileColumns;
    private final long across;
    private final long down;

    Tiles(Space space) {
      this.space = space;
      columns = space.configurations() * space.periods();
      long most = Math.clamp(space.size() / PARTS, PART_LEAST, PART_MAX);
      long wide = Math.min(columns, most / Math.min(SIDE, space.networks()));
      tileRows = Math.min(space.networks(), most / wide);
      tileColumns = Math.min(wide, most / tileRows);
      across = Math.ceilDiv(columns, tileColumns);
      down = Math.ceilDiv(space.networks(), tileRows);
    }

    @Override
    public long count() {
      return space.size();
    }

    @Override
    public long parts() {
      return across * down;
    }

    @Override
    public long[] part(long number) {
      long firstRow = number / across * tileRows;
      long firstColumn = number % across * tileColumns;
      int rows = (int) Math.min(tileRows, space.networks() - firstRow);
      int wide = (int) Math.min(tileColumns, columns - firstColumn);
      long[] points = new long[rows * wide];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < wide; column++) {
          points[row * wide + column] = (firstRow + row) * columns + firstColumn + column;
        }
      }
      return points;
    }
  }

  /** The first designs of the space. */
  private static final class First extends Points {
    private final long count;

    First(long count) {
      this.count = count;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public long parts() {
      return Math.ceilDiv(count, (long) PART_MAX);
    }

    @Override
    public long[] part(long number) {
      long first = number * PART_MAX;
      long[] points = new long[(int) Math.min(PART_MAX, count - first)];
      Arrays.setAll(points, i -> first + i);
      return points;
    }
  }

  /** Designs that were drawn. */
  private static final class Drawn extends Points {
    private final long[] drawn;

    Drawn(long[] drawn) {
      this.drawn = drawn;
    }

    @Override
    public long count() {
      return drawn.length;
    }

    @Override
    public long parts() {
      return Math.ceilDiv(drawn.length, PART_MAX);
    }

    @Override
    public long[] part(long number) {
      int first = (int) number * PART_MAX;
      return Arrays.copyOfRange(drawn, first, Math.min(drawn.length, first + PART_MAX));
    }
  }
}
