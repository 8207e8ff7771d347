package dev.thumbprint.train;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.zoo.SplitMix;
import dev.thumbprint.run.LabelledSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains the study's LeNet-5-like network: stochastic gradient descent with momentum on the cross
 * entropy. One thread, one order of operations, strict arithmetic: the same seed gives the same
 * weights to the last bit on every machine.
 */
public final class LenetTrainer {
  /** Samples of one step. */
  private static final int BATCH = 32;

  private static final float MOMENTUM = 0.9f;
  private static final float FIRST_RATE = 0.02f;

  /** What a pass over all samples leaves of the rate. */
  private static final float RATE_KEPT = 0.6f;

  private static final int EXTENT = DigitSet.EXTENT;
  private static final int CLASSES = 10;

  /** What a sample is read into. */
  private static final Tensor IMAGE =
      new Tensor(
          0,
          "image",
          DataType.FLOAT32,
          Shape.of(1, EXTENT, EXTENT, 1),
          Optional.empty(),
          Optional.empty(),
          false);

  private final ConvolutionLayer first;
  private final ConvolutionLayer second;
  private final ConvolutionLayer[] dense;
  private final List<TrainedLayer> layers;
  private final SplitMix random;

  /**
   * A network with random weights.
   *
   * @param seed seed of the weights and of the order of samples
   */
  public LenetTrainer(long seed) {
    random = new SplitMix(seed);
    first = new ConvolutionLayer(EXTENT, EXTENT, 1, 3, 6, true, random);
    second = new ConvolutionLayer(15, 15, 6, 3, 16, true, random);
    dense =
        new ConvolutionLayer[] {
          new ConvolutionLayer(6, 6, 16, 6, 120, true, random),
          new ConvolutionLayer(1, 1, 120, 1, 84, true, random),
          new ConvolutionLayer(1, 1, 84, 1, CLASSES, false, random)
        };
    layers =
        List.of(
            first,
            new PoolLayer(30, 30, 6),
            second,
            new PoolLayer(13, 13, 16),
            dense[0],
            dense[1],
            dense[2]);
  }

  /**
   * Goes over all samples some times.
   *
   * @param progress told the mean loss of each pass
   * @throws InputException if the samples are no images of 32 x 32 with labels 0 to 9
   */
  public void train(LabelledSet set, int passes, Consumer<String> progress) {
    set.requireFits(IMAGE);
    if (!set.labelled()) {
      throw InputException.of("", "labels", "none", "a class for each sample");
    }
    float rate = FIRST_RATE;
    int[] order = new int[set.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int pass = 0; pass < passes; pass++) {
      shuffle(order);
      double loss = 0;
      for (int i = 0; i < order.length; i++) {
        loss += learn(image(set, order[i]), label(set, order[i]));
        if (i % BATCH == BATCH - 1 || i == order.length - 1) {
          int samples = i % BATCH + 1;
          for (TrainedLayer layer : layers) {
            layer.step(rate, MOMENTUM, samples);
          }
        }
      }
      progress.accept(
          String.format(
              java.util.Locale.ROOT,
              "pass %d of %d: mean loss %.4f",
              pass + 1,
              passes,
              loss / order.length));
      rate *= RATE_KEPT;
    }
  }

  /** The network as a float32 model. */
  public Graph graph(String name) {
    return LenetGraph.of(name, first, second, dense);
  }

  private void shuffle(int[] order) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.below(i + 1);
      int other = order[i];
      order[i] = order[j];
      order[j] = other;
    }
  }

  private static float[] image(LabelledSet set, int sample) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * EXTENT * EXTENT);
    set.fill(sample, IMAGE, bytes);
    float[] values = new float[EXTENT * EXTENT];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static int label(LabelledSet set, int sample) {
    int label = set.label(sample);
    if (label >= CLASSES) {
      throw InputException.of("", "label " + sample, String.valueOf(label), "0 to 9");
    }
    return label;
  }

  /** One sample forwards and backwards; returns its loss. */
  private double learn(float[] image, int label) {
    float[] values = image;
    for (TrainedLayer layer : layers) {
      values = layer.forward(values);
    }
    float[] gradient = softmax(values);
    double loss = -StrictMath.log(Math.max(gradient[label], Float.MIN_NORMAL));
    gradient[label] -= 1;
    for (int i = layers.size() - 1; i >= 0; i--) {
      gradient = layers.get(i).backward(gradient);
    }
    return loss;
  }

  private static float[] softmax(float[] values) {
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      max = Math.max(max, value);
    }
    float[] shares = new float[values.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) StrictMath.exp(values[i] - max);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= (float) sum;
    }
    return shares;
  }
}
