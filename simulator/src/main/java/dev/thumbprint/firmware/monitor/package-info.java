/**
 * What a run of firmware tells: tables of functions, instructions and memory, and the formats of
 * other tools.
 */
package dev.thumbprint.firmware.monitor;
