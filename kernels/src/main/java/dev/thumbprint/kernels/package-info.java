/** The arithmetic of a network, as TensorFlow Lite Micro computes it: pure functions on arrays. */
package dev.thumbprint.kernels;
