/** Exploration on Apache Spark: the same designs, the same rows, on many machines. */
package dev.thumbprint.cluster;
