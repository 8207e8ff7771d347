package dev.thumbprint.model.zoo;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Window;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that carry their own shape: members of the sweep families, and single layers. */
final class ZooSpec {
  /** Extent, channel count or length at most; keeps a misprint from asking for terabytes. */
  private static final int EXTENT_MAX = 4096;

  private static final int LENGTH_MAX = 1_000_000;
  private static final int WEIGHTS_MAX = 64_000_000;
  private static final long MACS_MAX = 2_000_000_000L;

  private static final String STUDY = "arXiv:2104.10645";

  static final List<Zoo.Entry> FAMILIES =
      List.of(
          new Zoo.Entry(
              "dense-U<length>", "dense layers, <length> into 450 units", STUDY, "dense-U448"),
          new Zoo.Entry(
              "conv-F<channels>-K<kernel>",
              "convolution of <channels> channels into 60 filters on 32x32",
              STUDY,
              "conv-F104-K3"),
          new Zoo.Entry(
              "depthwise-C<channels>-K<kernel>",
              "depthwise convolution of <channels> channels on 24x24",
              STUDY,
              "depthwise-C104-K3"),
          new Zoo.Entry(
              "channels-F<filters>-K<kernel>",
              "four convolutions of <filters> filters on 64x64",
              STUDY,
              "channels-F8-K3"),
          new Zoo.Entry(
              "conv:<H>x<W>x<C>,<filters>,<KH>x<KW>[,s<stride>][,valid][,relu]",
              "one convolution",
              "yours",
              "conv:32x32x100,60,3x3"),
          new Zoo.Entry(
              "depthwise:<H>x<W>x<C>,<KH>x<KW>[,s<stride>][,valid][,relu]",
              "one depthwise convolution",
              "yours",
              "depthwise:24x24x100,3x3"),
          new Zoo.Entry(
              "dense:<inputs>,<units>[,relu]", "one dense layer", "yours", "dense:448,450"));

  private static final String NUMBER = "([0-9]{1,7})";
  private static final String SUFFIX = "((?:,(?:s[0-9]{1,4}|valid|same|relu|relu6))*)";

  /** The recorded names of the study, such as convsweep-01dg-F104-K1-int8, are understood too. */
  private static final Pattern DENSE_SWEEP =
      Pattern.compile("dense(?:sweep-01ec)?-u" + NUMBER + "(?:-int8)?");

  private static final Pattern CONVOLUTION_SWEEP =
      Pattern.compile("conv(?:sweep-01dg)?-f" + NUMBER + "-k" + NUMBER + "(?:-int8)?");
  private static final Pattern DEPTHWISE_SWEEP =
      Pattern.compile("(?:depthwise|dwsweep-01f)-c" + NUMBER + "-k" + NUMBER + "(?:-int8)?");
  private static final Pattern CHANNEL_SWEEP =
      Pattern.compile("(?:channels|convsweep-01de)-f" + NUMBER + "-k" + NUMBER + "(?:-int8)?");
  private static final Pattern CONVOLUTION =
      Pattern.compile(
          "conv:" + NUMBER + "x" + NUMBER + "x" + NUMBER + "," + NUMBER + "," + NUMBER + "x"
              + NUMBER + SUFFIX);
  private static final Pattern DEPTHWISE =
      Pattern.compile(
          "depthwise:"
              + NUMBER
              + "x"
              + NUMBER
              + "x"
              + NUMBER
              + ","
              + NUMBER
              + "x"
              + NUMBER
              + SUFFIX);
  private static final Pattern DENSE = Pattern.compile("dense:" + NUMBER + "," + NUMBER + SUFFIX);

  private ZooSpec() {}

  /**
   * How to build the network of a name; empty where the name has none of the known forms.
   *
   * @throws InputException if the form is known but a number is out of range
   */
  static Optional<Function<NetworkBuilder, Graph>> parse(String name) {
    String text = name.toLowerCase(Locale.ROOT);
    Matcher sweep = DENSE_SWEEP.matcher(text);
    if (sweep.matches()) {
      int length = number(name, sweep, 1, EXTENT_MAX);
      return Optional.of(net -> Networks.denseSweep(net, length));
    }
    sweep = CONVOLUTION_SWEEP.matcher(text);
    if (sweep.matches()) {
      int channels = number(name, sweep, 1, 1024);
      int kernel = number(name, sweep, 2, 32);
      requireMacs(name, 32L * 32 * channels * 60 * kernel * kernel);
      return Optional.of(net -> Networks.convolutionSweep(net, channels, kernel));
    }
    sweep = DEPTHWISE_SWEEP.matcher(text);
    if (sweep.matches()) {
      int channels = number(name, sweep, 1, 1024);
      int kernel = number(name, sweep, 2, 24);
      return Optional.of(net -> Networks.depthwiseSweep(net, channels, kernel));
    }
    sweep = CHANNEL_SWEEP.matcher(text);
    if (sweep.matches()) {
      int filters = number(name, sweep, 1, 256);
      int kernel = number(name, sweep, 2, 64);
      requireMacs(name, 64L * 64 * filters * filters * kernel * kernel);
      return Optional.of(net -> Networks.channelSweep(net, filters, kernel));
    }
    return singleLayer(name, text);
  }

  private static Optional<Function<NetworkBuilder, Graph>> singleLayer(String name, String text) {
    Matcher layer = CONVOLUTION.matcher(text);
    if (layer.matches()) {
      int[] input = input(name, layer);
      int filters = number(name, layer, 4, EXTENT_MAX);
      Window window = window(name, layer, 5);
      requireFits(name, input, window);
      long weights = (long) filters * input[2] * window.height() * window.width();
      requireWeights(name, weights);
      requireMacs(name, weights * input[0] * input[1]);
      Activation activation = activation(layer.group(7));
      return Optional.of(net -> Networks.convolution(net, input, filters, window, activation));
    }
    layer = DEPTHWISE.matcher(text);
    if (layer.matches()) {
      int[] input = input(name, layer);
      Window window = window(name, layer, 4);
      requireFits(name, input, window);
      long weights = (long) input[2] * window.height() * window.width();
      requireWeights(name, weights);
      requireMacs(name, weights * input[0] * input[1]);
      Activation activation = activation(layer.group(6));
      return Optional.of(net -> Networks.depthwise(net, input, window, activation));
    }
    layer = DENSE.matcher(text);
    if (layer.matches()) {
      int length = number(name, layer, 1, LENGTH_MAX);
      int units = number(name, layer, 2, LENGTH_MAX);
      requireWeights(name, (long) length * units);
      Activation activation = activation(layer.group(3));
      return Optional.of(net -> Networks.dense(net, length, units, activation));
    }
    return Optional.empty();
  }

  private static int[] input(String name, Matcher layer) {
    return new int[] {
      number(name, layer, 1, EXTENT_MAX),
      number(name, layer, 2, EXTENT_MAX),
      number(name, layer, 3, EXTENT_MAX)
    };
  }

  private static Window window(String name, Matcher layer, int heightGroup) {
    int height = number(name, layer, heightGroup, EXTENT_MAX);
    int width = number(name, layer, heightGroup + 1, EXTENT_MAX);
    int stride = 1;
    Padding padding = Padding.SAME;
    for (String word : layer.group(heightGroup + 2).split(",")) {
      if (word.matches("s[0-9]+")) {
        stride = Integer.parseInt(word.substring(1));
        requireRange(name, stride, EXTENT_MAX);
      }
      padding = word.equals("valid") ? Padding.VALID : padding;
    }
    return new Window(height, width, stride, stride, 1, 1, padding);
  }

  private static Activation activation(String suffix) {
    if (suffix.contains("relu6")) {
      return Activation.RELU6;
    }
    return suffix.contains("relu") ? Activation.RELU : Activation.NONE;
  }

  private static int number(String name, Matcher matcher, int group, int max) {
    int number = Integer.parseInt(matcher.group(group));
    requireRange(name, number, max);
    return number;
  }

  private static void requireRange(String name, int number, int max) {
    if (number < 1 || number > max) {
      throw InputException.of("", name, String.valueOf(number), "1 to " + max);
    }
  }

  private static void requireFits(String name, int[] input, Window window) {
    boolean larger = window.height() > input[0] || window.width() > input[1];
    if (window.padding() == Padding.VALID && larger) {
      throw InputException.of(
          "", name, "a window larger than the input", "a smaller window, or no \"valid\"");
    }
  }

  private static void requireWeights(String name, long weights) {
    if (weights > WEIGHTS_MAX) {
      throw InputException.of("", name, weights + " weights", "at most " + WEIGHTS_MAX);
    }
  }

  private static void requireMacs(String name, long macs) {
    if (macs > MACS_MAX) {
      throw InputException.of("", name, macs + " multiply-accumulates", "at most " + MACS_MAX);
    }
  }
}
