/**
 * What real kernels took on emulated cores, shape by shape (docs/sweeps.md), and the cycles that
 * follow on a board.
 */
package dev.thumbprint.cost.counts;
