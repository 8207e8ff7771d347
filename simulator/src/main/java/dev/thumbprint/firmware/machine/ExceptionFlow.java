package dev.thumbprint.firmware.machine;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.firmware.count.BlockRecorder;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.count.Meter;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.EngineException;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.Stop;

/**
 * Takes exceptions and returns from them: registers and stacks by {@link Exceptions}, with their
 * time and their place among the calls. Methods return how the run ended, null where it goes on.
 */
final class ExceptionFlow {
  private final Engine engine;
  private final Exceptions exceptions;
  private final SystemControl system;
  private final CorePipeline pipeline;
  private final Meter meter;
  private final BlockRecorder recorder;
  private final CallStack calls;
  private final Diagnosis diagnosis;
  private long entries;
  private long returns;

  ExceptionFlow(
      Engine engine,
      Exceptions exceptions,
      SystemControl system,
      CorePipeline pipeline,
      Meter meter,
      BlockRecorder recorder,
      CallStack calls,
      Diagnosis diagnosis) {
    this.engine = engine;
    this.exceptions = exceptions;
    this.system = system;
    this.pipeline = pipeline;
    this.meter = meter;
    this.recorder = recorder;
    this.calls = calls;
    this.diagnosis = diagnosis;
  }

  /** Takes the most urgent exception, if one may be taken now. */
  Outcome takeNext() {
    int next = exceptions.next();
    return exceptions.canTake(next) ? enter(next) : null;
  }

  /** Whether one waits, so that a sleep ends. */
  boolean isPending() {
    return exceptions.next() >= 0;
  }

  /** Whether the most urgent one waits only for interrupts to be allowed again. */
  boolean isMasked() {
    return exceptions.isMasked(exceptions.next());
  }

  private Outcome enter(int number) {
    try {
      int frame = exceptions.enter(number, system.vectorTable());
      meter.advance(pipeline.exceptionEntryCycles());
      entries++;
      recorder.interrupted();
      calls.interrupt(frame, engine.get(Register.PC), meter.cycles());
      return null;
    } catch (EngineException e) {
      String reason = "the stack cannot take exception %d: %s".formatted(number, e.getMessage());
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, engine.get(Register.PC), 1);
    }
  }

  Outcome supervisorCall(Stop stop) {
    exceptions.setPending(Exceptions.SUPERVISOR_CALL, true);
    return exceptions.canTake(Exceptions.SUPERVISOR_CALL)
        ? enter(Exceptions.SUPERVISOR_CALL)
        : diagnosis.outcome(
            Outcome.Ending.FAULT,
            "SVC where its exception cannot be taken: its priority is too low or interrupts are off",
            stop.pc() - 2,
            1);
  }

  Outcome leave(Stop stop) {
    if (exceptions.current() == 0) {
      return diagnosis.fault(stop);
    }
    try {
      int frame = exceptions.leave(stop.address());
      meter.advance(pipeline.exceptionReturnCycles());
      returns++;
      recorder.interrupted();
      calls.resume(frame, engine.get(Register.PC), meter.cycles());
      return null;
    } catch (EngineException e) {
      String reason = "the frame of the exception is not in memory: " + e.getMessage();
      return diagnosis.outcome(Outcome.Ending.FAULT, reason, stop.pc(), 1);
    }
  }

  long entries() {
    return entries;
  }

  long returns() {
    return returns;
  }
}
