/** Coefficients of the kernel libraries: their files, and how they are fitted to samples. */
package dev.thumbprint.cost.calibration;
