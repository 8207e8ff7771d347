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
 * <p>What holds for all:
 *
 * <ul>
 *   <li>Tensors are dense arrays, outermost dimension first; images are NHWC. Arrays have as many
 *       elements as their shape; element counts fit an {@code int}.
 *   <li>Quantised values stand for scale x (value - zero point). Scales are in the constants
 *       already.
 *   <li>Sums of 8-bit products have 32 bits and wrap, as on the target. Results are clamped to the
 *       range given, or saturate to their type.
 *   <li>A constant that the runtime refuses while it prepares is an {@code
 *       IllegalArgumentException} where it is formed; what stops the runtime while it computes is
 *       an {@code ArithmeticException}. Nothing else is checked: shapes that do not fit together
 *       are the caller's mistake, and an array that is too short an {@code
 *       IndexOutOfBoundsException}.
 *   <li>Kernels keep nothing and may be used by any thread, but where a class says that an instance
 *       serves one thread.
 * </ul>
 *
 * <p>Every class states layout, types, rounding, saturation and its source. The scalar code here is
 * the oracle; faster forms live in packages below and must give the same bits.
 */
package dev.thumbprint.kernels;
