package dev.thumbprint.report;

import dev.thumbprint.memory.Fit;
import dev.thumbprint.memory.Footprint;
import dev.thumbprint.memory.MemoryAdvice;
import dev.thumbprint.memory.MemoryPlan;
import dev.thumbprint.memory.PlannedBuffer;
import dev.thumbprint.memory.TailEntry.Category;
import dev.thumbprint.report.TextTable.Align;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Memory of a model as text for a terminal. */
public final class MemoryText {
  private static final int BAR_WIDTH = 40;
  private static final int PEAK_ROWS_MAX = 12;

  private MemoryText() {}

  /** Totals: what the runtime reports, what to allocate, head and tail. */
  public static String totals(MemoryPlan plan) {
    StringBuilder text = new StringBuilder(totalsTable(plan).render());
    if (!plan.complete()) {
      text.append("Lower bounds: nothing is known of ")
          .append(String.join(", ", plan.unknown()))
          .append(".\n");
    }
    return text.toString();
  }

  static TextTable totalsTable(MemoryPlan plan) {
    TextTable table =
        new TextTable()
            .column("arena, " + plan.build().label(), Align.LEFT)
            .column("bytes", Align.RIGHT);
    table.row("arena_used_bytes() of the runtime", Numbers.grouped(plan.arenaUsedBytes()));
    table.row("  head: tensors and scratch", Numbers.grouped(plan.headBytes()));
    table.row("  tail: kept structures", Numbers.grouped(plan.tailBytes()));
    table.row("smallest arena that prepares", Numbers.grouped(plan.minimumArenaBytes()));
    table.row("to allocate, aligned to 16", Numbers.grouped(plan.arenaBytesToAllocate()));
    table.row(
        "lowest head any placement could reach", Numbers.grouped(plan.lowestPossibleHeadBytes()));
    return table;
  }

  /** What to check of a plan that the model prescribes; empty where there is nothing. */
  public static String sharedBytes(MemoryPlan plan) {
    List<MemoryPlan.SharedBytes> pairs = plan.sharedBytes();
    if (pairs.isEmpty()) {
      return "";
    }
    MemoryPlan.SharedBytes first = pairs.getFirst();
    return ("the model's own offsets let %d pairs of buffers share bytes while both are in use, such"
            + " as '%s' at %d and '%s' at %d: right only where both hold the same values")
        .formatted(
            pairs.size(),
            first.one().name(),
            first.one().offset(),
            first.other().name(),
            first.other().offset());
  }

  /** The tail in the categories of the runtime's recording allocator, and what it leaves out. */
  public static String tail(MemoryPlan plan) {
    return tailTable(plan).render();
  }

  static TextTable tailTable(MemoryPlan plan) {
    TextTable table =
        new TextTable()
            .column("tail", Align.LEFT)
            .column("used", Align.RIGHT)
            .column("requested", Align.RIGHT)
            .column("count", Align.RIGHT);
    Map<Category, MemoryPlan.TailSum> sums = plan.tailByCategory();
    sums.forEach(
        (category, sum) ->
            table.row(
                category.label(),
                Numbers.grouped(sum.usedBytes()),
                Numbers.grouped(sum.requestedBytes()),
                Numbers.grouped(sum.count())));
    return table;
  }

  /** Every buffer of the head with its place and lifetime. */
  public static String map(MemoryPlan plan) {
    return mapTable(plan).render();
  }

  static TextTable mapTable(MemoryPlan plan) {
    TextTable table =
        new TextTable()
            .column("offset", Align.RIGHT)
            .column("bytes", Align.RIGHT)
            .column("first", Align.RIGHT)
            .column("last", Align.RIGHT)
            .column("buffer", Align.LEFT);
    for (PlannedBuffer buffer : plan.buffers()) {
      table.row(
          Numbers.grouped(buffer.offset()),
          Numbers.grouped(buffer.bytes()),
          Integer.toString(buffer.first()),
          Integer.toString(buffer.last()),
          name(buffer));
    }
    return table;
  }

  /** Bytes alive in every step as bars, the step of the peak marked. */
  public static String overOperators(MemoryPlan plan) {
    long[] live = plan.liveBytes();
    int peak = plan.peakStep();
    long most = Math.max(1, live[peak]);
    TextTable table =
        new TextTable()
            .column("step", Align.RIGHT)
            .column("operator", Align.LEFT)
            .column("bytes", Align.RIGHT)
            .column("", Align.LEFT);
    for (int step = 0; step < live.length; step++) {
      int length = (int) Math.ceilDiv(live[step] * BAR_WIDTH, most);
      table.row(
          Integer.toString(step),
          plan.steps().get(step),
          Numbers.grouped(live[step]),
          "#".repeat(length) + (step == peak ? "  peak" : ""));
    }
    return table.render();
  }

  /** What is alive at the peak, largest first. */
  public static String peak(MemoryPlan plan) {
    int peak = plan.peakStep();
    List<PlannedBuffer> alive =
        plan.buffers().stream()
            .filter(buffer -> buffer.aliveAt(peak) && buffer.bytes() > 0)
            .sorted(Comparator.comparingLong(PlannedBuffer::bytes).reversed())
            .toList();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Peak in step %d (%s): %,d bytes in %d buffers%n",
            peak,
            plan.steps().get(peak),
            plan.liveBytesAt(peak),
            alive.size()));
    alive.stream()
        .limit(PEAK_ROWS_MAX)
        .forEach(
            buffer ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %,d bytes at %,d, steps %d to %d: %s%n",
                        buffer.bytes(),
                        buffer.offset(),
                        buffer.first(),
                        buffer.last(),
                        name(buffer))));
    return text.toString();
  }

  /** What limits the arena and what would lower it, the largest gain first. */
  public static String advice(List<MemoryAdvice> advice) {
    if (advice.isEmpty()) {
      return "No change is known that lowers the arena.\n";
    }
    return adviceTable(advice).render();
  }

  static TextTable adviceTable(List<MemoryAdvice> advice) {
    TextTable table =
        new TextTable()
            .column("what would lower the arena", Align.LEFT)
            .column("bytes less", Align.RIGHT)
            .column("how", Align.LEFT);
    advice.forEach(one -> table.row(one.id(), Numbers.grouped(one.gainBytes()), one.message()));
    return table;
  }

  /** RAM and flash by part, and what the figures rest on. */
  public static String footprint(Footprint footprint) {
    TextTable table =
        new TextTable()
            .column("memory", Align.LEFT)
            .column("part", Align.LEFT)
            .column("bytes", Align.RIGHT);
    footprint.ram().forEach(part -> table.row("RAM", part.what(), Numbers.grouped(part.bytes())));
    table.row("RAM", "together", Numbers.grouped(footprint.ramBytes()));
    footprint
        .flash()
        .forEach(part -> table.row("flash", part.what(), Numbers.grouped(part.bytes())));
    table.row("flash", "together", Numbers.grouped(footprint.flashBytes()));
    StringBuilder text = new StringBuilder(table.render());
    footprint.assumptions().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  /** Each region with what is needed and free, then the remedies. */
  public static String fit(Fit fit) {
    TextTable table =
        new TextTable()
            .column("region", Align.LEFT)
            .column("needed", Align.RIGHT)
            .column("available", Align.RIGHT)
            .column("fits", Align.LEFT);
    fit.regions()
        .forEach(
            region ->
                table.row(
                    region.name(),
                    Numbers.grouped(region.neededBytes()),
                    Numbers.grouped(region.availableBytes()),
                    region.fits() ? "yes" : "no"));
    StringBuilder text = new StringBuilder(table.render());
    fit.remedies().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private static String name(PlannedBuffer buffer) {
    return buffer.name().isEmpty() ? "tensor " + buffer.tensor() : buffer.name();
  }
}
