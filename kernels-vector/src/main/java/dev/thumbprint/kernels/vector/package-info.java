/**
 * The batch tier: kernels on the Vector API ({@code jdk.incubator.vector}, JDK 25), with the very
 * bits of {@link dev.thumbprint.kernels.ScalarTier}.
 *
 * <p>Products are formed in single precision on centred integers. That is exact while no partial
 * sum reaches 2^24, which {@link dev.thumbprint.kernels.vector.ExactFloats} checks for every output
 * channel when a layer is prepared; a layer that fails goes to the plain tier.
 *
 * <p>Every method that handles vectors works on arrays: a vector passed between methods would be
 * boxed wherever the compiler does not inline the call.
 */
package dev.thumbprint.kernels.vector;
