package dev.thumbprint.study.phase;

import dev.thumbprint.cost.Suggestion;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.model.Graph;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Tensor;
import dev.thumbprint.model.TfliteReader;
import dev.thumbprint.model.zoo.Zoo;
import dev.thumbprint.run.LabelledSet;
import dev.thumbprint.train.NumberForm;
import dev.thumbprint.train.Quantizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A model in the number forms of the study. */
public final class ModelForms {
  private static final String FLOAT = "-float";

  private final String name;
  private final Graph own;

  private ModelForms(String name, Graph own) {
    this.name = name;
    this.own = own;
  }

  /**
   * The model of a file or of the zoo.
   *
   * @throws InputException if there is none
   * @throws IOException if the file cannot be read
   */
  public static ModelForms of(String model) throws IOException {
    Path file = Path.of(model);
    if (model.endsWith(".tflite") || Files.isRegularFile(file)) {
      return new ModelForms(model, TfliteReader.read(file));
    }
    if (!Zoo.has(model)) {
      throw InputException.of("", "model", "'" + model + "'", "a .tflite file or a zoo name")
          .withHint(
              Suggestion.hint(
                  model, Zoo.list().stream().map(Zoo.Entry::name).toList(), "see 'zoo list'"));
    }
    return new ModelForms(model, Zoo.graph(model));
  }

  /** The model as it is. */
  public Graph own() {
    return own;
  }

  /** The float32 form: the model itself, or its sibling in the zoo. */
  public Optional<Graph> original() {
    if (formOf(own) == NumberForm.FLOAT32) {
      return Optional.of(own);
    }
    return Zoo.has(name + FLOAT) ? Optional.of(Zoo.graph(name + FLOAT)) : Optional.empty();
  }

  /**
   * The model in some form: as it is, from the zoo, or converted from its float32 form.
   *
   * @param samples samples that ranges come from where it has to be converted
   * @throws InputException if it cannot be had in this form
   */
  public Graph in(NumberForm form, Optional<LabelledSet> samples) {
    if (formOf(own) == form) {
      return own;
    }
    Graph real =
        original()
            .orElseThrow(
                () ->
                    InputException.of(
                        "",
                        name,
                        "a model in %s alone".formatted(formOf(own)),
                        "a float32 model to convert to " + form));
    if (form == NumberForm.INT8 && samples.isEmpty()) {
      throw InputException.of(
              "", name, "no samples", "samples that the ranges of int8 activations come from")
          .withHint("name a labelled set: inputs and labels");
    }
    return form == NumberForm.FLOAT32 ? real : Quantizer.convert(real, form, samples.orElse(null));
  }

  /** In which numbers a model computes: by its weights and the values that they meet. */
  public static NumberForm formOf(Graph graph) {
    boolean integerWeights = false;
    boolean realArithmetic = false;
    for (var node : graph.main().nodes()) {
      boolean weighted =
          switch (node.operator()) {
            case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> true;
            default -> false;
          };
      if (weighted) {
        Tensor input = graph.main().tensor(node.inputs().get(0));
        Tensor weights = graph.main().tensor(node.inputs().get(1));
        integerWeights |= weights.type() != DataType.FLOAT32;
        realArithmetic |= input.type() == DataType.FLOAT32;
      }
    }
    if (!realArithmetic && !integerWeights) {
      DataType input = graph.main().tensor(graph.main().inputs().getFirst()).type();
      return input == DataType.FLOAT32 ? NumberForm.FLOAT32 : NumberForm.INT8;
    }
    if (realArithmetic) {
      return integerWeights ? NumberForm.MIXED : NumberForm.FLOAT32;
    }
    return NumberForm.INT8;
  }
}
