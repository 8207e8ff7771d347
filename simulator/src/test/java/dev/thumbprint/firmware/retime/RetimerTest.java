package dev.thumbprint.firmware.retime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.firmware.monitor.Emulation;
import dev.thumbprint.firmware.monitor.FirmwareRun;
import dev.thumbprint.firmware.monitor.RetimedRun;
import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run timed from its counts is the run itself with that setting, figure for figure. */
class RetimerTest {
  private static final long SEED = 20_261_125;

  @ParameterizedTest
  @CsvSource({
    "layers-m4-O2, nucleo-l4r5zi, 'nucleo-l496zg nucleo-f446re disco-f469ni nucleo-f401re'",
    "layers-m4-O3, disco-f469ni, 'nucleo-l4r5zi nucleo-l432kc nucleo-f413zh'",
    "layers-m7-O3, nucleo-f767zi, 'nucleo-h743zi nucleo-f746zg nucleo-h7a3zi-q'",
    "layers-m33-O2, nucleo-u575zi-q, 'nucleo-l552ze-q b-u585i-iot02a'",
    "layers-m0-O2, nucleo-g0b1re, nucleo-g0b1re",
    "layers-m3-O2, nucleo-f207zg, nucleo-f207zg",
  })
  void shouldTimeCountsAsRunItself(String program, String board, String others) {
    Image image = Programs.image(program + ".elf");
    Target counted = Target.of(Boards.named(board), TargetOptions.DEFAULTS);
    Counts counts = CountsReader.parse(CountsWriter.write(counts(counted, image)));
    List<String> boards = new ArrayList<>(List.of(others.split(" ")));
    boards.add(board);
    Random random = new Random(SEED);
    for (String name : boards) {
      for (int i = 0; i < 4; i++) {
        Target target = i == 0 ? defaults(name) : anySetting(name, random);
        Emulation ran = run(target, image);
        Emulation timed = new RetimedRun(counts, target).emulation(Optional.empty());
        String setting =
            "%s on %s, caches %s, prefetch %s, %s wait states, seed %d"
                .formatted(
                    program, name, target.caches(), target.prefetch(), target.waitStates(), SEED);
        assertThat(timed.cycles()).as(setting).isEqualTo(ran.cycles());
        assertThat(timed.instructions()).as(setting).isEqualTo(ran.instructions());
        assertThat(timed.opcodes()).as(setting).isEqualTo(ran.opcodes());
        assertThat(timed.stalls().codeCycles()).as(setting).isEqualTo(ran.stalls().codeCycles());
        assertThat(timed.stalls().dataCycles()).as(setting).isEqualTo(ran.stalls().dataCycles());
        assertThat(timed.stalls().unalignedCycles())
            .as(setting)
            .isEqualTo(ran.stalls().unalignedCycles());
        if (name.equals(board) && target.caches() == counted.caches()) {
          assertThat(timed.stalls().cliff()).as(setting).isEqualTo(ran.stalls().cliff());
        }
      }
    }
  }

  private static Target defaults(String board) {
    return Target.of(Boards.named(board), TargetOptions.DEFAULTS);
  }

  private static Target anySetting(String board, Random random) {
    var options =
        TargetOptions.builder().caches(random.nextBoolean()).waitStates(random.nextInt(9));
    try {
      options.prefetch(random.nextBoolean());
      return Target.of(Boards.named(board), options.build());
    } catch (BadDescription partHasNoPrefetch) {
      return Target.of(Boards.named(board), options.prefetch(null).build());
    }
  }

  private static Counts counts(Target target, Image image) {
    var options = FirmwareRun.Options.USUAL.withCounts(FirmwareRun.countedFor(target, image));
    try (FirmwareRun run = new FirmwareRun(target, image, options)) {
      Outcome outcome = run.machine().run(Budget.USUAL);
      assertThat(outcome.fine()).as(outcome.toString()).isTrue();
      return run.counts(outcome);
    }
  }

  private static Emulation run(Target target, Image image) {
    try (FirmwareRun run = new FirmwareRun(target, image, FirmwareRun.Options.USUAL)) {
      return run.emulation(run.machine().run(Budget.USUAL));
    }
  }

  @Test
  void shouldReadBackWhatItWrote() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    Counts counts = counts(target, Programs.image("layers-m4-Os.elf"));
    String text = CountsWriter.write(counts);
    assertThat(CountsWriter.write(CountsReader.parse(text))).isEqualTo(text);
    assertThat(counts.sha256()).hasSize(64);
  }

  @Test
  void shouldDivideRunIntoPartsThatAddUp() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    Image image = Programs.image("layers-m4-O2.elf");
    var options = FirmwareRun.Options.USUAL.withCounts(FirmwareRun.countedFor(target, image));
    try (FirmwareRun run = new FirmwareRun(target, image, options)) {
      run.machine().setUntil(image.symbols().find("depthwise").orElseThrow().address());
      run.machine().run(Budget.USUAL);
      run.machine().setUntil(-1);
      run.recorder().orElseThrow().begin("depthwise and later");
      Outcome outcome = run.machine().resume(Budget.USUAL);
      Emulation whole = run.emulation(outcome);
      var timed = new RetimedRun(run.counts(outcome), target);
      assertThat(timed.parts())
          .extracting(PartTime::name)
          .containsExactly("", "depthwise and later");
      assertThat(timed.parts()).allMatch(part -> part.instructions() > 10_000);
      assertThat(timed.emulation(Optional.empty()).cycles()).isEqualTo(whole.cycles());
    }
  }

  @Test
  void shouldSayWhatCannotBeTimed() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    Counts counts = counts(target, Programs.image("layers-m4-Os.elf"));
    assertThatThrownBy(() -> retime(counts, "nucleo-f767zi"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cortex-m4")
        .hasMessageContaining("cortex-m7");
    assertThatThrownBy(() -> retime(counts, "arduino-nano-33-ble"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0x08000000");
  }

  private static void retime(Counts counts, String board) {
    new RetimedRun(counts, Target.of(Boards.named(board), TargetOptions.DEFAULTS));
  }

  @Test
  void shouldRefuseDamagedCounts() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    String text = CountsWriter.write(counts(target, Programs.image("layers-m4-Os.elf")));
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      StringBuilder damaged = new StringBuilder(text);
      int at = random.nextInt(text.length());
      int length = Math.min(1 + random.nextInt(40), text.length() - at);
      if (random.nextBoolean()) {
        damaged.delete(at, at + length);
      } else {
        damaged.setCharAt(at, "0123456789{}[]\",:xe-".charAt(random.nextInt(20)));
      }
      try {
        Counts counts = CountsReader.parse(damaged.toString());
        new RetimedRun(counts, target).emulation(Optional.empty());
      } catch (InputException e) {
        refused++;
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(refused).as("seed %d", SEED).isGreaterThan(100);
  }

  /** No number may be a fraction, missing or beyond every counter, wherever it stands. */
  @Test
  void shouldRefuseWhatIsNoCount() {
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    String text = CountsWriter.write(counts(target, Programs.image("layers-m4-Os.elf")));
    List<MatchResult> numbers =
        Pattern.compile("(?<=[:\\[,] ?)\\d+(?=[,\\]}\\s])").matcher(text).results().toList();
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      MatchResult number = numbers.get(random.nextInt(numbers.size()));
      String wrong = List.of("3.5", "null", "1e30", "{}", "true").get(i % 5);
      String damaged = text.substring(0, number.start()) + wrong + text.substring(number.end());
      assertThatThrownBy(() -> CountsReader.parse(damaged))
          .as("seed %d, %s for the number at %d", SEED, wrong, number.start())
          .isInstanceOf(InputException.class);
    }
  }
}
