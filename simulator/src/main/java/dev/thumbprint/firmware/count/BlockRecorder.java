package dev.thumbprint.firmware.count;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.core.PricedBlock;
import dev.thumbprint.firmware.engine.BlockProbe;
import dev.thumbprint.firmware.engine.EdgeTable;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.thumb.CodeBlock;
import dev.thumbprint.firmware.thumb.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Counts the edges between executed blocks and adds up their prices. This runs for every block, a
 * hundred million times in a few seconds: what is known is found by comparing the address with the
 * last successors of the block before, and everything else is done once per block or edge.
 */
public final class BlockRecorder implements BlockProbe {
  /**
   * Successors remembered beside a block; a conditional branch has two, a loop with an exit and a
   * handler three.
   */
  private static final int WAYS = 4;

  private static final int NO_BLOCK = 0;

  private final Engine engine;
  private final CorePipeline pipeline;
  private final Meter meter;
  private final Consumer<Block> onNewBlock;
  private final StallProbe stalls;
  private final FlowProbe flow;
  private final IntPredicate functionEntry;

  /** Edges that the engine counts by itself; null where it counts none. */
  private CountedEdges counted;

  private final List<Block> blocks = new ArrayList<>();
  private final Map<Long, Integer> blockByPlace = new HashMap<>();
  private final Map<Long, Integer> edgeByEnds = new HashMap<>();

  /** For block b at {@code b * WAYS}: addresses of successors and the edges to them. */
  private int[] nextAddress = new int[64 * WAYS];

  private int[] nextEdge = new int[64 * WAYS];

  private int edges;
  private int[] edgeFrom = new int[64];
  private int[] edgeTo = new int[64];
  private int[] edgeSize = new int[64];
  private int[] edgeCycles = new int[64];
  private int[] edgeInstructions = new int[64];
  private byte[] edgeFlow = new byte[64];
  private long[] edgeCount = new long[64];
  private long[] fetchStalls = new long[64];
  private long[] branchTaken = new long[64];
  private long[] branchPassed = new long[64];
  private final long mispredictCycles;
  private long mispredictions;
  private int previous = NO_BLOCK;
  private int stopAt = -1;
  private boolean mayEnterOne;

  /**
   * Records a run.
   *
   * @param onNewBlock hears of every block once, before it is executed for the first time
   * @param stalls what fetching costs, or {@link StallProbe#NONE}
   * @param flow hears of calls and returns
   * @param functionEntry tells whether a function begins at an address
   */
  public BlockRecorder(
      Engine engine,
      CorePipeline pipeline,
      Meter meter,
      Consumer<Block> onNewBlock,
      StallProbe stalls,
      FlowProbe flow,
      IntPredicate functionEntry) {
    this.engine = engine;
    this.pipeline = pipeline;
    this.meter = meter;
    this.onNewBlock = onNewBlock;
    this.stalls = stalls;
    this.flow = flow;
    this.functionEntry = functionEntry;
    this.mispredictCycles = pipeline.mispredictCycles(1, 1);
    blocks.add(null);
    Optional<EdgeTable> table = stalls == StallProbe.NONE ? engine.edgeTable() : Optional.empty();
    table.ifPresent(meter::share);
    counted = table.map(CountedEdges::new).orElse(null);
  }

  @Override
  public boolean enter(int address, int size) {
    if ((meter.due() && !mayEnterOne) || address == stopAt) {
      return false;
    }
    mayEnterOne = false;
    if (counted != null) {
      previous = counted.previous();
    }
    int slot = previous * WAYS;
    int edge = nextEdge[slot];
    if (nextAddress[slot] != address || edgeSize[edge] != size) {
      edge = nextEdge[slot + 1];
      if (nextAddress[slot + 1] != address || edgeSize[edge] != size) {
        edge = search(address, size, slot);
      }
    }
    if (edgeFlow[edge] != FlowKind.STRAIGHT) {
      follow(edge);
    }
    edgeCount[edge]++;
    meter.execute(edgeCycles[edge], edgeInstructions[edge]);
    int to = edgeTo[edge];
    if (counted != null) {
      leaveToEngine(edge, address, size);
    }
    previous = to;
    if (stalls != StallProbe.NONE) {
      int stall = stalls.fetch(blocks.get(to));
      fetchStalls[to] += stall;
      meter.advance(stall);
    }
    return true;
  }

  /** Calls and branches that may be mispredicted are followed here. */
  private void leaveToEngine(int edge, int address, int size) {
    int to = edgeTo[edge];
    counted.setPrevious(to);
    if (edgeFlow[edge] == FlowKind.STRAIGHT) {
      int cycles = edgeCycles[edge];
      int instructions = edgeInstructions[edge];
      counted.learn(edge, previous, to, address, size, cycles, instructions, edgeCount);
    }
  }

  private int search(int address, int size, int slot) {
    for (int way = 2; way < WAYS; way++) {
      int edge = nextEdge[slot + way];
      if (nextAddress[slot + way] == address && edgeSize[edge] == size && edge != 0) {
        return edge;
      }
    }
    int to = blockAt(address, size);
    int edge = edgeByEnds.computeIfAbsent(((long) previous << 32) | to, key -> addEdge(to, size));
    int at = previous * WAYS;
    for (int way = WAYS - 1; way > 0; way--) {
      nextAddress[at + way] = nextAddress[at + way - 1];
      nextEdge[at + way] = nextEdge[at + way - 1];
    }
    nextAddress[at] = address;
    nextEdge[at] = edge;
    return edge;
  }

  private int blockAt(int address, int size) {
    long place = ((long) address << 16) | (size & 0xffff);
    Integer known = blockByPlace.get(place);
    if (known != null) {
      return known;
    }
    byte[] code = engine.read(address, size);
    CodeBlock decoded = Decoder.decodeRange(code, 0, address, size, itState());
    PricedBlock priced = pipeline.prepare(decoded.instructions());
    int cycles = pipeline.price(priced, CorePipeline.START).cycles();
    Block block = new Block(blocks.size(), decoded, priced, cycles);
    onNewBlock.accept(block);
    blocks.add(block);
    blockByPlace.put(place, block.id());
    if (blocks.size() * WAYS > nextAddress.length) {
      nextAddress = Arrays.copyOf(nextAddress, nextAddress.length * 2);
      nextEdge = Arrays.copyOf(nextEdge, nextEdge.length * 2);
    }
    if (blocks.size() > fetchStalls.length) {
      int length = fetchStalls.length * 2;
      fetchStalls = Arrays.copyOf(fetchStalls, length);
      branchTaken = Arrays.copyOf(branchTaken, length);
      branchPassed = Arrays.copyOf(branchPassed, length);
    }
    return block.id();
  }

  private int itState() {
    int status = engine.get(Register.XPSR);
    return (status >>> 25 & 3) | (status >>> 8 & 0xfc);
  }

  private int addEdge(int to, int size) {
    edges++;
    if (edges >= edgeFrom.length) {
      int length = edgeFrom.length * 2;
      edgeFrom = Arrays.copyOf(edgeFrom, length);
      edgeTo = Arrays.copyOf(edgeTo, length);
      edgeSize = Arrays.copyOf(edgeSize, length);
      edgeCycles = Arrays.copyOf(edgeCycles, length);
      edgeInstructions = Arrays.copyOf(edgeInstructions, length);
      edgeFlow = Arrays.copyOf(edgeFlow, length);
      edgeCount = Arrays.copyOf(edgeCount, length);
    }
    Block from = blocks.get(previous);
    Block target = blocks.get(to);
    edgeFrom[edges] = previous;
    edgeTo[edges] = to;
    edgeSize[edges] = size;
    edgeCycles[edges] =
        pipeline.edge(from == null ? null : from.priced(), target.priced()).cycles();
    edgeInstructions[edges] = target.instructions();
    edgeFlow[edges] = from == null ? FlowKind.STRAIGHT : FlowKind.of(from, target, functionEntry);
    if (from != null && mispredictCycles > 0) {
      edgeFlow[edges] |= FlowKind.prediction(from, target);
    }
    return edges;
  }

  /** Before the edge is counted, so that what is called begins with its first block. */
  private void follow(int edge) {
    int from = edgeFrom[edge];
    int flags = edgeFlow[edge];
    if ((flags & FlowKind.PREDICTED) != 0) {
      predict(from, (flags & FlowKind.TAKEN) != 0);
    }
    Block to = blocks.get(edgeTo[edge]);
    switch (flags & FlowKind.KIND) {
      case FlowKind.CALL -> flow.call(to, blocks.get(from).priced().endAddress(), meter.cycles());
      case FlowKind.JUMP -> flow.jump(to, meter.cycles());
      case FlowKind.RETURN -> flow.back(to, meter.cycles());
      default -> {}
    }
  }

  /**
   * One execution of a branch. Over a run this adds up to what {@link
   * CorePipeline#mispredictCycles} says of the branch: the rarer side is mispredicted.
   */
  private void predict(int block, boolean taken) {
    boolean rarer =
        taken ? branchTaken[block] < branchPassed[block] : branchPassed[block] < branchTaken[block];
    if (taken) {
      branchTaken[block]++;
    } else {
      branchPassed[block]++;
    }
    if (rarer) {
      mispredictions++;
      meter.advance(mispredictCycles);
    }
  }

  /** Lets the next block begin even when the deadline has passed, so that every run gets on. */
  public void letOneEnter() {
    mayEnterOne = true;
  }

  /** Lets no block at this address begin. */
  public void setStopAt(int address) {
    stopAt = address;
    if (counted != null) {
      counted.forget(edgeCount);
    }
  }

  /**
   * The next block follows an exception entry or return: no pipeline state and no edge leads to it.
   */
  public void interrupted() {
    previous = NO_BLOCK;
    if (counted != null) {
      counted.setPrevious(NO_BLOCK);
    }
  }

  /** The block that executes or executed last; null before the first. */
  public Block current() {
    return blocks.get(counted == null ? previous : counted.previous());
  }

  /** All blocks, in the order of first execution. */
  public List<Block> blocks() {
    return List.copyOf(blocks.subList(1, blocks.size()));
  }

  /** Brings in what the engine counted; to be called before it is closed. */
  public void finish() {
    settle();
    previous = counted == null ? previous : counted.previous();
    counted = null;
    meter.keep();
  }

  private void settle() {
    if (counted != null) {
      counted.settle(edgeCount);
    }
  }

  /** How often the edges were taken, and what each costs. */
  public List<EdgeCount> edges() {
    settle();
    List<EdgeCount> all = new ArrayList<>(edges);
    for (int edge = 1; edge <= edges; edge++) {
      all.add(
          new EdgeCount(
              blocks.get(edgeFrom[edge]),
              blocks.get(edgeTo[edge]),
              edgeCount[edge],
              edgeCycles[edge]));
    }
    return all;
  }

  /** How often each edge was taken so far, in the order of {@link #edges}. */
  public long[] edgeCounts() {
    settle();
    return Arrays.copyOfRange(edgeCount, 1, edges + 1);
  }

  /** Branches that were mispredicted so far; 0 on processors that do not predict. */
  public long mispredictions() {
    return mispredictions;
  }

  /** Cycles that fetching this block waited for memory, over the whole run. */
  public long fetchStallCycles(Block block) {
    return fetchStalls[block.id()];
  }
}
