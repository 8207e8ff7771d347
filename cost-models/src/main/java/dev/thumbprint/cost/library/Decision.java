package dev.thumbprint.cost.library;

/** What a kernel library says about a layer: the path with its trips, or that it has none. */
public sealed interface Decision permits Trips, NotCovered {}
