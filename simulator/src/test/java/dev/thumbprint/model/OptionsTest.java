package dev.thumbprint.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.lite.schema.ArgMaxOptions;
import org.tensorflow.lite.schema.BatchMatMulOptions;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.CallOnceOptions;
import org.tensorflow.lite.schema.CastOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.CumsumOptions;
import org.tensorflow.lite.schema.DepthToSpaceOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.GatherOptions;
import org.tensorflow.lite.schema.IfOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.MirrorPadOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.PackOptions;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;
import org.tensorflow.lite.schema.SVDFOptions;
import org.tensorflow.lite.schema.ShapeOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SplitVOptions;
import org.tensorflow.lite.schema.SqueezeOptions;
import org.tensorflow.lite.schema.StridedSliceOptions;
import org.tensorflow.lite.schema.TransposeConvOptions;
import org.tensorflow.lite.schema.UnidirectionalSequenceLSTMOptions;
import org.tensorflow.lite.schema.UnpackOptions;
import org.tensorflow.lite.schema.VarHandleOptions;
import org.tensorflow.lite.schema.WhileOptions;

/** Options are written where the accessors made from the schema read them, and read back alike. */
class OptionsTest {
  private static final byte RELU6 = 3;
  private static final byte VALID = 1;
  private static final byte INT64 = 4;
  private static final byte INT32 = 2;

  /** Options, and what an accessor of the schema reads of them. */
  record Case(
      Operator operator,
      Options options,
      Function<ByteBuffer, List<?>> accessor,
      List<?> expected) {
    @Override
    public String toString() {
      return operator + " " + options;
    }
  }

  static Stream<Case> cases() {
    Activation relu6 = Activation.RELU6;
    return Stream.of(
        new Case(
            Operator.CONV_2D,
            new Options.Conv2d(Padding.VALID, 2, 3, 4, 5, relu6, DataType.INT32),
            b -> {
              var o = Conv2DOptions.getRootAsConv2DOptions(b);
              return List.of(
                  o.padding(),
                  o.strideH(),
                  o.strideW(),
                  o.dilationHFactor(),
                  o.dilationWFactor(),
                  o.fusedActivationFunction());
            },
            List.of(VALID, 2, 3, 4, 5, RELU6)),
        new Case(
            Operator.DEPTHWISE_CONV_2D,
            new Options.DepthwiseConv2d(Padding.VALID, 2, 3, 4, 5, 6, relu6),
            b -> {
              var o = DepthwiseConv2DOptions.getRootAsDepthwiseConv2DOptions(b);
              return List.of(
                  o.padding(),
                  o.strideH(),
                  o.strideW(),
                  o.dilationHFactor(),
                  o.dilationWFactor(),
                  o.depthMultiplier(),
                  o.fusedActivationFunction());
            },
            List.of(VALID, 2, 3, 4, 5, 6, RELU6)),
        new Case(
            Operator.TRANSPOSE_CONV,
            new Options.TransposeConv(Padding.VALID, 2, 3, relu6, DataType.INT64),
            b -> {
              var o = TransposeConvOptions.getRootAsTransposeConvOptions(b);
              return List.of(o.padding(), o.strideH(), o.strideW(), o.fusedActivationFunction());
            },
            List.of(VALID, 2, 3, RELU6)),
        new Case(
            Operator.AVERAGE_POOL_2D,
            new Options.Pool2d(Padding.VALID, 2, 3, 4, 5, relu6),
            b -> {
              var o = Pool2DOptions.getRootAsPool2DOptions(b);
              return List.of(
                  o.padding(),
                  o.filterHeight(),
                  o.filterWidth(),
                  o.strideH(),
                  o.strideW(),
                  o.fusedActivationFunction());
            },
            List.of(VALID, 2, 3, 4, 5, RELU6)),
        new Case(
            Operator.FULLY_CONNECTED,
            new Options.FullyConnected(relu6, true, DataType.INT64),
            b -> {
              var o = FullyConnectedOptions.getRootAsFullyConnectedOptions(b);
              return List.of(o.fusedActivationFunction(), o.keepNumDims(), o.weightsFormat());
            },
            List.of(RELU6, true, (byte) 0)),
        new Case(
            Operator.BATCH_MATMUL,
            new Options.BatchMatMul(true, false),
            b -> {
              var o = BatchMatMulOptions.getRootAsBatchMatMulOptions(b);
              return List.of(o.adjX(), o.adjY());
            },
            List.of(true, false)),
        new Case(
            Operator.MUL,
            new Options.Elementwise(relu6),
            b -> List.of(MulOptions.getRootAsMulOptions(b).fusedActivationFunction()),
            List.of(RELU6)),
        new Case(
            Operator.LEAKY_RELU,
            new Options.LeakyRelu(0.25f),
            b -> List.of(LeakyReluOptions.getRootAsLeakyReluOptions(b).alpha()),
            List.of(0.25f)),
        new Case(
            Operator.SOFTMAX,
            new Options.Softmax(0.5f),
            b -> List.of(SoftmaxOptions.getRootAsSoftmaxOptions(b).beta()),
            List.of(0.5f)),
        new Case(
            Operator.CONCATENATION,
            new Options.Concatenation(-1, relu6),
            b -> {
              var o = ConcatenationOptions.getRootAsConcatenationOptions(b);
              return List.of(o.axis(), o.fusedActivationFunction());
            },
            List.of(-1, RELU6)),
        new Case(
            Operator.MEAN,
            new Options.Reduce(true),
            b -> List.of(ReducerOptions.getRootAsReducerOptions(b).keepDims()),
            List.of(true)),
        new Case(
            Operator.CUMSUM,
            new Options.Cumsum(false, true),
            b -> {
              var o = CumsumOptions.getRootAsCumsumOptions(b);
              return List.of(o.exclusive(), o.reverse());
            },
            List.of(false, true)),
        new Case(
            Operator.RESHAPE,
            new Options.Reshape(List.of(2, -1)),
            b -> {
              var o = ReshapeOptions.getRootAsReshapeOptions(b);
              return List.of(o.newShapeLength(), o.newShape(0), o.newShape(1));
            },
            List.of(2, 2, -1)),
        new Case(
            Operator.SQUEEZE,
            new Options.Squeeze(List.of(3)),
            b -> {
              var o = SqueezeOptions.getRootAsSqueezeOptions(b);
              return List.of(o.squeezeDimsLength(), o.squeezeDims(0));
            },
            List.of(1, 3)),
        new Case(
            Operator.STRIDED_SLICE,
            new Options.StridedSlice(1, 2, 3, 4, 5, false),
            b -> {
              var o = StridedSliceOptions.getRootAsStridedSliceOptions(b);
              return List.of(
                  o.beginMask(),
                  o.endMask(),
                  o.ellipsisMask(),
                  o.newAxisMask(),
                  o.shrinkAxisMask(),
                  o.offset());
            },
            List.of(1, 2, 3, 4, 5, false)),
        new Case(
            Operator.SPLIT_V,
            new Options.Split(3),
            b -> List.of(SplitVOptions.getRootAsSplitVOptions(b).numSplits()),
            List.of(3)),
        new Case(
            Operator.PACK,
            new Options.Pack(3, -2),
            b -> {
              var o = PackOptions.getRootAsPackOptions(b);
              return List.of(o.valuesCount(), o.axis());
            },
            List.of(3, -2)),
        new Case(
            Operator.UNPACK,
            new Options.Pack(3, -2),
            b -> {
              var o = UnpackOptions.getRootAsUnpackOptions(b);
              return List.of(o.num(), o.axis());
            },
            List.of(3, -2)),
        new Case(
            Operator.GATHER,
            new Options.Gather(2, 1),
            b -> {
              var o = GatherOptions.getRootAsGatherOptions(b);
              return List.of(o.axis(), o.batchDims());
            },
            List.of(2, 1)),
        new Case(
            Operator.DEPTH_TO_SPACE,
            new Options.BlockSize(4),
            b -> List.of(DepthToSpaceOptions.getRootAsDepthToSpaceOptions(b).blockSize()),
            List.of(4)),
        new Case(
            Operator.RESIZE_BILINEAR,
            new Options.Resize(true, false),
            b -> {
              var o = ResizeBilinearOptions.getRootAsResizeBilinearOptions(b);
              return List.of(o.alignCorners(), o.halfPixelCenters());
            },
            List.of(true, false)),
        new Case(
            Operator.RESIZE_NEAREST_NEIGHBOR,
            new Options.Resize(false, true),
            b -> {
              var o = ResizeNearestNeighborOptions.getRootAsResizeNearestNeighborOptions(b);
              return List.of(o.alignCorners(), o.halfPixelCenters());
            },
            List.of(false, true)),
        new Case(
            Operator.MIRROR_PAD,
            new Options.MirrorPad(true),
            b -> List.of(MirrorPadOptions.getRootAsMirrorPadOptions(b).mode()),
            List.of((byte) 1)),
        new Case(
            Operator.CAST,
            new Options.Cast(DataType.INT32, DataType.INT64),
            b -> {
              var o = CastOptions.getRootAsCastOptions(b);
              return List.of(o.inDataType(), o.outDataType());
            },
            List.of(INT32, INT64)),
        new Case(
            Operator.ARG_MAX,
            new Options.IndexOutput(DataType.INT64),
            b -> List.of(ArgMaxOptions.getRootAsArgMaxOptions(b).outputType()),
            List.of(INT64)),
        new Case(
            Operator.SHAPE,
            new Options.IndexOutput(DataType.INT32),
            b -> List.of(ShapeOptions.getRootAsShapeOptions(b).outType()),
            List.of(INT32)),
        new Case(
            Operator.SVDF,
            new Options.Svdf(2, relu6),
            b -> {
              var o = SVDFOptions.getRootAsSVDFOptions(b);
              return List.of(o.rank(), o.fusedActivationFunction());
            },
            List.of(2, RELU6)),
        new Case(
            Operator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            new Options.Lstm(relu6, 10f, 2f, true),
            b -> {
              var o =
                  UnidirectionalSequenceLSTMOptions.getRootAsUnidirectionalSequenceLSTMOptions(b);
              return List.of(
                  o.fusedActivationFunction(), o.cellClip(), o.projClip(), o.timeMajor());
            },
            List.of(RELU6, 10f, 2f, true)),
        new Case(
            Operator.IF,
            new Options.If(1, 2),
            b -> {
              var o = IfOptions.getRootAsIfOptions(b);
              return List.of(o.thenSubgraphIndex(), o.elseSubgraphIndex());
            },
            List.of(1, 2)),
        new Case(
            Operator.WHILE,
            new Options.While(1, 2),
            b -> {
              var o = WhileOptions.getRootAsWhileOptions(b);
              return List.of(o.condSubgraphIndex(), o.bodySubgraphIndex());
            },
            List.of(1, 2)),
        new Case(
            Operator.CALL_ONCE,
            new Options.CallOnce(3),
            b -> List.of(CallOnceOptions.getRootAsCallOnceOptions(b).initSubgraphIndex()),
            List.of(3)),
        new Case(
            Operator.VAR_HANDLE,
            new Options.VarHandle("box", "name"),
            b -> {
              var o = VarHandleOptions.getRootAsVarHandleOptions(b);
              return List.of(o.container(), o.sharedName());
            },
            List.of("box", "name")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldWriteWhatTheSchemaReads(Case options) {
    byte[] bytes = written(options);
    assertThat(options.accessor().apply(ByteBuffer.wrap(bytes))).isEqualTo(options.expected());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldReadBackWhatItWrote(Case options) {
    FlatTable table = FlatTable.root(ByteBuffer.wrap(written(options)), "");
    assertThat(OptionsReader.read(options.operator(), table)).isEqualTo(options.options());
  }

  /** The options table of an operator is named after it in the schema, or shared by a family. */
  @Test
  void shouldKnowTheSchemasCodes() {
    for (Operator operator : Operator.values()) {
      assertThat(BuiltinOperator.name(operator.builtinCode())).isEqualTo(operator.name());
      String table = BuiltinOptions.name(Schema.optionsCode(operator));
      String plain = table.replace("Options", "").toUpperCase(java.util.Locale.ROOT);
      assertThat(
              plain.equals("NONE")
                  || plain.equals(operator.name().replace("_", ""))
                  || List.of("POOL2D", "L2NORM", "REDUCER", "MAXIMUMMINIMUM").contains(plain))
          .as("%s has options %s", operator, table)
          .isTrue();
    }
  }

  private static byte[] written(Case options) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    builder.finish(OptionsWriter.write(builder, options.operator(), options.options()));
    return builder.sizedByteArray();
  }
}
