/** Changes of a network's dimensions that its kernels like, each with its simulated gain. */
package dev.thumbprint.advise;
