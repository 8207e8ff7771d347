package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.machine.Console;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.WholeInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plays the other end of a serial line: waits for what the firmware sends, and answers. A script
 * has one command a line: {@code expect TEXT}, {@code send TEXT}, {@code timeout SECONDS} of
 * modelled time for what is expected next (60 unless set), {@code # comment}. In a text, {@code
 * \n}, {@code \r} and {@code \\} stand for themselves. {@code lap TEXT} expects a text that is
 * followed by a number of microseconds of the firmware's own timer; the time between two of them is
 * reported beside the modelled one. The run ends with the script.
 */
public final class SerialScript implements Console.Partner {
  /** Of modelled time; a budget of cycles ends a run long before. */
  private static final int SECONDS_MAX = 1_000_000;

  private static final int FILE_BYTES_MAX = 64 << 20;
  private static final int COMMANDS_MAX = 10_000;
  private static final int LINE_CHARACTERS_MAX = 4096;
  private static final double TIMEOUT_SECONDS = 60;
  private static final int STAMP_DIGITS_MAX = 18;

  private enum Kind {
    EXPECT,
    LAP,
    SEND
  }

  private record Command(int line, Kind kind, String text, double timeoutSeconds) {}

  /**
   * Time between two stamps that the firmware printed.
   *
   * @param line of the script that expected the second
   * @param firmwareUs difference of the stamps, in the firmware's own microseconds
   * @param modelledUs modelled time between the first characters of both lines
   */
  public record Lap(int line, long firmwareUs, double modelledUs) {
    /** How much longer the firmware's own time is than the modelled one, in per cent. */
    public double differencePercent() {
      return modelledUs == 0 ? 0 : 100 * (firmwareUs / modelledUs - 1);
    }
  }

  private final List<Command> commands;
  private final List<String> log = new ArrayList<>();
  private final StringBuilder window = new StringBuilder();
  private Machine machine;
  private final List<Lap> laps = new ArrayList<>();
  private final StringBuilder digits = new StringBuilder();
  private int at;
  private long since;
  private boolean failed;
  private boolean readsStamp;
  private long lineStart;
  private long stampCycles;
  private long lastStampUs = -1;
  private long lastStampCycles;

  private SerialScript(List<Command> commands) {
    this.commands = commands;
  }

  /**
   * Reads a script.
   *
   * @throws InputException if it is no script
   */
  public static SerialScript read(Path file) throws IOException {
    String text = WholeInput.text(file, FILE_BYTES_MAX);
    try {
      return parse(text);
    } catch (InputException e) {
      throw e.inFile(file.toString());
    }
  }

  /** Reads the text of a script. */
  public static SerialScript parse(String text) {
    List<Command> commands = new ArrayList<>();
    double timeout = TIMEOUT_SECONDS;
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String place = "line " + number;
      if (commands.size() >= COMMANDS_MAX || line.length() > LINE_CHARACTERS_MAX) {
        throw InputException.of("", place, "a longer script", "at most " + COMMANDS_MAX + " lines");
      }
      String[] words = line.split(" ", 2);
      String rest = words.length == 2 ? words[1] : "";
      switch (words[0]) {
        case "expect", "lap", "send" -> {
          Kind kind = Kind.valueOf(words[0].toUpperCase(Locale.ROOT));
          if (rest.isEmpty()) {
            throw InputException.of("", place, "no text", words[0] + " TEXT");
          }
          commands.add(new Command(number, kind, unescape(rest), timeout));
        }
        case "timeout" -> timeout = seconds(rest, place);
        default -> throw InputException.of("", place, words[0], "expect, lap, send or timeout");
      }
    }
    return new SerialScript(commands);
  }

  private static double seconds(String text, String place) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= SECONDS_MAX) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw InputException.of("", place, text, "a number of seconds").causedBy(e);
    }
    throw InputException.of("", place, text, "a number of seconds above 0, at most " + SECONDS_MAX);
  }

  private static String unescape(String text) {
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\r", "\r").replace("\0", "\\");
  }

  /** Begins to play on a machine. */
  public void attach(Machine newMachine) {
    machine = newMachine;
    machine.console().setPartner(this);
    advance(0);
  }

  @Override
  public void received(int value, long cycles) {
    if (at >= commands.size()) {
      return;
    }
    if (readsStamp) {
      stamp((char) value);
      return;
    }
    Command command = commands.get(at);
    if (window.isEmpty() || window.charAt(window.length() - 1) == '\n') {
      lineStart = cycles;
    }
    window.append((char) value);
    if (window.length() > LINE_CHARACTERS_MAX) {
      window.delete(0, window.length() - LINE_CHARACTERS_MAX);
    }
    if (window.indexOf(command.text) >= 0) {
      log.add(
          String.format(
              Locale.ROOT,
              "script line %d: received \"%s\" at %.3f ms",
              command.line,
              command.text.strip(),
              cycles * 1e3 / machine.map().clockHz()));
      window.setLength(0);
      if (command.kind == Kind.LAP) {
        readsStamp = true;
        stampCycles = lineStart;
        since = cycles;
        digits.setLength(0);
      } else {
        at++;
        advance(cycles);
      }
    }
  }

  /** The digits behind the text of a lap, up to the first other character. */
  private void stamp(char c) {
    if (Character.isDigit(c) && digits.length() < STAMP_DIGITS_MAX) {
      digits.append(c);
      return;
    }
    readsStamp = false;
    if (!digits.isEmpty()) {
      long us = Long.parseLong(digits.toString());
      if (lastStampUs >= 0) {
        double modelledUs = (stampCycles - lastStampCycles) * 1e6 / machine.map().clockHz();
        laps.add(new Lap(commands.get(at).line, us - lastStampUs, modelledUs));
      }
      lastStampUs = us;
      lastStampCycles = stampCycles;
    }
    at++;
    advance(since);
  }

  @Override
  public long nextEvent() {
    if (at >= commands.size() || failed) {
      return Long.MAX_VALUE;
    }
    return since + (long) Math.ceil(commands.get(at).timeoutSeconds * machine.map().clockHz());
  }

  @Override
  public void tick(long cycles) {
    if (cycles >= nextEvent()) {
      Command command = commands.get(at);
      failed = true;
      machine.endRun(
          String.format(
              Locale.ROOT,
              "script line %d: no \"%s\" within %.6g s",
              command.line,
              command.text.strip(),
              command.timeoutSeconds));
    }
  }

  private void advance(long cycles) {
    since = cycles;
    while (at < commands.size() && commands.get(at).kind == Kind.SEND) {
      machine.console().send(commands.get(at).text.getBytes(StandardCharsets.UTF_8));
      at++;
    }
    if (at >= commands.size()) {
      machine.endRun("the script came to its end");
    }
  }

  /** Whether everything that was expected came in time. */
  public boolean fulfilled() {
    return !failed && at >= commands.size();
  }

  /** Times between the stamps that were expected with {@code lap}. */
  public List<Lap> laps() {
    return List.copyOf(laps);
  }

  /** What came when, and what did not. */
  public List<String> log() {
    List<String> all = new ArrayList<>(log);
    for (Lap lap : laps) {
      all.add(
          String.format(
              Locale.ROOT,
              "script line %d: %,d us by the firmware's own timer, %,.1f us modelled (%+.2f %%)",
              lap.line,
              lap.firmwareUs,
              lap.modelledUs,
              lap.differencePercent()));
    }
    if (at < commands.size()) {
      all.add(
          "script line %d: never received \"%s\""
              .formatted(commands.get(at).line, commands.get(at).text));
    }
    return all;
  }
}
