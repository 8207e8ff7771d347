/**
 * Our own YAML formats (boards, libraries, design spaces): read with positions, unknown keys are
 * errors that say what was meant, {@code unknown} is a value.
 */
package dev.thumbprint.cost.yaml;
