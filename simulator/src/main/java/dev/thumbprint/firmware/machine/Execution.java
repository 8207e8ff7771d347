package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.count.BlockRecorder;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.Meter;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.EngineException;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.Stop;
import java.util.OptionalInt;

/**
 * Lets the engine run from one thing that has to be done outside of it to the next, until the
 * program ends or the budget is used up.
 */
final class Execution {
  private static final int SEMIHOSTING = 0xbeab;

  /** Where a called function returns to: an address without memory. */
  static final int RETURN_HERE = 0xdead_0000;

  /** Cycles between two looks at the clock of the computer. */
  private static final long WALL_CHECK_CYCLES = 20_000_000;

  private final Engine engine;
  private final Meter meter;
  private final TimedDevices devices;
  private final ExceptionFlow exceptions;
  private final SystemControl system;
  private final Semihosting semihosting;
  private final BlockRecorder recorder;
  private final CallStack calls;
  private final Diagnosis diagnosis;
  private int until = -1;
  private String ended;

  Execution(
      Engine engine,
      Meter meter,
      TimedDevices devices,
      ExceptionFlow exceptions,
      SystemControl system,
      Semihosting semihosting,
      BlockRecorder recorder,
      CallStack calls,
      Diagnosis diagnosis) {
    this.engine = engine;
    this.meter = meter;
    this.devices = devices;
    this.exceptions = exceptions;
    this.system = system;
    this.semihosting = semihosting;
    this.recorder = recorder;
    this.calls = calls;
    this.diagnosis = diagnosis;
  }

  void setUntil(int address) {
    until = address == -1 ? -1 : address & ~1;
    recorder.setStopAt(until);
  }

  Outcome runFrom(int start, Budget budget) {
    engine.set(Register.PC, start);
    calls.start(start, meter.cycles());
    return resume(budget);
  }

  /** Goes on with a run that came to the address it was to stop at. */
  Outcome resume(Budget budget) {
    long wallEnd = System.nanoTime() + budget.wallTime().toNanos();
    Outcome outcome = null;
    while (outcome == null) {
      outcome = service();
      if (outcome == null && exhausted(budget, wallEnd)) {
        outcome =
            diagnosis.outcome(
                Outcome.Ending.BUDGET, exhaustion(budget), engine.get(Register.PC), 0);
      }
      if (outcome == null) {
        arm(budget);
        recorder.letOneEnter();
        outcome = handle(engine.run());
      }
    }
    calls.settle(meter.cycles());
    return outcome;
  }

  private boolean exhausted(Budget budget, long wallEnd) {
    return meter.instructions() >= budget.instructions()
        || meter.cycles() >= budget.cycles()
        || System.nanoTime() - wallEnd >= 0;
  }

  private String exhaustion(Budget budget) {
    if (meter.instructions() >= budget.instructions()) {
      return "the budget of %,d instructions is used up".formatted(budget.instructions());
    }
    if (meter.cycles() >= budget.cycles()) {
      return "the budget of %,d cycles is used up".formatted(budget.cycles());
    }
    return "the budget of %d seconds is used up".formatted(budget.wallTime().toSeconds());
  }

  /** Sets when the engine is to come back at the latest. */
  private void arm(Budget budget) {
    long next = devices.nextEvent();
    if (exceptions.isMasked()) {
      next = 0;
    }
    long left = Math.max(1, budget.instructions() - meter.instructions());
    long horizon = meter.cycles() + Math.min(WALL_CHECK_CYCLES, left);
    meter.setDeadline(Math.min(Math.min(next, horizon), budget.cycles()));
  }

  /** Lets devices do what is due, and takes an exception if one is. */
  private Outcome service() {
    devices.tick();
    if (ended != null) {
      return diagnosis.outcome(Outcome.Ending.REACHED, ended, engine.get(Register.PC), 0);
    }
    if (system.resetRequested()) {
      return diagnosis.outcome(
          Outcome.Ending.EXIT, "the firmware asked for a reset", engine.get(Register.PC), 0);
    }
    return exceptions.takeNext();
  }

  private Outcome handle(Stop stop) {
    return switch (stop.reason()) {
      case REQUESTED ->
          diagnosis.refusal() == null
              ? reached(stop)
              : diagnosis.outcome(Outcome.Ending.FAULT, diagnosis.refusal(), stop.pc(), 1);
      case WAIT_FOR_INTERRUPT -> sleep(stop.pc());
      case YIELD -> null;
      case SUPERVISOR_CALL -> exceptions.supervisorCall(stop);
      case EXCEPTION_RETURN -> exceptions.leave(stop);
      case BREAKPOINT -> breakpoint(stop);
      case FETCH_FAULT -> stop.pc() == RETURN_HERE ? returned(stop) : diagnosis.fault(stop);
      default -> diagnosis.fault(stop);
    };
  }

  /** Time is skipped to the next thing that happens by itself. */
  private Outcome sleep(int pc) {
    devices.tick();
    if (exceptions.isPending() || ended != null || devices.sleep()) {
      return null;
    }
    return diagnosis.outcome(
        Outcome.Ending.HANG, "WFI with nothing that could end the sleep", pc - 2, 1);
  }

  private Outcome returned(Stop stop) {
    int result = engine.get(Register.R0);
    String reason = "the function returned, R0 is %d (0x%08x)".formatted(result, result);
    return diagnosis.outcome(Outcome.Ending.RETURNED, reason, stop.pc(), 0);
  }

  /** Ends the run before the next block; for partners of the console. */
  void end(String reason) {
    ended = reason;
    meter.setDeadline(0);
  }

  private Outcome reached(Stop stop) {
    if (ended != null) {
      return diagnosis.outcome(Outcome.Ending.REACHED, ended, stop.pc(), 0);
    }
    if (stop.pc() == until) {
      return diagnosis.outcome(
          Outcome.Ending.REACHED, "the place to stop at was reached", stop.pc(), 0);
    }
    return null;
  }

  private Outcome breakpoint(Stop stop) {
    byte[] code = engine.read(stop.pc(), 2);
    if (((code[0] & 0xff) | (code[1] & 0xff) << 8) != SEMIHOSTING) {
      return diagnosis.outcome(
          Outcome.Ending.FAULT, "BKPT %d".formatted(code[0] & 0xff), stop.pc(), 1);
    }
    try {
      semihosting.call();
    } catch (EngineException e) {
      String reason = "semihosting call with a bad address: " + e.getMessage();
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, stop.pc(), 1);
    }
    OptionalInt exit = semihosting.exitStatus();
    if (exit.isPresent()) {
      String reason = "the firmware exited with status " + exit.getAsInt();
      return diagnosis.outcome(Outcome.Ending.EXIT, reason, stop.pc(), exit.getAsInt());
    }
    engine.set(Register.PC, stop.pc() + 2);
    return null;
  }
}
