package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.count.Meter;

/** What devices know of the machine they are in. */
interface Bus {
  /** Modelled time. */
  Meter meter();

  /** Clock of the processor. */
  long clockHz();

  /** Raises an interrupt by its number in the NVIC, 0 to 239. */
  void interrupt(int number);

  /** Reads memory for a device that fetches by itself. */
  byte[] read(int address, int bytes);

  /** Writes memory for a device that stores by itself. */
  void write(int address, byte[] data);
}
