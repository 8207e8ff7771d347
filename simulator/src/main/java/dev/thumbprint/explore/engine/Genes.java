package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Axis;
import dev.thumbprint.explore.space.Space;
import java.util.ArrayList;
import java.util.List;

/** Designs as genes: one for each axis that varies, in the order of the space's numbers. */
final class Genes {
  private final List<Integer> sizes = new ArrayList<>();

  Genes(Space space) {
    for (Axis axis : space.axes()) {
      if (axis.size() > 1) {
        sizes.add(axis.size());
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(1);
    }
  }

  int count() {
    return sizes.size();
  }

  int size(int gene) {
    return sizes.get(gene);
  }

  /** The number of a design; axes of one value add nothing to it. */
  long point(int[] genes) {
    long point = 0;
    for (int i = 0; i < genes.length; i++) {
      point = point * sizes.get(i) + genes[i];
    }
    return point;
  }
}
