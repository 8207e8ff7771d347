package dev.thumbprint.explore.space;

import dev.thumbprint.profile.Subject;
import java.util.List;

/** Where networks come from: a file, the zoo, or a template with parameters. */
public interface NetworkSource {
  /** The name that all its networks share. */
  String name();

  /** The parameters that are varied; none for a single network. */
  List<Axis> axes();

  /** Number of networks: the product of the axes. */
  default long count() {
    return axes().stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
  }

  /**
   * One of its networks.
   *
   * @param index from 0, the last axis fastest
   * @throws dev.thumbprint.model.InputException if the parameters give no network
   */
  Subject network(long index);

  /** The parameters of one of its networks as {@code width=0.25;resolution=96}; may be empty. */
  default String parameters(long index) {
    StringBuilder text = new StringBuilder();
    long rest = index;
    List<Axis> axes = axes();
    int[] digits = new int[axes.size()];
    for (int i = digits.length - 1; i >= 0; i--) {
      digits[i] = (int) (rest % axes.get(i).size());
      rest /= axes.get(i).size();
    }
    for (int i = 0; i < digits.length; i++) {
      text.append(i == 0 ? "" : ";")
          .append(axes.get(i).name())
          .append('=')
          .append(axes.get(i).labels().get(digits[i]));
    }
    return text.toString();
  }
}
