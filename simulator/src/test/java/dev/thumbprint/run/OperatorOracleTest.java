package dev.thumbprint.run;

import static dev.thumbprint.cost.work.DataType.FLOAT32;
import static dev.thumbprint.cost.work.DataType.INT16;
import static dev.thumbprint.cost.work.DataType.INT32;
import static dev.thumbprint.cost.work.DataType.INT8;

import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.model.GraphBuilder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator against the official interpreter's reference kernels, over random layers and over
 * random and extreme inputs. FULLY_CONNECTED, SUB and others in which TensorFlow Lite Micro departs
 * from TensorFlow Lite have oracles of their own.
 */
final class OperatorOracleTest {
  static Stream<Named<Function<RandomTensors, GraphBuilder>>> exact() {
    return Stream.of(
        layer("CONV_2D int8", d -> RandomLayers.conv2d(d, INT8)),
        layer("CONV_2D int16", d -> RandomLayers.conv2d(d, INT16)),
        layer("CONV_2D float32", d -> RandomLayers.conv2d(d, FLOAT32)),
        layer("DEPTHWISE_CONV_2D int8", d -> RandomLayers.depthwise(d, INT8)),
        layer("DEPTHWISE_CONV_2D int16", d -> RandomLayers.depthwise(d, INT16)),
        layer("DEPTHWISE_CONV_2D float32", d -> RandomLayers.depthwise(d, FLOAT32)),
        layer("FULLY_CONNECTED float32", d -> RandomLayers.dense(d, FLOAT32)),
        layer("AVERAGE_POOL_2D int8", d -> RandomLayers.pool(d, INT8, Operator.AVERAGE_POOL_2D)),
        layer("AVERAGE_POOL_2D int16", d -> RandomLayers.pool(d, INT16, Operator.AVERAGE_POOL_2D)),
        layer(
            "AVERAGE_POOL_2D float32",
            d -> RandomLayers.pool(d, FLOAT32, Operator.AVERAGE_POOL_2D)),
        layer("MAX_POOL_2D int8", d -> RandomLayers.pool(d, INT8, Operator.MAX_POOL_2D)),
        layer("MAX_POOL_2D int16", d -> RandomLayers.pool(d, INT16, Operator.MAX_POOL_2D)),
        layer("MAX_POOL_2D float32", d -> RandomLayers.pool(d, FLOAT32, Operator.MAX_POOL_2D)),
        layer("L2_POOL_2D float32", d -> RandomLayers.pool(d, FLOAT32, Operator.L2_POOL_2D)),
        layer("ADD int8", d -> RandomOperators.arithmetic(d, INT8, Operator.ADD)),
        layer("ADD float32", d -> RandomOperators.arithmetic(d, FLOAT32, Operator.ADD)),
        layer("SUB float32", d -> RandomOperators.arithmetic(d, FLOAT32, Operator.SUB)),
        layer("MUL int8", d -> RandomOperators.arithmetic(d, INT8, Operator.MUL)),
        layer("MUL float32", d -> RandomOperators.arithmetic(d, FLOAT32, Operator.MUL)),
        layer("LOGISTIC int8", d -> RandomOperators.sigmoid(d, INT8, Operator.LOGISTIC)),
        layer("LOGISTIC int16", d -> RandomOperators.sigmoid(d, INT16, Operator.LOGISTIC)),
        layer("TANH int8", d -> RandomOperators.sigmoid(d, INT8, Operator.TANH)),
        layer("TANH int16", d -> RandomOperators.sigmoid(d, INT16, Operator.TANH)),
        layer("RELU int8", d -> RandomOperators.relu(d, INT8)),
        layer("RELU int16", d -> RandomOperators.relu(d, INT16)),
        layer("RELU float32", d -> RandomOperators.relu(d, FLOAT32)),
        layer("RELU6 int8", d -> RandomOperators.relu6(d, INT8)),
        layer("RELU6 float32", d -> RandomOperators.relu6(d, FLOAT32)),
        layer("SOFTMAX int8", d -> RandomOperators.softmax(d, INT8, INT8)),
        layer("SOFTMAX int8 to int16", d -> RandomOperators.softmax(d, INT8, INT16)),
        layer("QUANTIZE float32 to int8", d -> RandomOperators.quantize(d, FLOAT32, INT8)),
        layer("QUANTIZE float32 to int16", d -> RandomOperators.quantize(d, FLOAT32, INT16)),
        layer("QUANTIZE int8 to int8", d -> RandomOperators.quantize(d, INT8, INT8)),
        layer("QUANTIZE int16 to int8", d -> RandomOperators.quantize(d, INT16, INT8)),
        layer("QUANTIZE int16 to int16", d -> RandomOperators.quantize(d, INT16, INT16)),
        layer("QUANTIZE int32 to int8", d -> RandomOperators.quantize(d, INT32, INT8)),
        layer("DEQUANTIZE int8", d -> RandomOperators.dequantize(d, INT8)),
        layer("DEQUANTIZE int16", d -> RandomOperators.dequantize(d, INT16)),
        layer("MEAN int8", d -> RandomOperators.reduce(d, INT8, Operator.MEAN)),
        layer("MEAN int16", d -> RandomOperators.reduce(d, INT16, Operator.MEAN)),
        layer("SUM float32", d -> RandomOperators.reduce(d, FLOAT32, Operator.SUM)),
        layer("MEAN float32", d -> RandomOperators.reduce(d, FLOAT32, Operator.MEAN)),
        layer("REDUCE_MAX int8", d -> RandomOperators.reduce(d, INT8, Operator.REDUCE_MAX)),
        layer("REDUCE_MIN int8", d -> RandomOperators.reduce(d, INT8, Operator.REDUCE_MIN)),
        layer("REDUCE_MAX float32", d -> RandomOperators.reduce(d, FLOAT32, Operator.REDUCE_MAX)),
        layer("REDUCE_ALL bool", RandomOperators::reduceAll),
        layer("TRANSPOSE int8", d -> RandomOperators.transpose(d, INT8)),
        layer("TRANSPOSE float32", d -> RandomOperators.transpose(d, FLOAT32)),
        layer("PAD int8", d -> RandomOperators.pad(d, INT8, false)),
        layer("PAD int16", d -> RandomOperators.pad(d, INT16, false)),
        layer("PADV2 int8", d -> RandomOperators.pad(d, INT8, true)),
        layer("PADV2 float32", d -> RandomOperators.pad(d, FLOAT32, true)),
        layer("STRIDED_SLICE int8", d -> RandomOperators.stridedSlice(d, INT8)),
        layer("STRIDED_SLICE float32", d -> RandomOperators.stridedSlice(d, FLOAT32)),
        layer("SLICE int8", d -> RandomOperators.slice(d, INT8)),
        layer("CONCATENATION int8", d -> RandomOperators.concatenation(d, INT8)),
        layer("CONCATENATION float32", d -> RandomOperators.concatenation(d, FLOAT32)),
        layer("SPLIT int8", d -> RandomOperators.split(d, INT8)),
        layer("PACK int8", d -> RandomOperators.pack(d, INT8)),
        layer("UNPACK int8", d -> RandomOperators.unpack(d, INT8)));
  }

  private static Named<Function<RandomTensors, GraphBuilder>> layer(
      String name, Function<RandomTensors, GraphBuilder> maker) {
    return Named.of(name, maker);
  }

  @ParameterizedTest
  @MethodSource("exact")
  void equalsTheReferenceKernels(Function<RandomTensors, GraphBuilder> maker) {
    Oracle.compareMany(maker);
  }
}
