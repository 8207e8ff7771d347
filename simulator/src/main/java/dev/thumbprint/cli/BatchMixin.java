package dev.thumbprint.cli;

import dev.thumbprint.model.Graph;
import dev.thumbprint.report.TextTable;
import dev.thumbprint.report.TextTable.Align;
import dev.thumbprint.run.BatchResult;
import dev.thumbprint.run.BatchRun;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Program;
import dev.thumbprint.run.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code run --inputs}: a set of samples instead of one input. */
final class BatchMixin {
  /** From so many samples on the vector tier has paid for its slower start. */
  static final int VECTOR_SAMPLES_MIN = 2000;

  private static final int SHOWN_CLASSES_MAX = 20;

  @Option(
      names = "--inputs",
      paramLabel = "SET",
      description =
          "Run a set of samples: a .npy file with the samples in the first dimension, or an IDX"
              + " file of bytes. float32 is quantised as the input wants it; unsigned bytes are"
              + " pixels.")
  private Path inputs;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "The class of each sample, .npy or IDX: gives accuracy, loss and confusion.")
  private Path labels;

  /** Whether a set is to be run. */
  boolean wanted() {
    return inputs != null;
  }

  /** Whether labels were given without samples. */
  boolean labelsAlone() {
    return inputs == null && labels != null;
  }

  LabelledSet read() throws IOException {
    return LabelledSet.read(inputs, labels);
  }

  /** The tier for a set where the user named none. */
  static Tier tier(LabelledSet set) {
    return set.count() >= VECTOR_SAMPLES_MIN && Tier.whyNoVectors().isEmpty()
        ? Tier.VECTOR
        : Tier.PLAIN;
  }

  /** Runs the set with progress on standard error where that is a terminal. */
  static BatchResult run(Program program, LabelledSet set, int threads, boolean progress) {
    BatchResult result =
        BatchRun.run(
            program,
            set,
            threads,
            done -> {
              if (progress) {
                System.err.printf("\r%,d of %,d samples", done, set.count());
              }
            });
    if (progress) {
      System.err.printf("\r%" + 40 + "s\r", "");
    }
    return result;
  }

  /** The report as a document. */
  static Map<String, Object> document(Graph graph, Tier tier, BatchResult result) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema_version", "1.0");
    document.put("model", graph.name());
    document.put("sha256", graph.sha256());
    document.put("samples", result.predicted().length);
    result.accuracy().ifPresent(accuracy -> document.put("accuracy", accuracy));
    result.loss().ifPresent(loss -> document.put("loss", loss));
    if (result.confusion().length > 0) {
      document.put("confusion", result.confusion());
    }
    document.put("predicted", result.predicted());
    document.put("tier", tier.toString());
    document.put("threads", result.pace().threads());
    document.put("seconds", result.pace().seconds());
    document.put("inferences_per_second", result.inferencesPerSecond());
    document.put("later_half_per_second", result.pace().laterPerSecond());
    return document;
  }

  /** A line for each sample. */
  static String csv(LabelledSet set, BatchResult result) {
    StringBuilder text = new StringBuilder("sample,label,predicted\n");
    for (int i = 0; i < set.count(); i++) {
      text.append(i).append(',');
      if (set.labelled()) {
        text.append(set.label(i));
      }
      text.append(',').append(result.predicted()[i]).append('\n');
    }
    return text.toString();
  }

  /** The report for a person. */
  static String text(Tier tier, BatchResult result) {
    StringBuilder text = new StringBuilder();
    result
        .accuracy()
        .ifPresent(
            accuracy ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "Accuracy: %.2f %% of %,d samples%n",
                        100 * accuracy,
                        result.predicted().length)));
    result.loss().ifPresent(loss -> text.append(String.format(Locale.ROOT, "Loss: %.4f%n", loss)));
    int[][] confusion = result.confusion();
    if (confusion.length > 0 && confusion.length <= SHOWN_CLASSES_MAX) {
      text.append("\nConfusion (rows: label, columns: predicted)\n").append(table(confusion));
    } else if (confusion.length == 0) {
      int[] counts = new int[Arrays.stream(result.predicted()).max().orElse(0) + 1];
      Arrays.stream(result.predicted()).forEach(predicted -> counts[predicted]++);
      text.append("Samples by predicted class: ").append(Arrays.toString(counts)).append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%n%,.0f inferences per second (%d thread%s, %s tier, %.2f s); over the later half"
                + " %,.0f%n",
            result.inferencesPerSecond(),
            result.pace().threads(),
            result.pace().threads() == 1 ? "" : "s",
            tier,
            result.pace().seconds(),
            result.pace().laterPerSecond()));
    return text.toString();
  }

  private static String table(int[][] confusion) {
    TextTable table = new TextTable().column("", Align.RIGHT);
    for (int c = 0; c < confusion.length; c++) {
      table.column(Integer.toString(c), Align.RIGHT);
    }
    for (int row = 0; row < confusion.length; row++) {
      String[] cells = new String[confusion.length + 1];
      cells[0] = Integer.toString(row);
      for (int c = 0; c < confusion.length; c++) {
        cells[c + 1] = confusion[row][c] == 0 ? "." : Integer.toString(confusion[row][c]);
      }
      table.row(cells);
    }
    return table.render();
  }
}
