/**
 * The signal operators of TensorFlow Lite Micro: framing, windows, Fourier transforms, filter banks
 * and gain control of an audio front end (source: tensorflow/tflite-micro 90b983c2, signal/src).
 *
 * <p>All integer arithmetic is reproduced bit for bit, wrap-around included. Unsigned 32-bit and
 * 64-bit elements lie in {@code int} and {@code long} arrays.
 */
package dev.thumbprint.kernels.signal;
