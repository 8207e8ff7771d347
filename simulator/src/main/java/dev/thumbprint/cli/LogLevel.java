package dev.thumbprint.cli;

import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log: standard error, one line for each message, warnings and worse unless told otherwise. */
final class LogLevel {
  private static final String ROOT = "";

  private LogLevel() {}

  static void verbose() {
    set(Level.FINE);
    // What the libraries below have to say is not about the model.
    Logger.getLogger("dev.thumbprint").setLevel(Level.FINE);
    Logger.getLogger(ROOT).setLevel(Level.WARNING);
  }

  static void quiet() {
    set(Level.SEVERE);
  }

  private static void set(Level level) {
    Logger root = LogManager.getLogManager().getLogger(ROOT);
    root.setLevel(level);
    Logger.getLogger("dev.thumbprint").setLevel(null);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
      handler.setFormatter(new Line());
    }
  }

  /** One line without time and class. */
  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord record) {
      String message = formatMessage(record);
      return "thumbprint: "
          + String.join(" ", Arrays.asList(message.split("\\R")))
          + System.lineSeparator();
    }
  }
}
