/**
 * A small trainer, a labelled set that it makes itself, and the conversion of float models to
 * integers.
 */
package dev.thumbprint.train;
