package dev.thumbprint.cost;

/** A figure of a report: an {@link Estimate}, or the reason why there is none. */
public sealed interface Metric permits Estimate, Unavailable {}
