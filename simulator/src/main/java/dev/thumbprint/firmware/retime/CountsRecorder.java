package dev.thumbprint.firmware.retime;

import dev.thumbprint.cost.core.Core;
import dev.thumbprint.cost.memory.MemoryEvents;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.EdgeCount;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.image.Symbol;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.time.MemoryCounter;
import dev.thumbprint.firmware.time.MemoryObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the counts of a machine while it runs, divided into parts. A part that begins again goes on
 * where it ended.
 */
public final class CountsRecorder {
  /** Name of what belongs to no part. */
  public static final String REST = "";

  /** Parts kept; what begins later is added to {@link #REST}. */
  private static final int PARTS_MAX = 10_000;

  private final Machine machine;
  private final MemoryCounter counter;
  private final MemoryObserver observer;
  private final Map<String, Sum> sums = new LinkedHashMap<>();
  private String current = REST;
  private Snapshot last;

  /** The counters of a machine at one moment. */
  private final class Snapshot {
    private final long[] edges = machine.recorder().edgeCounts();
    private final long exceptionEntries = machine.exceptionEntries();
    private final long exceptionReturns = machine.exceptionReturns();
    private final long mispredictions = machine.recorder().mispredictions();
    private final long sleptCycles = machine.sleptCycles();
    private final List<MemoryCounter.Unaligned> unaligned = counter.unaligned();
    private final List<MemoryObserver.Traffic> traffic = observer.allTraffic();
    private final List<MemoryEvents> events = counter.events();
  }

  private static final class Sum {
    private long entries;
    private long[] edges = new long[0];
    private final long[] others = new long[4];
    private long[] unaligned;
    private long[] traffic;
    private List<MemoryEvents> events;
  }

  /**
   * Records from now on.
   *
   * @param counter counts for the memory systems of interest, as a probe of the machine
   * @param observer counts the traffic
   */
  public CountsRecorder(Machine machine, MemoryCounter counter, MemoryObserver observer) {
    this.machine = machine;
    this.counter = counter;
    this.observer = observer;
    last = new Snapshot();
    sums.put(REST, new Sum());
    sums.get(REST).entries = 1;
  }

  /** From the next block on everything belongs to this part. */
  public void begin(String part) {
    goOnWith(sums.containsKey(part) || sums.size() < PARTS_MAX ? part : REST);
    sums.get(current).entries++;
  }

  /** From the next block on everything belongs to a part that began before. */
  public void goOnWith(String part) {
    settle();
    current = part;
    sums.computeIfAbsent(part, name -> new Sum());
  }

  /** The part that everything belongs to now. */
  public String current() {
    return current;
  }

  private void settle() {
    Snapshot now = new Snapshot();
    Sum sum = sums.get(current);
    sum.edges = Arrays.copyOf(sum.edges, now.edges.length);
    for (int i = 0; i < now.edges.length; i++) {
      sum.edges[i] += now.edges[i] - (i < last.edges.length ? last.edges[i] : 0);
    }
    sum.others[0] += now.exceptionEntries - last.exceptionEntries;
    sum.others[1] += now.exceptionReturns - last.exceptionReturns;
    sum.others[2] += now.mispredictions - last.mispredictions;
    sum.others[3] += now.sleptCycles - last.sleptCycles;
    sum.unaligned = sum.unaligned == null ? new long[now.unaligned.size()] : sum.unaligned;
    for (int i = 0; i < sum.unaligned.length; i++) {
      sum.unaligned[i] += now.unaligned.get(i).count() - last.unaligned.get(i).count();
    }
    sum.traffic = sum.traffic == null ? new long[4 * now.traffic.size()] : sum.traffic;
    for (int i = 0; i < now.traffic.size(); i++) {
      MemoryObserver.Traffic t = now.traffic.get(i);
      MemoryObserver.Traffic before = last.traffic.get(i);
      sum.traffic[4 * i] += t.reads() - before.reads();
      sum.traffic[4 * i + 1] += t.writes() - before.writes();
      sum.traffic[4 * i + 2] += t.readBytes() - before.readBytes();
      sum.traffic[4 * i + 3] += t.writeBytes() - before.writeBytes();
    }
    List<MemoryEvents> events = new ArrayList<>();
    for (int i = 0; i < now.events.size(); i++) {
      MemoryEvents more = now.events.get(i).minus(last.events.get(i));
      events.add(sum.events == null ? more : sum.events.get(i).plus(more));
    }
    sum.events = events;
    last = now;
  }

  /** The counts so far. */
  public Counts counts(Core core, Outcome outcome) {
    settle();
    Image image = machine.image();
    List<EdgeCount> edges = machine.recorder().edges();
    List<Counts.Part> parts = new ArrayList<>();
    sums.forEach((name, sum) -> parts.add(part(name, sum, edges)));
    return new Counts(
        image.name(),
        image.sha256(),
        machine.map().name(),
        core,
        machine.engine().version(),
        outcome,
        machine.ramUse().stackBytesMax(),
        image.segments().stream()
            .map(segment -> new Counts.Range(segment.address(), segment.bytes().length))
            .toList(),
        machine.recorder().blocks().stream().map(this::block).toList(),
        counter.systems(),
        parts,
        machine.pollingNotes());
  }

  private Counts.Block block(Block block) {
    return new Counts.Block(
        block.id(),
        machine
            .image()
            .symbols()
            .functionAt(block.address())
            .map(Symbol::displayName)
            .orElseGet(() -> "0x%08x".formatted(block.address())),
        block.code());
  }

  private Counts.Part part(String name, Sum sum, List<EdgeCount> edges) {
    List<Counts.Edge> taken = new ArrayList<>();
    for (int i = 0; i < sum.edges.length; i++) {
      EdgeCount edge = edges.get(i);
      if (sum.edges[i] != 0) {
        int from = edge.from() == null ? 0 : edge.from().id();
        taken.add(new Counts.Edge(from, edge.to().id(), sum.edges[i]));
      }
    }
    List<MemoryCounter.Unaligned> unaligned = new ArrayList<>();
    for (int i = 0; sum.unaligned != null && i < sum.unaligned.length; i++) {
      MemoryCounter.Unaligned kind = last.unaligned.get(i);
      if (sum.unaligned[i] != 0) {
        unaligned.add(
            new MemoryCounter.Unaligned(
                kind.widthBytes(), kind.lowAddress(), kind.store(), sum.unaligned[i]));
      }
    }
    List<MemoryObserver.Traffic> traffic = new ArrayList<>();
    for (int i = 0; sum.traffic != null && i < last.traffic.size(); i++) {
      long[] t = sum.traffic;
      if (t[4 * i] + t[4 * i + 1] > 0) {
        traffic.add(
            new MemoryObserver.Traffic(
                last.traffic.get(i).region(), t[4 * i], t[4 * i + 1], t[4 * i + 2], t[4 * i + 3]));
      }
    }
    return new Counts.Part(
        name,
        sum.entries,
        sum.others[0],
        sum.others[1],
        sum.others[2],
        sum.others[3],
        taken,
        unaligned,
        traffic,
        sum.events == null ? List.of() : sum.events);
  }
}
