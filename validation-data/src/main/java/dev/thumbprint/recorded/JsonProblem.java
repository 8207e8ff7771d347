package dev.thumbprint.recorded;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** What is wrong with a JSON text, in words for its author and not for the parser's. */
public final class JsonProblem {
  private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property (\\S+)");
  private static final Pattern CHARACTER = Pattern.compile("character \\('(.)' \\(code (\\d+)");
  private static final Pattern WORD = Pattern.compile("Unrecognized token '([^']{0,60})'");

  private JsonProblem() {}

  /** Line of the problem, counted from 1; 0 where it is not known. */
  public static long line(JacksonException malformed) {
    return malformed.getLocation() == null ? 0 : Math.max(0, malformed.getLocation().getLineNr());
  }

  /** What was found. */
  public static String found(JacksonException malformed) {
    String message = String.valueOf(malformed.getOriginalMessage());
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return "the key " + duplicate.group(1) + " twice";
    }
    if (message.contains("nesting depth")) {
      return "brackets nested too deeply";
    }
    if (message.contains("exceeds the maximum allowed")) {
      return "a number or text that is too long";
    }
    if (message.contains("Trailing token")) {
      return "more after the end of the document";
    }
    if (message.contains("end-of-input") || message.contains("end of input")) {
      return "the end of the file in the middle of the document";
    }
    Matcher word = WORD.matcher(message);
    if (word.find()) {
      return "the word '" + word.group(1) + "', which is no JSON";
    }
    Matcher character = CHARACTER.matcher(message);
    if (character.find()) {
      int code = Integer.parseInt(character.group(2));
      return Character.isISOControl(code)
          ? "a control character in the wrong place"
          : "'" + character.group(1) + "' in the wrong place";
    }
    return message.contains("UTF-8") ? "bytes that are no UTF-8" : "no JSON";
  }
}
