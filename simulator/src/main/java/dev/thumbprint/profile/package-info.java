/** What a network costs on a target: latency, energy and memory, in total and by layer. */
package dev.thumbprint.profile;
