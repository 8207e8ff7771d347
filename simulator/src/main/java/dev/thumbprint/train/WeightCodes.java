package dev.thumbprint.train;

import dev.thumbprint.model.Quantization;
import dev.thumbprint.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Weights as int8, symmetric around zero: the scale of a channel takes its greatest weight to 127
 * (source of the scheme: TensorFlow Lite 8-bit quantization specification).
 *
 * @param codes the integers
 * @param scales their scales
 */
@SuppressWarnings("ArrayRecordComponent") // private to the conversion, never changed
record WeightCodes(byte[] codes, Quantization scales) {
  private static final float GREATEST = 127f;
  private static final float SCALE_LEAST = 1e-9f;

  /** One scale for the tensor. */
  static WeightCodes perTensor(Tensor weights) {
    float[] values = floats(weights);
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    float scale = Math.max(greatest / GREATEST, SCALE_LEAST);
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(values[i], scale);
    }
    return new WeightCodes(codes, Quantization.of(scale, 0));
  }

  /** One scale for each slice along an axis, the first or the last. */
  static WeightCodes perChannel(Tensor weights, int axis) {
    float[] values = floats(weights);
    int channels = weights.shape().dim(axis);
    boolean innermost = axis > 0;
    int perChannel = values.length / channels;
    float[] scales = new float[channels];
    for (int i = 0; i < values.length; i++) {
      int channel = innermost ? i % channels : i / perChannel;
      scales[channel] = Math.max(scales[channel], Math.abs(values[i]) / GREATEST);
    }
    for (int c = 0; c < channels; c++) {
      scales[c] = Math.max(scales[c], SCALE_LEAST);
    }
    byte[] codes = new byte[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(values[i], scales[innermost ? i % channels : i / perChannel]);
    }
    return new WeightCodes(codes, Quantization.perChannel(scales, axis));
  }

  /** The biases as 32-bit integers at the scale of the products, and that scale. */
  long[] biases(Tensor bias, float inputScale) {
    float[] values = floats(bias);
    long[] codes = new long[values.length];
    for (int i = 0; i < codes.length; i++) {
      double scale = (double) inputScale * scale(i);
      codes[i] = Math.clamp(Math.round(values[i] / scale), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return codes;
  }

  /** Scale of the biases. */
  Quantization biasScales(float inputScale) {
    float[] products = new float[scales.scales().length];
    for (int i = 0; i < products.length; i++) {
      products[i] = inputScale * scales.scales()[i];
    }
    return products.length == 1
        ? Quantization.of(products[0], 0)
        : Quantization.perChannel(products, 0);
  }

  private float scale(int channel) {
    return scales.perChannel() ? scales.scales()[channel] : scales.scale();
  }

  private static byte code(float value, float scale) {
    return (byte) Math.clamp(Math.round(value / scale), -127, 127);
  }

  private static float[] floats(Tensor tensor) {
    ByteBuffer data = tensor.data().orElseThrow().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[Math.toIntExact(tensor.shape().elements())];
    data.asFloatBuffer().get(values);
    return values;
  }
}
