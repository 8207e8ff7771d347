package dev.thumbprint.firmware.machine;

import dev.thumbprint.cost.core.CorePipeline;
import dev.thumbprint.cost.core.MemoryAccess;
import dev.thumbprint.firmware.count.Block;
import dev.thumbprint.firmware.count.BlockRecorder;
import dev.thumbprint.firmware.count.CallStack;
import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.Register;
import dev.thumbprint.firmware.engine.Stop;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.firmware.thumb.Decoder;
import dev.thumbprint.firmware.thumb.Extension;
import dev.thumbprint.firmware.thumb.Instruction;
import dev.thumbprint.firmware.thumb.Mnemonic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words how a run ended, and where. */
final class Diagnosis {
  private static final int BACKTRACE_MAX = 32;

  /** Frames at the outer end that are always shown. */
  private static final int OUTERMOST = 4;

  /** VPUSH of 32 registers. */
  private static final int PUSH_BYTES_MAX = 128;

  private final Engine engine;
  private final Image image;
  private final BlockRecorder recorder;
  private final CallStack calls;
  private String refusal;

  Diagnosis(Engine engine, Image image, BlockRecorder recorder, CallStack calls) {
    this.engine = engine;
    this.image = image;
    this.recorder = recorder;
    this.calls = calls;
  }

  /** Address of the block that executes. */
  int place() {
    Block block = recorder.current();
    return block == null ? engine.get(Register.PC) : block.address();
  }

  /** Why a block must not be executed; null as long as none was met. */
  String refusal() {
    return refusal;
  }

  /**
   * The engine is more generous than the processor: what it executes without having it is refused
   * here.
   */
  void requireInstructions(Block block, CorePipeline pipeline, Cpu cpu) {
    for (Instruction instruction : block.code().instructions()) {
      Extension extension = instruction.extension();
      if (lacks(cpu, extension)) {
        refusal =
            "%s at 0x%08x is an instruction of %s, which %s does not have"
                .formatted(instruction.text(), instruction.address(), title(extension), name(cpu));
        engine.stop();
        return;
      }
    }
  }

  private static String title(Extension extension) {
    return extension == Extension.DSP ? "the DSP extension" : extension.title();
  }

  /** What the engine executes without the processor having it. */
  private static boolean lacks(Cpu cpu, Extension extension) {
    return switch (extension) {
      case DSP -> cpu == Cpu.CORTEX_M3 || cpu == Cpu.CORTEX_M0;
      case V8M, V8MAIN -> cpu != Cpu.CORTEX_M33;
      default -> false;
    };
  }

  static String name(Cpu cpu) {
    return cpu.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Outcome outcome(Outcome.Ending ending, String reason, int pc, int status) {
    return new Outcome(ending, status, reason, pc, describe(pc), backtrace(pc));
  }

  Outcome fault(Stop stop) {
    int pc = stop.pc();
    if (stop.reason() == Stop.Reason.READ_FAULT || stop.reason() == Stop.Reason.WRITE_FAULT) {
      pc = accessing(stop);
    }
    String reason =
        switch (stop.reason()) {
          case UNDEFINED_INSTRUCTION ->
              "%s is no instruction of this processor%s".formatted(encoding(pc), belongsTo(pc));
          case INVALID_STATE ->
              "branch to 0x%08x without the Thumb bit: a Cortex-M has no Arm state".formatted(pc)
                  + jumper();
          case FETCH_FAULT -> "jump to 0x%08x, where no code is".formatted(pc) + jumper();
          case READ_FAULT -> "load from 0x%08x, where nothing is".formatted(stop.address());
          case WRITE_FAULT ->
              engine.isMemory(stop.address(), 1)
                  ? "store to 0x%08x, which is read-only".formatted(stop.address())
                  : "store to 0x%08x, where nothing is".formatted(stop.address());
          case UNALIGNED_ACCESS -> "an unaligned access, which this processor cannot make";
          case STACK_OVERFLOW -> "the stack passed its limit";
          case EXCEPTION_RETURN ->
              "branch to 0x%08x, an exception return, outside of an exception"
                  .formatted(stop.address());
          default -> stop.reason().toString();
        };
    return outcome(Outcome.Ending.FAULT, reason + stackHint(stop), pc, 1);
  }

  /** The branch that executed last: its function may have no frame of its own any more. */
  private String jumper() {
    Block block = recorder.current();
    return block == null ? "" : "; it came from " + describe(block.code().last().address());
  }

  /** A stack pointer outside of memory, or at its lower end, is the usual reason for a fault. */
  private String stackHint(Stop stop) {
    int sp = engine.get(Register.SP);
    if (!engine.isMemory(sp - 4, 4)) {
      return "; the stack pointer 0x%08x is outside of memory, the stack may have overflowed"
          .formatted(sp);
    }
    int below = sp - stop.address();
    return stop.reason() == Stop.Reason.WRITE_FAULT && below > 0 && below <= PUSH_BYTES_MAX
        ? "; the stack pointer 0x%08x is at the end of memory, the stack may have overflowed"
            .formatted(sp)
        : "";
  }

  /** What the instruction is on processors that have it. */
  private String belongsTo(int pc) {
    if (!engine.isMemory(pc, 4)) {
      return "";
    }
    Instruction instruction = Decoder.decode(engine.read(pc, 4), 0, pc, 0);
    boolean everywhere =
        instruction.mnemonic() == Mnemonic.UNDEFINED || instruction.extension() == Extension.V6M;
    return everywhere
        ? ""
        : ": %s, of %s".formatted(instruction.text(), instruction.extension().title());
  }

  private String encoding(int pc) {
    if (!engine.isMemory(pc, 4)) {
      return "what is at 0x%08x".formatted(pc);
    }
    int word = engine.readWord(pc);
    boolean wide = (word & 0xe000) == 0xe000 && (word & 0x1800) != 0;
    return wide
        ? "0x%04x%04x".formatted(word & 0xffff, word >>> 16)
        : "0x%04x".formatted(word & 0xffff);
  }

  /** The instruction of the current block whose address the access had. */
  private int accessing(Stop stop) {
    Block block = recorder.current();
    if (block == null || block.address() != stop.pc()) {
      return stop.pc();
    }
    MemoryAccess.Direction direction =
        stop.reason() == Stop.Reason.READ_FAULT
            ? MemoryAccess.Direction.LOAD
            : MemoryAccess.Direction.STORE;
    int candidate = stop.pc();
    for (Instruction instruction : block.code().instructions()) {
      MemoryAccess access = instruction.access();
      if (access.direction() != direction) {
        continue;
      }
      candidate = instruction.address();
      if (reaches(access, stop.address())) {
        return candidate;
      }
    }
    return candidate;
  }

  private boolean reaches(MemoryAccess access, int address) {
    if (access.base() < 0 || access.base() > 15) {
      return false;
    }
    int base = engine.get(Register.core(access.base())) + access.offsetBytes();
    int index = access.hasIndex() ? engine.get(Register.core(access.index())) : 0;
    for (int shift = 0; shift < (access.hasIndex() ? 4 : 1); shift++) {
      int distance = address - (base + (index << shift));
      if (distance >= 0 && distance < Math.max(1, access.bytes())) {
        return true;
      }
    }
    return false;
  }

  private String describe(int pc) {
    String function = image.symbols().describe(pc);
    return image.lines().at(pc).map(line -> function + " (" + line + ")").orElse(function);
  }

  private List<String> backtrace(int pc) {
    List<String> trace = new ArrayList<>();
    trace.add(describe(pc));
    List<Integer> addresses = calls.returnAddresses();
    int hidden = Math.max(0, addresses.size() - BACKTRACE_MAX);
    for (int i = 0; i < addresses.size(); i++) {
      boolean inner = i < BACKTRACE_MAX - OUTERMOST;
      boolean outer = i >= addresses.size() - OUTERMOST;
      if (hidden == 0 || inner || outer) {
        trace.add(describe(addresses.get(i) - 2));
      } else if (i == BACKTRACE_MAX - OUTERMOST) {
        trace.add("... %d more ...".formatted(hidden));
      }
    }
    return trace;
  }
}
