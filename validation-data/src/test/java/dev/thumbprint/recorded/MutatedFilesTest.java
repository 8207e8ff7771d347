package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged files are read or refused with a named error; nothing else comes out. */
class MutatedFilesTest {
  private static final int MUTANTS = 4_000;
  private static final long SEED = 20201207;

  /** Pieces that have meaning to a reader of CSV or JSON. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\"\"",
          ",",
          "\n",
          "\r",
          ";",
          "{",
          "}",
          "[",
          "]",
          ":",
          "\\u0000",
          "\\",
          "-1",
          "0",
          "1e999",
          "1e-999",
          "999999999999999999999",
          "NaN",
          "null",
          "true",
          "x",
          "1x1x1x1x1x1x1x1x1",
          "\uFEFF",
          "\u0000",
          "SAME",
          "[[[[[[[[[[[[[[[[[[[[");

  /** How a file of one kind is read. */
  private interface Reader {
    Object read(InputStream in) throws IOException;
  }

  @Test
  void shouldReadOrRefuseMutatedRecordings() throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "id,source,board_id,core,clock_mhz,library,opt,fpu,asserts,network,op,input_shape,"
                + "filter_shape,output_shape,stride,padding,macs,latency_ms,cycles,energy_uj,trust,"
                + "mine,notes\n");
    for (int i = 0; i < 5; i++) {
      csv.append("r").append(i);
      csv.append(
          ",me: log,nucleo-l496zg,Cortex-M4F,80,cmsis-nn@2022,O2,on,off,,CONV_2D,1x32x32x3,8x3x3x3,"
              + "1x32x32x8,1x1,SAME,221184,12.5,1000000,570.25,A,7,\"a \"\"note\"\", or two\"\n");
    }
    mutate(csv.toString(), in -> Recordings.read("mutant.csv", in));
  }

  @Test
  void shouldReadOrRefuseMutatedNetworks() throws IOException {
    String json =
        """
        {"mine": {"origin": "o", "inputs": [[[1, 8, 8, 3], "int8"]], "macs": 12, "size": 9, "ops": [
          {"op":"CONV_2D","inp":[1,8,8,3],"out":[1,8,8,4],"itype":"int8","k":[3,3],"stride":[1,1],
           "pad":"SAME","cin":3,"cout":4,"macs":6912,"const_bytes":124},
          {"op":"FULLY_CONNECTED","inp":[1,256],"out":[1,10],"filter":[10,256],"macs":2560}]}}
        """;
    mutate(json, in -> RecordedNetworks.read("mutant.json", in));
  }

  private static void mutate(String valid, Reader reader) throws IOException {
    byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
    assertThat(reader.read(new ByteArrayInputStream(bytes))).isNotNull();
    int refused = 0;
    for (int mutant = 0; mutant < MUTANTS; mutant++) {
      byte[] damaged = damage(bytes, new Random(SEED + mutant));
      try {
        reader.read(new ByteArrayInputStream(damaged));
      } catch (BadRecordingException e) {
        refused++;
        assertThat(e.getMessage()).startsWith("mutant.").hasSizeLessThan(400);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail(
            "mutant of seed "
                + (SEED + mutant)
                + ": "
                + new String(damaged, StandardCharsets.UTF_8),
            e);
      }
    }
    assertThat(refused).isBetween(MUTANTS / 4, MUTANTS - 1);
  }

  private static byte[] damage(byte[] valid, Random random) throws IOException {
    byte[] bytes = valid.clone();
    int damages = 1 + random.nextInt(3);
    for (int i = 0; i < damages; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = joined(bytes, at, new byte[0], bytes.length);
        case 2 ->
            bytes =
                joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(40)));
        case 3 -> {
          String piece = PIECES.get(random.nextInt(PIECES.size()));
          bytes = joined(bytes, at, piece.getBytes(StandardCharsets.UTF_8), at);
        }
        default -> {
          int from = random.nextInt(bytes.length);
          int to = Math.min(bytes.length, from + random.nextInt(60));
          bytes = joined(bytes, at, java.util.Arrays.copyOfRange(bytes, from, to), at);
        }
      }
      if (bytes.length == 0) {
        return bytes;
      }
    }
    return bytes;
  }

  /** The bytes before {@code at}, then {@code piece}, then those from {@code rest} on. */
  private static byte[] joined(byte[] bytes, int at, byte[] piece, int rest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.write(piece);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
