/** What memory adds to the time of a run, simulated from the addresses of its code and data. */
package dev.thumbprint.firmware.time;
