package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Axis;
import dev.thumbprint.explore.space.Space;
import io.jenetics.IntegerGene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Designs as genes: one for each axis that varies, in the order of the space's numbers. */
final class Genes {
  private final List<Integer> sizes = new ArrayList<>();
  private final int longest;

  Genes(Space space) {
    for (Axis axis : space.axes()) {
      if (axis.size() > 1) {
        sizes.add(axis.size());
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(1);
    }
    longest = Collections.max(sizes);
  }

  int count() {
    return sizes.size();
  }

  int size(int gene) {
    return sizes.get(gene);
  }

  /** A gene; the library wants one range for all of them, so that of the longest axis holds. */
  IntegerGene gene(int value) {
    return IntegerGene.of(value, 0, longest);
  }

  /** The number of a design; axes of one value add nothing to it. */
  long point(int[] genes) {
    long point = 0;
    for (int i = 0; i < genes.length; i++) {
      point = point * sizes.get(i) + genes[i];
    }
    return point;
  }

  /** The genes of a design. */
  int[] of(long point) {
    int[] genes = new int[sizes.size()];
    long left = point;
    for (int i = genes.length - 1; i >= 0; i--) {
      genes[i] = (int) (left % sizes.get(i));
      left /= sizes.get(i);
    }
    return genes;
  }
}
