package dev.thumbprint.memory;

import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.FlexMap;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Tensor;
import java.util.List;

/**
 * What the custom operators of TensorFlow Lite Micro keep in the arena. Source:
 * tensorflow/tflite-micro 90b983c2, signal/micro/kernels and kernels/detection_postprocess.cc; the
 * sizes of the structures as Arm GNU 12.2.1 compiles them for a Cortex-M4.
 */
final class CustomDemands {
  private static final int POINTER = 4;
  private static final int WORD = 4;

  /** sizeof(CircularBuffer), before its samples. */
  private static final int QUEUE = 24;

  /** A queue keeps every 16-bit sample twice. */
  private static final int QUEUE_SAMPLE = 4;

  private static final int REAL_TRANSFORM = 12;
  private static final int INVERSE_FLOAT_STATE = 8;
  private static final int COORDINATES = 4;

  private CustomDemands() {}

  /** Whether the demands of a custom operator are known: its name is, and its options are there. */
  static boolean knows(Node node) {
    try {
      return !inInit(node).isEmpty()
          || node.customName().equals("SignalFilterBankSquareRoot")
          || node.customName().equals("SignalFftAutoScale");
    } catch (InputException damaged) {
      return false;
    }
  }

  private static FlexMap options(Node node) {
    return node.options() instanceof Options.Custom custom
        ? FlexMap.read(custom.bytes())
        : FlexMap.read(java.nio.ByteBuffer.allocate(0));
  }

  /** Bytes of each persistent buffer of Init, in order. */
  static List<Long> inInit(Node node) {
    FlexMap options = options(node);
    return switch (node.customName()) {
      case "CIRCULAR_BUFFER", "SignalEnergy", "SignalFilterBankLog", "SignalWindow" -> List.of(8L);
      case "SignalPCAN" -> List.of(4L);
      case "SignalDelay" -> List.of(20L);
      case "SignalFramer" -> List.of(28L);
      case "SignalOverlapAdd" -> List.of(24L);
      case "SignalFilterBank" -> List.of(36L, 8L * (options.integer("num_channels") + 1));
      case "SignalFilterBankSpectralSubtraction" ->
          List.of(44L, (long) WORD * options.integer("num_channels"));
      case "SignalStacker" -> List.of(36L, queue(stacked(options)));
      case "SignalRfft" -> List.of(32L, transform(options, false));
      case "SignalIrfft" -> List.of(24L, transform(options, true));
      case "TFLite_Detection_PostProcess" -> List.of(112L);
      default -> List.of();
    };
  }

  private static long stacked(FlexMap options) {
    long frames =
        (long) options.integer("stacker_left_context")
            + options.integer("stacker_right_context")
            + 1;
    return options.integer("num_channels") * frames;
  }

  private static long queue(long capacity) {
    return QUEUE + QUEUE_SAMPLE * capacity;
  }

  /** Twiddle factors and buffer of a real transform, and its state. */
  private static long transform(FlexMap options, boolean inverse) {
    long half = options.integer("fft_length") / 2;
    int type = options.integer("T");
    boolean narrow = type == 7;
    long complex = narrow ? 4 : 8;
    long state = narrow ? 268 : 272;
    long sub = state + complex * (half - 1);
    long bytes = REAL_TRANSFORM + sub + complex * (half * 3 / 2);
    return bytes + (inverse && type == 0 ? INVERSE_FLOAT_STATE : 0);
  }

  /** What Prepare requests. */
  static void inPrepare(Demands d) {
    if (!knows(d.node)) {
      return;
    }
    FlexMap options = options(d.node);
    d.temporariesOnce();
    switch (d.node.customName()) {
      case "SignalDelay" ->
          queues(d, d.dim(d.input(0), -1) + (long) options.integer("delay_length"));
      case "SignalFramer" -> {
        long step = options.integer("frame_step");
        queues(d, Math.ceilDiv(options.integer("frame_size"), step) * step);
      }
      case "SignalOverlapAdd" -> overlaps(d);
      case "SignalRfft" ->
          d.scratch(
              "padded samples",
              (long) options.integer("fft_length") * Demands.elementBytes(d.input(0).type()));
      case "TFLite_Detection_PostProcess" -> detection(d, options);
      default -> {}
    }
  }

  private static void queues(Demands d, long capacity) {
    Shape shape = d.input(0).shape();
    long rows = shape.elements() / Math.max(1, shape.dim(-1));
    d.persistent("states of the queues", POINTER * rows);
    d.persistent("queues", POINTER * rows);
    for (long row = 0; row < rows; row++) {
      d.persistent("queue of row " + row, queue(capacity));
    }
  }

  private static void overlaps(Demands d) {
    Tensor input = d.input(0);
    long frame = d.dim(input, -1);
    long rows = input.shape().elements() / Math.max(1, frame * d.dim(input, -2));
    d.persistent("buffers", POINTER * rows);
    for (long row = 0; row < rows; row++) {
      d.persistent("buffer of row " + row, frame * Demands.elementBytes(input.type()));
    }
  }

  private static void detection(Demands d, FlexMap options) {
    long boxes = d.dim(d.input(0), 1);
    long max = options.integer("max_detections");
    long classes = options.integer("num_classes");
    d.scratch("active candidates", boxes);
    d.scratch("decoded boxes", boxes * COORDINATES * WORD);
    d.scratch("scores", (long) d.dim(d.input(1), 1) * d.dim(d.input(1), 2) * WORD);
    d.scratch("scores of a class", boxes * WORD);
    d.scratch("kept scores", boxes * WORD);
    d.scratch("selected scores", max * boxes * WORD);
    d.scratch("sorted scores", max * boxes * WORD);
    d.scratch("kept boxes", boxes * WORD);
    d.scratch("sorted boxes", max * boxes * WORD);
    d.scratch("candidates", Math.max(classes, max) * boxes * WORD);
    d.scratch("selected boxes", Math.min(boxes, max) * boxes * WORD);
  }
}
