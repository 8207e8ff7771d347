package dev.thumbprint.firmware.monitor;

import dev.thumbprint.firmware.machine.Console;
import dev.thumbprint.firmware.machine.Machine;
import dev.thumbprint.model.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Plays the other end of a serial line: waits for what the firmware sends, and answers. A script
 * has one command a line: {@code expect TEXT}, {@code send TEXT}, {@code timeout SECONDS} of
 * modelled time for what is expected next (60 unless set), {@code # comment}. In a text, {@code
 * \n}, {@code \r} and {@code \\} stand for themselves. The run ends with the script.
 */
public final class SerialScript implements Console.Partner {
  private static final int COMMANDS_MAX = 10_000;
  private static final int LINE_CHARACTERS_MAX = 4096;
  private static final double TIMEOUT_SECONDS = 60;

  private record Command(int line, boolean expects, String text, double timeoutSeconds) {}

  private final List<Command> commands;
  private final List<String> log = new ArrayList<>();
  private final StringBuilder window = new StringBuilder();
  private Machine machine;
  private int at;
  private long since;
  private boolean failed;

  private SerialScript(List<Command> commands) {
    this.commands = commands;
  }

  /** Reads a script. */
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
        case "expect" -> commands.add(new Command(number, true, unescape(rest), timeout));
        case "send" -> commands.add(new Command(number, false, unescape(rest), timeout));
        case "timeout" -> timeout = seconds(rest, place);
        default -> throw InputException.of("", place, words[0], "expect, send or timeout");
      }
    }
    return new SerialScript(commands);
  }

  private static double seconds(String text, String place) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw InputException.of("", place, text, "a number of seconds").causedBy(e);
    }
    throw InputException.of("", place, text, "a number of seconds above 0");
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
    Command command = commands.get(at);
    double passed = (cycles - since) / (double) machine.map().clockHz();
    if (passed > command.timeoutSeconds) {
      failed = true;
      machine.endRun("script line %d: no \"%s\" in time".formatted(command.line, command.text));
      return;
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
      at++;
      advance(cycles);
    }
  }

  private void advance(long cycles) {
    since = cycles;
    while (at < commands.size() && !commands.get(at).expects) {
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

  /** What came when, and what did not. */
  public List<String> log() {
    List<String> all = new ArrayList<>(log);
    if (at < commands.size()) {
      all.add(
          "script line %d: never received \"%s\""
              .formatted(commands.get(at).line, commands.get(at).text));
    }
    return all;
  }
}
