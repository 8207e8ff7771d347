package dev.thumbprint.cost.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.cost.work.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks whose loops and surroundings outgrow 1 KiB of cache, as executed code shows them. */
final class CodeOutOfCacheTest {
  @Test
  void shouldFetchTheCodeOfABlockAnewBesideTheUnrolledLoop() {
    // 8 x 8 pixels and 6 channels: 32 pairs of pixels x 3 pairs of channels.
    assertThat(trips(1, 16, 6).of(Term.BLOCK_FETCH)).isEqualTo(96);
    assertThat(trips(1, 100, 6).of(Term.BLOCK_FETCH)).isEqualTo(96);
    assertThat(trips(1, 12, 6).of(Term.BLOCK_FETCH)).isZero();
  }

  @Test
  void shouldKeepTheCodeOfTheGenericConvolution() {
    assertThat(trips(3, 16, 6).of(Term.BLOCK_FETCH)).isZero();
    assertThat(trips(3, 7, 6).of(Term.BLOCK_FETCH)).isZero();
  }

  @Test
  void shouldKeepTheCodeOfLaterGenerations() {
    assertThat(trips("cmsis-nn@2022", 1, 100, 6).of(Term.BLOCK_FETCH)).isZero();
  }

  @Test
  void shouldFetchTheCodeOfEachDepthwisePixelOnceThereAreBlocksOfChannels() {
    assertThat(depthwise(1, 100).of(Term.DW_FETCH)).isEqualTo(64);
    assertThat(depthwise(1, 100).of(Term.DW_ODD_FETCH)).isEqualTo(64);
    assertThat(depthwise(2, 100).of(Term.DW_ODD_FETCH)).isZero();
    assertThat(depthwise(1, 100).of(Term.DW_TAIL_FETCH)).isZero();
    assertThat(depthwise(1, 101).of(Term.DW_TAIL_FETCH)).isEqualTo(64);
    assertThat(depthwise(1, 3).of(Term.DW_FETCH)).isZero();
    assertThat(depthwise(1, 3).of(Term.DW_TAIL_FETCH)).isZero();
  }

  private static Trips depthwise(int kernel, int channels) {
    return trips(
        Operator.DEPTHWISE_CONV_2D,
        "cmsis-nn@2020-03",
        channels,
        Shape.of(1, kernel, kernel, channels),
        channels);
  }

  private static Trips trips(int kernel, int in, int out) {
    return trips("cmsis-nn@2020-03", kernel, in, out);
  }

  private static Trips trips(String name, int kernel, int in, int out) {
    return trips(Operator.CONV_2D, name, in, Shape.of(out, kernel, kernel, in), out);
  }

  private static Trips trips(Operator operator, String name, int in, Shape filter, int out) {
    LayerWork work =
        new LayerWork(
            operator,
            "",
            List.of(Shape.of(1, 8, 8, in)),
            filter,
            Shape.of(1, 8, 8, out),
            new Window(filter.dim(1), filter.dim(2), 1, 1, 1, 1, Padding.SAME),
            DataType.INT8,
            DataType.INT8,
            DataType.INT8,
            Activation.NONE,
            true,
            true);
    KernelLibrary library = KernelLibraries.find(LibraryId.parse(name)).orElseThrow();
    return (Trips) library.decide(work, SimdUnit.DSP);
  }
}
