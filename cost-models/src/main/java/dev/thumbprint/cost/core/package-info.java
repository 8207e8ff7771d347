/**
 * Instruction timing of the Cortex-M cores: a neutral view of an instruction ({@link
 * dev.thumbprint.cost.core.Op}), straight-line blocks of them, and one pipeline model per core.
 */
package dev.thumbprint.cost.core;
