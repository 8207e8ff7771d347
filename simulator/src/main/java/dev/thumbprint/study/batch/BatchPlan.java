package dev.thumbprint.study.batch;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.cost.yaml.Section;
import dev.thumbprint.train.NumberForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A full factorial: every board with every library, flag, floating-point setting, number form and
 * model.
 *
 * @param boards built-in names or files
 * @param kernels kernel libraries
 * @param opts optimisation levels
 * @param fpus whether the floating-point unit is used
 * @param forms number forms
 * @param models zoo names or files
 * @param inputs labelled set, samples, .npy or IDX; empty where accuracy is not asked for
 * @param labels labelled set, classes
 */
public record BatchPlan(
    List<String> boards,
    List<LibraryId> kernels,
    List<OptLevel> opts,
    List<Boolean> fpus,
    List<NumberForm> forms,
    List<String> models,
    Optional<Path> inputs,
    Optional<Path> labels) {
  private static final int VERSION = 1;

  /** More combinations than anybody waits for. */
  private static final long CELLS_MAX = 1_000_000;

  /**
   * Reads a plan. Files that it names stand relative to its own folder.
   *
   * @throws BadDescription if it is damaged: file, line, key, found, expected
   * @throws IOException if it cannot be read
   */
  public static BatchPlan read(Path file) throws IOException {
    Section plan = Section.read(file);
    plan.allow("version", "boards", "kernels", "opt", "fpu", "types", "models", "inputs", "labels");
    plan.version(VERSION);
    Path folder = file.toAbsolutePath().getParent();
    BatchPlan read =
        new BatchPlan(
            filled(plan, "boards").stream().map(name -> located(folder, name)).toList(),
            filled(plan, "kernels").stream().map(LibraryId::parse).toList(),
            words(plan, "opt", levels()).stream()
                .map(word -> OptLevel.ofLabel(word).orElseThrow())
                .toList(),
            words(plan, "fpu", Set.of("on", "off")).stream().map("on"::equals).toList(),
            words(plan, "types", formNames()).stream().map(BatchPlan::form).toList(),
            filled(plan, "models").stream().map(name -> located(folder, name)).toList(),
            path(plan, "inputs", folder),
            path(plan, "labels", folder));
    if (read.inputs.isPresent() != read.labels.isPresent()) {
      throw plan.problem(
          read.inputs.isPresent() ? "inputs" : "labels",
          "found one of inputs and labels, expected both or neither",
          "a labelled set needs samples and classes");
    }
    if (read.cells() > CELLS_MAX) {
      throw plan.problem(
          "models",
          "found %d combinations, expected at most %d".formatted(read.cells(), CELLS_MAX),
          "split the plan");
    }
    return read;
  }

  /** The files that it names, and names that are no file as well. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>();
    boards.forEach(name -> files.add(Path.of(name)));
    models.forEach(name -> files.add(Path.of(name)));
    inputs.ifPresent(files::add);
    labels.ifPresent(files::add);
    return files;
  }

  /** Number of combinations. */
  public long cells() {
    return (long) boards.size()
        * kernels.size()
        * opts.size()
        * fpus.size()
        * forms.size()
        * models.size();
  }

  private static List<String> filled(Section plan, String key) {
    if (!plan.has(key)) {
      throw plan.problem(key, "missing, expected a list", "a plan says all it combines");
    }
    List<String> texts = plan.texts(key);
    if (texts.isEmpty()) {
      throw plan.problem(key, "found an empty list, expected at least one", "");
    }
    if (Set.copyOf(texts).size() != texts.size()) {
      throw plan.problem(key, "found the same twice, expected each once", "");
    }
    return texts;
  }

  private static List<String> words(Section plan, String key, Set<String> known) {
    List<String> words = new ArrayList<>();
    for (String word : filled(plan, key)) {
      if (!known.contains(word)) {
        throw plan.problem(
            key,
            "found '%s', expected some of %s"
                .formatted(word, String.join(", ", new TreeSet<>(known))),
            dev.thumbprint.cost.Suggestion.hint(word, known, ""));
      }
      words.add(word);
    }
    return words;
  }

  private static Set<String> levels() {
    return Arrays.stream(OptLevel.values()).map(OptLevel::label).collect(Collectors.toSet());
  }

  private static Set<String> formNames() {
    return Arrays.stream(NumberForm.values()).map(NumberForm::label).collect(Collectors.toSet());
  }

  private static NumberForm form(String label) {
    return Arrays.stream(NumberForm.values())
        .filter(form -> form.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  /** A name that looks like a file stands relative to the plan. */
  private static String located(Path folder, String name) {
    boolean file = name.contains("/") || name.endsWith(".tflite") || name.endsWith(".yaml");
    return file ? folder.resolve(name).toString() : name;
  }

  private static Optional<Path> path(Section plan, String key, Path folder) {
    return plan.has(key) ? Optional.of(folder.resolve(plan.text(key))) : Optional.empty();
  }
}
