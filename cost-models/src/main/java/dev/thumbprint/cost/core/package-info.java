/** Instruction timing of each Cortex-M. */
package dev.thumbprint.cost.core;
