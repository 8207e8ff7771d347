/** Prices layers and networks on a target: trips times cycles per trip, with an interval. */
package dev.thumbprint.cost.pricing;
