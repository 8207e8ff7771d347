/** Profiles as answers to requests: JSON Lines on the standard streams, HTTP on loopback. */
package dev.thumbprint.serve;
