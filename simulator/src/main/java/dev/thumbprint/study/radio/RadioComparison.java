package dev.thumbprint.study.radio;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.model.InputException;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import java.util.List;

/**
 * Every link against computing on the node, for one model on one target.
 *
 * @param model name of the model
 * @param target the machine and build
 * @param inputBytes bytes of the input
 * @param resultBytes bytes of the result
 * @param computeUj energy of one inference in uJ
 * @param choices one for each link
 */
public record RadioComparison(
    String model,
    Target target,
    long inputBytes,
    long resultBytes,
    Estimate computeUj,
    List<RadioChoice> choices) {

  public RadioComparison {
    choices = List.copyOf(choices);
  }

  /**
   * Compares. Input and result are the tensors that go into and come out of the model, 8-bit where
   * the model quantises them itself: a node sends no more than its sensor gives.
   *
   * @throws InputException if latency or power cannot be told
   */
  public static RadioComparison of(Subject subject, Target target) {
    List<LayerWork> works = subject.network().works();
    return of(subject, target, inputBytes(works), resultBytes(works));
  }

  /** Compares, with the sizes told. */
  public static RadioComparison of(
      Subject subject, Target target, long inputBytes, long resultBytes) {
    Profile profile = Profiler.profile(subject, target, false);
    if (!(profile.total().energyUj() instanceof Estimate computeUj)) {
      String reason = ((Unavailable) profile.total().energyUj()).reason();
      throw InputException.of("", profile.model().name(), "no energy: " + reason, "a priced model");
    }
    List<RadioChoice> choices =
        Radio.ALL.stream()
            .map(radio -> new RadioChoice(radio, inputBytes, resultBytes, computeUj))
            .toList();
    return new RadioComparison(
        profile.model().name(), target, inputBytes, resultBytes, computeUj, choices);
  }

  /** A leading QUANTIZE works on what the sensor gave: its output is what would be sent. */
  private static long inputBytes(List<LayerWork> works) {
    LayerWork first = works.getFirst();
    return switch (first.operator()) {
      case QUANTIZE -> first.outputType().bytes(first.output().elements());
      default -> first.inputType().bytes(first.input().elements());
    };
  }

  private static long resultBytes(List<LayerWork> works) {
    LayerWork last = works.getLast();
    return switch (last.operator()) {
      case DEQUANTIZE -> last.inputType().bytes(last.input().elements());
      default -> last.outputType().bytes(last.output().elements());
    };
  }
}
