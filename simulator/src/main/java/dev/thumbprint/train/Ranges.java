package dev.thumbprint.train;

import dev.thumbprint.model.Graph;
import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.run.Interpreter;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import java.nio.ByteBuffer;

/** The least and greatest value of every tensor of a float model over some samples. */
final class Ranges {
  /** Steps between the ends of an int8 range. */
  private static final float STEPS = 255f;

  private static final float SCALE_LEAST = 1e-9f;

  private final float[] low;
  private final float[] high;

  private Ranges(int tensors) {
    low = new float[tensors];
    high = new float[tensors];
  }

  /** Looks at every tensor while the first samples of a set run. */
  static Ranges of(Graph graph, LabelledSet set, int samples) {
    Ranges ranges = new Ranges(graph.main().tensors().size());
    Interpreter run = OperatorTable.prepare(graph, RunOptions.defaults()).interpreter();
    set.requireFits(run.input(0));
    ByteBuffer sample = ByteBuffer.allocate(run.inputBytes(0));
    for (int i = 0; i < Math.min(samples, set.count()); i++) {
      set.fill(i, run.input(0), sample);
      run.setInput(0, sample);
      run.invoke();
      for (Tensor tensor : graph.main().tensors()) {
        if (run.tensor(tensor.index()) instanceof float[] values) {
          ranges.look(tensor.index(), values);
        }
      }
    }
    return ranges;
  }

  private void look(int tensor, float[] values) {
    for (float value : values) {
      low[tensor] = Math.min(low[tensor], value);
      high[tensor] = Math.max(high[tensor], value);
    }
  }

  /** The int8 scale of a tensor: its range, widened to hold zero, over 255 steps. */
  Quantization int8(int tensor) {
    float scale = Math.max((high[tensor] - low[tensor]) / STEPS, SCALE_LEAST);
    int zeroPoint = Math.round(Byte.MIN_VALUE - low[tensor] / scale);
    return Quantization.of(scale, Math.clamp(zeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE));
  }
}
