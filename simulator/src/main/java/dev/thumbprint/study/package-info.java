/**
 * The experiments of Heim et al., arXiv:2104.10645, with simulation in the place of deployment:
 * recorded beside simulated, and what becomes of every statement.
 */
package dev.thumbprint.study;
