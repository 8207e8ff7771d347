/** Two reports of profiles beside each other. */
package dev.thumbprint.compare;
