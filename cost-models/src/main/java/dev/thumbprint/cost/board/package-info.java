/** Boards: what is known of a machine, with a source for each number, and a choice of settings. */
package dev.thumbprint.cost.board;
