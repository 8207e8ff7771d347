package dev.thumbprint.model;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import java.util.List;

/** Writes the options table of an operator: {@link OptionsReader} the other way round. */
final class OptionsWriter {
  private static final int FIELDS_MAX = 7;

  private final FlatBufferBuilder builder;

  private OptionsWriter(FlatBufferBuilder builder) {
    this.builder = builder;
  }

  /** Writes the table and returns its offset. */
  static int write(FlatBufferBuilder builder, Operator operator, Options options) {
    return new OptionsWriter(builder).write(operator, options);
  }

  private int write(Operator operator, Options options) {
    int reference = reference(options);
    int second = options instanceof Options.VarHandle v ? builder.createString(v.sharedName()) : 0;
    builder.startTable(FIELDS_MAX);
    switch (options) {
      case Options.Conv2d o -> {
        window(o.padding(), o.strideWidth(), o.strideHeight());
        activation(3, o.activation());
        builder.addInt(4, o.dilationWidth(), 1);
        builder.addInt(5, o.dilationHeight(), 1);
        type(6, o.biasType());
      }
      case Options.DepthwiseConv2d o -> {
        window(o.padding(), o.strideWidth(), o.strideHeight());
        builder.addInt(3, o.depthMultiplier(), 0);
        activation(4, o.activation());
        builder.addInt(5, o.dilationWidth(), 1);
        builder.addInt(6, o.dilationHeight(), 1);
      }
      case Options.TransposeConv o -> {
        window(o.padding(), o.strideWidth(), o.strideHeight());
        activation(3, o.activation());
        type(4, o.biasType());
      }
      case Options.Pool2d o -> {
        window(o.padding(), o.strideWidth(), o.strideHeight());
        builder.addInt(3, o.filterWidth(), 0);
        builder.addInt(4, o.filterHeight(), 0);
        activation(5, o.activation());
      }
      case Options.FullyConnected o -> {
        activation(0, o.activation());
        builder.addBoolean(2, o.keepNumDims(), false);
        type(4, o.biasType());
      }
      case Options.Elementwise o -> activation(0, o.activation());
      case Options.Concatenation o -> {
        builder.addInt(0, o.axis(), 0);
        activation(1, o.activation());
      }
      case Options.Svdf o -> {
        builder.addInt(0, o.rank(), 0);
        activation(1, o.activation());
      }
      case Options.Lstm o -> {
        activation(0, o.activation());
        builder.addFloat(1, o.cellClip(), 0);
        builder.addFloat(2, o.projectionClip(), 0);
        builder.addBoolean(3, o.timeMajor(), false);
      }
      case Options.Softmax o -> builder.addFloat(0, o.beta(), 0);
      case Options.LeakyRelu o -> builder.addFloat(0, o.alpha(), 0);
      case Options.BatchMatMul o -> booleans(0, o.adjointLeft(), o.adjointRight());
      case Options.Reduce o -> booleans(0, o.keepDims());
      case Options.Cumsum o -> booleans(0, o.exclusive(), o.reverse());
      case Options.Resize o ->
          booleans(
              operator == Operator.RESIZE_BILINEAR ? 2 : 0, o.alignCorners(), o.halfPixelCenters());
      case Options.MirrorPad o -> booleans(0, o.symmetric());
      case Options.StridedSlice o -> {
        ints(o.beginMask(), o.endMask(), o.ellipsisMask(), o.newAxisMask(), o.shrinkAxisMask());
        booleans(5, o.offset());
      }
      case Options.Split o -> ints(o.outputs());
      case Options.Pack o -> ints(o.count(), o.axis());
      case Options.Gather o -> ints(o.axis(), o.batchDims());
      case Options.BlockSize o -> ints(o.blockSize());
      case Options.Cast o -> {
        type(0, o.from());
        type(1, o.to());
      }
      case Options.IndexOutput o -> type(0, o.type());
      case Options.If o -> ints(o.thenSubgraph(), o.elseSubgraph());
      case Options.While o -> ints(o.conditionSubgraph(), o.bodySubgraph());
      case Options.CallOnce o -> ints(o.initSubgraph());
      case Options.Reshape _, Options.Squeeze _ -> builder.addOffset(0, reference, 0);
      case Options.VarHandle _ -> {
        builder.addOffset(0, reference, 0);
        builder.addOffset(1, second, 0);
      }
      case Options.None _, Options.Custom _ -> {}
    }
    return builder.endTable();
  }

  /** Vectors and strings must be written before the table that refers to them. */
  private int reference(Options options) {
    return switch (options) {
      case Options.Reshape o -> intVector(o.newShape());
      case Options.Squeeze o -> intVector(o.axes());
      case Options.VarHandle o -> builder.createString(o.container());
      default -> 0;
    };
  }

  private int intVector(List<Integer> values) {
    return TfliteWriter.intVector(builder, values);
  }

  private void window(Padding padding, int strideWidth, int strideHeight) {
    builder.addByte(0, (byte) (padding == Padding.SAME ? 0 : 1), 0);
    builder.addInt(1, strideWidth, 0);
    builder.addInt(2, strideHeight, 0);
  }

  private void activation(int slot, Activation activation) {
    builder.addByte(slot, (byte) Schema.ACTIVATIONS.indexOf(activation), 0);
  }

  private void type(int slot, DataType type) {
    builder.addByte(slot, (byte) Schema.typeCode(type), 0);
  }

  private void booleans(int firstSlot, boolean... values) {
    for (int i = 0; i < values.length; i++) {
      builder.addBoolean(firstSlot + i, values[i], false);
    }
  }

  private void ints(int... values) {
    for (int i = 0; i < values.length; i++) {
      builder.addInt(i, values[i], 0);
    }
  }
}
