package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.BOOL;
import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;
import static dev.thumbprint.cost.work.DataType.UINT32;
import static dev.thumbprint.cost.work.DataType.UINT64;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import java.util.List;
import java.util.Map;

/** Graphs of one custom operator. */
final class RandomSignals {
  private static final int[] TRANSFORMS = {
    4, 6, 8, 10, 12, 16, 18, 20, 24, 30, 32, 40, 50, 64, 96, 128, 256, 320, 512
  };

  private static final Shape SCALAR = Shape.of();

  private RandomSignals() {}

  private static GraphBuilder custom(
      GraphBuilder graph, String name, Map<String, ?> options, List<Integer> in, Integer... out) {
    Options bytes = new Options.Custom(FlexBytes.of(options));
    graph.add(Operator.CUSTOM, name, bytes, in, List.of(out), List.of());
    for (int output : out) {
      graph.output(output);
    }
    return graph;
  }

  static GraphBuilder delay(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("delay");
    Shape shape = draw.shape(draw.between(1, 3), 9);
    int x = graph.input("x", INT16, shape, null);
    int y = graph.activation("y", INT16, shape, null);
    return custom(graph, "SignalDelay", Map.of("delay_length", draw.below(20)), List.of(x), y);
  }

  static GraphBuilder framer(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("framer");
    int step = draw.between(1, 6);
    int size = draw.between(step, 3 * step);
    int frames = draw.between(1, 4);
    int rows = draw.between(1, 3);
    int x = graph.input("x", INT16, Shape.of(rows, frames * step), null);
    int y = graph.activation("y", INT16, Shape.of(rows, frames, size), null);
    int valid = graph.activation("valid", BOOL, SCALAR, null);
    Map<String, ?> options =
        Map.of("frame_size", size, "frame_step", step, "prefill", draw.chance(0.5));
    return custom(graph, "SignalFramer", options, List.of(x), y, valid);
  }

  static GraphBuilder stacker(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("stacker");
    int channels = draw.between(1, 9);
    int left = draw.below(4);
    int right = draw.below(4);
    int x = graph.input("x", INT16, Shape.of(channels), null);
    int y = graph.activation("y", INT16, Shape.of(channels * (left + right + 1)), null);
    int valid = graph.activation("valid", BOOL, SCALAR, null);
    Map<String, ?> options =
        Map.of(
            "num_channels",
            channels,
            "stacker_left_context",
            left,
            "stacker_right_context",
            right,
            "stacker_step",
            draw.between(1, left + right + 1));
    return custom(graph, "SignalStacker", options, List.of(x), y, valid);
  }

  static GraphBuilder overlapAdd(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("overlap add");
    int size = draw.between(1, 12);
    int step = draw.between(1, size);
    int frames = draw.between(1, 4);
    int rows = draw.between(1, 3);
    int x = graph.input("x", type, Shape.of(rows, frames, size), null);
    int y = graph.activation("y", type, Shape.of(rows, frames * step), null);
    Map<String, ?> options = Map.of("T", code(type), "frame_step", step);
    return custom(graph, "SignalOverlapAdd", options, List.of(x), y);
  }

  static GraphBuilder window(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("window");
    int length = draw.between(1, 20);
    Shape shape = Shape.of(draw.between(1, 4), length);
    int x = graph.input("x", INT16, shape, null);
    int w = graph.input("w", INT16, Shape.of(length), null);
    int y = graph.activation("y", INT16, shape, null);
    return custom(graph, "SignalWindow", Map.of("shift", draw.below(17)), List.of(x, w), y);
  }

  static GraphBuilder autoScale(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("auto scale");
    Shape shape = Shape.of(draw.between(1, 20));
    int quiet = graph.input("quiet", INT16, shape, null);
    int y = graph.activation("y", INT16, shape, null);
    int shift = graph.activation("shift", INT32, SCALAR, null);
    return custom(graph, "SignalFftAutoScale", Map.of(), List.of(quiet), y, shift);
  }

  static GraphBuilder energy(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("energy");
    int bins = draw.between(1, 20);
    int x = graph.input("x", INT16, Shape.of(2 * bins), null);
    int y = graph.activation("y", UINT32, Shape.of(bins), null);
    int end = draw.between(0, bins);
    Map<String, ?> options = Map.of("end_index", end, "start_index", draw.between(0, end));
    return custom(graph, "SignalEnergy", options, List.of(x), y);
  }

  static GraphBuilder rfft(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("rfft");
    int length = TRANSFORMS[draw.below(TRANSFORMS.length)];
    int rows = draw.between(1, 2);
    int x = graph.input("x", type, Shape.of(rows, draw.between(1, length)), null);
    int y = graph.activation("y", type, Shape.of(rows, length + 2), null);
    Map<String, ?> options = Map.of("T", code(type), "fft_length", length);
    return custom(graph, "SignalRfft", options, List.of(x), y);
  }

  static GraphBuilder irfft(RandomTensors draw, DataType type) {
    GraphBuilder graph = new GraphBuilder("irfft");
    int length = TRANSFORMS[draw.below(TRANSFORMS.length)];
    int rows = draw.between(1, 2);
    int x = graph.input("x", type, Shape.of(rows, length + 2), null);
    int y = graph.activation("y", type, Shape.of(rows, length), null);
    Map<String, ?> options = Map.of("T", code(type), "fft_length", length);
    return custom(graph, "SignalIrfft", options, List.of(x), y);
  }

  static GraphBuilder filterBank(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("filter bank");
    int channels = draw.between(1, 8);
    int bins = draw.between(1, 30);
    long[] first = new long[channels + 1];
    long[] start = new long[channels + 1];
    long[] width = new long[channels + 1];
    int weights = 0;
    for (int c = 0; c <= channels; c++) {
      width[c] = draw.between(0, bins);
      first[c] = draw.between(0, bins - (int) width[c]);
      start[c] = weights;
      weights += (int) width[c];
    }
    weights = Math.max(1, weights);
    int x = graph.input("x", UINT32, Shape.of(bins), null);
    Shape all = Shape.of(weights);
    int w = graph.constant("w", INT16, all, null, draw.contents(INT16, weights, 0));
    int u = graph.constant("u", INT16, all, null, draw.contents(INT16, weights, 0));
    Shape each = Shape.of(channels + 1);
    int f = graph.constant("first", INT16, each, null, first);
    int s = graph.constant("start", INT16, each, null, start);
    int n = graph.constant("width", INT16, each, null, width);
    int y = graph.activation("y", UINT64, Shape.of(channels), null);
    return custom(
        graph, "SignalFilterBank", Map.of("num_channels", channels), List.of(x, w, u, f, s, n), y);
  }

  static GraphBuilder logarithm(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("log");
    Shape shape = Shape.of(draw.between(1, 30));
    int x = graph.input("x", UINT32, shape, null);
    int y = graph.activation("y", INT16, shape, null);
    Map<String, ?> options =
        Map.of("input_correction_bits", draw.below(32), "output_scale", draw.between(1, 3000));
    return custom(graph, "SignalFilterBankLog", options, List.of(x), y);
  }

  static GraphBuilder squareRoot(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("square root");
    Shape shape = Shape.of(draw.between(1, 30));
    int x = graph.input("x", UINT64, shape, null);
    int shift = graph.constant("shift", INT32, SCALAR, null, (long) draw.below(32));
    int y = graph.activation("y", UINT32, shape, null);
    return custom(graph, "SignalFilterBankSquareRoot", Map.of(), List.of(x, shift), y);
  }

  static GraphBuilder spectralSubtraction(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("spectral subtraction");
    int channels = draw.between(1, 20);
    Shape shape = Shape.of(channels);
    int x = graph.input("x", UINT32, shape, null);
    int y = graph.activation("y", UINT32, shape, null);
    int noise = graph.activation("noise", UINT32, shape, null);
    int bits = draw.between(1, 16);
    int one = 1 << bits;
    int smoothing = draw.between(0, one);
    int alternate = draw.between(0, one);
    Map<String, ?> options =
        Map.of(
            "alternate_one_minus_smoothing",
            one - alternate,
            "alternate_smoothing",
            alternate,
            "clamping",
            draw.chance(0.5),
            "min_signal_remaining",
            draw.between(0, one),
            "num_channels",
            channels,
            "one_minus_smoothing",
            one - smoothing,
            "smoothing",
            smoothing,
            "smoothing_bits",
            draw.below(12),
            "spectral_subtraction_bits",
            bits);
    return custom(graph, "SignalFilterBankSpectralSubtraction", options, List.of(x), y, noise);
  }

  static GraphBuilder gainControl(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("pcan");
    Shape shape = Shape.of(draw.between(1, 20));
    int x = graph.input("x", UINT32, shape, null);
    int noise = graph.input("noise", UINT32, shape, null);
    byte[] gains = draw.contents(INT16, 125, 0);
    int table = graph.constant("gains", INT16, Shape.of(125), null, gains);
    int y = graph.activation("y", UINT32, shape, null);
    Map<String, ?> options = Map.of("snr_shift", draw.below(33));
    return custom(graph, "SignalPCAN", options, List.of(x, noise, table), y);
  }

  /** The output is a variable, and another operator reads it. */
  static GraphBuilder circularBuffer(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("circular buffer");
    int columns = draw.between(1, 3);
    int depth = draw.between(1, 6);
    int slots = draw.between(1, 14);
    Quantization both = draw.int8();
    int x = graph.input("x", INT8, Shape.of(1, 1, columns, depth), both);
    int window = graph.variable("window", INT8, Shape.of(1, slots, columns, depth), both);
    int y = graph.activation("y", INT8, Shape.of(slots * columns * depth), both);
    Map<String, ?> period = draw.chance(0.3) ? Map.of() : Map.of("cycles_max", draw.between(1, 3));
    Options options =
        new Options.Custom(
            period.isEmpty() ? java.nio.ByteBuffer.allocate(0) : FlexBytes.of(period));
    graph.add(Operator.CUSTOM, "CIRCULAR_BUFFER", options, List.of(x), List.of(window), List.of());
    graph.add(
        Operator.RESHAPE,
        new Options.Reshape(List.of(slots * columns * depth)),
        List.of(window),
        List.of(y));
    return graph.output(y);
  }

  static GraphBuilder detection(RandomTensors draw) {
    GraphBuilder graph = new GraphBuilder("detection");
    int boxes = draw.between(1, 40);
    int classes = draw.between(1, 6);
    boolean regular = draw.chance(0.5);
    int best = regular ? 1 : draw.chance(0.7) ? 1 : draw.between(1, classes);
    int max = draw.between(1, 12);
    int places = max * best * best;
    int encodings = graph.input("boxes", FLOAT32, Shape.of(1, boxes, 4), null);
    int columns = classes + draw.below(2);
    int scores = graph.input("scores", FLOAT32, Shape.of(1, boxes, columns), null);
    float[] anchors = new float[4 * boxes];
    for (int i = 0; i < boxes; i++) {
      anchors[4 * i] = draw.below(100) / 100f;
      anchors[4 * i + 1] = draw.below(100) / 100f;
      anchors[4 * i + 2] = draw.between(1, 50) / 100f;
      anchors[4 * i + 3] = draw.between(1, 50) / 100f;
    }
    int prior = graph.constant("anchors", Shape.of(boxes, 4), anchors);
    int out = graph.activation("out", FLOAT32, Shape.of(1, places, 4), null);
    int labels = graph.activation("labels", FLOAT32, Shape.of(1, places), null);
    int values = graph.activation("values", FLOAT32, Shape.of(1, places), null);
    int count = graph.activation("count", FLOAT32, Shape.of(1), null);
    Map<String, Object> options = new java.util.HashMap<>();
    options.put("max_detections", max);
    options.put("max_classes_per_detection", best);
    options.put("num_classes", classes);
    options.put("nms_score_threshold", draw.chance(0.5) ? 0f : -1f);
    options.put("nms_iou_threshold", draw.between(1, 10) / 10f);
    options.put("y_scale", 10f);
    options.put("x_scale", 10f);
    options.put("h_scale", 5f);
    options.put("w_scale", 5f);
    if (regular || draw.chance(0.5)) {
      options.put("use_regular_nms", regular);
    }
    if (draw.chance(0.5)) {
      options.put("detections_per_class", draw.between(1, 20));
    }
    return custom(
        graph,
        "TFLite_Detection_PostProcess",
        options,
        List.of(encodings, scores, prior),
        out,
        labels,
        values,
        count);
  }

  /** Codes of the element types in schema.fbs. */
  private static int code(DataType type) {
    return switch (type) {
      case FLOAT32 -> 0;
      case INT32 -> 2;
      default -> 7;
    };
  }
}
