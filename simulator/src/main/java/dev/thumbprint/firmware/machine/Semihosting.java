package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.engine.Engine;
import dev.thumbprint.firmware.engine.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The calls that firmware makes to its debugger through BKPT 0xAB. Files are opened below one
 * directory, and for reading only; without a directory there are no files.
 *
 * @see <a
 *     href="https://github.com/ARM-software/abi-aa/blob/main/semihosting/semihosting.rst">Semihosting
 *     for AArch32 and AArch64</a>
 */
final class Semihosting {
  private static final int OUTPUT_BYTES_MAX = 16 << 20;
  private static final int FILES_MAX = 64;
  private static final int STRING_BYTES_MAX = 1 << 16;
  private static final int FILE_BYTES_MAX = 256 << 20;
  private static final int EXIT_NORMALLY = 0x20026;
  private static final int ERROR = -1;

  /** An open file: the console has no content. */
  private static final class OpenFile {
    private final byte[] content;
    private int position;

    OpenFile(byte[] content) {
      this.content = content;
    }

    boolean console() {
      return content == null;
    }
  }

  private final Engine engine;
  private final Bus bus;
  private final Path directory;
  private final int ramEnd;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<OpenFile> files = new ArrayList<>();
  private OptionalInt exit = OptionalInt.empty();

  Semihosting(Engine engine, Bus bus, Path directory, int ramEnd) {
    this.engine = engine;
    this.bus = bus;
    this.directory = directory;
    this.ramEnd = ramEnd;
  }

  byte[] output() {
    return output.toByteArray();
  }

  /** The status the firmware ended with; empty while it runs. */
  OptionalInt exitStatus() {
    return exit;
  }

  /** Performs the call in R0, with its argument in R1, and sets R0. */
  void call() {
    int operation = engine.get(Register.R0);
    int argument = engine.get(Register.R1);
    engine.set(Register.R0, perform(operation, argument));
  }

  private int perform(int operation, int argument) {
    return switch (operation) {
      case 0x01 -> open(string(word(argument, 0), word(argument, 2)));
      case 0x02 -> close(word(argument, 0));
      case 0x03 -> print(engine.read(argument, 1));
      case 0x04 -> print(stringUpToZero(argument));
      case 0x05 -> write(word(argument, 0), word(argument, 1), word(argument, 2));
      case 0x06 -> read(word(argument, 0), word(argument, 1), word(argument, 2));
      case 0x07 -> ERROR; // READC: nobody types
      case 0x08 -> word(argument, 0) < 0 ? 1 : 0;
      case 0x09 -> file(word(argument, 0)) != null && file(word(argument, 0)).console() ? 1 : 0;
      case 0x0a -> seek(word(argument, 0), word(argument, 1));
      case 0x0c -> length(word(argument, 0));
      case 0x10 -> (int) (bus.meter().cycles() * 100 / bus.clockHz());
      case 0x11 -> (int) (bus.meter().cycles() / bus.clockHz());
      case 0x13 -> 0;
      case 0x15 -> commandLine(argument);
      case 0x16 -> heapInfo(argument);
      case 0x18 -> exit(argument == EXIT_NORMALLY ? 0 : 1);
      case 0x20 -> exit(word(argument, 0) == EXIT_NORMALLY ? word(argument, 1) : 1);
      case 0x30 -> elapsed(argument);
      case 0x31 -> (int) bus.clockHz();
      default -> ERROR;
    };
  }

  private int word(int argument, int index) {
    return engine.readWord(argument + 4 * index);
  }

  private String string(int address, int length) {
    int bounded = Math.clamp(length, 0, STRING_BYTES_MAX);
    return new String(engine.read(address, bounded), StandardCharsets.UTF_8);
  }

  private byte[] stringUpToZero(int address) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int i = 0; i < STRING_BYTES_MAX; i++) {
      byte b = engine.read(address + i, 1)[0];
      if (b == 0) {
        break;
      }
      text.write(b);
    }
    return text.toByteArray();
  }

  private int print(byte[] text) {
    int room = OUTPUT_BYTES_MAX - output.size();
    output.write(text, 0, Math.min(text.length, room));
    return 0;
  }

  private int open(String name) {
    if (files.size() >= FILES_MAX) {
      return ERROR;
    }
    if (name.equals(":tt")) {
      files.add(new OpenFile(null));
      return files.size();
    }
    if (directory == null) {
      return ERROR;
    }
    try {
      Path path = directory.resolve(name).normalize();
      if (!path.startsWith(directory) || Files.size(path) > FILE_BYTES_MAX) {
        return ERROR;
      }
      files.add(new OpenFile(Files.readAllBytes(path)));
      return files.size();
    } catch (IOException | InvalidPathException e) {
      return ERROR;
    }
  }

  private OpenFile file(int handle) {
    return handle >= 1 && handle <= files.size() ? files.get(handle - 1) : null;
  }

  private int close(int handle) {
    if (file(handle) == null) {
      return ERROR;
    }
    files.set(handle - 1, null);
    return 0;
  }

  /** Returns the number of bytes not written. */
  private int write(int handle, int address, int length) {
    OpenFile file = file(handle);
    if (file == null || !file.console() || length < 0 || length > FILE_BYTES_MAX) {
      return length;
    }
    return print(engine.read(address, length));
  }

  /** Returns the number of bytes not read. */
  private int read(int handle, int address, int length) {
    OpenFile file = file(handle);
    if (file == null || file.console() || length < 0) {
      return length;
    }
    int count = Math.min(length, file.content.length - file.position);
    engine.write(address, Arrays.copyOfRange(file.content, file.position, file.position + count));
    file.position += count;
    return length - count;
  }

  private int seek(int handle, int position) {
    OpenFile file = file(handle);
    if (file == null || file.console() || position < 0 || position > file.content.length) {
      return ERROR;
    }
    file.position = position;
    return 0;
  }

  private int length(int handle) {
    OpenFile file = file(handle);
    return file == null ? ERROR : file.console() ? 0 : file.content.length;
  }

  private int commandLine(int argument) {
    int buffer = word(argument, 0);
    if (word(argument, 1) < 1) {
      return ERROR;
    }
    engine.write(buffer, new byte[1]);
    engine.writeWord(argument + 4, 0);
    return 0;
  }

  /** Zero means that the program's own linker symbols decide; the stack is at the end of RAM. */
  private int heapInfo(int argument) {
    int block = word(argument, 0);
    int[] values = {0, 0, ramEnd, 0};
    for (int i = 0; i < values.length; i++) {
      engine.writeWord(block + 4 * i, values[i]);
    }
    return 0;
  }

  private int elapsed(int argument) {
    long cycles = bus.meter().cycles();
    engine.writeWord(argument, (int) cycles);
    engine.writeWord(argument + 4, (int) (cycles >>> 32));
    return 0;
  }

  private int exit(int status) {
    exit = OptionalInt.of(status);
    return 0;
  }
}
