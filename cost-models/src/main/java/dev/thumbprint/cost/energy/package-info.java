/**
 * Energy: what a board draws in a configuration, fitted to measured power, and what that makes of a
 * time.
 */
package dev.thumbprint.cost.energy;
