package dev.thumbprint.report;

import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Maps, lists and records as indented JSON. */
public final class JsonText {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonText() {}

  /** The document with a line end; names of record components in snake case. */
  public static String of(Object document) {
    return MAPPER.writeValueAsString(document) + "\n";
  }
}
