/** Where the time of a network goes, and what would shorten it, each gain priced by the model. */
package dev.thumbprint.explain;
