package dev.thumbprint.serve;

import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * One question.
 *
 * @param id what the answer repeats; null where there is none
 * @param model a zoo name or a path; empty with a layer list
 * @param layers a layer list, or empty
 * @param options options of {@code profile}, without dashes
 * @param detail how much the answer holds
 * @param ignoreUnknown a total although a layer has no price
 */
record Request(
    JsonNode id,
    String model,
    Optional<byte[]> layers,
    SortedMap<String, String> options,
    Detail detail,
    boolean ignoreUnknown) {}
