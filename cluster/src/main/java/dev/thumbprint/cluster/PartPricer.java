package dev.thumbprint.cluster;

import dev.thumbprint.explore.engine.Design;
import dev.thumbprint.explore.engine.Evaluator;
import dev.thumbprint.explore.engine.PointTable;
import dev.thumbprint.explore.engine.Points;
import dev.thumbprint.explore.engine.Tally;
import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.Space;
import dev.thumbprint.explore.space.SpaceReader;
import dev.thumbprint.explore.space.SpaceRequest;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What an executor does: reads the space from its text, once, and prices parts of it. */
final class PartPricer implements FlatMapFunction<Iterator<Long>, PartResult>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Loaded> LOADED = new ConcurrentHashMap<>();

  private final SpaceRequest request;
  private final Inputs inputs;
  private final String fingerprint;

  /** The space, and what is looked at in it: the same on every machine. */
  private record Loaded(Space space, Points points) {}

  PartPricer(SpaceRequest request, Inputs inputs, String fingerprint) {
    this.request = request;
    this.inputs = inputs;
    this.fingerprint = fingerprint;
  }

  @Override
  public Iterator<PartResult> call(Iterator<Long> parts) {
    Loaded loaded = LOADED.computeIfAbsent(fingerprint, key -> load());
    Evaluator evaluator =
        new Evaluator(loaded.space(), Runtime.getRuntime().availableProcessors());
    PointTable table = new PointTable(loaded.space(), evaluator);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return parts.hasNext();
      }

      @Override
      public PartResult next() {
        long part = parts.next();
        Tally tally = new Tally(loaded.space());
        StringBuilder text = new StringBuilder();
        for (long point : loaded.points().part(part)) {
          Design design = evaluator.design(point);
          tally.add(design);
          table.append(text, design);
        }
        return new PartResult(part, text.toString().getBytes(StandardCharsets.UTF_8), tally);
      }
    };
  }

  private Loaded load() {
    try {
      Space space = SpaceReader.read(request, inputs);
      return new Loaded(space, Points.of(space));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
