package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.pareto.Stability;
import dev.thumbprint.explore.space.Space;

/**
 * What came out of an exploration.
 *
 * @param space what was explored
 * @param tally counts, limits and the front
 * @param stability how firmly the front stands
 * @param seconds time it took, taken-up work not counted
 * @param resumed designs that an earlier run had priced
 */
public record Exploration(
    Space space, Tally tally, Stability stability, double seconds, long resumed) {}
