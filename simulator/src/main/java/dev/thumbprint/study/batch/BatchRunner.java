package dev.thumbprint.study.batch;

import dev.thumbprint.cost.BadDescription;
import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.study.phase.Accuracy;
import dev.thumbprint.study.phase.DesignRecord;
import dev.thumbprint.study.phase.ModelForms;
import dev.thumbprint.study.phase.Phases;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs every combination of a plan; what does not work becomes a row that says why. */
public final class BatchRunner {
  private final BatchPlan plan;
  private final Optional<LabelledSet> set;
  private final Map<String, ModelForms> models = new HashMap<>();
  private final Map<String, Board> boards = new HashMap<>();
  private final Map<String, Accuracy> hosts = new HashMap<>();
  private final Map<String, DesignRecord> prepared = new HashMap<>();

  /**
   * Prepares a run.
   *
   * @throws IOException if the labelled set cannot be read
   */
  public BatchRunner(BatchPlan plan) throws IOException {
    this.plan = plan;
    set =
        plan.inputs().isPresent()
            ? Optional.of(
                LabelledSet.read(plan.inputs().orElseThrow(), plan.labels().orElseThrow()))
            : Optional.empty();
  }

  /**
   * Runs what a store does not hold yet, in the order of the plan, and adds each row to it as soon
   * as it is known.
   *
   * @param progress told what is done and of how many
   * @return all records in the order of the plan
   * @throws IOException if the store cannot be written
   */
  public List<DesignRecord> run(BatchStore store, Consumer<String> progress) throws IOException {
    List<BatchCell> cells = BatchCell.of(plan);
    List<DesignRecord> records = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      BatchCell cell = cells.get(i);
      String key = cell.key();
      Optional<DesignRecord> known = store.find(key);
      DesignRecord record = known.isPresent() ? known.get() : record(cell);
      if (known.isEmpty()) {
        store.add(key, record);
        progress.accept("%d of %d: %s".formatted(i + 1, cells.size(), key));
      }
      records.add(record);
    }
    return records;
  }

  private DesignRecord record(BatchCell cell) {
    DesignRecord record = DesignRecord.empty();
    record
        .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("model", cell.model())
        .put("form", cell.form().label())
        .put("board", cell.board())
        .put("kernels", cell.kernels().toString())
        .put("opt", cell.opt().label())
        .put("fpu", cell.fpu());
    try {
      fill(cell, record);
    } catch (InputException refused) {
      fail(record, "unsupported", refused);
    } catch (BadDescription refused) {
      fail(record, "bad-setting", refused);
    } catch (IOException unreadable) {
      fail(record, "unreadable", unreadable);
    }
    return record;
  }

  private static void fail(DesignRecord record, String status, Exception why) {
    record.put("status", status).put("reason", String.valueOf(why.getMessage()));
  }

  private void fill(BatchCell cell, DesignRecord record) throws IOException {
    ModelForms forms = forms(cell.model());
    Graph graph = forms.in(cell.form(), set);
    Phases.analyse(graph, record);
    record.put("model", cell.model());
    Phases.optimise(graph, forms.original(), record);
    Target target = cell.target(board(cell.board()));
    Profile profile = Phases.deploy(graph, target, record);
    boolean supported = record.text("status").isEmpty();
    if (supported) {
      Phases.benchmark(profile, record);
    }
    if (supported && set.isPresent()) {
      accuracy(cell, graph, forms, target, record);
    }
    if (record.text("status").isEmpty()) {
      boolean fits = profile.fits();
      record.put("status", fits ? "ok" : "does-not-fit");
      if (!fits) {
        record.put(
            "reason",
            profile.fit().isEmpty()
                ? "its memory is not known"
                : String.join("; ", profile.fit().get().remedies()));
      }
    }
  }

  /** Accuracy depends on the model and the library, not on board, flags or FPU: computed once. */
  private void accuracy(
      BatchCell cell, Graph graph, ModelForms forms, Target target, DesignRecord record) {
    String model = cell.model() + "|" + cell.form().label();
    DesignRecord host = prepared.get(model);
    if (host == null) {
      host = DesignRecord.empty();
      hosts.put(model, Phases.evaluateHost(graph, forms.original(), set.orElseThrow(), host));
      prepared.put(model, host);
    }
    host.copyTo(record);
    String onTarget = model + "|" + target.kernels();
    DesignRecord found = prepared.get(onTarget);
    if (found == null) {
      found = DesignRecord.empty();
      Phases.evaluateTarget(graph, target, set.orElseThrow(), hosts.get(model), found);
      prepared.put(onTarget, found);
    }
    found.copyTo(record);
  }

  private ModelForms forms(String model) throws IOException {
    ModelForms known = models.get(model);
    if (known == null) {
      try {
        known = ModelForms.of(model);
      } catch (InputException unreadable) {
        // Not there or damaged; what the runtime has no kernels for is found later.
        throw new IOException(unreadable.getMessage(), unreadable);
      }
      models.put(model, known);
    }
    return known;
  }

  private Board board(String name) throws IOException {
    Board known = boards.get(name);
    if (known == null) {
      known = Boards.recognised(Boards.resolve(name));
      boards.put(name, known);
    }
    return known;
  }
}
