package dev.thumbprint.cost.memory;

/** A cache of tags: which sectors of which lines are present. */
interface TagStore {
  /**
   * Uses sectors of a line and brings in those that are missing.
   *
   * @param line number of the line
   * @param sectorsMask the sectors used, bit n is the n-th of the line
   * @return the sectors that were missing
   */
  int use(int line, int sectorsMask);

  /** Forgets everything. */
  void clear();

  /** A cache of the given shape for lines numbered from 0 to below {@code lineNumbers}. */
  static TagStore of(CacheGeometry geometry, int lineNumbers) {
    return geometry.isFullyAssociative()
            && geometry.replacement() == CacheGeometry.Replacement.LEAST_RECENTLY_USED
        ? new FullyAssociativeCache(geometry.lines(), lineNumbers)
        : new SetAssociativeCache(geometry);
  }
}
