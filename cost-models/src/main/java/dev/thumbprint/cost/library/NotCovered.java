package dev.thumbprint.cost.library;

/**
 * A layer that a kernel library has no path for, or none that is modelled.
 *
 * @param reason why, in words for the user
 */
public record NotCovered(String reason) implements Decision {}
