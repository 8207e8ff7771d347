package dev.thumbprint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What is read is never written, and a place that cannot be written is told before the work. */
final class PlacesTest {
  private static final String CONTENT = "a day of recordings";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs a command whose words are parted by blanks; {@code D} is the folder. */
  private int run(String command) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = command.replace("D/", folder + "/").split(" +");
    return Main.run(new PrintWriter(out), new PrintWriter(err), words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "calibrate D/x.csv -b nucleo-l4r5zi -o D/x.csv",
        "calibrate D/x.csv -b nucleo-l4r5zi -o D/none/../x.csv",
        "calibrate D/x.csv -b nucleo-l4r5zi -o D/link.csv",
        "calibrate D/y.csv -b ad --networks D/x.csv -o D/x.csv",
        "calibrate --log D/x.csv --model ad -b nucleo-l4r5zi -o D/x.csv",
        "validate D/x.csv --predictions D/x.csv",
        "validate D/y.csv D/x.csv -f csv -o D/x.csv",
        "validate D/y.csv --networks D/x.csv -o D/x.csv",
        "profile D/x.csv -b nucleo-l4r5zi -o D/x.csv",
        "profile D/x.csv -b nucleo-l4r5zi --trace D/x.csv",
        "profile kws -b nucleo-l4r5zi --kernels D/x.csv -o D/x.csv",
        "analyze D/x.csv -o D/x.csv",
        "analyze D/x.csv --html D/x.csv",
        "analyze D/x.csv --arena-svg D/x.csv",
        "analyze D/x.csv --apply combined=D/x.csv",
        "check D/x.csv -b nucleo-l4r5zi --max-latency 1s -o D/x.csv",
        "compare D/y.csv D/x.csv -o D/x.csv",
        "explain D/y.csv -b nucleo-l4r5zi --against D/x.csv -o D/x.csv",
        "advise D/x.csv -b nucleo-l4r5zi --apply D/x.csv",
        "radio D/x.csv -b nucleo-l4r5zi --plot D/x.csv",
        "run D/y.csv --input D/x.csv -o D/x.csv",
        "run D/y.csv --inputs D/x.csv --labels D/y.csv -o D/x.csv",
        "run D/y.csv --input D/input-0.npy --dump D/",
        "emulate D/x.csv -b nucleo-l4r5zi -o D/x.csv",
        "emulate D/y.csv -b nucleo-l4r5zi --counts D/y.csv",
        "emulate D/y.csv -b nucleo-l4r5zi --poke 0x20000000=D/x.csv --trace D/x.csv",
        "emulate D/y.csv -b nucleo-l4r5zi --model D/x.csv@0x20000000 --folded D/x.csv",
        "explore D/x.yaml --points D/x.yaml",
        "explore D/x.yaml --html D/x.yaml",
        "explore D/space.yaml -o D/list.json",
        "batch D/x.yaml -o D/x.yaml",
        "batch D/plan.yaml -o D/y.tflite",
        "batch D/batch.json --store D/",
        "phase analyse D/x.csv --record D/x.csv",
        "phase optimise D/x.csv --to int8 --apply D/x.csv",
        "study heim2021 --expect D/study-verdicts.csv --document D/",
        "train lenet --inputs D/x.csv --labels D/y.csv -o D/x.csv",
        "boards new --from D/x.yaml -o D/x.yaml",
        "kernels sweeps D/x.csv -o D/x.csv",
      })
  void anInputIsNeverReplaced(String command) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name :
        List.of(
            "x.csv",
            "y.csv",
            "x.yaml",
            "input-0.npy",
            "batch.json",
            "study-verdicts.csv",
            "y.tflite")) {
      files.add(Files.writeString(folder.resolve(name), CONTENT));
    }
    Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("x.csv"));
    Files.writeString(
        folder.resolve("plan.yaml"),
        """
        version: 1
        boards: [nucleo-l4r5zi]
        kernels: [cmsis-nn]
        opt: [O2]
        fpu: ["on"]
        types: [int8]
        models: [y.tflite]
        """);
    Files.writeString(
        folder.resolve("space.yaml"),
        """
        version: 1
        network:
          - file: list.json
        board: [nucleo-l4r5zi]
        """);
    String list =
        "{\"name\":\"x\",\"layers\":[{\"op\":\"FULLY_CONNECTED\",\"input\":[1,64],"
            + "\"filter\":[32,64],\"output\":[1,32]}]}";
    Files.writeString(folder.resolve("list.json"), list);
    assertThat(run(command)).as(err::toString).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("which is read; expected another file", "--");
    assertThat(out.toString()).isEmpty();
    for (Path file : files) {
      assertThat(file).hasContent(CONTENT);
    }
    assertThat(folder.resolve("list.json")).hasContent(list);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "analyze ad -o D/x.html --html D/x.html",
        "validate --predictions D/x -o D/x",
        "emulate D/y -b nucleo-l4r5zi --folded D/x --callgrind D/x",
      })
  void twoOutputsAreTwoFiles(String command) {
    assertThat(run(command)).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("writes too; expected another file");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate --predictions D/none/x.csv",
        "validate --predictions D/there",
        "validate -o D/none/x.csv",
        "validate --document D/none/x.md",
        "validate --refit D/file",
        "calibrate x.csv -o D/none/x.yaml",
        "profile none.tflite -b nucleo-l4r5zi --trace D/none/x.csv",
        "analyze none.tflite --html D/none/x.html",
        "analyze none.tflite --apply combined=D/none/x.tflite",
        "emulate none.elf -b nucleo-l4r5zi --counts D/none/x.csv",
        "study heim2021 --plots D/none",
        "study heim2021 --document D/file",
        "batch none.yaml --store D/file/x",
        "run none.tflite --dump D/file",
        "train lenet -o D/none/x.tflite",
        "train digits -o D/file/x",
        "radio none.tflite -b nucleo-l4r5zi --plot D/there",
        "zoo write kws -o D/there",
        // Nothing can be made there, whoever asks.
        "profile none.tflite -b nucleo-l4r5zi -o /proc/x.json",
      })
  void aPlaceThatCannotBeWrittenIsToldBeforeTheWork(String command) throws IOException {
    Files.createDirectory(folder.resolve("there"));
    Files.createFile(folder.resolve("file"));
    assertThat(run(command)).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(err.toString())
        .contains("output: ", "expected")
        .doesNotContain("none.tflite", "none.elf", "none.yaml");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void anOlderReportIsReplacedAndNamesOfTheZooAreNoFiles() throws IOException {
    Path report = Files.writeString(folder.resolve("kws"), "older");
    assertThat(run("zoo write ad -o D/kws")).as(err::toString).isZero();
    assertThat(run("zoo show kws -o D/kws")).isZero();
    assertThat(report).content().contains("CONV_2D");
    assertThat(run("profile ad -b nucleo-l4r5zi -o D/kws")).isZero();
    assertThat(report).content().contains("NUCLEO-L4R5ZI");
    assertThat(run("phase analyse ad --record D/record.json")).isZero();
    assertThat(run("phase analyse ad --record D/record.json")).isZero();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void everyOptionThatWritesIsMarked() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    Commands.addTo(line, main.shared);
    List<String> unmarked = new ArrayList<>();
    unmarked(line, unmarked);
    assertThat(unmarked).isEmpty();
  }

  private static void unmarked(CommandLine line, List<String> found) {
    for (ArgSpec argument : line.getCommandSpec().args()) {
      boolean holdsPath =
          argument.typeInfo().getClassName().equals(Path.class.getName())
              || argument.typeInfo().getActualGenericTypeArguments().toString().contains("Path");
      String told = String.join(" ", argument.description());
      boolean writes = told.matches("(?s).*\\b([Ww]rites?|draw|Folder that keeps|written)\\b.*");
      boolean marked =
          argument.userObject() instanceof AnnotatedElement element
              && element.isAnnotationPresent(Writes.class);
      // A file that is written into the memory of the firmware is read.
      if (holdsPath && writes && !marked && !told.contains("into memory")) {
        found.add(line.getCommandSpec().qualifiedName() + " " + argument.paramLabel());
      }
    }
    line.getSubcommands().values().forEach(child -> unmarked(child, found));
  }
}
