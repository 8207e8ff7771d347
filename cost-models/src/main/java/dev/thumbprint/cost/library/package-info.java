/**
 * Kernel libraries: which path a layer takes, how many trips each loop makes, what a trip costs.
 */
package dev.thumbprint.cost.library;
