/** Figures of real libraries that were built, executed and counted. */
package dev.thumbprint.firmware.builds;
