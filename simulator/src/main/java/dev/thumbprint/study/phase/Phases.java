package dev.thumbprint.study.phase;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Lowering;
import dev.thumbprint.model.Network;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.profile.LayerProfile;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.run.Program;
import dev.thumbprint.run.RunOptions;
import dev.thumbprint.run.operators.OperatorTable;
import dev.thumbprint.train.NumberForm;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The six phases. Each adds its part to a record and needs no other to have run. */
public final class Phases {
  /** Standard deviations from one end of a 90 % interval to the other. */
  private static final double DEVIATIONS_IN_INTERVAL = 2 * 1.6449;

  private Phases() {}

  /** (A) Standard metrics of a model. */
  public static void analyse(Graph graph, DesignRecord record) {
    Network network = Lowering.network(graph);
    Tensor input = graph.main().tensor(graph.main().inputs().getFirst());
    Tensor output = graph.main().tensor(graph.main().outputs().getFirst());
    NumberForm form = ModelForms.formOf(graph);
    record
        .put("model", graph.name())
        .put("model_sha256", graph.sha256())
        .put("form", form.label())
        .put("weight_type", form == NumberForm.FLOAT32 ? "float32" : "int8")
        .put("activation_type", form == NumberForm.INT8 ? "int8" : "float32")
        .put("input_type", input.type().label())
        .put("input_shape", input.shape().toString())
        .put("output_type", output.type().label())
        .put("output_shape", output.shape().toString())
        .put("macs", network.macs())
        .put("model_bytes", graph.fileBytes());
    network.parameters().ifPresent(parameters -> record.put("parameters", parameters));
  }

  /**
   * (B) Size against the float32 form, and whether the runtime has kernels for the model.
   *
   * @param original the float32 form where there is one
   */
  public static void optimise(Graph graph, Optional<Graph> original, DesignRecord record) {
    original.ifPresent(
        real ->
            record
                .put("original_model_bytes", real.fileBytes())
                .put(
                    "model_reduction_pct",
                    100 * (1 - (double) graph.fileBytes() / real.fileBytes())));
    support(graph, record);
  }

  /** Whether the runtime has kernels for the model. */
  public static void support(Graph graph, DesignRecord record) {
    Optional<String> refused = refusal(graph);
    record.put("supported", refused.isEmpty());
    refused.ifPresent(reason -> record.put("status", "unsupported").put("reason", reason));
  }

  /** Why the runtime cannot run a model, empty where it can. */
  public static Optional<String> refusal(Graph graph) {
    try {
      OperatorTable.prepare(graph, RunOptions.defaults());
      return Optional.empty();
    } catch (InputException unsupported) {
      return Optional.of(String.valueOf(unsupported.getMessage()));
    }
  }

  /**
   * (C) Accuracy and loss of the model and of its float32 form, as TensorFlow Lite's reference
   * kernels compute them.
   *
   * @return how the model does
   */
  public static Accuracy evaluateHost(
      Graph graph, Optional<Graph> original, LabelledSet set, DesignRecord record) {
    Accuracy host = Accuracy.of(program(graph), set);
    record.put("samples", host.samples()).put("host_accuracy_pct", host.percent());
    putLoss(record, "host_loss", host);
    original.ifPresent(
        real -> {
          Accuracy first = Accuracy.of(program(real), set);
          record
              .put("original_accuracy_pct", first.percent())
              .put("host_divergence", (long) host.divergence(first));
          putLoss(record, "original_loss", first);
        });
    return host;
  }

  /** (D) Memory that a firmware needs, and whether the board has it. */
  public static Profile deploy(Graph graph, Target target, DesignRecord record) {
    Profile profile =
        Profiler.profile(new Subject(Lowering.network(graph), Optional.of(graph)), target, false);
    record
        .put("board", target.board().id())
        .put("mcu", target.board().mcu())
        .put("core", target.board().core().label())
        .put("clock_hz", target.clockHz())
        .put("kernels", target.kernels().toString())
        .put("opt", target.opt().label())
        .put("fpu", target.fpu())
        .put("asserts", target.asserts())
        .put("weights", target.weights().name().toLowerCase(Locale.ROOT));
    target.supplyVolts().ifPresent(volts -> record.put("supply_v", volts));
    whole(record, "arena_bytes", profile.total().arenaBytes());
    whole(record, "ram_bytes", profile.total().ramBytes());
    whole(record, "binary_bytes", profile.total().flashBytes());
    profile.fit().ifPresent(fit -> record.put("fits", fit.fits()));
    return profile;
  }

  /** (E) Latency and energy, in total and by layer. */
  public static void benchmark(Profile profile, DesignRecord record) {
    OptionalDouble volts = profile.target().supplyVolts();
    if (profile.total().inferenceTimeMs() instanceof Estimate ms) {
      record
          .put("latency_ms", ms.value())
          .put("latency_low_ms", ms.low())
          .put("latency_high_ms", ms.high())
          .put("latency_deviation_ms", (ms.high() - ms.low()) / DEVIATIONS_IN_INTERVAL)
          .put("figures", ms.source().name().toLowerCase(Locale.ROOT));
      if (profile.total().energyUj() instanceof Estimate uj) {
        double power = uj.value() / ms.value();
        record
            .put("energy_uj", uj.value())
            .put("energy_low_uj", uj.low())
            .put("energy_high_uj", uj.high())
            .put("power_mw", power);
        volts.ifPresent(v -> record.put("current_ma", power / v));
      }
    } else if (profile.total().inferenceTimeMs() instanceof Unavailable none) {
      record.put("status", "not-priced").put("reason", none.reason());
    }
    ArrayNode layers = record.layers();
    PowerModel power = PowerModel.of(profile.target());
    for (LayerProfile layer : profile.layers()) {
      ObjectNode node =
          layers
              .addObject()
              .put("index", layer.index())
              .put("op", layer.work().operator().name())
              .put("path", layer.path())
              .put("macs", layer.work().macs());
      layer.share().ifPresent(share -> node.put("share", share));
      put(node, "latency_ms", layer.inferenceTimeMs());
      put(node, "energy_uj", layer.energyUj());
      if (power.layerPowerMw(layer.work()) instanceof Estimate milliwatts) {
        node.put("power_mw", milliwatts.value());
        volts.ifPresent(v -> node.put("voltage_v", v).put("current_ma", milliwatts.value() / v));
      }
    }
  }

  /**
   * (F) Accuracy and loss with the arithmetic of the target, and samples on which it differs from
   * the host.
   */
  public static Accuracy evaluateTarget(
      Graph graph, Target target, LabelledSet set, Accuracy host, DesignRecord record) {
    Accuracy result = Accuracy.of(OperatorTable.prepare(graph, TargetArithmetic.of(target)), set);
    record
        .put("samples", result.samples())
        .put("target_accuracy_pct", result.percent())
        .put("target_divergence", (long) result.divergence(host));
    putLoss(record, "target_loss", result);
    return result;
  }

  private static void putLoss(DesignRecord record, String key, Accuracy accuracy) {
    if (!Double.isNaN(accuracy.loss())) {
      record.put(key, accuracy.loss());
    }
  }

  private static Program program(Graph graph) {
    return OperatorTable.prepare(graph, RunOptions.defaults());
  }

  private static void whole(DesignRecord record, String key, Metric metric) {
    if (metric instanceof Estimate estimate) {
      record.put(key, Math.round(estimate.value()));
    }
  }

  private static void put(ObjectNode node, String key, Metric metric) {
    if (metric instanceof Estimate estimate) {
      node.put(key, estimate.value());
    }
  }
}
