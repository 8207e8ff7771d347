/** The command line. */
package dev.thumbprint.cli;
