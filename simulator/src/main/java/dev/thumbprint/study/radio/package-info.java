/** The energy of sending data by radio beside the energy of computing on the node. */
package dev.thumbprint.study.radio;
