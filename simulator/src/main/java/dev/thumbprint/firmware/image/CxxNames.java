package dev.thumbprint.firmware.image;

/**
 * Makes C++ names readable: the qualified name, without template arguments and parameters.
 *
 * @see <a href="https://itanium-cxx-abi.github.io/cxx-abi/abi.html#mangling">the mangling of the
 *     Itanium ABI</a>
 */
final class CxxNames {
  private static final int LENGTH_MAX = 4096;

  private CxxNames() {}

  /**
   * Returns the readable name, or the name itself where it is not mangled or uses what is not
   * understood.
   */
  static String demangle(String name) {
    if (!name.startsWith("_Z") || name.length() > LENGTH_MAX) {
      return name;
    }
    String parsed = new Parser(name).parse();
    return parsed.isEmpty() ? name : parsed;
  }

  private static final class Parser {
    private final String text;
    private int at = 2;
    private String last = "";

    Parser(String text) {
      this.text = text;
    }

    /** An empty string stands for "not understood". */
    String parse() {
      if (peek() == 'L') {
        at++;
      }
      if (peek() != 'N') {
        return peek() == 'S' && text.startsWith("St", at) ? std() : identifier();
      }
      at++;
      while (peek() == 'K' || peek() == 'V' || peek() == 'R' || peek() == 'O') {
        at++;
      }
      return nested();
    }

    private String std() {
      at += 2;
      String name = identifier();
      return name.isEmpty() ? "" : "std::" + name;
    }

    private String nested() {
      StringBuilder qualified = new StringBuilder();
      while (peek() != 'E') {
        String part = part();
        if (part.isEmpty()) {
          return "";
        }
        if (part.charAt(0) != '<') {
          qualified.append(qualified.isEmpty() ? "" : "::").append(part);
          last = part;
        }
      }
      return qualified.toString();
    }

    private String part() {
      char c = peek();
      if (Character.isDigit(c) || c == 'L') {
        if (c == 'L') {
          at++;
        }
        return identifier();
      }
      if (text.startsWith("St", at)) {
        at += 2;
        return "std";
      }
      if (c == 'C' || c == 'D') {
        at += 2;
        return c == 'C' ? last : "~" + last;
      }
      return c == 'I' ? templateArguments() : "";
    }

    private String identifier() {
      int length = 0;
      int digits = 0;
      while (Character.isDigit(peek()) && digits < 4) {
        length = length * 10 + peek() - '0';
        at++;
        digits++;
      }
      if (digits == 0 || length == 0 || at + length > text.length()) {
        return "";
      }
      String name = text.substring(at, at + length);
      at += length;
      return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
    }

    /** Skips to the E that closes the arguments; they are not shown. */
    private String templateArguments() {
      int depth = 0;
      while (at < text.length()) {
        char c = peek();
        if (Character.isDigit(c)) {
          if (identifier().isEmpty()) {
            return "";
          }
          continue;
        }
        at++;
        if (c == 'I' || c == 'N' || c == 'L' || c == 'X' || c == 'J') {
          depth++;
          at += c == 'L' ? literalLength() : 0;
        } else if (c == 'E' && --depth == 0) {
          return "<>";
        }
      }
      return "";
    }

    /** A literal is a type of one letter and a value; names in literals are not understood. */
    private int literalLength() {
      int end = text.indexOf('E', at);
      return end < 0 ? 0 : end - at;
    }

    private char peek() {
      return at < text.length() ? text.charAt(at) : '\0';
    }
  }
}
