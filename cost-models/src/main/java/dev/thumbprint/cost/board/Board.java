package dev.thumbprint.cost.board;

import dev.thumbprint.cost.core.Core;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a board. Immutable; every block of numbers names its source, and what is not
 * known is empty here and listed in {@link #unknown()}.
 *
 * @param id name on the command line and in recordings
 * @param aliases other names, in lower case
 * @param title name on the box
 * @param vendor who makes it
 * @param mcu part number
 * @param core core that runs the network
 * @param fpu floating-point unit of that core
 * @param longMultiply what replaces the compiler's multiplication to 64 bits, empty where nothing
 *     does
 * @param clock clocks
 * @param flash internal non-volatile memory, empty where there is none
 * @param caches caches and buffers; empty where there are none or nothing is known
 * @param ram RAM regions; at least one
 * @param arenaRegion name of the region that holds the arena unless told otherwise
 * @param externalFlash external memory that code can run from, empty where there is none
 * @param supply supply and regulator
 * @param active power while computing; empty where nothing is known
 * @param sleep power while waiting; empty where nothing is known
 * @param price price, empty where nothing is known
 * @param notes what a reader should know, such as accelerators that are not modelled
 * @param calibration what one's own recordings say, empty where there are none
 * @param unknown keys of the description that are said to be unknown
 */
public record Board(
    String id,
    List<String> aliases,
    String title,
    String vendor,
    String mcu,
    Core core,
    Fpu fpu,
    Optional<LongMultiply> longMultiply,
    Clock clock,
    Optional<Flash> flash,
    List<Cache> caches,
    List<Ram> ram,
    String arenaRegion,
    Optional<ExternalFlash> externalFlash,
    Supply supply,
    List<ActivePower> active,
    List<SleepPower> sleep,
    Optional<Price> price,
    List<String> notes,
    Optional<BoardCalibration> calibration,
    List<String> unknown) {

  public Board {
    aliases = List.copyOf(aliases);
    caches = List.copyOf(caches);
    ram = List.copyOf(ram);
    active = List.copyOf(active);
    sleep = List.copyOf(sleep);
    notes = List.copyOf(notes);
    unknown = List.copyOf(unknown);
    if (flash.isEmpty() && externalFlash.isEmpty() && !unknown.contains("external_flash")) {
      throw new IllegalArgumentException("a board needs a memory to run code from");
    }
  }

  /** The same board under another name. */
  public Board named(String otherId, List<String> otherAliases) {
    return new Board(
        otherId,
        otherAliases,
        title,
        vendor,
        mcu,
        core,
        fpu,
        longMultiply,
        clock,
        flash,
        caches,
        ram,
        arenaRegion,
        externalFlash,
        supply,
        active,
        sleep,
        price,
        notes,
        calibration,
        unknown);
  }

  /** The region of a name, upper or lower case, or empty. */
  public Optional<Ram> region(String name) {
    return ram.stream().filter(region -> region.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The region that holds the arena unless told otherwise. */
  public Ram arena() {
    return region(arenaRegion)
        .orElseThrow(() -> new IllegalStateException("no region " + arenaRegion + " in " + id));
  }

  /** RAM of all regions in bytes. */
  public long ramBytes() {
    return ram.stream().mapToLong(Ram::bytes).sum();
  }
}
