/**
 * The six phases of the study's tool chain, each usable alone, over one record: analyse, optimise,
 * evaluate on the host, deploy, benchmark, evaluate on the target.
 */
package dev.thumbprint.study.phase;
