package dev.thumbprint.cost.board;

/**
 * What the part draws while it waits with its RAM kept.
 *
 * @param mode name of the mode in the data sheet
 * @param currentUa current in uA
 * @param source where the figure comes from
 */
public record SleepPower(String mode, double currentUa, Citation source) {}
