package dev.thumbprint.train;

import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.zoo.SplitMix;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Npy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Images of handwriting-like digits, drawn from strokes that are turned, sheared, scaled, shifted
 * and blurred at random: a stand-in for MNIST that needs no download. The same seed gives the same
 * images, byte for byte, on every machine.
 */
public final class DigitSet {
  /** Extent of an image: MNIST's 28 padded to 32, as the study has it. */
  public static final int EXTENT = 32;

  /** Samples of a set as the study uses it: as many as MNIST's test set has. */
  public static final int SAMPLES = 10_000;

  /** Seed of the set that a network is trained on. */
  public static final long TRAINING_SEED = 1;

  /** Seed of the set that it is judged on. */
  public static final long TEST_SEED = 2;

  private static final int CLASSES = 10;
  private static final int PIXELS = EXTENT * EXTENT;

  /** Greatest share of grey that noise adds. */
  private static final float NOISE = 0.6f;

  /** Pixels by which every point of a stroke may be off. */
  private static final float WOBBLE = 1.6f;

  private DigitSet() {}

  /** The set that a network is trained on. */
  public static LabelledSet training() {
    return of(SAMPLES, TRAINING_SEED);
  }

  /** The set that it is judged on. */
  public static LabelledSet test() {
    return of(SAMPLES, TEST_SEED);
  }

  /** A set of some size. */
  public static LabelledSet of(int samples, long seed) {
    return LabelledSet.of(images(samples, seed), labels(samples));
  }

  /** The images, uint8, samples x 32 x 32. */
  public static Npy images(int samples, long seed) {
    byte[] pixels = new byte[Math.multiplyExact(samples, PIXELS)];
    SplitMix random = new SplitMix(seed);
    for (int i = 0; i < samples; i++) {
      draw(i % CLASSES, random, pixels, i * PIXELS);
    }
    return new Npy(
        DataType.UINT8,
        Shape.of(samples, EXTENT, EXTENT),
        ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The classes: 0 to 9 in turn. */
  public static int[] labels(int samples) {
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % CLASSES;
    }
    return labels;
  }

  private static void draw(int digit, SplitMix random, byte[] pixels, int offset) {
    float angle = random.between(-0.45f, 0.45f);
    float shear = random.between(-0.5f, 0.5f);
    float wide = random.between(8f, 19f);
    float high = random.between(13f, 23f);
    float radius = random.between(0.4f, 1.9f);
    float left = EXTENT / 2f + random.between(-4f, 4f);
    float top = EXTENT / 2f + random.between(-4f, 4f);
    float ink = random.between(0.45f, 1f);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    float[][] strokes = DigitStrokes.of(digit);
    float[][] placed = new float[strokes.length][];
    for (int s = 0; s < strokes.length; s++) {
      placed[s] = new float[strokes[s].length];
      for (int p = 0; p < strokes[s].length; p += 2) {
        // Around the middle: shear and scale, wobble, turn, shift.
        float y = (strokes[s][p + 1] - 0.5f) * high + random.between(-WOBBLE, WOBBLE);
        float x = (strokes[s][p] - 0.5f) * wide - shear * y + random.between(-WOBBLE, WOBBLE);
        placed[s][p] = left + cos * x - sin * y;
        placed[s][p + 1] = top + sin * x + cos * y;
      }
    }
    for (int y = 0; y < EXTENT; y++) {
      for (int x = 0; x < EXTENT; x++) {
        float distance = distance(placed, x, y);
        float grey = ink * Math.clamp(radius + 0.5f - distance, 0f, 1f);
        grey = Math.clamp(grey + random.between(0, NOISE) * random.between(0, 1f), 0f, 1f);
        pixels[offset + y * EXTENT + x] = (byte) Math.round(grey * 255);
      }
    }
  }

  private static float distance(float[][] strokes, float x, float y) {
    float least = Float.MAX_VALUE;
    for (float[] stroke : strokes) {
      for (int p = 0; p + 3 < stroke.length; p += 2) {
        least = Math.min(least, squared(stroke, p, x, y));
      }
    }
    return (float) Math.sqrt(least);
  }

  /** Squared distance to the segment that starts at point {@code p}. */
  private static float squared(float[] stroke, int p, float x, float y) {
    float dx = stroke[p + 2] - stroke[p];
    float dy = stroke[p + 3] - stroke[p + 1];
    float length = dx * dx + dy * dy;
    float along = (x - stroke[p]) * dx + (y - stroke[p + 1]) * dy;
    float part = length > 0 ? Math.clamp(along / length, 0f, 1f) : 0;
    float ox = x - stroke[p] - part * dx;
    float oy = y - stroke[p + 1] - part * dy;
    return ox * ox + oy * oy;
  }
}
