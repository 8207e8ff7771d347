package dev.thumbprint.model.zoo;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.TfliteReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The networks that are built in. Weights are synthetic and seeded: the same name and seed give the
 * same file, byte for byte, on every machine. Shapes, operators and their order are those of the
 * networks they stand for; accuracy is not.
 */
public final class Zoo {
  /** Seed of the weights where none is asked for. */
  public static final long DEFAULT_SEED = 1;

  /**
   * A network, or a family of networks.
   *
   * @param name name, or the pattern of a family's names
   * @param description what it is
   * @param source where its shape comes from
   * @param example a name of the family; the name itself for a single network
   */
  public record Entry(String name, String description, String source, String example) {
    /** Whether the entry stands for many networks. */
    public boolean family() {
      return !name.equals(example);
    }
  }

  private record Single(Entry entry, boolean quantized, Function<NetworkBuilder, Graph> layers) {}

  private static final String MLPERF = "MLPerf Tiny, mlcommons/tiny";
  private static final String STUDY = "arXiv:2104.10645";

  private static final List<Single> SINGLES =
      List.of(
          single("kws", "keyword spotting, DS-CNN, int8", MLPERF, Networks::keywordSpotting),
          single(
              "ic", "image classification, ResNet-8, int8", MLPERF, Networks::imageClassification),
          single(
              "vww",
              "visual wake words, MobileNetV1 x 0.25, int8",
              MLPERF,
              Networks::visualWakeWords),
          single(
              "ad",
              "anomaly detection, dense autoencoder, int8",
              MLPERF,
              Networks::anomalyDetection),
          single(
              "sww", "streaming wake word, 1-D DS-CNN, int8", MLPERF, Networks::streamingWakeword),
          single(
              "lenet",
              "LeNet-5-like, MNIST, int8 with float input and output",
              STUDY,
              Networks::lenet),
          single(
              "resnet20",
              "ResNet-20, CIFAR-10, int8 with float input and output",
              STUDY,
              Networks::resnet20),
          real("lenet-float", "LeNet-5-like, MNIST, float32", Networks::lenet),
          real("resnet20-float", "ResNet-20, CIFAR-10, float32", Networks::resnet20),
          trained("lenet-digits", "LeNet trained on the built-in digits, int8"),
          trained("lenet-digits-float", "LeNet trained on the built-in digits, float32"));

  private Zoo() {}

  /** Everything built in: single networks first, then families. */
  public static List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    SINGLES.forEach(single -> entries.add(single.entry()));
    entries.addAll(ZooSpec.FAMILIES);
    return entries;
  }

  /** Whether {@link #graph} knows the name. */
  public static boolean has(String name) {
    return single(name).isPresent() || ZooSpec.parse(name).isPresent();
  }

  /** The network of a name, with the default weights. */
  public static Graph graph(String name) {
    return graph(name, DEFAULT_SEED);
  }

  /**
   * The network of a name.
   *
   * @param name a name of {@link #list}, a member of a family such as {@code conv-F104-K3}, or a
   *     single layer such as {@code conv:32x32x100,60,3x3}
   * @param seed seed of the weights
   * @throws InputException if no network has this name
   */
  public static Graph graph(String name, long seed) {
    Optional<Single> single = single(name);
    if (single.isPresent()) {
      String known = single.get().entry().name();
      boolean quantized = single.get().quantized();
      return single.get().layers().apply(new NetworkBuilder(known, seed, quantized));
    }
    return ZooSpec.parse(name)
        .map(layers -> layers.apply(new NetworkBuilder(name, seed, true)))
        .orElseThrow(() -> unknown(name));
  }

  private static Optional<Single> single(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return SINGLES.stream().filter(single -> single.entry().name().equals(wanted)).findFirst();
  }

  private static InputException unknown(String name) {
    List<String> names = list().stream().map(Entry::example).toList();
    return InputException.of(
            "", "", "no network \"" + name + "\" in the zoo", String.join(", ", names))
        .withHint(Suggestion.hint(name, names, "zoo list shows the networks"));
  }

  private static Single single(
      String name, String description, String source, Function<NetworkBuilder, Graph> layers) {
    return new Single(new Entry(name, description, source, name), true, layers);
  }

  /** A network whose weights were trained ({@code train lenet}) and are kept as a file. */
  private static Single trained(String name, String description) {
    Entry entry = new Entry(name, description, STUDY, name);
    return new Single(entry, true, net -> read(name));
  }

  private static Graph read(String name) {
    try (InputStream in = Zoo.class.getResourceAsStream(name + ".tflite")) {
      if (in == null) {
        throw new IllegalStateException("resource missing: " + name);
      }
      return TfliteReader.read(ByteBuffer.wrap(in.readAllBytes()), name, "zoo " + name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Single real(
      String name, String description, Function<NetworkBuilder, Graph> layers) {
    return new Single(new Entry(name, description, STUDY, name), false, layers);
  }
}
