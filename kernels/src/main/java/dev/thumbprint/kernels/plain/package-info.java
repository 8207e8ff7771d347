/**
 * The default tier: plain loops in the shapes that HotSpot's C2 compiler turns into vector code.
 *
 * <p>What it vectorises, and what these classes therefore keep to: operands in separate {@code
 * int[]} or {@code float[]} read at the same index, eight products per statement, nothing shorter
 * than 32 bits inside the loop.
 */
package dev.thumbprint.kernels.plain;
