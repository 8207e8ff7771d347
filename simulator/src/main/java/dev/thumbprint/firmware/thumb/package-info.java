/**
 * The Thumb instruction set of the M profile: encodings as tables, decoded to immutable records.
 */
package dev.thumbprint.firmware.thumb;
