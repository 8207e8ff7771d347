/** Judges a profile by limits. */
package dev.thumbprint.check;
