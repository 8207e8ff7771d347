package dev.thumbprint.profile;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Network;
import java.util.Optional;

/**
 * What is profiled.
 *
 * @param network its layers
 * @param graph the model they come from, empty for a layer list
 */
public record Subject(Network network, Optional<Graph> graph) {}
