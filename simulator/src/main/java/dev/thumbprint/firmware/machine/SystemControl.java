package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Cpu;
import dev.thumbprint.firmware.engine.IoHandler;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The private peripheral bus at 0xE0000000: ITM, DWT, SysTick, NVIC, SCB, MPU, FPU and debug
 * registers. The MPU keeps what is written and protects nothing; caches are on or off in the timing
 * model, not here.
 *
 * @see <a href="https://github.com/ARM-software/CMSIS_6/tree/main/CMSIS/Core/Include">CMSIS-Core,
 *     core_cm*.h</a>
 */
final class SystemControl implements IoHandler {
  private static final int BASE = 0xe000_0000;
  private static final int ITM_CONTROL = 0xe80;
  private static final int DWT = 0x1000;
  private static final int SYSTICK = 0xe010;
  private static final int ICSR = 0xed04;
  private static final int VTOR = 0xed08;
  private static final int AIRCR = 0xed0c;
  private static final int DEMCR = 0xedfc;
  private static final int FPCCR = 0xef34;
  private static final int AIRCR_KEY = 0x05fa_0000;
  private static final int RESET_REQUEST = 4;
  private static final int TRACE_ENABLE = 1 << 24;
  private static final int LAZY = 1 << 30;
  private static final int ITM_BYTES_MAX = 16 << 20;

  private final Bus bus;
  private final Cpu cpu;
  private final Exceptions exceptions;
  private final SysTick sysTick;
  private final Map<Integer, Integer> kept = new HashMap<>();
  private final ByteArrayOutputStream trace = new ByteArrayOutputStream();
  private int vectorTable;
  private long cycleOrigin;
  private boolean resetRequested;

  SystemControl(Bus bus, Cpu cpu, Exceptions exceptions, SysTick sysTick, int vectorTable) {
    this.bus = bus;
    this.cpu = cpu;
    this.exceptions = exceptions;
    this.sysTick = sysTick;
    this.vectorTable = vectorTable;
    kept.put(0xed14, 0x200); // CCR: stack alignment
    kept.put(FPCCR, 0xc000_0000); // automatic and lazy
  }

  int vectorTable() {
    return vectorTable;
  }

  boolean resetRequested() {
    return resetRequested;
  }

  /** What was written to the stimulus ports of the ITM. */
  byte[] traceOutput() {
    return trace.toByteArray();
  }

  @Override
  public int read(int address, int size) {
    int offset = address - BASE;
    int word = readWord(offset & ~3);
    int value = word >>> (8 * (offset & 3));
    return size == 4 ? value : value & (size == 1 ? 0xff : 0xffff);
  }

  private int readWord(int offset) {
    if (offset >= SYSTICK && offset < SYSTICK + 16) {
      return sysTick.read(offset - SYSTICK);
    }
    if (offset >= 0xe100 && offset < 0xe400) {
      return readBits(offset);
    }
    if (offset >= 0xe400 && offset < 0xe500) {
      return readPriorities(Exceptions.FIRST_INTERRUPT + offset - 0xe400);
    }
    return switch (offset) {
      case 0xed00 -> cpuId();
      case ICSR -> readIcsr();
      case VTOR -> vectorTable;
      case AIRCR -> 0xfa05_0000 | exceptions.priorityGroup() << 8;
      case 0xed18, 0xed1c, 0xed20 -> readPriorities(4 + offset - 0xed18);
      case 0xed90 -> cpu == Cpu.CORTEX_M0 ? 0 : 0x800; // MPU_TYPE: eight regions
      case 0xef40 -> cpu.floatingPoint() ? 0x1011_0021 : 0; // MVFR0: single precision
      case 0xef44 -> cpu.floatingPoint() ? 0x1100_0011 : 0;
      case 0xed78 -> cpu == Cpu.CORTEX_M7 ? 0x0900_0003 : 0; // CLIDR
      case 0xed7c -> cpu == Cpu.CORTEX_M7 ? 0x8303_c003 : 0; // CTR
      case 0xed80 -> cpu == Cpu.CORTEX_M7 ? 0xf00f_e019 : 0; // CCSIDR: 16 KB of 32-byte lines
      case DWT -> (cpu.mainline() ? 0x4000_0000 : 0) | kept.getOrDefault(DWT, 0);
      case DWT + 4 -> cycleCount();
      default -> offset < ITM_CONTROL ? 1 : kept.getOrDefault(offset, 0);
    };
  }

  private int cpuId() {
    return switch (cpu) {
      case CORTEX_M0 -> 0x410c_c200;
      case CORTEX_M3 -> 0x412f_c231;
      case CORTEX_M4 -> 0x410f_c241;
      case CORTEX_M7 -> 0x411f_c271;
      case CORTEX_M33 -> 0x410f_d213;
    };
  }

  private int readIcsr() {
    int next = exceptions.next();
    int value = (next < 0 ? 0 : next << 12) | exceptions.current();
    return value
        | (exceptions.isPending(Exceptions.PENDING_SERVICE) ? 1 << 28 : 0)
        | (exceptions.isPending(Exceptions.SYSTEM_TICK) ? 1 << 26 : 0);
  }

  /**
   * The counter runs from the moment it is enabled; both its own bit and the trace enable are
   * needed.
   */
  private int cycleCount() {
    boolean runs = (kept.getOrDefault(DWT, 0) & 1) != 0 && tracing();
    return runs ? (int) (bus.meter().cycles() - cycleOrigin) : (int) -cycleOrigin;
  }

  private boolean tracing() {
    return (kept.getOrDefault(DEMCR, 0) & TRACE_ENABLE) != 0;
  }

  private int readBits(int offset) {
    int first = Exceptions.FIRST_INTERRUPT + (offset & 0x7f) * 8;
    int value = 0;
    for (int bit = 0; bit < 32 && first + bit < Exceptions.COUNT; bit++) {
      boolean set =
          switch (offset & 0x380) {
            case 0x100, 0x180 -> exceptions.isEnabled(first + bit);
            case 0x200, 0x280 -> exceptions.isPending(first + bit);
            default -> exceptions.isActive(first + bit);
          };
      value |= set ? 1 << bit : 0;
    }
    return value;
  }

  private int readPriorities(int first) {
    int value = 0;
    for (int i = 0; i < 4 && first + i < Exceptions.COUNT; i++) {
      value |= exceptions.priority(first + i) << (8 * i);
    }
    return value;
  }

  @Override
  public void write(int address, int size, int value) {
    int offset = address - BASE;
    if (offset < ITM_CONTROL - 0x80) {
      writeTrace(size, value);
      return;
    }
    if (offset >= 0xe400 && offset < 0xe500) {
      writePriorities(Exceptions.FIRST_INTERRUPT + offset - 0xe400, size, value);
    } else if (offset >= 0xed18 && offset < 0xed24) {
      writePriorities(4 + offset - 0xed18, size, value);
    } else if (offset >= 0xe100 && offset < 0xe400) {
      writeBits(offset, value);
    } else if (offset >= SYSTICK && offset < SYSTICK + 16) {
      sysTick.write(offset - SYSTICK, value);
    } else {
      writeWord(offset, value);
    }
    bus.meter().setDeadline(0);
  }

  private void writeTrace(int size, int value) {
    for (int i = 0; i < size && trace.size() < ITM_BYTES_MAX; i++) {
      trace.write(value >> (8 * i));
    }
  }

  private void writeBits(int offset, int value) {
    int first = Exceptions.FIRST_INTERRUPT + (offset & 0x7f) * 8;
    for (int bit = 0; bit < 32 && first + bit < Exceptions.COUNT; bit++) {
      if ((value >>> bit & 1) != 0) {
        switch (offset & 0x380) {
          case 0x100 -> exceptions.setEnabled(first + bit, true);
          case 0x180 -> exceptions.setEnabled(first + bit, false);
          case 0x200 -> exceptions.setPending(first + bit, true);
          case 0x280 -> exceptions.setPending(first + bit, false);
          default -> {}
        }
      }
    }
  }

  private void writePriorities(int first, int size, int value) {
    for (int i = 0; i < size && first + i < Exceptions.COUNT; i++) {
      exceptions.setPriority(first + i, value >> (8 * i) & 0xff);
    }
  }

  private void writeWord(int offset, int value) {
    switch (offset) {
      case ICSR -> writeIcsr(value);
      case VTOR -> vectorTable = value & ~0x7f;
      case AIRCR -> {
        if ((value & 0xffff_0000) == AIRCR_KEY) {
          exceptions.setPriorityGroup(value >> 8);
          resetRequested |= (value & RESET_REQUEST) != 0;
        }
      }
      case DWT -> {
        int count = cycleCount();
        kept.put(DWT, value);
        setCycleCount(count);
      }
      case DWT + 4 -> setCycleCount(value);
      case DEMCR -> {
        int count = cycleCount();
        kept.put(DEMCR, value);
        setCycleCount(count);
      }
      case FPCCR -> {
        exceptions.setLazyFloats((value & LAZY) != 0);
        kept.put(FPCCR, value);
      }
      case 0xef00 -> exceptions.setPending(Exceptions.FIRST_INTERRUPT + (value & 0xff) % 240, true);
      default -> kept.put(offset, value);
    }
  }

  private void setCycleCount(int value) {
    boolean runs = (kept.getOrDefault(DWT, 0) & 1) != 0 && tracing();
    cycleOrigin = (runs ? bus.meter().cycles() : 0) - value;
  }

  private void writeIcsr(int value) {
    if ((value & 1 << 28) != 0) {
      exceptions.setPending(Exceptions.PENDING_SERVICE, true);
    }
    if ((value & 1 << 27) != 0) {
      exceptions.setPending(Exceptions.PENDING_SERVICE, false);
    }
    if ((value & 1 << 26) != 0) {
      exceptions.setPending(Exceptions.SYSTEM_TICK, true);
    }
    if ((value & 1 << 25) != 0) {
      exceptions.setPending(Exceptions.SYSTEM_TICK, false);
    }
  }
}
