/**
 * The arithmetic of a network, as TensorFlow Lite Micro computes it: pure functions on arrays, bit
 * for bit, without files, graphs or costs.
 *
 * <p>{@link dev.thumbprint.kernels.FixedPoint} and {@link
 * dev.thumbprint.kernels.QuantizedMultiplier} are the ground. Operators come in four kinds:
 *
 * <ul>
 *   <li>a function of one element or a pair ({@code IntUnaryOperator}, {@code IntBinaryOperator},
 *       {@link dev.thumbprint.kernels.FloatUnary}, {@link dev.thumbprint.kernels.FloatBinary}),
 *       applied by {@link dev.thumbprint.kernels.Elementwise};
 *   <li>a rearrangement: a table of {@link dev.thumbprint.kernels.IndexMap}, applied by {@link
 *       dev.thumbprint.kernels.ElementMove};
 *   <li>a reduction: {@link dev.thumbprint.kernels.Reduction};
 *   <li>a class of its own, such as {@link dev.thumbprint.kernels.Conv2d}.
 * </ul>
 *
 * <p>Every class states layout, types, rounding, saturation and its source. The scalar code here is
 * the oracle; faster forms live in packages below and must give the same bits.
 */
package dev.thumbprint.kernels;
