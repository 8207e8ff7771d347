package dev.thumbprint.profile;

import dev.thumbprint.cost.Metric;

/**
 * Figures of the whole network.
 *
 * @param cycles clock cycles of one inference
 * @param inferenceTimeMs milliseconds of one inference
 * @param energyUj microjoules of one inference
 * @param arenaBytes tensor arena
 * @param ramBytes arena, stack, static data and heap
 * @param flashBytes model, kernels, runtime and start-up code
 */
public record Totals(
    Metric cycles,
    Metric inferenceTimeMs,
    Metric energyUj,
    Metric arenaBytes,
    Metric ramBytes,
    Metric flashBytes) {}
