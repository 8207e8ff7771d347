/** Dominance with uncertainty: fronts, points that cannot be told apart, hypervolume, stability. */
package dev.thumbprint.explore.pareto;
