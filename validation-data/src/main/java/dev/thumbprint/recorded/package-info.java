/** Recorded measurements with their sources, and nothing else. */
package dev.thumbprint.recorded;
