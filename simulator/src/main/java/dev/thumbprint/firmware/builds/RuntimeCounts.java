package dev.thumbprint.firmware.builds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * One inference of a real model by a real build of TensorFlow Lite Micro, executed by this
 * emulator; QEMU counted the same instructions and computed the same output.
 *
 * @param library {@code cmsis-nn} or {@code tflm-reference}
 * @param core such as {@code cortex-m4}
 * @param opt optimisation level of the kernels
 * @param model name of the model
 * @param instructions of the whole {@code Invoke}
 * @param arenaUsedBytes what {@code arena_used_bytes()} returned
 * @param stackPrepareBytes high-water mark of the stack in {@code AllocateTensors}
 * @param stackInvokeBytes high-water mark of the stack in {@code Invoke}
 * @param heapBytes what was taken from the heap
 * @param outputCrc32 CRC-32 of the output for the input that TFLM's generic benchmark draws
 * @param elfSha256 of the program
 * @param operators instructions of each operator, in order
 */
public record RuntimeCounts(
    String library,
    String core,
    String opt,
    String model,
    long instructions,
    long arenaUsedBytes,
    long stackPrepareBytes,
    long stackInvokeBytes,
    long heapBytes,
    String outputCrc32,
    String elfSha256,
    List<Long> operators) {
  /** What all builds have in common. */
  public static final String ORIGIN =
      "tensorflow/tflite-micro 90b983c2, ARM-software/CMSIS-NN 4ab83cc3, arm-none-eabi-gcc 12.2.1,"
          + " NDEBUG, newlib-nano; the runtime is built at -Os where the kernels are at -Os or -O2";

  private static final int FIXED_COLUMNS = 11;

  public RuntimeCounts {
    operators = List.copyOf(operators);
  }

  /** All stored counts. */
  public static List<RuntimeCounts> all() {
    return Loaded.ALL;
  }

  /** Loaded once, when first asked for. */
  private static final class Loaded {
    static final List<RuntimeCounts> ALL = read("runtime-counts.csv");
  }

  /** Millions of instructions that others counted, by library, core, opt and model. */
  public static Map<List<String>, Double> published() {
    Map<List<String>, Double> figures = new HashMap<>();
    for (String[] row : rows("published-counts.csv")) {
      figures.put(List.of(row[0], row[1], row[2], row[3]), Double.parseDouble(row[4]));
    }
    return figures;
  }

  /** Millions of instructions that others counted for this build and model, if they did. */
  public OptionalDouble publishedMillions() {
    Double millions = published().get(List.of(library, core, opt, model));
    return millions == null ? OptionalDouble.empty() : OptionalDouble.of(millions);
  }

  private static List<RuntimeCounts> read(String resource) {
    List<RuntimeCounts> counts = new ArrayList<>();
    for (String[] row : rows(resource)) {
      List<Long> operators = new ArrayList<>();
      for (String operator : row[FIXED_COLUMNS].split(" ")) {
        operators.add(Long.parseLong(operator));
      }
      counts.add(
          new RuntimeCounts(
              row[0],
              row[1],
              row[2],
              row[3],
              Long.parseLong(row[4]),
              Long.parseLong(row[5]),
              Long.parseLong(row[6]),
              Long.parseLong(row[7]),
              Long.parseLong(row[8]),
              row[9],
              row[10],
              operators));
    }
    return List.copyOf(counts);
  }

  private static List<String[]> rows(String resource) {
    try (InputStream in = RuntimeCounts.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
