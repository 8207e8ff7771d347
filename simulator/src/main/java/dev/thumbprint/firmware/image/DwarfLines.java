package dev.thumbprint.firmware.image;

import dev.thumbprint.model.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the line number programs of DWARF versions 2 to 5.
 *
 * @see <a href="https://dwarfstd.org/doc/DWARF5.pdf">DWARF 5, section 6.2</a>
 */
final class DwarfLines {
  private static final int ROWS_MAX = 4_000_000;
  private static final int FILES_MAX = 100_000;
  private static final int CONTENT_PATH = 1;

  private final Bytes section;
  private final Bytes lineStrings;
  private final Bytes strings;
  private final int lineStringsStart;
  private final int stringsStart;
  private final List<LineTable.Row> rows = new ArrayList<>();

  DwarfLines(Bytes section, Bytes lineStrings, Bytes strings) {
    this.section = section;
    this.lineStrings = lineStrings;
    this.strings = strings;
    this.lineStringsStart = lineStrings.position();
    this.stringsStart = strings.position();
  }

  LineTable read() {
    while (section.remaining() > 4) {
      long length = section.u32();
      if (length >= 0xffff_fff0L) {
        throw section.truncated("a 64-bit DWARF unit");
      }
      int end = section.position() + (int) Math.min(length, section.remaining());
      if (length > section.remaining()) {
        throw section.truncated("a unit of %d bytes".formatted(length));
      }
      readUnit(end);
      section.seek(end);
    }
    return rows.isEmpty() ? LineTable.NONE : new LineTable(rows);
  }

  private void readUnit(int end) {
    int version = section.u16();
    if (version < 2 || version > 5) {
      return;
    }
    if (version >= 5) {
      section.skip(2);
    }
    long headerLength = section.u32();
    long program = section.position() + headerLength;
    int instructionBytes = section.u8();
    if (version >= 4) {
      section.skip(1);
    }
    section.skip(1);
    int lineBase = (byte) section.u8();
    int lineRange = section.u8();
    int opcodeBase = section.u8();
    int[] operands = new int[Math.max(opcodeBase, 1)];
    for (int i = 1; i < opcodeBase; i++) {
      operands[i] = section.u8();
    }
    if (lineRange == 0) {
      throw section.truncated("a line range of 0");
    }
    List<String> files = version >= 5 ? filesOfVersion5() : filesBeforeVersion5();
    section.seek(program);
    new Program(files, instructionBytes, lineBase, lineRange, operands).run(end);
  }

  private List<String> filesBeforeVersion5() {
    String directory;
    do {
      directory = section.string();
    } while (!directory.isEmpty());
    List<String> files = new ArrayList<>();
    files.add("");
    for (String name = section.string(); !name.isEmpty(); name = section.string()) {
      files.add(name);
      section.uleb();
      section.uleb();
      section.uleb();
      requireFiles(files.size());
    }
    return files;
  }

  private List<String> filesOfVersion5() {
    entries();
    return entries();
  }

  private List<String> entries() {
    int formats = section.u8();
    long[] format = new long[2 * formats];
    for (int i = 0; i < format.length; i++) {
      format[i] = section.uleb();
    }
    long count = section.uleb();
    requireFiles(count);
    List<String> names = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      String name = "";
      for (int f = 0; f < formats; f++) {
        String value = form(format[2 * f + 1]);
        name = format[2 * f] == CONTENT_PATH ? value : name;
      }
      names.add(name);
    }
    return names;
  }

  private void requireFiles(long count) {
    if (count < 0 || count > FILES_MAX) {
      throw section.truncated(count + " files");
    }
  }

  /** Reads one attribute value and returns it where it is a string. */
  private String form(long form) {
    return switch ((int) form) {
      case 0x08 -> section.string();
      case 0x0e -> string(strings, stringsStart, section.u32());
      case 0x1f -> string(lineStrings, lineStringsStart, section.u32());
      case 0x0b -> skipped(1);
      case 0x05 -> skipped(2);
      case 0x06 -> skipped(4);
      case 0x07 -> skipped(8);
      case 0x1e -> skipped(16);
      case 0x09 -> skipped(section.uleb());
      case 0x0f, 0x0d -> {
        section.uleb();
        yield "";
      }
      default -> throw section.truncated("the form 0x%x".formatted(form));
    };
  }

  private String skipped(long bytes) {
    section.skip(bytes);
    return "";
  }

  private static String string(Bytes table, int start, long offset) {
    table.seek(start + offset);
    return table.string();
  }

  /** The state machine of one unit. */
  private final class Program {
    private final List<String> files;
    private final int instructionBytes;
    private final int lineBase;
    private final int lineRange;
    private final int[] operands;
    private long address;
    private long file;
    private long line;
    private long rowAddress;
    private boolean open;

    Program(List<String> files, int instructionBytes, int lineBase, int lineRange, int[] operands) {
      this.files = files;
      this.instructionBytes = instructionBytes;
      this.lineBase = lineBase;
      this.lineRange = lineRange;
      this.operands = operands;
      reset();
    }

    private void reset() {
      address = 0;
      file = 1;
      line = 1;
      open = false;
    }

    void run(int end) {
      String rowFile = "";
      long rowLine = 0;
      while (section.position() < end) {
        int opcode = section.u8();
        boolean emits = true;
        boolean last = false;
        if (opcode >= operands.length) {
          int adjusted = opcode - operands.length;
          address += (long) (adjusted / lineRange) * instructionBytes;
          line += lineBase + adjusted % lineRange;
        } else if (opcode == 0) {
          last = extended();
          emits = last;
        } else {
          emits = standard(opcode);
        }
        if (emits) {
          if (open) {
            add(rowFile, rowLine);
          }
          open = !last;
          rowAddress = address;
          rowFile = file >= 0 && file < files.size() ? files.get((int) file) : "?";
          rowLine = line;
          if (last) {
            reset();
          }
        }
      }
    }

    private void add(String rowFile, long rowLine) {
      if (address <= rowAddress || rowAddress == 0 || address > 0xffff_ffffL) {
        return;
      }
      if (rows.size() >= ROWS_MAX) {
        throw InputException.of("", ".debug_line", "more rows", "at most " + ROWS_MAX);
      }
      rows.add(new LineTable.Row((int) rowAddress, (int) address, rowFile, (int) rowLine));
    }

    /** Returns whether a sequence ends. */
    private boolean extended() {
      long length = section.uleb();
      if (length == 0) {
        return false;
      }
      int opcode = section.u8();
      switch (opcode) {
        case 1 -> {
          return true;
        }
        case 2 -> {
          if (length == 5) {
            address = section.u32();
          } else {
            section.skip(length - 1);
          }
        }
        default -> section.skip(length - 1);
      }
      return false;
    }

    /** Returns whether a row is emitted. */
    private boolean standard(int opcode) {
      switch (opcode) {
        case 1 -> {
          return true;
        }
        case 2 -> address += section.uleb() * instructionBytes;
        case 3 -> line += section.sleb();
        case 4 -> file = section.uleb();
        case 8 -> address += (long) ((255 - operands.length) / lineRange) * instructionBytes;
        case 9 -> address += section.u16();
        default -> {
          for (int i = 0; i < operands[opcode]; i++) {
            section.uleb();
          }
        }
      }
      return false;
    }
  }
}
