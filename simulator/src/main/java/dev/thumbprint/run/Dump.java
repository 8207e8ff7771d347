package dev.thumbprint.run;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Node;
import dev.thumbprint.model.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of one inference as .npy files of a folder: {@code input-0.npy}, and {@code
 * 007-CONV_2D-0.npy} for output 0 of operator 7.
 */
public final class Dump {
  /** One operator output that differs from what was expected. */
  public record Difference(
      Node node, int output, int elements, int differing, int firstIndex, String reason) {
    /** For a message. */
    @Override
    public String toString() {
      String where = "operator %d (%s), output %d".formatted(node.index(), node.label(), output);
      return reason.isEmpty()
          ? "%s: %d of %d elements differ, first at index %d"
              .formatted(where, differing, elements, firstIndex)
          : where + ": " + reason;
    }
  }

  /** What a comparison found. */
  public record Comparison(int compared, int missing, List<Difference> differences) {}

  private Dump() {}

  private static Path file(Path folder, Node node, int output) {
    String label = node.label().replaceAll("[^A-Za-z0-9_]", "_");
    return folder.resolve("%03d-%s-%d.npy".formatted(node.index(), label, output));
  }

  /** Writes all inputs, then runs one inference and writes every operator output. */
  public static void write(Graph graph, Interpreter run, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < run.inputs(); i++) {
      Tensor input = run.input(i);
      byte[] bytes = run.tensorBytes(input.index());
      Npy.write(folder.resolve("input-" + i + ".npy"), input.type(), input.shape(), bytes);
    }
    try {
      run.invoke(node -> write(graph, run, folder, node));
    } catch (UncheckedIOException failed) {
      throw new IOException(failed.getCause().getMessage(), failed);
    }
  }

  private static void write(Graph graph, Interpreter run, Path folder, Node node) {
    for (int i = 0; i < node.outputs().size(); i++) {
      Tensor tensor = graph.main().tensor(node.outputs().get(i));
      try {
        byte[] bytes = run.tensorBytes(tensor.index());
        Npy.write(file(folder, node, i), tensor.type(), tensor.shape(), bytes);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /**
   * Runs one inference and compares every operator output with the files of a folder. Outputs
   * without a file are counted as missing.
   *
   * @throws InputException if the folder holds none of the expected files
   */
  public static Comparison compare(Graph graph, Interpreter run, Path folder) throws IOException {
    List<Difference> differences = new ArrayList<>();
    int[] counts = new int[2];
    try {
      run.invoke(node -> compare(graph, run, folder, node, differences, counts));
    } catch (UncheckedIOException failed) {
      throw new IOException(failed.getCause().getMessage(), failed);
    }
    if (counts[0] == 0) {
      throw InputException.of(
          folder.toString(), "", "none of the model's tensors", "files as --dump writes them");
    }
    return new Comparison(counts[0], counts[1], List.copyOf(differences));
  }

  private static void compare(
      Graph graph,
      Interpreter run,
      Path folder,
      Node node,
      List<Difference> differences,
      int[] counts) {
    for (int i = 0; i < node.outputs().size(); i++) {
      Path file = file(folder, node, i);
      if (!Files.exists(file)) {
        counts[1]++;
        continue;
      }
      counts[0]++;
      Tensor tensor = graph.main().tensor(node.outputs().get(i));
      try {
        Npy expected = Npy.read(file);
        Difference difference = difference(run, node, i, tensor, expected);
        if (difference != null) {
          differences.add(difference);
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static Difference difference(
      Interpreter run, Node node, int output, Tensor tensor, Npy expected) {
    byte[] found = run.tensorBytes(tensor.index());
    if (expected.type() != tensor.type() || expected.elements().remaining() != found.length) {
      String reason =
          "%s [%s], expected %s [%s]"
              .formatted(
                  tensor.type().label(), tensor.shape(), expected.type().label(), expected.shape());
      return new Difference(node, output, 0, 0, 0, reason);
    }
    int elements = Math.toIntExact(tensor.shape().elements());
    int width = elements == 0 ? 1 : found.length / elements;
    int differing = 0;
    int first = -1;
    for (int i = 0; i < elements; i++) {
      boolean same = true;
      for (int b = 0; b < width; b++) {
        same &= found[i * width + b] == expected.elements().get(i * width + b);
      }
      if (!same) {
        differing++;
        first = first < 0 ? i : first;
      }
    }
    return differing == 0 ? null : new Difference(node, output, elements, differing, first, "");
  }
}
