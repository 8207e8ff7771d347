package dev.thumbprint.validate;

import dev.thumbprint.cost.board.Target;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What TensorFlow Lite Micro's profiler prints over the serial line: a line for each operator,
 * {@code CONV_2D took 12345 ticks (12 ms).}, or a table with the header {@code
 * "Event","Tag","Ticks"} (MicroProfiler::Log and ::LogCsv, tensorflow/tflite-micro). Other lines
 * are passed over.
 */
public final class TflmLog {
  private static final int BYTES_MAX = 32 << 20;
  private static final Pattern TOOK =
      Pattern.compile(
          "([A-Za-z0-9_]{1,80}) took ([0-9]{1,18}) ticks \\(([0-9]{1,15})(\\.[0-9]{1,9})? ms\\)");

  /** What stands between the name of an operator and its figures. */
  private static final String WORD = " took ";

  private static final int NAME_CHARS_MAX = 80;

  /** More than the longest figures that the pattern takes. */
  private static final int FIGURES_CHARS_MAX = 80;

  /** A longer line is no row of a table. */
  private static final int TABLE_CHARS_MAX = 512;

  private static final Pattern ROW =
      Pattern.compile("\"?[0-9]{1,9}\"?, ?\"?([A-Za-z0-9_]{1,80})\"?, ?\"?([0-9]{1,18})\"?");

  /** A tick that is no cycle is one of these parts of a second. */
  private static final double[] USUAL_HZ = {1e6, 1e3, 32_768, 1e9};

  private static final double NEAR = 0.2;

  private final String file;
  private final List<Event> events;

  private record Event(String tag, double ticks, double ms, int line) {}

  private TflmLog(String file, List<Event> events) {
    this.file = file;
    this.events = events;
  }

  /**
   * Reads a log.
   *
   * @throws InputException if it cannot be read, or no operator is in it
   */
  public static TflmLog read(Path file) {
    String name = file.toString();
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(BYTES_MAX + 1);
    } catch (NoSuchFileException missing) {
      throw InputException.of(name, "", "no such file", "a log of TFLM's profiler")
          .causedBy(missing);
    } catch (IOException unreadable) {
      throw InputException.of(name, "", "unreadable: " + unreadable.getMessage(), "")
          .causedBy(unreadable);
    }
    if (bytes.length > BYTES_MAX) {
      throw InputException.of(name, "", "more than 32 MiB", "at most 32 MiB");
    }
    // A serial line delivers bytes of any kind between the lines that matter.
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\\R");
    List<Event> events = new ArrayList<>();
    boolean table = false;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      Matcher took = TOOK.matcher(line);
      boolean header = line.length() <= TABLE_CHARS_MAX && line.replace(" ", "").endsWith(HEADER);
      table = table ? line.length() <= TABLE_CHARS_MAX && ROW.matcher(line).find() : header;
      if (found(took, line)) {
        String fraction = took.group(4) == null ? "" : took.group(4);
        events.add(
            new Event(
                took.group(1),
                Double.parseDouble(took.group(2)),
                Double.parseDouble(took.group(3) + fraction),
                i + 1));
      } else if (table && !header) {
        Matcher row = ROW.matcher(line);
        if (row.find()) {
          events.add(new Event(row.group(1), Double.parseDouble(row.group(2)), 0, i + 1));
        }
      }
    }
    if (events.isEmpty()) {
      throw InputException.of(
              name,
              "",
              "no line of an operator",
              "lines such as 'CONV_2D took 12345 ticks (12 ms).'")
          .withHint("MicroProfiler::Log or ::LogCsv prints them after an inference");
    }
    return new TflmLog(name, events);
  }

  /**
   * Looks for an operator before each word that tells one: a serial line may bring megabytes
   * without an end of line, and a name tried at each of its characters would take a minute.
   */
  private static boolean found(Matcher took, String line) {
    for (int at = line.indexOf(WORD); at >= 0; at = line.indexOf(WORD, at + 1)) {
      int name = at;
      while (name > Math.max(0, at - NAME_CHARS_MAX) && isOfName(line.charAt(name - 1))) {
        name--;
      }
      took.region(name, Math.min(line.length(), at + FIGURES_CHARS_MAX));
      if (name < at && took.lookingAt()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfName(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private static final String HEADER = "\"Event\",\"Tag\",\"Ticks\"";

  /**
   * Cycles of each layer of a network, the middle one of several inferences.
   *
   * @param tickHz ticks in a second where they are told; else found from the times beside them, or
   *     a tick is a cycle
   * @throws InputException if the operators are not those of the network, or all ticks are 0
   */
  public double[] cycles(Network network, Target target, OptionalDouble tickHz) {
    network.requireLayers();
    List<Layer> layers = network.layers();
    if (events.stream().allMatch(event -> event.ticks() == 0)) {
      throw InputException.of(file, "", "0 ticks in every line", "times of operators")
          .withHint("the port of the board has no clock: GetCurrentTimeTicks returns 0");
    }
    if (events.size() % layers.size() != 0) {
      throw InputException.of(
              file,
              "",
              events.size() + " operators",
              "those of %s, %d for each inference".formatted(network.name(), layers.size()))
          .withHint("is it the log of this model?");
    }
    for (int i = 0; i < events.size(); i++) {
      Layer layer = layers.get(i % layers.size());
      String expected =
          layer.work().customName().isEmpty()
              ? layer.work().operator().name()
              : layer.work().customName();
      if (!events.get(i).tag().equals(expected)) {
        throw InputException.of(
                file,
                "line " + events.get(i).line(),
                events.get(i).tag(),
                "%s, layer %d of %s".formatted(expected, layer.index(), network.name()))
            .withHint("is it the log of this model?");
      }
    }
    double cyclesPerTick = target.clockHz() / tickHz.orElseGet(() -> tickHz(target));
    double[] cycles = new double[layers.size()];
    int runs = events.size() / layers.size();
    for (int i = 0; i < cycles.length; i++) {
      double[] ticks = new double[runs];
      for (int run = 0; run < runs; run++) {
        ticks[run] = events.get(run * layers.size() + i).ticks();
      }
      java.util.Arrays.sort(ticks);
      cycles[i] = ticks[runs / 2] * cyclesPerTick;
    }
    return cycles;
  }

  /** From ticks beside milliseconds, which are whole numbers in most logs. */
  private double tickHz(Target target) {
    double ticks = events.stream().mapToDouble(Event::ticks).sum();
    // Whole milliseconds are cut off, half of one at each operator.
    double ms = events.stream().mapToDouble(event -> event.ms() > 0 ? event.ms() + 0.5 : 0).sum();
    if (ms <= 0) {
      return target.clockHz();
    }
    double shown = ticks / ms * 1e3;
    if (Math.abs(shown / target.clockHz() - 1) < NEAR) {
      return target.clockHz();
    }
    for (double usual : USUAL_HZ) {
      if (Math.abs(shown / usual - 1) < NEAR) {
        return usual;
      }
    }
    throw InputException.of(
            file,
            "",
            "%.4g ticks in a second by the times beside them".formatted(shown),
            "the clock of the core, %d Hz, or a usual timer".formatted(target.clockHz()))
        .withHint("--tick-rate says what a tick is, --clock what the core ran at");
  }
}
