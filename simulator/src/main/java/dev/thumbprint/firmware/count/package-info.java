/**
 * What a run executed: basic blocks, counted by the edge over which each was entered. Prices are
 * put on the counts, so that the same run can be timed again for another core, clock or memory
 * without executing it.
 */
package dev.thumbprint.firmware.count;
