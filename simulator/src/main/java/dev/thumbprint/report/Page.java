package dev.thumbprint.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A self-contained HTML page: styles, data and scripts inside, nothing fetched, so that it works
 * offline and from a mail. What all pages share is in {@code page.css} and {@code page.js} beside
 * this class.
 */
public final class Page {
  private final String title;
  private final List<String> styles = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();
  private String body = "";

  /** A page with a title. */
  public Page(String title) {
    this.title = title;
    styles.add(resource(Page.class, "page.css"));
    scripts.add(resource(Page.class, "page.js"));
  }

  /** Adds a style sheet that stands beside a class. */
  public Page style(Class<?> beside, String name) {
    styles.add(resource(beside, name));
    return this;
  }

  /** Adds a script that stands beside a class; scripts run in the order in which they came. */
  public Page script(Class<?> beside, String name) {
    scripts.add(resource(beside, name));
    return this;
  }

  /** Sets the content, from an HTML fragment that stands beside a class. */
  public Page body(Class<?> beside, String name) {
    body = resource(beside, name);
    return this;
  }

  /**
   * Adds data that scripts read with {@code pageData(id)}.
   *
   * @param json a JSON text; whatever is in it cannot end the element that holds it
   */
  public Page data(String id, String json) {
    data.append("<script type=\"application/json\" id=\"")
        .append(escaped(id))
        .append("\">")
        .append(json.replace("<", "\\u003c"))
        .append("</script>\n");
    return this;
  }

  /** The page. */
  public String render() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <title>"""
        + escaped(title)
        + "</title>\n<style>\n"
        + String.join("\n", styles)
        + "</style>\n</head>\n<body>\n"
        + body
        + data
        + "<script>\n'use strict';\n"
        + String.join("\n", scripts)
        + "</script>\n</body>\n</html>\n";
  }

  /** A text that is safe between tags and in attributes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(Class<?> beside, String name) {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
