package dev.thumbprint.profile;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a report says of the model.
 *
 * @param name short name
 * @param sha256 hash of the file, empty for a layer list
 * @param fileBytes size of the .tflite, empty for a layer list
 * @param macs multiply-accumulates of one inference
 * @param parameters weights and biases, empty where the source does not tell
 */
public record ModelFacts(
    String name,
    Optional<String> sha256,
    OptionalLong fileBytes,
    long macs,
    OptionalLong parameters) {}
