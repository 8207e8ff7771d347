package dev.thumbprint.cli;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.TfliteWriter;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Npy;
import dev.thumbprint.train.DigitSet;
import dev.thumbprint.train.LenetTrainer;
import dev.thumbprint.train.NumberForm;
import dev.thumbprint.train.Quantizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: a labelled set of digits, and a LeNet trained on it. */
@Command(
    name = "train",
    description = "Make the built-in set of digits, or train the study's LeNet on it.",
    subcommands = {TrainCommand.Digits.class, TrainCommand.Lenet.class})
final class TrainCommand implements Runnable {
  /** More would not fit a Java array. */
  private static final int SAMPLES_MAX = 1_000_000;

  private static final int PASSES_MAX = 1000;
  private static final long TEST_SEED = 2;
  private static final long WEIGHT_SEED = 1;

  @Spec CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static void requireRange(CommandSpec spec, String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s: found %d, expected 1 to %d".formatted(option, value, most));
    }
  }

  /** {@code train digits}: writes the set as .npy files. */
  @Command(
      name = "digits",
      description = {
        "Write digits-images.npy (uint8, N x 32 x 32) and digits-labels.npy (uint8) to a folder.",
        "--seed 1 gives the images of the training set, 2 those of the test set (the default)."
      })
  static final class Digits implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Writes(Writes.Kind.MADE_FOLDER)
    @Option(
        names = {"-o", "--output"},
        paramLabel = "DIR",
        required = true,
        description = "Folder to write to.")
    private Path folder;

    @Option(
        names = "--samples",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Number of images. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Override
    public Integer call() throws IOException {
      requireRange(spec, "--samples", samples, SAMPLES_MAX);
      Npy images = DigitSet.images(samples, SharedOptions.of(spec).seed().orElse(TEST_SEED));
      byte[] pixels = new byte[images.elements().remaining()];
      images.elements().duplicate().get(pixels);
      int[] classes = DigitSet.labels(samples);
      byte[] labels = new byte[samples];
      for (int i = 0; i < samples; i++) {
        labels[i] = (byte) classes[i];
      }
      Files.createDirectories(folder);
      Npy.write(folder.resolve("digits-images.npy"), DataType.UINT8, images.shape(), pixels);
      Npy.write(folder.resolve("digits-labels.npy"), DataType.UINT8, Shape.of(samples), labels);
      PrintWriter out = spec.commandLine().getOut();
      out.printf("%s: %d images and their labels%n", folder, samples);
      out.flush();
      return ExitStatus.FINE;
    }
  }

  /** {@code train lenet}: trains and writes the model. */
  @Command(
      name = "lenet",
      description = {
        "Train the study's LeNet and write it as .tflite.",
        "The same options give the same file, byte for byte, on every machine; --seed (default 1)"
            + " is that of weights and order."
      })
  static final class Lenet implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Writes
    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE.tflite",
        required = true,
        description = "Model to write.")
    private Path file;

    @Option(
        names = "--inputs",
        paramLabel = "SET",
        description = "Images of 32 x 32, .npy or IDX. Default: the built-in digits.")
    private Path inputs;

    @Option(names = "--labels", paramLabel = "SET", description = "Labels 0 to 9, .npy or IDX.")
    private Path labels;

    @Option(
        names = "--passes",
        paramLabel = "N",
        defaultValue = "8",
        description = "Passes over all samples. Default: ${DEFAULT-VALUE}.")
    private int passes;

    @Option(
        names = "--form",
        paramLabel = "FORM",
        defaultValue = "float32",
        description = "Numbers of the model: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private NumberForm form;

    @Override
    public Integer call() throws IOException {
      requireRange(spec, "--passes", passes, PASSES_MAX);
      if ((inputs == null) != (labels == null)) {
        throw new ParameterException(
            spec.commandLine(), "--inputs and --labels go together: one is missing");
      }
      LabelledSet set = inputs == null ? DigitSet.training() : LabelledSet.read(inputs, labels);
      SharedOptions shared = SharedOptions.of(spec);
      LenetTrainer trainer = new LenetTrainer(shared.seed().orElse(WEIGHT_SEED));
      trainer.train(set, passes, shared.progress(spec.commandLine().getErr()));
      Graph graph = Quantizer.convert(trainer.graph("lenet-digits"), form, set);
      TfliteWriter.write(graph, file);
      return ExitStatus.FINE;
    }
  }
}
