/** What is explored: networks, settings, limits and goals, read from YAML or the command line. */
package dev.thumbprint.explore.space;
