package dev.thumbprint.run;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Samples for one model input, and the class of each where labels are there. Elements are taken as
 * the input's type wants them:
 *
 * <ul>
 *   <li>of the same type: as they are;
 *   <li>float32 for a quantised input: divided by its scale, rounded (ties away from zero), moved
 *       by its zero point, clamped;
 *   <li>unsigned bytes for int8: less 128; for float32: divided by 255 (pixels).
 * </ul>
 */
public final class LabelledSet {
  private static final int PIXEL_MAX = 255;
  private static final int PIXEL_OFFSET = 128;

  /** A table of confusion with as many rows and columns takes 64 MiB. */
  private static final int CLASSES_MAX = 4096;

  private final Npy samples;
  private final int[] labels;
  private final String samplesFile;
  private final String labelsFile;
  private final int count;
  private final int elements;

  private LabelledSet(Npy samples, int[] labels, String samplesFile, String labelsFile) {
    this.samples = samples;
    this.labels = labels;
    this.samplesFile = samplesFile;
    this.labelsFile = labelsFile;
    this.count = samples.shape().dim(0);
    this.elements = Math.toIntExact(samples.shape().elements() / count);
  }

  /**
   * Reads a set.
   *
   * @param inputs .npy or IDX: samples in the first dimension
   * @param labels .npy of integers or IDX, one for each sample; null for none
   * @throws InputException if a file is damaged or they do not belong together
   * @throws IOException if a file cannot be read
   */
  public static LabelledSet read(Path inputs, Path labels) throws IOException {
    Npy samples = readArray(inputs);
    if (samples.shape().rank() < 1 || samples.shape().elements() == 0) {
      throw InputException.of(
          inputs.toString(), "header", "shape [" + samples.shape() + "]", "at least one sample");
    }
    int count = samples.shape().dim(0);
    return labels == null
        ? new LabelledSet(samples, null, inputs.toString(), "")
        : new LabelledSet(samples, readLabels(labels, count), inputs.toString(), labels.toString());
  }

  /**
   * A set that is already in memory.
   *
   * @param samples samples in the first dimension, at least one
   * @param labels one class for each sample
   */
  public static LabelledSet of(Npy samples, int... labels) {
    int count = samples.shape().dim(0);
    if (count != labels.length || samples.shape().elements() == 0) {
      throw new IllegalArgumentException(
          "%d labels for [%s]".formatted(labels.length, samples.shape()));
    }
    return new LabelledSet(samples, labels.clone(), "", "");
  }

  private static Npy readArray(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw InputException.of(file.toString(), "", "a folder", "a .npy or IDX file");
    }
    try (var stream = Files.newInputStream(file)) {
      return stream.read() == 0 ? Idx.read(file) : Npy.read(file);
    }
  }

  private static int[] readLabels(Path file, int count) throws IOException {
    Npy array = readArray(file);
    if (array.type() == DataType.FLOAT32 || array.shape().elements() != count) {
      throw InputException.of(
          file.toString(),
          "header",
          array.type().label() + " [" + array.shape() + "]",
          "integers, one for each of " + count + " samples");
    }
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      long label = integer(array, i);
      if (label < 0 || label > Integer.MAX_VALUE) {
        throw InputException.of(
            file.toString(), "label " + i, Long.toString(label), "a class: 0 or more");
      }
      labels[i] = (int) label;
    }
    return labels;
  }

  private static long integer(Npy array, int index) {
    ByteBuffer bytes = array.elements();
    return switch (array.type()) {
      case INT16 -> bytes.getShort(index * Short.BYTES);
      case UINT16 -> bytes.getShort(index * Short.BYTES) & 0xFFFF;
      case INT32 -> bytes.getInt(index * Integer.BYTES);
      case UINT32 -> bytes.getInt(index * Integer.BYTES) & 0xFFFF_FFFFL;
      case INT64, UINT64 -> bytes.getLong(index * Long.BYTES);
      case UINT8 -> bytes.get(index) & 0xFF;
      default -> bytes.get(index);
    };
  }

  /** Number of samples. */
  public int count() {
    return count;
  }

  /** Whether there are labels. */
  public boolean labelled() {
    return labels != null;
  }

  /** The class of sample {@code index}. */
  public int label(int index) {
    return labels[index];
  }

  /**
   * Checks that every label is a class of a model.
   *
   * @throws InputException if one is not
   */
  public void requireClasses(Tensor output) {
    long classes = output.shape().elements();
    if (labels != null && classes > CLASSES_MAX) {
      throw InputException.of(
          labelsFile,
          "",
          "a class for each sample, and %d elements of the model's output".formatted(classes),
          "a model that tells at most " + CLASSES_MAX + " classes apart");
    }
    for (int i = 0; labels != null && i < labels.length; i++) {
      if (labels[i] >= classes) {
        throw InputException.of(
            labelsFile,
            "label " + i,
            "class " + labels[i],
            "at most %d: the model's output is [%s]".formatted(classes - 1, output.shape()));
      }
    }
  }

  /**
   * Checks that the samples suit a model input.
   *
   * @throws InputException if their size or type does not
   */
  public void requireFits(Tensor input) {
    boolean converts =
        samples.type() == input.type()
            || (samples.type() == DataType.FLOAT32
                && (input.type() == DataType.INT8 || input.type() == DataType.INT16)
                && input.quantization().isPresent())
            || (samples.type() == DataType.UINT8
                && (input.type() == DataType.INT8 || input.type() == DataType.FLOAT32));
    if (elements != input.shape().elements() || !converts) {
      throw InputException.of(
          samplesFile,
          "samples",
          elements + " elements of " + samples.type().label(),
          "%d elements of %s, of float32 or of unsigned bytes: the model's input is [%s]"
              .formatted(input.shape().elements(), input.type().label(), input.shape()));
    }
  }

  /** Sample {@code index} as little-endian elements of the type of {@code input}. */
  public void fill(int index, Tensor input, ByteBuffer to) {
    to.clear().order(ByteOrder.LITTLE_ENDIAN);
    int width = Math.toIntExact(samples.type().bytes(1));
    int from = index * elements * width;
    if (samples.type() == input.type()) {
      to.put(samples.elements().slice(from, elements * width));
    } else {
      for (int i = 0; i < elements; i++) {
        convert(from + i * width, input, to);
      }
    }
    to.flip();
  }

  private void convert(int from, Tensor input, ByteBuffer to) {
    if (samples.type() == DataType.UINT8) {
      int pixel = samples.elements().get(from) & 0xFF;
      if (input.type() == DataType.INT8) {
        to.put((byte) (pixel - PIXEL_OFFSET));
      } else {
        to.putFloat(pixel / (float) PIXEL_MAX);
      }
      return;
    }
    float value = samples.elements().getFloat(from);
    var quantization = input.quantization().orElseThrow();
    double scaled = value / (double) quantization.scale();
    long rounded = (long) Math.copySign(Math.floor(Math.abs(scaled) + 0.5), scaled);
    long integer = rounded + quantization.zeroPoint();
    if (input.type() == DataType.INT8) {
      to.put((byte) Math.clamp(integer, Byte.MIN_VALUE, Byte.MAX_VALUE));
    } else {
      to.putShort((short) Math.clamp(integer, Short.MIN_VALUE, Short.MAX_VALUE));
    }
  }
}
