package dev.thumbprint.firmware.image;

import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads linked ELF32 programs for Arm. Segments are taken at their physical (load) address, which
 * for initialised data is in flash: copying it to RAM is the work of the start-up code.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/elf.pdf">Executable and Linking Format,
 *     version 1.2</a>
 */
final class ElfReader {
  private static final int TYPE_EXECUTABLE = 2;
  private static final int MACHINE_ARM = 40;
  private static final int SEGMENT_LOAD = 1;
  private static final int SECTION_SYMBOLS = 2;
  private static final int SECTION_WITHOUT_BYTES = 8;
  private static final int SECTION_COMPRESSED = 0x800;
  private static final int SYMBOL_BYTES = 16;
  private static final int SYMBOLS_MAX = 2_000_000;

  private record Section(String name, int type, int flags, int offset, int size, int link) {}

  private final Bytes file;
  private final List<Image.Occupied> occupied = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private final Map<String, Section> byName = new HashMap<>();

  private ElfReader(byte[] content) {
    file = new Bytes(content, "ELF header");
  }

  static Image read(String name, byte[] content) {
    return new ElfReader(content).image(name);
  }

  private Image image(String name) {
    file.seek(4);
    expect("class", file.u8(), 1, "1 (32 bits)");
    expect("byte order", file.u8(), 1, "1 (little-endian)");
    file.seek(16);
    int type = file.u16();
    if (type != TYPE_EXECUTABLE) {
      throw InputException.of("", "ELF header, type", String.valueOf(type), "2 (executable)")
          .withHint("give the linked program, not an object file or a library");
    }
    expect("machine", file.u16(), MACHINE_ARM, "40 (Arm)");
    file.skip(4);
    int entry = file.i32();
    long programHeaders = file.u32();
    long sectionHeaders = file.u32();
    file.skip(6);
    int programHeaderBytes = file.u16();
    int programHeaderCount = file.u16();
    int sectionHeaderBytes = file.u16();
    int sectionHeaderCount = file.u16();
    int nameSection = file.u16();
    List<Image.Segment> segments = segments(programHeaders, programHeaderBytes, programHeaderCount);
    readSections(sectionHeaders, sectionHeaderBytes, sectionHeaderCount, nameSection);
    return ImageReader.image(name, segments, OptionalInt.of(entry & ~1), symbols(), lines())
        .withOccupied(occupied);
  }

  private static void expect(String field, int found, int expected, String text) {
    if (found != expected) {
      throw InputException.of("", "ELF header, " + field, String.valueOf(found), text);
    }
  }

  private List<Image.Segment> segments(long offset, int size, int count) {
    List<Image.Segment> segments = new ArrayList<>();
    long loaded = 0;
    for (int i = 0; i < count; i++) {
      Bytes header = file.part(offset + (long) i * size, 32, "program header " + i);
      int type = header.i32();
      long at = header.u32();
      int runAddress = header.i32();
      int address = header.i32();
      long bytes = header.u32();
      long memoryBytes = header.u32();
      if (type == SEGMENT_LOAD) {
        occupy(i, runAddress, bytes, memoryBytes);
      }
      if (type == SEGMENT_LOAD && bytes > 0) {
        loaded += bytes;
        if (loaded > ImageReader.LOADED_BYTES_MAX) {
          throw InputException.of(
              "",
              "program header " + i,
              loaded + " bytes to load",
              "at most " + ImageReader.LOADED_BYTES_MAX);
        }
        segments.add(new Image.Segment(address, file.part(at, bytes, "segment " + i).take(bytes)));
      }
    }
    return segments;
  }

  private void occupy(int segment, int address, long fileBytes, long memoryBytes) {
    if (memoryBytes < fileBytes) {
      throw InputException.of(
          "",
          "program header " + segment,
          memoryBytes + " bytes of memory",
          "room for its " + fileBytes + " bytes in the file");
    }
    if (memoryBytes > 0) {
      occupied.add(new Image.Occupied(segment, address, memoryBytes));
    }
  }

  private void readSections(long offset, int size, int count, int nameSection) {
    if (offset == 0 || count == 0) {
      return;
    }
    List<Long> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Bytes header = file.part(offset + (long) i * size, 40, "section header " + i);
      names.add(header.u32());
      int type = header.i32();
      int flags = header.i32();
      header.skip(4);
      int at = header.i32();
      int bytes = header.i32();
      sections.add(new Section("", type, flags, at, bytes, header.i32()));
    }
    if (nameSection >= count) {
      return;
    }
    for (int i = 0; i < count; i++) {
      Section s = sections.get(i);
      String name = string(nameSection, names.get(i));
      byName.putIfAbsent(name, new Section(name, s.type, s.flags, s.offset, s.size, s.link));
    }
  }

  private String string(int section, long offset) {
    Section strings = sections.get(section);
    Bytes table = content(strings, "string table");
    table.skip(offset);
    return table.string();
  }

  private Bytes content(Section section, String name) {
    return file.part(
        Integer.toUnsignedLong(section.offset), Integer.toUnsignedLong(section.size), name);
  }

  private Symbols symbols() {
    List<Symbol> symbols = new ArrayList<>();
    for (Section section : sections) {
      if (section.type == SECTION_SYMBOLS && section.link > 0 && section.link < sections.size()) {
        readSymbols(section, symbols);
      }
    }
    return symbols.isEmpty() ? Symbols.NONE : new Symbols(symbols);
  }

  private void readSymbols(Section section, List<Symbol> symbols) {
    Bytes table = content(section, "symbol table");
    Bytes strings = content(sections.get(section.link), "symbol names");
    int firstString = strings.position();
    int count = table.remaining() / SYMBOL_BYTES;
    if (count > SYMBOLS_MAX) {
      throw InputException.of("", "symbol table", count + " symbols", "at most " + SYMBOLS_MAX);
    }
    for (int i = 0; i < count; i++) {
      long nameOffset = table.u32();
      int value = table.i32();
      int size = table.i32();
      int info = table.u8();
      table.skip(1);
      int home = table.u16();
      int kind = info & 15;
      if (home == 0 || kind > 2 || nameOffset == 0) {
        continue;
      }
      strings.seek(firstString + nameOffset);
      String name = strings.string();
      if (!name.isEmpty() && name.charAt(0) != '$') {
        boolean function = kind == 2;
        int address = function ? value & ~1 : value;
        symbols.add(new Symbol(name, address, size, function, info >> 4 != 0));
      }
    }
  }

  /**
   * Debug information is help, not substance: what is damaged or not understood in it is left out.
   */
  private LineTable lines() {
    Section section = byName.get(".debug_line");
    if (section == null
        || section.type == SECTION_WITHOUT_BYTES
        || (section.flags & SECTION_COMPRESSED) != 0) {
      return LineTable.NONE;
    }
    Bytes lineStrings = debugStrings(".debug_line_str");
    Bytes strings = debugStrings(".debug_str");
    try {
      return new DwarfLines(content(section, ".debug_line"), lineStrings, strings).read();
    } catch (InputException e) {
      System.getLogger(ElfReader.class.getName())
          .log(System.Logger.Level.DEBUG, "debug information left out: {0}", e.getMessage());
      return LineTable.NONE;
    }
  }

  private Bytes debugStrings(String name) {
    Section section = byName.get(name);
    return section == null ? new Bytes(new byte[0], name) : content(section, name);
  }
}
