package dev.thumbprint.explore.space;

import dev.thumbprint.cost.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An arithmetic expression over named numbers, such as {@code max(8, floor(64 * width))}. Numbers,
 * names, {@code + - * / %}, comparisons (1 for true, 0 for false), brackets and the functions of
 * {@link #FUNCTIONS}. Parsed once, evaluated often.
 */
public final class Expression {
  /** The functions, for messages and documents. */
  static final List<String> FUNCTIONS =
      List.of("abs", "ceil", "floor", "max", "min", "multiple", "round");

  private static final int LENGTH_MAX = 500;
  private static final int DEPTH_MAX = 50;

  private final String text;
  private final Node root;

  private Expression(String text, Node root) {
    this.text = text;
    this.root = root;
  }

  /** A part of an expression. */
  private interface Node {
    double value(Map<String, Double> names);
  }

  /**
   * Parses a text.
   *
   * @param names the names that may be used
   * @throws IllegalArgumentException if it is no expression; the message says what was expected
   */
  static Expression parse(String text, Set<String> names) {
    if (text.length() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "an expression of %d characters, expected at most %d"
              .formatted(text.length(), LENGTH_MAX));
    }
    Parser parser = new Parser(text, names);
    Node root = parser.comparison(0);
    parser.end();
    return new Expression(text, root);
  }

  /**
   * The value for given names.
   *
   * @throws ArithmeticException if the value is not a finite number
   */
  double value(Map<String, Double> names) {
    double value = root.value(names);
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("'" + text + "' is not a finite number here");
    }
    return value;
  }

  @Override
  public String toString() {
    return text;
  }

  /** Recursive descent; each method reads one level of precedence. */
  private static final class Parser {
    private final String text;
    private final Set<String> names;
    private int at;

    Parser(String text, Set<String> names) {
      this.text = text;
      this.names = names;
    }

    Node comparison(int depth) {
      if (depth > DEPTH_MAX) {
        throw bad("brackets nested deeper than " + DEPTH_MAX);
      }
      Node left = sum(depth);
      for (String sign : List.of("<=", ">=", "==", "!=", "<", ">")) {
        if (skip(sign)) {
          Node right = sum(depth);
          return names -> holds(sign, left.value(names), right.value(names)) ? 1 : 0;
        }
      }
      return left;
    }

    private static boolean holds(String sign, double a, double b) {
      return switch (sign) {
        case "<=" -> a <= b;
        case ">=" -> a >= b;
        case "==" -> a == b;
        case "!=" -> a != b;
        case "<" -> a < b;
        default -> a > b;
      };
    }

    private Node sum(int depth) {
      Node left = product(depth);
      while (true) {
        Node first = left;
        if (skip("+")) {
          Node second = product(depth);
          left = names -> first.value(names) + second.value(names);
        } else if (skip("-")) {
          Node second = product(depth);
          left = names -> first.value(names) - second.value(names);
        } else {
          return left;
        }
      }
    }

    private Node product(int depth) {
      Node left = factor(depth);
      while (true) {
        Node first = left;
        if (skip("*")) {
          Node second = factor(depth);
          left = names -> first.value(names) * second.value(names);
        } else if (skip("/")) {
          Node second = factor(depth);
          left = names -> first.value(names) / second.value(names);
        } else if (skip("%")) {
          Node second = factor(depth);
          left = names -> first.value(names) % second.value(names);
        } else {
          return left;
        }
      }
    }

    private Node factor(int depth) {
      if (depth > DEPTH_MAX) {
        throw bad("signs and brackets nested deeper than " + DEPTH_MAX);
      }
      if (skip("-")) {
        Node inner = factor(depth + 1);
        return names -> -inner.value(names);
      }
      if (skip("(")) {
        Node inner = comparison(depth + 1);
        require(")");
        return inner;
      }
      blanks();
      if (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        return number();
      }
      if (at < text.length() && isNameStart(text.charAt(at))) {
        return nameOrCall(depth);
      }
      throw bad("expected a number, a name or '('");
    }

    private Node number() {
      int start = at;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      try {
        double value = Double.parseDouble(text.substring(start, at));
        return names -> value;
      } catch (NumberFormatException notANumber) {
        throw bad("'" + text.substring(start, at) + "' is no number");
      }
    }

    private Node nameOrCall(int depth) {
      int start = at;
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      String name = text.substring(start, at);
      if (skip("(")) {
        return call(name, depth);
      }
      if (!names.contains(name)) {
        Set<String> known = new TreeSet<>(names);
        throw new IllegalArgumentException(
            "unknown name '%s'; %s"
                .formatted(
                    name, Suggestion.hint(name, known, "names here: " + String.join(", ", known))));
      }
      return values -> values.get(name);
    }

    private Node call(String name, int depth) {
      List<Node> arguments = new ArrayList<>();
      do {
        arguments.add(comparison(depth + 1));
      } while (skip(","));
      require(")");
      if (!FUNCTIONS.contains(name)) {
        throw new IllegalArgumentException(
            "unknown function '%s'; %s"
                .formatted(
                    name,
                    Suggestion.hint(
                        name, FUNCTIONS, "functions: " + String.join(", ", FUNCTIONS))));
      }
      boolean pair = List.of("max", "min", "multiple").contains(name);
      if (arguments.size() != (pair ? 2 : 1)) {
        throw bad("%s takes %s".formatted(name, pair ? "two arguments" : "one argument"));
      }
      Node a = arguments.getFirst();
      Node b = arguments.getLast();
      return switch (name) {
        case "abs" -> names -> Math.abs(a.value(names));
        case "ceil" -> names -> Math.ceil(a.value(names));
        case "floor" -> names -> Math.floor(a.value(names));
        case "round" -> names -> Math.rint(a.value(names));
        case "max" -> names -> Math.max(a.value(names), b.value(names));
        case "min" -> names -> Math.min(a.value(names), b.value(names));
        default -> names -> nearestMultiple(a.value(names), b.value(names));
      };
    }

    /**
     * The multiple of {@code unit} that is nearest, at least one unit, and never more than a tenth
     * below: how MobileNets round their channels (arXiv:1801.04381).
     */
    private static double nearestMultiple(double value, double unit) {
      double multiple = Math.max(unit, Math.floor((value + unit / 2) / unit) * unit);
      return multiple < 0.9 * value ? multiple + unit : multiple;
    }

    void end() {
      blanks();
      if (at < text.length()) {
        throw bad("expected the end");
      }
    }

    private void require(String sign) {
      if (!skip(sign)) {
        throw bad("expected '" + sign + "'");
      }
    }

    private boolean skip(String sign) {
      blanks();
      if (text.startsWith(sign, at)) {
        at += sign.length();
        return true;
      }
      return false;
    }

    private void blanks() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private IllegalArgumentException bad(String problem) {
      return new IllegalArgumentException(
          "%s at character %d of '%s'".formatted(problem, at + 1, text));
    }

    private static boolean isNameStart(char c) {
      return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }
  }
}
