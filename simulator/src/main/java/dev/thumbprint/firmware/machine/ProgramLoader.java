package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.IoHandler;
import dev.thumbprint.firmware.image.Image;
import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays out the address space of a board in an engine and puts a program into it. */
final class ProgramLoader {
  private static final int SYSTEM_BASE = 0xe000_0000;
  private static final int SYSTEM_BYTES = 0x10_0000;
  private static final int PERIPHERAL_BASE = 0x4000_0000;
  private static final int PERIPHERAL_BYTES = 0x2000_0000;

  /**
   * Serial numbers, sizes and calibration values in the system memory of STM32. It is read-only:
   * RAM begins right behind the first one, and a stack that grows out of it must not go on there.
   */
  private static final int[] SYSTEM_MEMORIES = {0x1fff_0000, 0x1ff0_0000, 0x0bfa_0000};

  /**
   * What start-up code looks at besides: configuration of nRF (0x10000000, 0x00ff0000), the flash
   * controller and the processor-local block of RP2040, the ROM table of nRF52 and the debug
   * registers of STM32.
   */
  private static final int[] OTHER_IO = {
    0x1000_0000, 0x00ff_0000, 0x1800_0000, 0xd000_0000, 0xf000_0000
  };

  private static final int IO_BYTES = 0x1_0000;

  private final MemoryMap map;
  private final Image image;
  private final Engine engine;

  ProgramLoader(MemoryMap map, Image image, Engine engine) {
    this.map = map;
    this.image = image;
    this.engine = engine;
  }

  void mapMemories() {
    for (MemoryMap.Region region : map.regions()) {
      mapRegion(region);
    }
  }

  private void mapRegion(MemoryMap.Region region) {
    Engine.Access access =
        region.writable() ? Engine.Access.READ_WRITE_EXECUTE : Engine.Access.READ_EXECUTE;
    if (region.aliasOf().isPresent()) {
      engine.mapAlias(region.address(), region.aliasOf().get(), region.bytes(), access);
    } else {
      engine.mapMemory(region.address(), region.bytes(), access);
    }
  }

  void mapDevices(IoHandler system, IoHandler peripherals) {
    engine.mapIo(SYSTEM_BASE, SYSTEM_BYTES, system);
    engine.mapIo(PERIPHERAL_BASE, PERIPHERAL_BYTES, peripherals);
    for (int base : SYSTEM_MEMORIES) {
      if (map.regionAt(base).isEmpty()) {
        engine.mapReadOnlyIo(base, IO_BYTES, peripherals);
      }
    }
    for (int base : OTHER_IO) {
      if (map.regionAt(base).isEmpty()) {
        engine.mapIo(base, IO_BYTES, peripherals);
      }
    }
  }

  /**
   * Writes the segments.
   *
   * @throws InputException if one lies outside of the memories
   */
  void load() {
    for (Image.Segment segment : image.segments()) {
      if (!engine.isMemory(segment.address(), segment.bytes().length)) {
        throw InputException.of(
                image.name(),
                "segment at 0x%08x".formatted(segment.address()),
                segment.bytes().length + " bytes",
                "memory of " + map.name())
            .withHint("is the program linked for this board? Memories: " + describeMemories());
      }
      engine.write(segment.address(), segment.bytes());
    }
    image.occupied().forEach(this::requireRoom);
  }

  /** Zeroed data and stacks have no bytes to load; without this they would fault at first use. */
  private void requireRoom(Image.Occupied occupied) {
    long at = Integer.toUnsignedLong(occupied.address());
    while (at < occupied.end()) {
      Optional<MemoryMap.Region> region = map.regionAt((int) at);
      if (at >>> 32 != 0 || region.isEmpty()) {
        throw InputException.of(
                image.name(),
                "segment %d, 0x%08x to 0x%08x"
                    .formatted(occupied.segment(), occupied.address(), occupied.end() - 1),
                "%d bytes of memory, the last %d of them, from 0x%08x on, where %s has none"
                    .formatted(occupied.bytes(), occupied.end() - at, at, map.name()),
                "memory of " + map.name() + " for all of it")
            .withHint(
                "a board with more RAM, or a smaller arena, heap or stack; memories: "
                    + describeMemories());
      }
      at = Integer.toUnsignedLong(region.get().address()) + region.get().bytes();
    }
  }

  private String describeMemories() {
    List<String> memories = new ArrayList<>();
    for (MemoryMap.Region region : map.regions()) {
      memories.add(
          "%s 0x%08x, %d KiB".formatted(region.name(), region.address(), region.bytes() >> 10));
    }
    return String.join("; ", memories);
  }

  /**
   * A program may lie behind a boot loader: its vector table is then where its lowest segment
   * begins.
   */
  int vectorTable() {
    int hardware = map.vectorTable();
    for (Image.Segment segment : image.segments()) {
      if (segment.address() == hardware) {
        return hardware;
      }
    }
    if (map.family() == MemoryMap.Family.RP2040) {
      return 0x1000_0100;
    }
    return image.segments().getFirst().address();
  }

  /**
   * The stack for a function that is called without start-up code: where the vector table has it,
   * or the end of RAM where the program begins with code, whose first word is no address of RAM.
   */
  int stackOfCall(int initial) {
    boolean ram = map.regionAt(initial - 1).map(MemoryMap.Region::writable).orElse(false);
    return ram ? initial : ramEnd();
  }

  /** The stack pointer that a vector table begins with; the end of RAM without a table. */
  int initialStack(int table) {
    for (Image.Segment segment : image.segments()) {
      if (segment.address() == table && segment.bytes().length >= 8) {
        byte[] b = segment.bytes();
        return (b[0] & 0xff) | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | (b[3] & 0xff) << 24;
      }
    }
    return ramEnd();
  }

  /** The end of the first RAM. */
  int ramEnd() {
    for (MemoryMap.Region region : map.regions()) {
      if (region.writable() && region.aliasOf().isEmpty()) {
        return region.address() + (int) region.bytes();
      }
    }
    return 0;
  }
}
