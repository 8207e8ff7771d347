package dev.thumbprint.memory;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Placement;
import dev.thumbprint.cost.board.Ram;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.memory.Footprint.Part;
import dev.thumbprint.model.Graph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a firmware fits a board, region by region.
 *
 * @param regions regions that are used
 * @param remedies what to change where it does not fit, best first; empty where it fits
 */
public record Fit(List<Region> regions, List<String> remedies) {

  public Fit {
    regions = List.copyOf(regions);
    remedies = List.copyOf(remedies);
  }

  /**
   * A region and what is put there.
   *
   * @param kind {@code ram} or {@code flash}
   * @param name name of the region
   * @param availableBytes its size
   * @param parts what is put there
   */
  public record Region(String kind, String name, long availableBytes, List<Part> parts) {
    public Region {
      parts = List.copyOf(parts);
    }

    /** Bytes that are put there. */
    public long neededBytes() {
      return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Whether there is room. */
    public boolean fits() {
      return neededBytes() <= availableBytes;
    }
  }

  /** Whether every region has room. */
  public boolean fits() {
    return regions.stream().allMatch(Region::fits);
  }

  /**
   * Sorts the parts of a footprint into the regions of a board; where they do not fit, tries what
   * could be changed of the model and its build.
   */
  public static Fit check(Footprint footprint, Target target, Graph graph) {
    Fit fit = check(footprint, target);
    if (fit.fits()) {
      return fit;
    }
    List<String> remedies = new ArrayList<>(fit.remedies);
    remedies.addAll(Remedies.of(graph, target, footprint, fit));
    return new Fit(fit.regions, remedies);
  }

  /** Sorts the parts of a footprint into the regions of a board. */
  public static Fit check(Footprint footprint, Target target) {
    List<Region> regions = regions(footprint, target);
    return new Fit(regions, remedies(regions, target));
  }

  /** Whether every region of a board has room; faster than a check that says what to change. */
  public static boolean holds(Footprint footprint, Target target) {
    return regions(footprint, target).stream().allMatch(Region::fits);
  }

  private static List<Region> regions(Footprint footprint, Target target) {
    Board board = target.board();
    Map<String, List<Part>> ram = new LinkedHashMap<>();
    for (Part part : footprint.ram()) {
      Ram region = part.what().equals(FootprintModel.ARENA) ? target.arena() : board.arena();
      ram.computeIfAbsent(region.name(), name -> new ArrayList<>()).add(part);
    }
    List<Part> flash = new ArrayList<>();
    List<Part> external = new ArrayList<>();
    boolean weightsOutside = target.weights() == Placement.XIP && board.externalFlash().isPresent();
    for (Part part : footprint.flash()) {
      boolean model = part.what().equals(FootprintModel.MODEL);
      (model && weightsOutside ? external : flash).add(part);
      if (model && target.weights() == Placement.RAM) {
        addCopy(ram, target.arena(), part);
      } else if (model && target.weights() == Placement.TCM) {
        addCopy(ram, tightlyCoupled(board).orElse(target.arena()), part);
      }
    }
    List<Region> regions = new ArrayList<>();
    ram.forEach(
        (name, parts) ->
            regions.add(new Region("ram", name, board.region(name).orElseThrow().bytes(), parts)));
    board
        .flash()
        .ifPresentOrElse(
            inside -> regions.add(new Region("flash", "flash", inside.bytes(), flash)),
            () -> external.addAll(flash));
    board
        .externalFlash()
        .filter(outside -> !external.isEmpty())
        .ifPresent(
            outside ->
                regions.add(new Region("flash", "external flash", outside.bytes(), external)));
    return regions;
  }

  private static void addCopy(Map<String, List<Part>> ram, Ram region, Part model) {
    ram.computeIfAbsent(region.name(), name -> new ArrayList<>())
        .add(new Part("copy of the model", model.bytes()));
  }

  private static java.util.Optional<Ram> tightlyCoupled(Board board) {
    return board.ram().stream()
        .filter(region -> region.kind() == Ram.Kind.DTCM)
        .max(Comparator.comparingLong(Ram::bytes));
  }

  private static List<String> remedies(List<Region> regions, Target target) {
    List<String> remedies = new ArrayList<>();
    for (Region region : regions) {
      if (!region.fits()) {
        long missing = region.neededBytes() - region.availableBytes();
        if (region.kind().equals("ram")) {
          ramRemedies(remedies, region, missing, target);
        } else {
          flashRemedies(remedies, region, missing, target);
        }
      }
    }
    return remedies;
  }

  private static void ramRemedies(
      List<String> remedies, Region region, long missing, Target target) {
    remedies.add(
        String.format(
            Locale.ROOT,
            "%s lacks %,d bytes of %,d",
            region.name(),
            missing,
            region.neededBytes()));
    long arena = Footprint.of(region.parts(), FootprintModel.ARENA);
    target.board().ram().stream()
        .filter(other -> !other.name().equals(region.name()) && other.bytes() >= arena)
        .filter(other -> arena > 0 && region.neededBytes() - arena <= region.availableBytes())
        .max(Comparator.comparingLong(Ram::bytes))
        .ifPresent(
            other ->
                remedies.addFirst(
                    String.format(
                        Locale.ROOT,
                        "would fit with the arena in %s (--arena %s)",
                        other.name(),
                        other.name())));
    long copy = Footprint.of(region.parts(), "copy of the model");
    if (copy >= missing) {
      remedies.addFirst("would fit with weights in flash (--weights flash)");
    }
  }

  private static void flashRemedies(
      List<String> remedies, Region region, long missing, Target target) {
    long model = Footprint.of(region.parts(), FootprintModel.MODEL);
    boolean movable = region.name().equals("flash") && model >= missing;
    target
        .board()
        .externalFlash()
        .filter(outside -> movable && outside.bytes() >= model)
        .ifPresent(
            outside -> remedies.add("would fit with weights in external flash (--weights xip)"));
    remedies.add(
        String.format(
            Locale.ROOT,
            "%s lacks %,d bytes of %,d",
            region.name(),
            missing,
            region.neededBytes()));
  }
}
