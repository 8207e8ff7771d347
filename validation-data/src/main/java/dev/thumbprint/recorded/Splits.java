package dev.thumbprint.recorded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The declared splits. Nothing is drawn at random: the same rows give the same folds, whatever
 * their order.
 *
 * <p>In every fold: no row of trust C is fitted to; two rows of one board, operator and shape are
 * never one on each side; a row that would break this stands aside.
 */
public final class Splits {
  private Splits() {}

  /**
   * Unseen shapes: shape groups ({@link Groups#shape}) dealt to {@code folds} by a checksum of
   * their name, each held out once, on all boards and libraries together.
   *
   * <p>An operator that a library was recorded with in one shape group only (DEQUANTIZE of 10
   * values) cannot be held out by shape: it stays on the fit side and is never scored here. Whole
   * networks outside the sweeps stand aside.
   *
   * @param folds at least 2
   */
  public static List<Fold> bySweepValue(List<Recording> rows, int folds) {
    if (folds < 2) {
      throw new IllegalArgumentException(folds + " folds: at least 2");
    }
    List<String> groups = keys(rows, row -> identified(row) ? Groups.shape(row) : "");
    Set<String> alone = aloneGroups(rows, groups);
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      int held = fold;
      IntFunction<Side> side =
          i -> {
            String group = groups.get(i);
            if (group.isEmpty()) {
              return Side.ASIDE;
            }
            return !alone.contains(group) && bucket(group, folds) == held ? Side.TEST : Side.FIT;
          };
      result.add(fold("sweep", (fold + 1) + " of " + folds, rows, fittable, side));
    }
    return result;
  }

  /**
   * Unseen networks: each network group ({@link Groups#network}) held out once, on all boards
   * together. An operator of the held-out network that other networks hold in the same shape is not
   * unseen and stands aside.
   */
  public static List<Fold> byNetwork(List<Recording> rows) {
    List<String> networks = keys(rows, Groups::network);
    List<String> works = keys(rows, Groups::work);
    Map<String, Set<String>> holders = holders(works, networks);
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (String held : names(networks)) {
      IntFunction<Side> side =
          i -> {
            if (!networks.get(i).equals(held)) {
              return Side.FIT;
            }
            return holders.get(works.get(i)).size() > 1 ? Side.ASIDE : Side.TEST;
          };
      result.add(fold("network", held, rows, fittable, side));
    }
    return result;
  }

  /**
   * Unseen boards: each board held out once. Other boards with the same chip ({@link Groups#chip})
   * stand aside, and so do rows whose board is not told.
   */
  public static List<Fold> byBoard(List<Recording> rows) {
    List<String> boards = keys(rows, row -> row.setting().boardId());
    List<String> chips = keys(rows, Groups::chip);
    Map<String, Set<String>> chipsOfBoard = holders(boards, chips);
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (String held : names(boards)) {
      IntFunction<Side> side =
          i -> {
            if (boards.get(i).equals(held)) {
              return Side.TEST;
            }
            return boards.get(i).isEmpty() || chipsOfBoard.get(held).contains(chips.get(i))
                ? Side.ASIDE
                : Side.FIT;
          };
      result.add(fold("board", held, rows, fittable, side));
    }
    return result;
  }

  /**
   * Unseen sources: each source held out once. Rows of other sources with the same board and work
   * stand aside: they would tell the answer.
   */
  public static List<Fold> bySource(List<Recording> rows) {
    List<String> sources = keys(rows, row -> row.origin().source());
    List<String> works = keys(rows, row -> row.setting().boardId() + " " + Groups.work(row));
    Map<String, Set<String>> holders = holders(works, sources);
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (String held : names(sources)) {
      IntFunction<Side> side =
          i -> {
            if (sources.get(i).equals(held)) {
              return Side.TEST;
            }
            return holders.get(works.get(i)).contains(held) ? Side.ASIDE : Side.FIT;
          };
      result.add(fold("source", held, rows, fittable, side));
    }
    return result;
  }

  /**
   * Unseen builds on a known board: each board with one library at one optimisation level held out
   * once. Other boards with the same build stay on the fit side.
   */
  public static List<Fold> byBuild(List<Recording> rows) {
    List<String> builds = keys(rows, Splits::build);
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (String held : names(builds)) {
      result.add(
          fold(
              "build",
              held,
              rows,
              fittable,
              i -> builds.get(i).equals(held) ? Side.TEST : Side.FIT));
    }
    return result;
  }

  /**
   * Unseen versions of a closed runtime: each version held out once, on all boards together. Other
   * versions of it stay on the fit side.
   */
  public static List<Fold> byVersion(List<Recording> rows) {
    List<String> versions =
        keys(
            rows,
            row ->
                apart(row).isEmpty() && row.setting().library().comesCompiled()
                    ? row.setting().library().toString()
                    : "");
    BitSet fittable = fittableRows(rows);
    List<Fold> result = new ArrayList<>();
    for (String held : names(versions)) {
      result.add(
          fold(
              "version",
              held,
              rows,
              fittable,
              i -> versions.get(i).equals(held) ? Side.TEST : Side.FIT));
    }
    return result;
  }

  private static String build(Recording row) {
    var setting = row.setting();
    return apart(row).isPresent() || setting.boardId().isEmpty()
        ? ""
        : setting.boardId() + " " + setting.library() + " " + setting.opt();
  }

  /**
   * Why a row is scored apart from the others, if it is: its trust is C, its own source contradicts
   * it, or its library generation or optimisation level is not told, so that an estimate has to
   * guess an input that moves the result by 1.2 to 2 times.
   */
  public static Optional<String> apart(Recording recording) {
    if (!recording.trust().fittable()) {
      return Optional.of("trust C");
    }
    if (Contradictions.of(recording).isPresent()) {
      return Optional.of("contradicted by its source");
    }
    if (!recording.setting().library().generationKnown()) {
      return Optional.of("library generation unknown");
    }
    return recording.setting().opt().isEmpty() && !recording.setting().library().comesCompiled()
        ? Optional.of("optimisation level unknown")
        : Optional.empty();
  }

  /**
   * Whether a model may be fitted to the row: not of trust C, and not contradicted by its own
   * source.
   */
  public static boolean fittable(Recording recording) {
    return recording.trust().fittable() && Contradictions.of(recording).isEmpty();
  }

  private static BitSet fittableRows(List<Recording> rows) {
    BitSet fittable = new BitSet(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      fittable.set(i, fittable(rows.get(i)));
    }
    return fittable;
  }

  private enum Side {
    FIT,
    TEST,
    ASIDE
  }

  private static Fold fold(
      String split, String name, List<Recording> rows, BitSet fittable, IntFunction<Side> sides) {
    List<Recording> fit = new ArrayList<>();
    List<Recording> test = new ArrayList<>();
    List<Recording> aside = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Recording row = rows.get(i);
      switch (sides.apply(i)) {
        case TEST -> test.add(row);
        case FIT -> (fittable.get(i) ? fit : aside).add(row);
        case ASIDE -> aside.add(row);
      }
    }
    return new Fold(split, name, fit, test, aside);
  }

  /**
   * Shape groups that are the only one of some operator and library: holding them out leaves
   * nothing to fit.
   */
  private static Set<String> aloneGroups(List<Recording> rows, List<String> groups) {
    Map<String, Set<String>> groupsOfOperator = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Recording row = rows.get(i);
      if (row.isLayer() && !groups.get(i).isEmpty() && row.trust().fittable()) {
        groupsOfOperator
            .computeIfAbsent(
                row.work().op() + " " + row.setting().library(), key -> new HashSet<>())
            .add(groups.get(i));
      }
    }
    return groupsOfOperator.values().stream()
        .filter(set -> set.size() == 1)
        .flatMap(Set::stream)
        .collect(Collectors.toSet());
  }

  /**
   * Whether the row tells what work it measured: a whole network, or an operator with its shapes.
   */
  private static boolean identified(Recording row) {
    return !row.isLayer() || row.work().input().known();
  }

  /** A key of every row. Rows of one key share one string, which keeps comparisons cheap. */
  private static List<String> keys(List<Recording> rows, Function<Recording, String> key) {
    Map<String, String> shared = new HashMap<>();
    List<String> keys = new ArrayList<>(rows.size());
    for (Recording row : rows) {
      String text = key.apply(row);
      String earlier = shared.putIfAbsent(text, text);
      keys.add(earlier == null ? text : earlier);
    }
    return keys;
  }

  /** Which names hold a key: both lists run along the rows. */
  private static Map<String, Set<String>> holders(List<String> keys, List<String> names) {
    Map<String, Set<String>> holders = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      holders.computeIfAbsent(keys.get(i), key -> new HashSet<>()).add(names.get(i));
    }
    return holders;
  }

  private static Set<String> names(List<String> keys) {
    Set<String> names = new TreeSet<>(keys);
    names.remove("");
    return names;
  }

  private static int bucket(String group, int folds) {
    CRC32 crc = new CRC32();
    crc.update(group.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % folds);
  }
}
