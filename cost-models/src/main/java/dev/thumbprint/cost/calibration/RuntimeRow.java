package dev.thumbprint.cost.calibration;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.KernelLibrary;
import dev.thumbprint.cost.library.Trips;
import dev.thumbprint.cost.memory.Stall;
import dev.thumbprint.cost.pricing.ClosedExpectation;
import dev.thumbprint.cost.work.LayerWork;

/**
 * A recorded total of a closed runtime.
 *
 * @param target what it ran on
 * @param expected cycles of each of {@link ClosedExpectation#TERMS} at the expected rates
 * @param waiting cycles of waiting for weights by the documents of the board
 * @param cycles recorded cycles
 * @param weight how much the row counts: rows that repeat one count together as much as one
 */
@SuppressWarnings("ArrayRecordComponent") // private to the fit, never changed
record RuntimeRow(Target target, double[] expected, double waiting, double cycles, double weight) {

  /**
   * The row of a sample.
   *
   * @param word waiting for a word of weights against what the documents of the board say
   * @param repeats how often the same was measured
   */
  static RuntimeRow of(Sample sample, double word, long repeats) {
    Target target = sample.target();
    KernelLibrary library = KernelLibraries.find(target.kernels()).orElseThrow();
    Stall stall = Stall.of(target);
    double[] expected = new double[ClosedExpectation.TERMS.size()];
    double waiting = 0;
    for (LayerWork work : sample.layers()) {
      if (library.decide(work, target.board().core().simd()) instanceof Trips trips) {
        for (int i = 0; i < expected.length; i++) {
          expected[i] += trips.of(ClosedExpectation.TERMS.get(i));
        }
        waiting +=
            stall.missedWords(
                work.operator(), trips.weightWords(), trips.weightSetBytes(), work.filterBytes());
      }
    }
    for (int i = 0; i < expected.length; i++) {
      expected[i] *=
          ClosedExpectation.cycles(ClosedExpectation.TERMS.get(i), target.board().core());
    }
    waiting *= stall.weightWordCycles() * word;
    return new RuntimeRow(target, expected, waiting, sample.cycles(), 1.0 / repeats);
  }
}
