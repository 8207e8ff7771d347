package dev.thumbprint.cost.library;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.LayerWork;

/** A kernel library of one generation: decides the path of a layer and counts its trips. */
public interface KernelLibrary {
  /** Family and generation. */
  LibraryId id();

  /** Where its source stands: repository and commit, or what is known. */
  String origin();

  /** Whether only totals of this runtime are known, so that a layer's time is a coarse share. */
  boolean coarse();

  /**
   * The path of a layer and its trips.
   *
   * @param work the layer
   * @param build which build of the library runs: plain C, DSP instructions or vectors
   */
  Decision decide(LayerWork work, SimdUnit build);
}
