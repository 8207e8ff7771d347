package dev.thumbprint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.operators.OperatorTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of samples: how they are read, and what a batch of them gives. */
final class BatchRunTest {
  private static final int SAMPLES = 60;
  private static final int INPUTS = 490;
  private static final int CLASSES = 12;

  private final Graph kws = Zoo.graph("kws");
  private final Program program = OperatorTable.prepare(kws, RunOptions.defaults());

  @TempDir Path folder;

  @Test
  void aBatchGivesWhatSingleInferencesGiveOnAnyNumberOfThreads() throws IOException {
    byte[] samples = new byte[SAMPLES * INPUTS];
    new Random(7).nextBytes(samples);
    int[] expected = new int[SAMPLES];
    Interpreter single = program.interpreter();
    for (int i = 0; i < SAMPLES; i++) {
      single.setInput(0, Arrays.copyOfRange(samples, i * INPUTS, (i + 1) * INPUTS));
      single.invoke();
      byte[] output = single.outputBytes(0);
      for (int c = 0; c < CLASSES; c++) {
        expected[i] = output[c] > output[expected[i]] ? c : expected[i];
      }
    }
    byte[] labels = new byte[SAMPLES];
    int right = 0;
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = (byte) (i % 3 == 0 ? (expected[i] + 1) % CLASSES : expected[i]);
      right += labels[i] == expected[i] ? 1 : 0;
    }
    LabelledSet set =
        LabelledSet.read(
            npy("x.npy", DataType.INT8, Shape.of(SAMPLES, 49, 10, 1), samples),
            npy("y.npy", DataType.INT8, Shape.of(SAMPLES), labels));
    for (int threads : new int[] {1, 3}) {
      BatchResult result = BatchRun.run(program, set, threads, done -> {});
      assertThat(result.predicted()).isEqualTo(expected);
      assertThat(result.accuracy()).hasValue((double) right / SAMPLES);
      assertThat(Arrays.stream(result.confusion()).flatMapToInt(Arrays::stream).sum())
          .isEqualTo(SAMPLES);
      assertThat(result.loss()).isPresent();
    }
  }

  @Test
  void floatsAreQuantisedAndPixelsCentred() throws IOException {
    float scale = kws.main().tensor(kws.main().inputs().getFirst()).quantization().get().scale();
    int zeroPoint =
        kws.main().tensor(kws.main().inputs().getFirst()).quantization().get().zeroPoint();
    byte[] integers = new byte[INPUTS];
    new Random(8).nextBytes(integers);
    ByteBuffer floats = ByteBuffer.allocate(INPUTS * 4).order(ByteOrder.LITTLE_ENDIAN);
    byte[] pixels = new byte[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      floats.putFloat(scale * (integers[i] - zeroPoint));
      pixels[i] = (byte) (integers[i] + 128);
    }
    int[] expected = predicted(npy("i.npy", DataType.INT8, Shape.of(1, INPUTS), integers));
    assertThat(predicted(npy("f.npy", DataType.FLOAT32, Shape.of(1, INPUTS), floats.array())))
        .isEqualTo(expected);
    assertThat(predicted(npy("u.npy", DataType.UINT8, Shape.of(1, INPUTS), pixels)))
        .isEqualTo(expected);
    ByteBuffer idx = ByteBuffer.allocate(16 + INPUTS);
    idx.put(new byte[] {0, 0, 8, 3}).putInt(1).putInt(49).putInt(10).put(pixels);
    assertThat(predicted(Files.write(folder.resolve("u.idx"), idx.array()))).isEqualTo(expected);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() throws IOException {
    Path samples = npy("x.npy", DataType.INT8, Shape.of(2, INPUTS), new byte[2 * INPUTS]);
    Path three = npy("y3.npy", DataType.INT8, Shape.of(3), new byte[3]);
    assertThatThrownBy(() -> LabelledSet.read(samples, three))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one for each of 2 samples");
    Path high = npy("y12.npy", DataType.INT8, Shape.of(2), new byte[] {0, 12});
    LabelledSet set = LabelledSet.read(samples, high);
    assertThatThrownBy(() -> BatchRun.run(program, set, 1, done -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("y12.npy")
        .hasMessageContaining("label 1")
        .hasMessageContaining("class 12");
    Path small = npy("s.npy", DataType.INT8, Shape.of(2, 10), new byte[20]);
    LabelledSet wrong = LabelledSet.read(small, null);
    assertThatThrownBy(() -> BatchRun.run(program, wrong, 1, done -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("s.npy")
        .hasMessageContaining("10 elements");
  }

  @Test
  void labelsOfAnyIntegerTypeAreRead() throws IOException {
    Path samples = npy("x.npy", DataType.INT8, Shape.of(2, INPUTS), new byte[2 * INPUTS]);
    for (DataType type : DataType.values()) {
      int width = Math.toIntExact(type.bytes(1));
      if (type == DataType.FLOAT32 || type == DataType.FLOAT16 || type == DataType.BOOL) {
        continue;
      }
      byte[] labels = new byte[2 * width];
      labels[0] = 5;
      labels[width] = 9;
      LabelledSet set = LabelledSet.read(samples, npy(type + ".npy", type, Shape.of(2), labels));
      assertThat(set.label(0)).as("%s", type).isEqualTo(5);
      assertThat(set.label(1)).as("%s", type).isEqualTo(9);
    }
  }

  @Test
  void aSetMayNotAskForMoreClassesThanATableHolds() throws IOException {
    GraphBuilder wide = new GraphBuilder("wide");
    int x = wide.input("x", DataType.INT8, Shape.of(1, 5000), Quantization.of(1, 0));
    int y = wide.activation("y", DataType.INT8, Shape.of(1, 5000), Quantization.of(1, 0));
    wide.add(Operator.RELU, new Options.None(), List.of(x), List.of(y)).output(y);
    Program many = OperatorTable.prepare(wide.build(), RunOptions.defaults());
    Path samples = npy("x.npy", DataType.INT8, Shape.of(1, 5000), new byte[5000]);
    LabelledSet set =
        LabelledSet.read(samples, npy("y.npy", DataType.INT8, Shape.of(1), new byte[1]));
    assertThatThrownBy(() -> BatchRun.run(many, set, 1, done -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("5000 elements")
        .hasMessageContaining("at most 4096 classes");
    assertThat(BatchRun.run(many, LabelledSet.read(samples, null), 1, done -> {}).predicted())
        .containsExactly(0);
  }

  @Test
  void damagedFilesAreRefusedWithTheirPlace() throws IOException {
    ByteBuffer idx = ByteBuffer.allocate(16 + INPUTS);
    idx.put(new byte[] {0, 0, 8, 3}).putInt(1).putInt(49).putInt(10);
    byte[] whole = idx.array();
    Random random = new Random(9);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(4); flips >= 0 && damaged.length > 0; flips--) {
        damaged[random.nextInt(Math.min(16, damaged.length))] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("d.idx"), damaged);
      try {
        LabelledSet.read(file, null);
      } catch (InputException expected) {
        assertThat(expected).hasMessageContaining("d.idx");
        refused++;
      }
    }
    assertThat(refused).as("seed 9").isGreaterThan(400);
  }

  private int[] predicted(Path samples) throws IOException {
    return BatchRun.run(program, LabelledSet.read(samples, null), 1, done -> {}).predicted();
  }

  private Path npy(String name, DataType type, Shape shape, byte[] elements) throws IOException {
    Path file = folder.resolve(name);
    Npy.write(file, type, shape, elements);
    return file;
  }
}
