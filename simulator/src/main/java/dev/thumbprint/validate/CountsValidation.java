package dev.thumbprint.validate;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.counts.KernelCount;
import dev.thumbprint.cost.counts.KernelCount.Build;
import dev.thumbprint.cost.counts.KernelCounts;
import dev.thumbprint.cost.counts.Retiming;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Setting;
import dev.thumbprint.recorded.Switch;
import dev.thumbprint.recorded.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recorded layers beside emulated ones: stored counts of real kernels (docs/sweeps.md) timed for
 * the board of the recording. No coefficient of the cost model takes part.
 */
final class CountsValidation {
  private final KernelCounts counts = KernelCounts.shipped();
  private final Map<String, Optional<Retiming>> retimings = new TreeMap<>();

  /** The recordings that stored counts can stand for, in their order. */
  List<CountedLayer> layers(List<Recording> recordings) {
    return recordings.stream().map(this::layer).flatMap(Optional::stream).toList();
  }

  private Optional<CountedLayer> layer(Recording recording) {
    Setting setting = recording.setting();
    if (recording.work().op().isEmpty()
        || !setting.buildKnown()
        || (setting.fpu() != Switch.ON && setting.fpu() != Switch.UNKNOWN)
        || setting.type().equals("hybrid")
        || setting.asserts() == Switch.ON
        || recording.trust() == Trust.C
        || recording.cycles().isEmpty()) {
      return Optional.empty();
    }
    Optional<KernelCount> count = count(recording);
    Optional<Retiming> retiming = count.flatMap(c -> retiming(setting));
    if (retiming.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CountedLayer(
            recording,
            count.get().build().library(),
            recording.cycles().getAsDouble(),
            retiming.get().cycles(count.get()),
            count.get().figure("instructions")));
  }

  private Optional<KernelCount> count(Recording recording) {
    Setting setting = recording.setting();
    String op = recording.work().op();
    boolean real = setting.type().equals("float32") || op.equals("QUANTIZE");
    String type = real ? "float32" : "int8";
    String signature = recording.work().signature();
    for (String library : libraries(setting)) {
      Optional<KernelCount> count =
          counts.find(new Build(library, setting.core(), setting.opt(), true), signature, type);
      if (count.isPresent()) {
        return count;
      }
    }
    return Optional.empty();
  }

  /** CMSIS-NN leaves to the reference kernels of its time what it does not have. */
  private static List<String> libraries(Setting setting) {
    String own = setting.library().toString();
    if (!setting.library().name().equals("cmsis-nn")) {
      return List.of(own);
    }
    boolean early = setting.library().generation().startsWith("2020");
    return List.of(own, "tflm-reference@" + (early ? "2020" : "2026"));
  }

  private Optional<Retiming> retiming(Setting setting) {
    String key = setting.boardId() + " " + setting.clockHz();
    return retimings.computeIfAbsent(
        key,
        k -> {
          TargetOptions.Builder options = TargetOptions.builder();
          setting.clockHz().ifPresent(options::clockHz);
          try {
            return Retiming.of(Target.of(Boards.named(setting.boardId()), options.build()));
          } catch (BadDescription e) {
            return Optional.empty();
          }
        });
  }
}
