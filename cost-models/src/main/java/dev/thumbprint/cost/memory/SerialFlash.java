package dev.thumbprint.cost.memory;

import dev.thumbprint.cost.board.ExternalFlash;
import dev.thumbprint.cost.board.ExternalFlash.SerialRead;
import dev.thumbprint.cost.board.Target;
import java.util.Optional;

/**
 * What it takes to read a memory on a serial bus in place: for each read the command, the address
 * and the dummy cycles go over the bus before the first byte of data comes back.
 */
public final class SerialFlash {
  private static final int DATA_BITS = 4;

  /** Where a description does not say: half as much again as the data alone. */
  private static final double UNKNOWN_SETUP = 1.5;

  private SerialFlash() {}

  /** Cycles of the core to bring so many bytes that one after the other are missing. */
  public static double cycles(Target target, int bytes) {
    Optional<ExternalFlash> flash = target.board().externalFlash();
    Optional<SerialRead> read = read(target);
    double dataClocks = dataClocks(target, bytes);
    double clocks =
        read.map(known -> dataClocks + known.setupClocks() * bytes / known.bytes())
            .orElse(dataClocks * UNKNOWN_SETUP);
    return clocks * coreCyclesPerBusClock(target, flash, read);
  }

  /**
   * What a line of code costs where the line before it came last, relative to one anywhere: a
   * controller that reads on, or one that keeps the memory selected for the short time that the
   * code of a line takes, sends no command again.
   */
  public static double followingShare(Target target) {
    return read(target)
        .filter(read -> read.prefetch() || read.staysSelectedCycles() > 0)
        .map(read -> dataShare(target, read))
        .orElse(1.0);
  }

  /**
   * What a read costs where the bytes before it were asked for last, relative to one anywhere: a
   * controller that reads on by itself sends no command again.
   */
  public static double streamedShare(Target target) {
    return read(target)
        .filter(SerialRead::prefetch)
        .map(read -> dataShare(target, read))
        .orElse(1.0);
  }

  /** Of a read the part that brings data. */
  private static double dataShare(Target target, SerialRead read) {
    double dataClocks = dataClocks(target, read.bytes());
    return dataClocks / (dataClocks + read.setupClocks());
  }

  private static Optional<SerialRead> read(Target target) {
    return target.board().externalFlash().flatMap(ExternalFlash::read);
  }

  /** Clocks of the bus for so many bytes, without what goes before. */
  private static double dataClocks(Target target, int bytes) {
    int lines =
        target
            .board()
            .externalFlash()
            .map(known -> known.dataBits().orElse(DATA_BITS))
            .orElse(DATA_BITS);
    return 8.0 * bytes / lines;
  }

  private static double coreCyclesPerBusClock(
      Target target, Optional<ExternalFlash> flash, Optional<SerialRead> read) {
    if (read.isPresent() && read.get().coreDivider().isPresent()) {
      return read.get().coreDivider().getAsInt();
    }
    double busHz =
        flash
            .map(known -> known.clockHz().orElse(target.clockHz() / 2))
            .orElse(target.clockHz() / 2);
    return target.clockHz() / busHz;
  }
}
