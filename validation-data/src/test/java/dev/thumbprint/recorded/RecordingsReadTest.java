package dev.thumbprint.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingsReadTest {
  @Test
  void shouldReadColumnsInAnyOrderAndKeepUnknownOnes() throws IOException {
    Recording row =
        read("""
                temperature,latency_ms,op,input_shape,board_id,id,core,clock_mhz,library,opt,fpu
                21 C,1.5,conv_2d,1x8x8x4,NUCLEO-L496ZG,mine-1,Cortex-M4F,80,tflm-cmsis-nn@2020-09,-O3,on
                """)
            .getFirst();
    assertThat(row.id()).isEqualTo("mine-1");
    assertThat(row.setting().boardId()).isEqualTo("nucleo-l496zg");
    assertThat(row.setting().core()).isEqualTo("cortex-m4");
    assertThat(row.setting().clockHz()).hasValue(80_000_000L);
    assertThat(row.setting().library()).isEqualTo(new LibraryId("cmsis-nn", "2020-09"));
    assertThat(row.setting().opt()).isEqualTo("O3");
    assertThat(row.setting().fpu()).isEqualTo(Switch.ON);
    assertThat(row.work().op()).isEqualTo("CONV_2D");
    assertThat(row.work().input()).isEqualTo(Shape.of(1, 8, 8, 4));
    assertThat(row.measured().latencyMs()).hasValue(1.5);
    assertThat(row.cycles()).hasValue(120_000);
    assertThat(row.extra()).isEqualTo(Map.of("temperature", "21 C"));
  }

  @Test
  void shouldReadAnEmptyCellAsUnknownNotAsZero() throws IOException {
    Recording row = read("id,network,latency_ms,cycles,fpu,asserts,trust\na,kws,,,,,\n").getFirst();
    assertThat(row.measured().latencyMs()).isEmpty();
    assertThat(row.measured().cycles()).isEmpty();
    assertThat(row.cycles()).isEmpty();
    assertThat(row.setting().fpu()).isEqualTo(Switch.UNKNOWN);
    assertThat(row.setting().clockHz()).isEmpty();
    assertThat(row.setting().library().generationKnown()).isFalse();
    assertThat(row.trust()).isEqualTo(Trust.UNSTATED);
    assertThat(row.isLayer()).isFalse();
  }

  @Test
  void shouldReadQuotesBlankLinesWindowsLineEndsAndAByteOrderMark() throws IOException {
    List<Recording> rows =
        read(
            "\uFEFFid,network,latency_ms,notes\r\na,kws,1,\"one, \"\"two\"\"\"\r\n\r\nb,ic,2,\r\n");
    assertThat(rows).extracting(Recording::id).containsExactly("a", "b");
    assertThat(rows.getFirst().notes()).isEqualTo("one, \"two\"");
  }

  /** Someone will hand a table of this repository to a command that takes a file. */
  @Test
  void shouldReadABuiltInTableLikeAnyFile() throws IOException {
    List<Recording> read = new ArrayList<>();
    for (String table : BuiltIn.TABLES) {
      try (InputStream in = BuiltIn.class.getResourceAsStream(table)) {
        read.addAll(Recordings.read(table, in));
      }
    }
    assertThat(read).isEqualTo(Recordings.builtIn());
    assertThat(error("id,origin,setting,network,latency_ms\na,none,none,kws,1\n"))
        .hasMessageContaining("a key of settings.csv");
  }

  @Test
  void shouldNameRowsWithoutAnIdByTheirLine() throws IOException {
    assertThat(read("network,latency_ms\nkws,1\nkws,2\n"))
        .extracting(Recording::id)
        .containsExactly("line-2", "line-3");
  }

  @Test
  void shouldReadAFileWithoutRows() throws IOException {
    assertThat(read("id,network,latency_ms\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,network,latency_ms;a,kws,fast         | 2 | latency_ms   | 'fast'      | a number",
        "id,network,latency_ms;a,kws,-1           | 2 | latency_ms   | '-1'        | at least 0",
        "id,network,latency_ms;a,kws,1e999        | 2 | latency_ms   | '1e999'     | finite",
        "id,network,latency_ms;a,kws,NaN          | 2 | latency_ms   | 'NaN'       | a number",
        "id,network,cycles;a,kws,12.5             | 2 | cycles       | '12.5'      | a whole number",
        "id,network,cycles;a,kws,1e300            | 2 | cycles       | '1e300'     | below 9.2e18",
        "id,op,cycles,stride;a,ADD,1,2x           | 2 | stride       | '2x'        | a shape",
        "id,op,cycles,stride;a,ADD,1,0x0          | 2 | stride       | '0x0'       | a shape",
        "id,op,cycles,padding;a,ADD,1,same        | 2 | padding      | 'same'      | SAME, VALID",
        "id,op,cycles,opt;a,ADD,1,fast            | 2 | opt          | 'fast'      | Ofast",
        "id,op,cycles,opt;a,ADD,1,-               | 2 | opt          | '-'         | Ofast",
        "id,op,cycles,fpu;a,ADD,1,yes             | 2 | fpu          | 'yes'       | on, off",
        "id,op,cycles,trust;a,ADD,1,D             | 2 | trust        | 'D'         | A, B, C",
        "id,op,cycles;a,ADD,1;b,ADD,1;a,ADD,2     | 4 | id           | 'a'         | no earlier row",
        "id,op,network,cycles;a,,,1               | 2 | op           | nothing     | an operator",
        "id,op,cycles;a,ADD                       | 2 | ''           | 2 cells     | 3 as in the header",
        "id,op,cycles;a,ADD,1,2                   | 2 | ''           | 4 cells     | 3 as in the header",
        "id,op,cycles,ID;a,ADD,1,2                | 1 | id           | twice       | each column once",
        "id,op,,cycles;a,ADD,1,2                  | 1 | number 3     | no name     | a column name",
        "id,op,latency;a,ADD,1                    | 1 | ''           | latency     | latency_ms",
        "id,cycles;a,1                            | 1 | ''           | id,cycles   | op, network, model",
      })
  void shouldNameLineColumnFoundAndExpected(
      String csv, long line, String column, String found, String expected) {
    BadRecordingException error = error(csv.replace(';', '\n'));
    assertThat(error.file()).isEqualTo("mine.csv");
    assertThat(error.line()).isEqualTo(line);
    assertThat(error.column()).isEqualTo(column);
    assertThat(error.found()).contains(found);
    assertThat(error.expected()).contains(expected);
    assertThat(error).hasMessageStartingWith("mine.csv, line " + line);
  }

  @Test
  void shouldSayWhatIsWrongWithAFileThatIsNoCsv() {
    assertThat(error("")).hasMessageContaining("an empty file");
    assertThat(error("id;op;latency_ms\na;ADD;1\n")).hasMessageContaining("separated by commas");
    assertThat(error("id,op,latency_ms\na,ADD,\"1\n")).hasMessageContaining("line ");
    assertThatThrownBy(
            () ->
                Recordings.read(
                    "mine.csv", new ByteArrayInputStream(new byte[] {'i', (byte) 0xC3, 'd'})))
        .isInstanceOf(BadRecordingException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void shouldBoundWhatItReads() {
    assertThat(error("id,op,latency_ms\n" + "x".repeat(CsvTable.CELL_CHARS_MAX + 1) + ",ADD,1\n"))
        .hasMessageContaining("mine.csv");
    assertThat(error("id,op,latency_ms" + ",c".repeat(CsvTable.COLUMNS_MAX) + "\n"))
        .hasMessageContaining("at most 200");
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            java.util.Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    assertThatThrownBy(() -> Recordings.read("mine.csv", endless))
        .isInstanceOf(BadRecordingException.class)
        .hasMessageContaining("at most 32 MiB");
  }

  @Test
  void shouldShowOnlyAShortPrintablePartOfABadCell() {
    BadRecordingException error =
        error("id,op,latency_ms\na,ADD," + "\u001b[31m7".repeat(50) + "\n");
    assertThat(error.getMessage()).hasSizeLessThan(250).doesNotContain("\u001b");
  }

  @Test
  void shouldReadFromAPathAndNameAMissingFile(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("mine.csv");
    assertThatThrownBy(() -> Recordings.read(file))
        .isInstanceOf(BadRecordingException.class)
        .hasMessageContaining("no such file")
        .hasMessageContaining("mine.csv");
    Files.writeString(file, "id,op,latency_ms\na,ADD,1\n");
    assertThat(Recordings.read(file)).hasSize(1);
    assertThatThrownBy(() -> Recordings.read(dir)).isInstanceOf(BadRecordingException.class);
  }

  private static List<Recording> read(String csv) throws IOException {
    return Recordings.read(
        "mine.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }

  private static BadRecordingException error(String csv) {
    return catchThrowableOfType(BadRecordingException.class, () -> read(csv));
  }
}
