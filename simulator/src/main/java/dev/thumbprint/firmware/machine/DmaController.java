package dev.thumbprint.firmware.machine;

import java.util.List;

/**
 * A DMA controller of STM32: bytes between one device register and memory, with the flags and
 * interrupts of half and whole transfers, once or in a circle. Three makes differ in where the
 * registers are: streams (F2, F4, F7, H7: RM0090 chapter 10), channels (F0, F1, L4, L5, G0: RM0351
 * chapter 11) and GPDMA (U5: RM0456 chapter 17; without linked lists, hence without circles).
 */
final class DmaController implements Device {
  /** Where a make has the registers of a channel, and its bits. */
  private enum Make {
    STREAMS(0x10, 0x18, 0, 4, 8, 0xc, 1 << 4, 1 << 3, 1 << 8),
    CHANNELS(8, 0x14, 0, 4, 8, 0xc, 1 << 1, 1 << 2, 1 << 5),
    GENERAL(0x50, 0x80, 0x14, 0x48, 0x4c, 0x50, 1 << 8, 1 << 9, 0);

    private final int first;
    private final int stride;
    private final int control;
    private final int count;
    private final int peripheral;
    private final int memory;
    private final int completeInterrupt;
    private final int halfInterrupt;
    private final int circular;

    Make(
        int first,
        int stride,
        int control,
        int count,
        int peripheral,
        int memory,
        int completeInterrupt,
        int halfInterrupt,
        int circular) {
      this.first = first;
      this.stride = stride;
      this.control = control;
      this.count = count;
      this.peripheral = peripheral;
      this.memory = memory;
      this.completeInterrupt = completeInterrupt;
      this.halfInterrupt = halfInterrupt;
      this.circular = circular;
    }
  }

  private static final int BYTES = 0x1000;
  private static final int COUNT_MASK = 0xffff;

  /**
   * First bit of the flags of a stream in LISR and HISR; half transfer is bit 4, complete bit 5.
   */
  private static final int[] STREAM_FLAGS = {0, 6, 16, 22};

  private final Bus bus;
  private final Make make;
  private final List<Integer> interrupts;
  private final int[] registers = new int[BYTES / 4];
  private final int[] total;

  private DmaController(Bus bus, Make make, List<Integer> interrupts) {
    this.bus = bus;
    this.make = make;
    this.interrupts = interrupts;
    this.total = new int[interrupts.size()];
  }

  static DmaController streams(Bus bus, List<Integer> interrupts) {
    return new DmaController(bus, Make.STREAMS, interrupts);
  }

  static DmaController channels(Bus bus, List<Integer> interrupts) {
    return new DmaController(bus, Make.CHANNELS, interrupts);
  }

  static DmaController general(Bus bus, List<Integer> interrupts) {
    return new DmaController(bus, Make.GENERAL, interrupts);
  }

  private int at(int channel, int register) {
    return (make.first + make.stride * channel + register) >> 2;
  }

  private boolean runs(int channel) {
    return (registers[at(channel, make.control)] & 1) != 0 && remaining(channel) > 0;
  }

  private int remaining(int channel) {
    return registers[at(channel, make.count)] & COUNT_MASK;
  }

  /** Address of the device, where data come from it; -1 for the other direction. */
  private int source(int channel) {
    int control = registers[at(channel, make.control)];
    return switch (make) {
      case STREAMS -> (control >> 6 & 3) == 0 ? registers[at(channel, make.peripheral)] : -1;
      case CHANNELS -> (control & 1 << 4) == 0 ? registers[at(channel, make.peripheral)] : -1;
      case GENERAL -> registers[at(channel, make.peripheral)];
    };
  }

  /** Address of the device, where data go to it; -1 for the other direction. */
  private int destination(int channel) {
    int control = registers[at(channel, make.control)];
    return switch (make) {
      case STREAMS -> (control >> 6 & 3) == 1 ? registers[at(channel, make.peripheral)] : -1;
      case CHANNELS -> (control & 1 << 4) != 0 ? registers[at(channel, make.peripheral)] : -1;
      case GENERAL -> registers[at(channel, make.memory)];
    };
  }

  boolean wants(int register) {
    for (int channel = 0; channel < total.length; channel++) {
      if (runs(channel) && source(channel) == register) {
        return true;
      }
    }
    return false;
  }

  boolean put(int register, int value) {
    for (int channel = 0; channel < total.length; channel++) {
      if (runs(channel) && source(channel) == register) {
        int memory = registers[at(channel, make.memory)] + done(channel);
        bus.write(memory, new byte[] {(byte) value});
        advance(channel);
        return true;
      }
    }
    return false;
  }

  int take(int register) {
    for (int channel = 0; channel < total.length; channel++) {
      if (runs(channel) && destination(channel) == register) {
        int from = make == Make.GENERAL ? make.peripheral : make.memory;
        byte value = bus.read(registers[at(channel, from)] + done(channel), 1)[0];
        advance(channel);
        return value & 0xff;
      }
    }
    return -1;
  }

  private int done(int channel) {
    return total[channel] - remaining(channel);
  }

  private void advance(int channel) {
    int count = at(channel, make.count);
    registers[count]--;
    int left = remaining(channel);
    if (left == total[channel] / 2) {
      tell(channel, false);
    }
    if (left == 0) {
      tell(channel, true);
      if ((registers[at(channel, make.control)] & make.circular) != 0) {
        registers[count] |= total[channel];
      } else if (make != Make.CHANNELS) {
        registers[at(channel, make.control)] &= ~1;
      }
    }
  }

  private void tell(int channel, boolean complete) {
    switch (make) {
      case STREAMS ->
          registers[channel >> 2] |= (complete ? 0x20 : 0x10) << STREAM_FLAGS[channel & 3];
      case CHANNELS -> registers[0] |= (complete ? 3 : 5) << (4 * channel);
      case GENERAL -> registers[at(channel, 0x10)] |= complete ? 0x101 : 0x200;
    }
    int wanted = complete ? make.completeInterrupt : make.halfInterrupt;
    if ((registers[at(channel, make.control)] & wanted) != 0) {
      bus.interrupt(interrupts.get(channel));
    }
  }

  @Override
  public int read(int offset) {
    return offset >= 0 && offset < BYTES ? registers[offset >> 2] : 0;
  }

  @Override
  public void write(int offset, int value) {
    if (offset < 0 || offset >= BYTES || clearsFlags(offset, value)) {
      return;
    }
    registers[offset >> 2] = value;
    for (int channel = 0; channel < total.length; channel++) {
      if (offset >> 2 == at(channel, make.control) && (value & 1) != 0) {
        total[channel] = remaining(channel);
        bus.meter().setDeadline(0);
      }
    }
  }

  private boolean clearsFlags(int offset, int value) {
    switch (make) {
      case STREAMS -> {
        if (offset == 8 || offset == 0xc) {
          registers[(offset - 8) >> 2] &= ~value;
          return true;
        }
      }
      case CHANNELS -> {
        if (offset == 4) {
          registers[0] &= ~value;
          return true;
        }
      }
      case GENERAL -> {
        int register = (offset - make.first) % make.stride;
        if (offset >= make.first && register == 0xc) {
          registers[(offset + 4) >> 2] &= ~value;
          return true;
        }
      }
    }
    return false;
  }
}
