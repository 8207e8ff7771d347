package dev.thumbprint.profile;

/**
 * One change that would help, with the gain that the model itself predicts for it.
 *
 * @param layer index of the layer, or -1 for the whole network
 * @param id stable name of the kind of advice
 * @param gainMs milliseconds saved in one inference
 * @param message the change, in words
 */
public record Advice(int layer, String id, double gainMs, String message) {}
