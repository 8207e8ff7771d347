/**
 * Executing compiled firmware: a small interface, {@link dev.thumbprint.firmware.engine.Engine},
 * and its implementation over the native library Unicorn. What the processor is surrounded by
 * (vector table, interrupts, devices, time) is not here but in {@code
 * dev.thumbprint.firmware.machine}.
 */
package dev.thumbprint.firmware.engine;
