/**
 * The signal operators of TensorFlow Lite Micro: framing, windows, Fourier transforms, filter banks
 * and gain control of an audio front end (source: tensorflow/tflite-micro 90b983c2, signal/src).
 *
 * <p>Signals are frames of 16-bit samples along the innermost dimension, spectra are pairs of real
 * and imaginary part, channels of a filter bank lie along the innermost dimension; outer dimensions
 * are the caller's, frame by frame. What is said of errors and threads in {@link
 * dev.thumbprint.kernels} holds here too.
 *
 * <p>All integer arithmetic is reproduced bit for bit, wrap-around included. Unsigned 32-bit and
 * 64-bit elements lie in {@code int} and {@code long} arrays.
 */
package dev.thumbprint.kernels.signal;
