/**
 * Firmware files: ELF, Intel HEX and raw binaries, read into an {@link
 * dev.thumbprint.firmware.image.Image}. Every offset is checked before it is used, and nothing is
 * allocated that the file only claims to hold.
 */
package dev.thumbprint.firmware.image;
