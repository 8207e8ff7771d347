/** Plots as SVG documents: points, lines and bars on linear or logarithmic axes. */
package dev.thumbprint.report.chart;
