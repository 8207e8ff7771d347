/** What work costs on a machine: kernel libraries, cores, memories, boards, energy, calibration. */
package dev.thumbprint.cost;
