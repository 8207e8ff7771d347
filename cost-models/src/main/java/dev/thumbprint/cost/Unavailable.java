package dev.thumbprint.cost;

/**
 * A figure that cannot be had.
 *
 * @param reason why, in words for the user
 */
public record Unavailable(String reason) implements Metric {}
