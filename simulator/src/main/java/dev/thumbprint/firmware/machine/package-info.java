/**
 * A microcontroller around the processor: memory, exceptions, the system control space, devices,
 * and the time that modelled cycles make.
 */
package dev.thumbprint.firmware.machine;
