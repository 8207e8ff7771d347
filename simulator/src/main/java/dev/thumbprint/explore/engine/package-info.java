/** Prices the designs of a space: fast, in bounded memory, the same in whatever order. */
package dev.thumbprint.explore.engine;
