/** One class per family of operators: what is checked, which constants are derived, what is run. */
package dev.thumbprint.run.operators;
