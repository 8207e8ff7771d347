package dev.thumbprint.firmware.monitor;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A process that runs firmware again and again and prints by how many bytes each run made it grow:
 * the median over windows of runs. A compilation of the Java virtual machine makes one window grow,
 * what every run leaves behind all of them. Arguments: runs before the first look, runs in a
 * window, windows.
 */
final class ManyRuns {
  private static final int PAGE_BYTES = 4096;
  private static final long INSTRUCTIONS = 20_000;

  private record Program(Image image, Target target) {
    static Program of(String file, String board) {
      return new Program(
          Programs.image(file), Target.of(Boards.named(board), TargetOptions.DEFAULTS));
    }

    void run() {
      try (FirmwareRun run = new FirmwareRun(target, image, FirmwareRun.Options.USUAL)) {
        Budget budget = new Budget(INSTRUCTIONS, Long.MAX_VALUE, Budget.USUAL.wallTime());
        Outcome outcome = run.machine().run(budget);
        if (outcome.ending() != Outcome.Ending.BUDGET) {
          throw new IllegalStateException(outcome.toString());
        }
      }
    }
  }

  private ManyRuns() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    List<Program> programs =
        List.of(
            Program.of("layers-m4-O2.elf", "nucleo-l4r5zi"),
            Program.of("layers-m4-O3.elf", "nucleo-f446re"));
    int runs = Integer.parseInt(arguments[1]);
    long[] grown = new long[Integer.parseInt(arguments[2])];
    repeat(programs, Integer.parseInt(arguments[0]));
    for (int window = 0; window < grown.length; window++) {
      long before = residentBytes();
      repeat(programs, runs);
      grown[window] = (residentBytes() - before) / runs;
    }
    Arrays.sort(grown);
    int middle = grown.length / 2;
    System.out.println(
        grown.length % 2 == 1 ? grown[middle] : (grown[middle - 1] + grown[middle]) / 2);
  }

  private static void repeat(List<Program> programs, int runs) {
    for (int i = 0; i < runs; i++) {
      programs.get(i % programs.size()).run();
    }
    System.gc();
  }

  /** The second number of /proc/self/statm: pages that are in memory. */
  private static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * PAGE_BYTES;
  }
}
