package dev.thumbprint.firmware.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.firmware.Programs;
import dev.thumbprint.firmware.machine.Budget;
import dev.thumbprint.firmware.machine.Outcome;
import dev.thumbprint.model.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code src/firmware/programs/runner.c} speaks the text protocol of a benchmark runner. */
class SerialScriptTest {
  private record Played(SerialScript script, Outcome outcome, String output) {}

  private static Played play(String text) {
    SerialScript script = SerialScript.parse(text);
    Target target = Target.of(Boards.named("nucleo-l496zg"), TargetOptions.DEFAULTS);
    try (FirmwareRun run =
        new FirmwareRun(target, Programs.image("runner.elf"), FirmwareRun.Options.USUAL)) {
      script.attach(run.machine());
      Outcome outcome = run.machine().run(Budget.USUAL.withInstructions(20_000_000));
      String output = new String(run.machine().console().output(), StandardCharsets.US_ASCII);
      return new Played(script, outcome, output);
    }
  }

  @Test
  void shouldDriveBenchmarkAndReportBothTimes() {
    Played played =
        play(
            """
            # the runner's start-up
            timeout 5
            expect m-ready
            send name%
            expect m-name-runner
            expect m-ready
            send infer 10%
            lap m-lap-us-
            lap m-lap-us-
            expect m-ready
            """);
    assertThat(played.outcome.fine()).as(played.outcome.toString()).isTrue();
    assertThat(played.script.fulfilled()).isTrue();
    assertThat(played.script.laps()).hasSize(1);
    SerialScript.Lap lap = played.script.laps().getFirst();
    // Ten times 20,000 rounds of a few cycles at 80 MHz.
    assertThat(lap.firmwareUs()).isBetween(5_000L, 30_000L);
    assertThat(lap.modelledUs()).isCloseTo((double) lap.firmwareUs(), within(3.0));
    assertThat(played.script.log())
        .anyMatch(line -> line.contains("us by the firmware's own timer"));
    assertThat(played.output).contains("m-name-runner-[none]");
  }

  @Test
  void shouldGiveUpWhenFirmwareFallsSilent() {
    Played played = play("expect m-ready\ntimeout 0.25\nsend silence%\nexpect m-ready\n");
    assertThat(played.script.fulfilled()).isFalse();
    assertThat(played.outcome.reason()).contains("script line 4", "m-ready", "0.25");
    assertThat(played.script.log()).anyMatch(line -> line.contains("never received"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hope m-ready", "timeout never", "timeout 0", "timeout 1e999", "expect", "lap "})
  void shouldNameWhatIsWrongWithScript(String line) {
    assertThatThrownBy(() -> SerialScript.parse("# fine\n" + line + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2");
  }
}
