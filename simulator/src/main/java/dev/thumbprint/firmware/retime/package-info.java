/**
 * Counts of a run, as a file, and their price under another setting: the same run on another clock,
 * with other wait states or caches, without executing it again.
 */
package dev.thumbprint.firmware.retime;
