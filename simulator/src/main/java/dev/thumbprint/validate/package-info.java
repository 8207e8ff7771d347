/** Predictions against recordings: resolving rows, cross-fitting, scores and baselines. */
package dev.thumbprint.validate;
