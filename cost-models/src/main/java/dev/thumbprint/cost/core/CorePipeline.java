package dev.thumbprint.cost.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pipeline of one core: what a block of instructions costs when every access hits. A block is
 * priced once per entry state and remembered; what a program costs is the sum over the edges
 * between its blocks of executions times {@link #edge}. Memory is priced apart, from the addresses
 * a run observes; so are mispredicted branches, from how often each was taken.
 *
 * <p>Instances may be shared between threads.
 */
public abstract class CorePipeline {
  /** Entry state of a block nothing is known about. */
  public static final int START = 0;

  /** A limit against blocks that never meet a known state; far above what programs reach. */
  private static final int STATES_MAX = 1 << 20;

  private final Map<PipelineState, Integer> stateIds = new ConcurrentHashMap<>();
  private final List<PipelineState> states = new ArrayList<>();

  CorePipeline() {
    intern(PipelineState.START);
  }

  /** The pipeline of a core with the usual options of real parts. */
  public static CorePipeline of(Core core) {
    return of(core, PipelineOptions.USUAL);
  }

  /**
   * The pipeline of a core.
   *
   * @throws IllegalArgumentException for a core without a pipeline model
   */
  public static CorePipeline of(Core core, PipelineOptions options) {
    return switch (core) {
      case CORTEX_M0 -> new SmallPipeline(SmallTiming.M0, options);
      case CORTEX_M0PLUS -> new SmallPipeline(SmallTiming.M0PLUS, options);
      case CORTEX_M3 -> new ThreeStagePipeline(ThreeStageTiming.M3);
      case CORTEX_M4 -> new ThreeStagePipeline(ThreeStageTiming.M4);
      case CORTEX_M33 -> new M33Pipeline();
      case CORTEX_M7 -> new M7Pipeline();
      case CORTEX_M55 -> new M55Pipeline();
      case CORTEX_M23, CORTEX_M85 ->
          throw new IllegalArgumentException(
              "no pipeline model of "
                  + core.label()
                  + "; there is one of cortex-m0, m0plus, m3, m4, m7, m33 and m55");
    };
  }

  /** Makes a straight line of instructions ready for pricing. */
  public PricedBlock prepare(List<? extends Op> ops) {
    if (ops.isEmpty()) {
      throw new IllegalArgumentException("a block has at least one instruction");
    }
    return new PricedBlock(
        List.copyOf(ops), ops.stream().filter(op -> !prices(op)).map(op -> (Op) op).toList());
  }

  /** Price of a block in an entry state, computed once. */
  public BlockPrice price(PricedBlock block, int entryState) {
    BlockPrice known = block.known(entryState);
    if (known == null) {
      known = compute(block.ops(), state(entryState));
      block.remember(entryState, known);
    }
    return known;
  }

  /**
   * Price of going from one block to the next and through it. The first block counts as entered
   * from {@link #START}: what is older than one block no longer matters to these pipelines.
   *
   * @param previous the block executed before, or null at the start
   */
  public EdgePrice edge(PricedBlock previous, PricedBlock next) {
    if (previous == null) {
      return new EdgePrice(0, price(next, START).cycles());
    }
    BlockPrice before = price(previous, START);
    boolean taken = isTaken(previous, next);
    int entry = taken ? before.exitStateTaken() : before.exitState();
    int refill =
        taken
            ? before.cyclesTaken()
                - before.cycles()
                + refillCycles(previous.ops(), next.ops().getFirst())
            : 0;
    return new EdgePrice(refill, price(next, entry).cycles());
  }

  /** Whether going from one block to the other means that the first one's branch was taken. */
  public static boolean isTaken(PricedBlock previous, PricedBlock next) {
    if (next.address() != previous.endAddress()) {
      return true;
    }
    Op last = previous.ops().getLast();
    return last.writesPc()
        && !last.inItBlock()
        && switch (last.instructionClass()) {
          case BRANCH_CONDITIONAL, COMPARE_BRANCH, LOOP -> false;
          default -> true;
        };
  }

  /**
   * Cycles added by mispredictions of one conditional branch, from how often it went either way; 0
   * on cores that do not predict.
   */
  public long mispredictCycles(long taken, long notTaken) {
    return 0;
  }

  /**
   * Cycles added by one access that is not aligned to its width, 0 if it is aligned.
   *
   * @param address of the access
   * @param widthBytes 1, 2, 4 or 8
   * @param store whether memory is written
   */
  public abstract int unalignedCycles(int address, int widthBytes, boolean store);

  /** Cycles from the interrupt to the first instruction of its handler, without wait states. */
  public abstract int exceptionEntryCycles();

  /** Cycles from the return instruction to the first one of the interrupted program. */
  public abstract int exceptionReturnCycles();

  /** Whether the core has the instruction and its time is known. */
  abstract boolean prices(Op op);

  /** Price of a block from scratch. */
  abstract BlockPrice compute(List<Op> ops, PipelineState entry);

  /** Cycles lost behind the taken branch that ends {@code previous}, by where it goes. */
  abstract int refillCycles(List<Op> previous, Op target);

  final int intern(PipelineState state) {
    Integer known = stateIds.get(state);
    if (known != null) {
      return known;
    }
    synchronized (states) {
      return stateIds.computeIfAbsent(
          state,
          fresh -> {
            if (states.size() >= STATES_MAX) {
              throw new IllegalStateException("more than " + STATES_MAX + " pipeline states");
            }
            states.add(fresh);
            return states.size() - 1;
          });
    }
  }

  private PipelineState state(int id) {
    synchronized (states) {
      return states.get(id);
    }
  }
}
