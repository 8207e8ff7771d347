package dev.thumbprint.run;

import dev.thumbprint.kernels.Rounding;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Makes runtime-layers.csv: runs every kind of layer in builds of TensorFlow Lite Micro, compares,
 * and prints the rows. The builds are programs of one's own around the runtime that take two
 * arguments: a file of cases, a file to write answers to. All numbers are 32 bits, little-endian.
 *
 * <p>Cases: their number; for each the size of the .tflite file, the file, the number of
 * inferences, the size of the inputs of one, the inputs. Answers: for each case the status of
 * AllocateTensors (others than 0 end the case); for each inference the status of Invoke, the size
 * of the outputs, the outputs.
 */
final class RuntimeFigures {
  static final int CASES = Integer.getInteger("thumbprint.figures.cases", 2000);
  static final int CASES_PER_ROW = 100;

  /** Builds, in the order of the arguments and of the columns. */
  enum Build {
    REFERENCE(4, RunOptions.defaults()),
    SINGLE_ROUNDING(5, RunOptions.defaults().with(Rounding.SINGLE)),
    CMSIS_NN(6, library("2026")),
    /** The library of a generation with the runtime of its time, for the DSP extension. */
    CMSIS_NN_2022_DSP(7, library("2022")),
    CMSIS_NN_2024_DSP(8, library("2024")),
    CMSIS_NN_2026_DSP(9, library("2026")),
    CMSIS_NN_2020_03_DSP(10, library("2020-03")),
    CMSIS_NN_2020_09_DSP(11, library("2020-09")),
    /** Runtime and library both built for single rounding. */
    CMSIS_NN_SINGLE_ROUNDING(12, library("2026").with(Rounding.SINGLE)),
    CMSIS_NN_2022_DSP_SINGLE_ROUNDING(13, library("2022").with(Rounding.SINGLE)),
    CMSIS_NN_2024_DSP_SINGLE_ROUNDING(14, library("2024").with(Rounding.SINGLE));

    @SuppressWarnings("ImmutableEnumChecker") // options have no state
    private final RunOptions options;

    private final int column;

    Build(int column, RunOptions options) {
      this.column = column;
      this.options = options;
    }

    private static RunOptions library(String generation) {
      return RunOptions.defaults().with(Dialect.parse("cmsis-nn@" + generation));
    }

    /** Column of the figures. */
    int column() {
      return column;
    }

    RunOptions options() {
      return options;
    }
  }

  /** kTfLiteAbort of TfLiteStatus. */
  private static final int STATUS_ABORT = 15;

  private RuntimeFigures() {}

  /**
   * Arguments: a folder for temporary files, the CSV to write, a regular expression of names, the
   * programs in the order of {@link Build}, or {@code -} for one that is left out. Where a
   * generation refuses every case, for it had not the types yet, or we do, for it reads outside its
   * memory, it gets no figure.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (PrintStream csv = new PrintStream(arguments[1])) {
      csv.println(
          "kind,first,cases_crc32,refused,reference_crc32,single_rounding_crc32,cmsis_nn_crc32,"
              + "cmsis_nn_2022_dsp_crc32,cmsis_nn_2024_dsp_crc32,cmsis_nn_2026_dsp_crc32,"
              + "cmsis_nn_2020_03_dsp_crc32,cmsis_nn_2020_09_dsp_crc32,"
              + "cmsis_nn_single_rounding_crc32,cmsis_nn_2022_dsp_single_rounding_crc32,"
              + "cmsis_nn_2024_dsp_single_rounding_crc32");
      for (Layers.Kind kind : Layers.all()) {
        if (kind.name().matches(arguments[2])) {
          measure(kind, folder, Arrays.copyOfRange(arguments, 3, arguments.length), csv);
        }
      }
    }
  }

  private static void measure(Layers.Kind kind, Path folder, String[] programs, PrintStream csv)
      throws Exception {
    List<RuntimeCase> cases = new ArrayList<>();
    for (int seed = 0; seed < CASES; seed++) {
      cases.add(RuntimeCase.of(kind, RuntimeCase.Draw.SPREAD, seed));
    }
    Path input = folder.resolve("cases.bin");
    write(cases, input);
    List<List<List<RuntimeCase.Answer>>> builds = new ArrayList<>();
    for (int b = 0; b < programs.length; b++) {
      Build build = Build.values()[b];
      if (programs[b].equals("-") || kind.undefined().contains(build)) {
        builds.add(List.of());
        continue;
      }
      Path output = folder.resolve("answers.bin");
      Process process =
          new ProcessBuilder(programs[b], input.toString(), output.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(programs[b] + " failed on " + kind);
      }
      List<List<RuntimeCase.Answer>> answers = read(cases, output);
      boolean theirs = answers.stream().allMatch(RuntimeFigures::refused);
      boolean lacking =
          build.column() >= Build.CMSIS_NN.column()
              && (theirs || cases.stream().allMatch(one -> refused(one.run(build.options()))));
      builds.add(lacking ? List.of() : answers);
      if (lacking) {
        String where = theirs ? "there" : "here";
        System.out.printf("%-70s %-16s no figures: all refused %s%n", kind, build, where);
      } else {
        compare(kind, build, cases, answers);
      }
    }
    for (int first = 0; first < CASES; first += CASES_PER_ROW) {
      csv.println(row(kind, first, cases, builds));
    }
    csv.flush();
  }

  private static String row(
      Layers.Kind kind,
      int first,
      List<RuntimeCase> cases,
      List<List<List<RuntimeCase.Answer>>> builds) {
    CRC32 given = new CRC32();
    cases.subList(first, first + CASES_PER_ROW).forEach(one -> one.digest(given));
    StringBuilder row =
        new StringBuilder(
            "%s,%s%d,%08x"
                .formatted(
                    kind.name().replace(',', ';'),
                    RuntimeCase.Draw.SPREAD.mark(),
                    first,
                    given.getValue()));
    List<List<RuntimeCase.Answer>> reference = builds.getFirst();
    row.append(',');
    if (!reference.isEmpty()) {
      row.append(
          reference.subList(first, first + CASES_PER_ROW).stream()
              .filter(RuntimeFigures::refused)
              .count());
    }
    for (List<List<RuntimeCase.Answer>> answers : builds) {
      row.append(',');
      if (!answers.isEmpty()) {
        row.append(digest(answers.subList(first, first + CASES_PER_ROW)));
      }
    }
    return row.toString().replaceAll(",+$", "");
  }

  private static boolean refused(List<RuntimeCase.Answer> answers) {
    return answers.getFirst().status() == RuntimeCase.Status.REFUSED;
  }

  static String digest(List<List<RuntimeCase.Answer>> answers) {
    CRC32 crc = new CRC32();
    answers.forEach(some -> some.forEach(answer -> answer.digest(crc)));
    return "%08x".formatted(crc.getValue());
  }

  private static void compare(
      Layers.Kind kind,
      Build build,
      List<RuntimeCase> cases,
      List<List<RuntimeCase.Answer>> theirs) {
    int differing = 0;
    int refused = 0;
    StringBuilder first = new StringBuilder();
    for (int seed = 0; seed < cases.size(); seed++) {
      List<RuntimeCase.Answer> ours = cases.get(seed).run(build.options());
      List<RuntimeCase.Answer> other = theirs.get(seed);
      refused += refused(other) ? 1 : 0;
      if (!digest(List.of(ours)).equals(digest(List.of(other)))) {
        if (differing++ == 0) {
          first.append(" first seed ").append(seed).append(": ").append(tell(ours, other));
        }
      }
    }
    System.out.printf(
        "%-70s %-16s %5d differ, %5d refused%s%n", kind, build, differing, refused, first);
  }

  private static String tell(List<RuntimeCase.Answer> ours, List<RuntimeCase.Answer> theirs) {
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      if (i >= ours.size() || i >= theirs.size()) {
        return "%d and %d inferences".formatted(ours.size(), theirs.size());
      }
      RuntimeCase.Answer a = ours.get(i);
      RuntimeCase.Answer b = theirs.get(i);
      int at = Arrays.mismatch(a.outputs(), b.outputs());
      if (a.status() != b.status() || at >= 0) {
        int unequal = 0;
        for (int k = 0; k < Math.min(a.outputs().length, b.outputs().length); k++) {
          unequal += a.outputs()[k] == b.outputs()[k] ? 0 : 1;
        }
        return "inference %d, %s here, %s there, %d of %d bytes from byte %d on"
            .formatted(i, a.status(), b.status(), unequal, a.outputs().length, at);
      }
    }
    return "";
  }

  private static void write(List<RuntimeCase> cases, Path file) throws IOException {
    int bytes = 4;
    for (RuntimeCase one : cases) {
      bytes += 12 + one.model().length + one.inputs().stream().mapToInt(i -> i.length).sum();
    }
    ByteBuffer all = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    all.putInt(cases.size());
    for (RuntimeCase one : cases) {
      all.putInt(one.model().length).put(one.model());
      all.putInt(one.inputs().size()).putInt(one.inputs().getFirst().length);
      one.inputs().forEach(all::put);
    }
    Files.write(file, all.array());
  }

  private static List<List<RuntimeCase.Answer>> read(List<RuntimeCase> cases, Path file)
      throws IOException {
    List<List<RuntimeCase.Answer>> all = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      for (RuntimeCase one : cases) {
        List<RuntimeCase.Answer> answers = new ArrayList<>();
        if (bytes.getInt() != 0) {
          answers.add(RuntimeCase.Answer.without(RuntimeCase.Status.REFUSED));
        } else {
          for (int i = 0; i < one.inputs().size(); i++) {
            answers.add(answer(bytes));
          }
        }
        all.add(answers);
      }
    }
    return all;
  }

  private static RuntimeCase.Answer answer(ByteBuffer bytes) {
    int status = bytes.getInt();
    byte[] outputs = new byte[bytes.getInt()];
    bytes.get(outputs);
    return switch (status) {
      case 0 -> new RuntimeCase.Answer(RuntimeCase.Status.DONE, outputs);
      case STATUS_ABORT -> RuntimeCase.Answer.without(RuntimeCase.Status.ABORTED);
      default -> RuntimeCase.Answer.without(RuntimeCase.Status.REFUSED);
    };
  }
}
