package dev.thumbprint.firmware.image;

/**
 * A name in a program.
 *
 * @param name as in the file; C++ names are mangled
 * @param address an unsigned 32-bit number; of a function without the Thumb bit
 * @param size in bytes; 0 where the file does not say
 * @param function whether it is code
 * @param global whether it is visible outside of its file
 */
public record Symbol(String name, int address, int size, boolean function, boolean global) {

  /** The name for people: a C++ name without its parameters. */
  public String displayName() {
    return CxxNames.demangle(name);
  }

  static Symbol at(int address) {
    return new Symbol("", address, 0, true, false);
  }
}
