package dev.thumbprint.run.operators;

import static dev.thumbprint.cost.work.DataType.FLOAT32;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.kernels.Detection;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Preparation;
import dev.thumbprint.run.Prepared;

/** TFLite_Detection_PostProcess. */
final class Detections {
  private static final int PER_CLASS_DEFAULT = 100;
  private static final int DETECTIONS_MAX = 1 << 16;

  private Detections() {}

  /** Inputs: box encodings, class predictions, anchors. Outputs: boxes, classes, scores, count. */
  static Prepared postProcess(Preparation p) {
    p.require(
        p.inputs() == 3 && p.outputs() == 4,
        p.inputs() + " inputs, " + p.outputs() + " outputs",
        "3 and 4");
    for (int i = 0; i < 3; i++) {
      p.require(p.input(i), FLOAT32);
    }
    for (int i = 0; i < 4; i++) {
      p.require(p.output(i), FLOAT32);
    }
    Detection.Settings settings = settings(p, CustomOptions.of(p));
    Detection.Scales scales = scales(CustomOptions.of(p));
    return frame -> {
      Detection detection = new Detection(settings, scales);
      float[] encodings = frame.floats(p.inputIndex(0));
      float[] predictions = frame.floats(p.inputIndex(1));
      float[] anchors = frame.floats(p.inputIndex(2));
      float[] boxes = frame.floats(p.outputIndex(0));
      float[] classes = frame.floats(p.outputIndex(1));
      float[] scores = frame.floats(p.outputIndex(2));
      float[] count = frame.floats(p.outputIndex(3));
      return () -> {
        try {
          count[0] = detection.run(encodings, predictions, anchors, boxes, classes, scores);
        } catch (IllegalStateException failed) {
          throw p.refuse(failed.getMessage(), "what the target can run").causedBy(failed);
        }
      };
    };
  }

  private static Detection.Settings settings(Preparation p, CustomOptions options) {
    Shape encodings = p.input(0).shape();
    Shape predictions = p.input(1).shape();
    Shape anchors = p.input(2).shape();
    int classes = options.integer("num_classes", 1, DETECTIONS_MAX);
    p.require(
        encodings.rank() == 3
            && predictions.rank() == 3
            && anchors.rank() == 2
            && encodings.dim(0) == 1
            && predictions.dim(0) == 1
            && encodings.dim(2) >= 4
            && predictions.dim(1) == encodings.dim(1)
            && anchors.elements() >= 4L * encodings.dim(1)
            && (predictions.dim(2) == classes || predictions.dim(2) == classes + 1),
        "encodings [%s], predictions [%s], anchors [%s]".formatted(encodings, predictions, anchors),
        "1 x boxes x 4, 1 x boxes x %d (or one more), boxes x 4".formatted(classes));
    float overlap = options.real("nms_iou_threshold");
    p.require(overlap > 0 && overlap <= 1, "nms_iou_threshold " + overlap, "above 0, at most 1");
    int detections = options.integer("max_detections", 0, DETECTIONS_MAX);
    boolean regular = options.flag("use_regular_nms");
    for (int i = 0; i < 3; i++) {
      Tensor output = p.output(i);
      p.require(
          !regular || output.shape().elements() >= (i == 0 ? 4L : 1L) * detections,
          "output [" + output.shape() + "]",
          detections + " detections");
    }
    p.require(p.output(3).shape().elements() >= 1, "no place for the count", "one element");
    return new Detection.Settings(
        encodings.dim(1),
        encodings.dim(2),
        predictions.dim(2),
        classes,
        detections,
        options.integer("max_classes_per_detection", regular ? 0 : 1, DETECTIONS_MAX),
        options.has("detections_per_class")
            ? options.integer("detections_per_class", 1, DETECTIONS_MAX)
            : PER_CLASS_DEFAULT,
        regular,
        options.real("nms_score_threshold"),
        overlap);
  }

  private static Detection.Scales scales(CustomOptions options) {
    return new Detection.Scales(
        options.real("y_scale"),
        options.real("x_scale"),
        options.real("h_scale"),
        options.real("w_scale"));
  }
}
