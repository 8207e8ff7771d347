package dev.thumbprint.validate;

import dev.thumbprint.cost.pricing.CostModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The outcome of a validation.
 *
 * @param title what was validated and how rows were held out
 * @param model the model whose constants are counted
 * @param predictions one for each row
 */
record Validated(String title, CostModel model, List<Prediction> predictions) {
  /** Runtimes that run the kernels of TensorFlow Lite Micro. */
  private static final List<String> TFLM = List.of("cmsis-nn", "tflm-reference");

  Validated {
    predictions = List.copyOf(predictions);
  }

  /** The rows whose build is told and whose trust is A or B. */
  List<Prediction> known() {
    return where(prediction -> prediction.apart().isEmpty());
  }

  /** The rows that are scored apart, by the reason. */
  Map<String, List<Prediction>> apart() {
    return where(prediction -> prediction.apart().isPresent()).stream()
        .collect(
            Collectors.groupingBy(
                prediction -> prediction.apart().orElseThrow(), TreeMap::new, Collectors.toList()));
  }

  /** The known rows by source, board, runtime and operator. */
  Map<String, List<Prediction>> groups() {
    return known().stream()
        .collect(Collectors.groupingBy(Prediction::group, TreeMap::new, Collectors.toList()));
  }

  /** Rows of TFLM kernels, trust A or B, settings known, on a built-in board. */
  List<Prediction> tflm() {
    return known().stream()
        .filter(p -> TFLM.contains(p.recording().setting().library().name()))
        .filter(p -> !p.reason().equals("board is not built in"))
        .filter(p -> !p.reason().equals("board not told"))
        .toList();
  }

  /** The rows that a reader asks for. */
  List<Prediction> where(Predicate<Prediction> wanted) {
    return predictions.stream().filter(wanted).toList();
  }
}
