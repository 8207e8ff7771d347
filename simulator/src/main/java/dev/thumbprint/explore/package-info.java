/** Design-space exploration: from a question in YAML to a Pareto front. */
package dev.thumbprint.explore;
