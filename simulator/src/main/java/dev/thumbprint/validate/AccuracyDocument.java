package dev.thumbprint.validate;

import dev.thumbprint.cost.pricing.CostModel;
import dev.thumbprint.model.WholeFile;
import dev.thumbprint.recorded.Recording;
import dev.thumbprint.recorded.Recordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes {@code docs/accuracy.md}: every figure computed when it is made. Its pictures stand in a
 * folder beside it.
 */
public final class AccuracyDocument {
  /** What a reader types to make the document again. */
  public static final String COMMAND = "./thumbprint validate --document docs/accuracy.md";

  /** Folder of the pictures, beside the document. */
  static final String FOLDER = "accuracy";

  private final StringBuilder text = new StringBuilder();
  private final SortedMap<String, String> pictures = new TreeMap<>();

  private AccuracyDocument() {}

  /** The document, with every split computed. */
  public static AccuracyDocument make(Consumer<String> progress) {
    List<Recording> rows = Recordings.builtIn();
    Validation validation = new Validation(rows, new Samples());
    HeldOut heldOut = HeldOut.of(rows, validation, progress);
    Validated held =
        new Validated("held out", CostModel.shipped(), validation.crossFitted(heldOut));
    List<Prediction> boards = heldOut.split("board", row -> true);
    List<Prediction> sources = heldOut.split("source", row -> true);
    AccuracyDocument document = new AccuracyDocument();
    document.write(held, boards, sources);
    document.text.append(ClosedRuntimeTables.of(heldOut));
    document.text.append(Unvalidated.of(rows, held.predictions()));
    document.constants(held);
    return document;
  }

  /**
   * Writes the document, and its pictures beside it unless it goes to a device or a pipe.
   *
   * @throws IOException if a file cannot be written; it names the file
   */
  public void write(Path file) throws IOException {
    boolean isFile = !Files.exists(file) || Files.isRegularFile(file);
    WholeFile.write(text.toString(), file);
    if (isFile) {
      Path folder = Files.createDirectories(file.resolveSibling(FOLDER));
      for (Map.Entry<String, String> picture : pictures.entrySet()) {
        WholeFile.write(picture.getValue(), folder.resolve(picture.getKey()));
      }
    }
  }

  private void write(Validated held, List<Prediction> boards, List<Prediction> sources) {
    text.append("# Accuracy\n\n");
    text.append("Made by `").append(COMMAND).append("`; do not edit. ");
    text.append("Errors are mean absolute percentage errors of predictions made by coefficients\n");
    text.append("fitted without the rows that are judged (declared splits, docs/recordings.md).\n");
    text.append("Refused rows stay in the denominator of \"within 10 %\".\n\n");
    header("Goals");
    scores("unseen shapes, L496 with CMSIS-NN", held, operators("nucleo-l496zg", "cmsis-nn"));
    scores(
        "unseen shapes, L496 with reference", held, operators("nucleo-l496zg", "tflm-reference"));
    scores("unseen shapes, F446", held, operators("nucleo-f446re", "cmsis-nn"));
    scores("unseen shapes, L552", held, operators("nucleo-l552ze-q", "cmsis-nn"));
    scores("unseen int8 networks, CMSIS-NN", held, networks("cmsis-nn"));
    scores("unseen int8 networks, reference", held, networks("tflm-reference"));
    scores("unseen float networks", held, p -> isTflm(p) && isFloatNetwork(p));
    row("unseen board, CMSIS-NN and reference", kept(boards, AccuracyDocument::isTflm));
    row("unseen source, CMSIS-NN and reference", kept(sources, AccuracyDocument::isTflm));
    text.append('\n').append(ValidationText.legend()).append('\n');
    header("Unseen boards, each held out once");
    Function<Prediction, String> board = p -> p.recording().setting().boardId();
    grouped(kept(boards, AccuracyDocument::isTflm), board);
    picture("board", "Unseen boards", kept(boards, AccuracyDocument::isTflm), board);
    header("Unseen sources, each held out once");
    Function<Prediction, String> source = p -> p.recording().origin().source();
    grouped(kept(sources, AccuracyDocument::isTflm), source);
    picture("source", "Unseen sources", kept(sources, AccuracyDocument::isTflm), source);
    text.append("## Energy\n\nPower during inference, at the recorded time: predicted by a fit ");
    text.append("that has not seen the network,\nand of boards that the fit knows by their data ");
    text.append("sheet alone. `covered` is the share inside the 90 % interval;\nthe error of the ");
    text.append("time comes on top ([energy.md](energy.md)).\n\n```\n");
    text.append(new EnergyReport().text()).append("```\n\n");
    header("By source, board, runtime and operator (unseen shapes, unseen networks)");
    held.groups()
        .forEach(
            (group, rows) -> {
              if (rows.stream().anyMatch(Prediction::scored)) {
                row(group.replace("\t", ", "), rows);
              }
            });
    picture("operator", "Unseen shapes and networks", held.known(), Prediction::operator);
    header("Scored apart: the input that moves the result most is not told");
    held.apart().forEach(this::row);
    text.append("\n## Refused\n\n| rows | reason |\n|---:|---|\n");
    Validation.reasons(held.predictions())
        .forEach((reason, count) -> text.append("| %d | %s |%n".formatted(count, reason)));
  }

  private void picture(
      String by, String title, List<Prediction> rows, Function<Prediction, String> key) {
    String name = "by-" + by + ".svg";
    String words = title + ", by " + by + ": recorded against predicted cycles";
    pictures.put(name, AccuracyPlots.svg(words, rows, key));
    text.append("\n![%s](%s/%s)\n\n".formatted(words, FOLDER, name));
    text.append(String.join("\n", AccuracyPlots.caption()));
    text.append("\nThe band is 10 % to both sides of the diagonal.\n\n");
  }

  private void constants(Validated held) {
    text.append("\n## Constants\n\n```\n").append(ValidationText.constants(held)).append("```\n");
  }

  private void scores(String name, Validated held, Predicate<Prediction> wanted) {
    row(name, kept(held.known(), wanted));
  }

  private static List<Prediction> kept(List<Prediction> rows, Predicate<Prediction> wanted) {
    return rows.stream().filter(p -> p.apart().isEmpty()).filter(wanted).toList();
  }

  private static boolean isTflm(Prediction prediction) {
    String library = prediction.recording().setting().library().name();
    return library.equals("cmsis-nn") || library.equals("tflm-reference");
  }

  private static boolean isFloatNetwork(Prediction prediction) {
    return !prediction.recording().isLayer()
        && prediction.recording().setting().type().equals("float32");
  }

  private static Predicate<Prediction> operators(String board, String library) {
    return p ->
        p.recording().isLayer()
            && p.recording().setting().boardId().equals(board)
            && p.recording().setting().library().name().equals(library);
  }

  private static Predicate<Prediction> networks(String library) {
    return p ->
        !p.recording().isLayer()
            && p.recording().setting().type().equals("int8")
            && p.recording().setting().library().name().equals(library);
  }

  private void header(String title) {
    text.append("## ").append(title).append("\n\n").append(titles());
  }

  /** The titles of a table of scores. */
  static String titles() {
    return "| rows of | rows | scored | mean % | median % "
        + "| p90 % | bias % | <=5 % | <=10 % | tau | in 90 % | half-width % "
        + "| base 1 | base 2 | base 3 |\n|---|"
        + "---:|".repeat(14)
        + "\n";
  }

  private void grouped(List<Prediction> rows, Function<Prediction, String> key) {
    Map<String, List<Prediction>> groups =
        rows.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    groups.forEach(this::row);
  }

  private void row(String name, List<Prediction> rows) {
    text.append(row(name, Score.of(rows)));
  }

  /** A row of a table under {@link #titles}. */
  static String row(String name, Score score) {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(Integer.toString(score.rows()));
    cells.add(Integer.toString(score.scored()));
    for (double value :
        List.of(
            score.meanPct(),
            score.medianPct(),
            score.p90Pct(),
            score.biasPct(),
            100 * score.within5(),
            100 * score.within10())) {
      cells.add(ValidationText.one(value));
    }
    cells.add(ValidationText.two(score.tau()));
    cells.add(ValidationText.one(100 * score.coverage()));
    cells.add(ValidationText.one(score.halfWidthPct()));
    score.baselinesPct().forEach(value -> cells.add(ValidationText.one(value)));
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
