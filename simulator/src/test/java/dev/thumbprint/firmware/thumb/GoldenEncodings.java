package dev.thumbprint.firmware.thumb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Writes the golden tables that {@link GoldenEncodingsTest} compares with: encodings generated
 * here, and what objdump of GNU binutils says of them. To write them anew, with
 * arm-none-eabi-objdump installed and the tests compiled:
 *
 * <pre>
 * java -cp simulator/target/test-classes:simulator/target/classes:cost-models/target/classes \\
 *     dev.thumbprint.firmware.thumb.GoldenEncodings simulator/src/test/resources/dev/thumbprint/firmware/thumb
 * </pre>
 */
final class GoldenEncodings {
  static final String NARROW = "encodings16.csv";
  static final String WIDE = "encodings32.csv";
  static final int NARROW_END = 0xE800;

  private static final long SEED = 2_026;
  private static final int PER_FIRST_HALFWORD = 1;
  private static final int PER_ROW = 6;
  private static final List<String> TABLES =
      List.of("thumb32.table", "vector.table", "float.table", "coprocessor.table");

  private GoldenEncodings() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(NARROW), narrow());
    Files.writeString(folder.resolve(WIDE), wide());
  }

  /** IT starts a block, which changes the names of what follows. */
  static boolean startsItBlock(int halfword) {
    return (halfword & 0xFF00) == 0xBF00 && (halfword & 0xF) != 0;
  }

  /** Runs of halfwords with one name and one class. */
  private static String narrow() {
    ByteBuffer code = ByteBuffer.allocate(2 * NARROW_END).order(ByteOrder.LITTLE_ENDIAN);
    for (int halfword = 0; halfword < NARROW_END; halfword++) {
      code.putShort((short) (startsItBlock(halfword) ? 0xBF00 : halfword));
    }
    StringBuilder csv = new StringBuilder("first,last,mnemonic,class\n");
    String run = "";
    int first = 0;
    int halfword = 0;
    for (ObjdumpOracle.Line line : ObjdumpOracle.disassemble(code.array())) {
      String here = startsItBlock(halfword) ? "" : line.mnemonic() + "," + OracleClasses.of(line);
      if (!here.equals(run)) {
        append(csv, first, halfword - 1, run);
        run = here;
        first = halfword;
      }
      halfword++;
    }
    append(csv, first, halfword - 1, run);
    return csv.toString();
  }

  private static void append(StringBuilder csv, int first, int last, String run) {
    if (!run.isEmpty()) {
      csv.append("%04x,%04x,%s%n".formatted(first, last, run).replace("\r", ""));
    }
  }

  private static String wide() {
    byte[] code = wideCode();
    StringBuilder csv = new StringBuilder("encoding,mnemonic,class,core_registers,fp_registers\n");
    for (ObjdumpOracle.Line line : ObjdumpOracle.disassemble(code)) {
      Instruction ours = Decoder.decode(line.encoding(), line.size(), line.offset(), ItState.NONE);
      if (!OracleComparison.isNewerThanObjdump(ours)) {
        csv.append(
            "%08x,%s,%s,%04x,%08x\n"
                .formatted(
                    line.encoding(),
                    line.mnemonic(),
                    OracleClasses.of(line),
                    OracleComparison.coreMask(line.operands()),
                    ours.hasTarget() ? 0 : OracleComparison.fpMask(line.operands())));
      }
    }
    return csv.toString();
  }

  /** Every first halfword at random, and every row of our tables a few times, each once. */
  private static byte[] wideCode() {
    Random random = new Random(SEED);
    TreeSet<Integer> encodings = new TreeSet<>(Integer::compareUnsigned);
    for (int first = NARROW_END; first <= 0xFFFF; first++) {
      for (int i = 0; i < PER_FIRST_HALFWORD; i++) {
        encodings.add(first << 16 | random.nextInt(0x10000));
      }
    }
    for (String table : TABLES) {
      for (Encoding row : EncodingTable.read(table, 32)) {
        for (int i = 0; i < PER_ROW; i++) {
          encodings.add(row.value() | (random.nextInt() & ~row.mask()));
        }
      }
    }
    List<Integer> list = new ArrayList<>(encodings);
    ByteBuffer code = ByteBuffer.allocate(4 * list.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int encoding : list) {
      code.putShort((short) (encoding >>> 16)).putShort((short) encoding);
    }
    return code.array();
  }
}
