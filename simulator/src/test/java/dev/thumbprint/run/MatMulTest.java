package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.INT8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.GraphBuilder;
import dev.thumbprint.model.Options;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.run.operators.OperatorTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * BATCH_MATMUL with its left side transposed and one right side for all batches, where desktop
 * TFLite is no oracle: each batch as if it stood alone, transposed beforehand.
 */
final class MatMulTest {
  private static final int BATCHES = 3;
  private static final int ROWS = 4;
  private static final int DEPTH = 5;
  private static final int COLUMNS = 2;

  @Test
  void aTransposedLeftSideKeepsItsBatchesApart() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = Oracle.random(seed);
      byte[] left = new byte[BATCHES * ROWS * DEPTH];
      byte[] right = new byte[DEPTH * COLUMNS];
      random.nextBytes(left);
      random.nextBytes(right);
      byte[] all = product(true, BATCHES, left, right);
      for (int batch = 0; batch < BATCHES; batch++) {
        byte[] alone = new byte[ROWS * DEPTH];
        for (int i = 0; i < alone.length; i++) {
          alone[i] = left[(batch * DEPTH + i % DEPTH) * ROWS + i / DEPTH];
        }
        byte[] expected = product(false, 1, alone, right);
        int from = batch * ROWS * COLUMNS;
        assertThat(Arrays.copyOfRange(all, from, from + ROWS * COLUMNS))
            .as("seed %d, batch %d", seed, batch)
            .isEqualTo(expected);
      }
    }
  }

  private static byte[] product(boolean transposed, int batches, byte[] left, byte[] right) {
    GraphBuilder graph = new GraphBuilder("product");
    Shape a = transposed ? Shape.of(batches, DEPTH, ROWS) : Shape.of(batches, ROWS, DEPTH);
    int x0 = graph.input("a", INT8, a, Quantization.of(0.1f, 7));
    int x1 = graph.input("b", INT8, Shape.of(1, DEPTH, COLUMNS), Quantization.of(0.2f, -3));
    int y = graph.activation("y", INT8, Shape.of(batches, ROWS, COLUMNS), Quantization.of(2.5f, 1));
    graph
        .add(
            Operator.BATCH_MATMUL,
            new Options.BatchMatMul(transposed, false),
            List.of(x0, x1),
            List.of(y))
        .output(y);
    Interpreter run = OperatorTable.prepare(graph.build(), RunOptions.defaults()).interpreter();
    run.setInput(0, left);
    run.setInput(1, right);
    run.invoke();
    return run.outputBytes(0);
  }
}
