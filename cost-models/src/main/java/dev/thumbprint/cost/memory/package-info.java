/**
 * What memory adds to the pipeline's cycles: flash accelerators and caches simulated with their
 * real geometry over the addresses a run observes, and the wait states of every region.
 */
package dev.thumbprint.cost.memory;
