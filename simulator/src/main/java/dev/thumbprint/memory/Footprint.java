package dev.thumbprint.memory;

import java.util.List;

/**
 * RAM and flash of a firmware that does nothing but run one model.
 *
 * @param ram what occupies RAM
 * @param flash what occupies flash
 * @param assumptions what the figures rest on, in words
 */
public record Footprint(List<Part> ram, List<Part> flash, List<String> assumptions) {

  public Footprint {
    ram = List.copyOf(ram);
    flash = List.copyOf(flash);
    assumptions = List.copyOf(assumptions);
  }

  /**
   * One part.
   *
   * @param what what it is, in words
   * @param bytes its size
   */
  public record Part(String what, long bytes) {}

  /** Sum of the parts in RAM. */
  public long ramBytes() {
    return ram.stream().mapToLong(Part::bytes).sum();
  }

  /** Sum of the parts in flash. */
  public long flashBytes() {
    return flash.stream().mapToLong(Part::bytes).sum();
  }

  /** Bytes of a named part in RAM or flash, 0 where there is none. */
  static long of(List<Part> parts, String what) {
    return parts.stream().filter(part -> part.what().equals(what)).mapToLong(Part::bytes).sum();
  }
}
