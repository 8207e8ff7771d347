package dev.thumbprint.model;

import dev.thumbprint.cost.work.LayerWork;

/**
 * One layer of a network as costs see it.
 *
 * @param index position in the main subgraph or in the layer list
 * @param name name for reports, may be empty
 * @param work what the layer asks for
 */
public record Layer(int index, String name, LayerWork work) {}
