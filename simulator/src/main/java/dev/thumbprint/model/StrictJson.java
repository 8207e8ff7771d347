package dev.thumbprint.model;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON from elsewhere: no key twice, nothing after the end, texts, numbers and nesting of bounded
 * size.
 */
public final class StrictJson {
  private static final int TEXT_MAX = 4_000;
  private static final int NUMBER_MAX = 30;

  private StrictJson() {}

  /** A reader of JSON that is nested at most so deep. */
  public static JsonMapper mapper(int depthMax) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax)
                        .maxNumberLength(NUMBER_MAX)
                        .maxStringLength(TEXT_MAX)
                        .build())
                .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }
}
