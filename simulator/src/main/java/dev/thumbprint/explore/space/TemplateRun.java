package dev.thumbprint.explore.space;

import dev.thumbprint.cost.work.Activation;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;
import dev.thumbprint.cost.work.Padding;
import dev.thumbprint.cost.work.Shape;
import dev.thumbprint.model.InputException;
import dev.thumbprint.model.Layer;
import dev.thumbprint.model.LayerDescription;
import dev.thumbprint.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Builds one network of a template. */
final class TemplateRun {
  private static final int LAYERS_MAX = 2_000;
  private static final int STEPS_MAX = 20_000;
  private static final double EXTENT_MAX = 1_000_000;

  private final Template template;
  private final Map<String, Double> values;
  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, Shape> named = new HashMap<>();
  private Shape shape;
  private DataType type;
  private long parameters;
  private int steps;

  TemplateRun(Template template, Map<String, Double> values) {
    this.template = template;
    this.values = new HashMap<>(values);
  }

  Network network(String label) {
    int[] dims = new int[template.input().size() + 1];
    dims[0] = 1;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = extent(template.input().get(i - 1), "input");
    }
    shape = Shape.of(dims);
    named.put("input", shape);
    boolean quantizes =
        !template.steps().isEmpty()
            && template.steps().getFirst() instanceof Step.Layer first
            && first.kind() == LayerKind.QUANTIZE;
    type = template.floating() || quantizes ? DataType.FLOAT32 : DataType.INT8;
    run(template.steps());
    if (layers.isEmpty()) {
      throw InputException.of("", template.name(), "no layer for these parameters", "at least one");
    }
    return new Network(label, "template " + template.name(), layers, OptionalLong.of(parameters));
  }

  private void run(List<Step> todo) {
    for (Step step : todo) {
      if (++steps > STEPS_MAX) {
        throw InputException.of(
            "", template.name(), "more than " + STEPS_MAX + " steps", "a smaller network");
      }
      switch (step) {
        case Step.Layer layer -> add(layer);
        case Step.Repeat repeat -> repeat(repeat);
        case Step.Each each -> each(each);
        case Step.When when ->
            run(value(when.condition(), "when") != 0 ? when.steps() : when.otherwise());
      }
    }
  }

  private void repeat(Step.Repeat repeat) {
    int count = whole(repeat.count(), 0, LAYERS_MAX, repeat.place());
    for (int i = 0; i < count; i++) {
      int index = i;
      repeat.index().ifPresent(name -> values.put(name, (double) index));
      run(repeat.steps());
    }
  }

  private void each(Step.Each each) {
    for (int row = 0; row < each.rows(); row++) {
      for (Map.Entry<String, List<Expression>> column : each.columns().entrySet()) {
        values.put(column.getKey(), value(column.getValue().get(row), each.place()));
      }
      run(each.steps());
    }
  }

  private void add(Step.Layer layer) {
    if (layers.size() >= LAYERS_MAX) {
      throw InputException.of(
          "", template.name(), "more than " + LAYERS_MAX + " layers", "a smaller network");
    }
    Shape input = layer.from().map(name -> named.get(name)).orElse(shape);
    if (input == null) {
      throw InputException.of(
          "", layer.place(), "no layer '" + layer.from().orElseThrow() + "' before it", "");
    }
    LayerWork work;
    try {
      work = description(layer, input).work();
    } catch (InputException defect) {
      throw defect.within(layer.place());
    }
    layers.add(new Layer(layers.size(), layer.as().orElse(""), work));
    shape = work.output();
    type = work.outputType();
    parameters += parameters(work);
    layer.as().ifPresent(name -> named.put(name, shape));
  }

  private static long parameters(LayerWork work) {
    long biases = work.bias() ? work.output().dim(-1) : 0;
    return work.filter().rank() == 0 ? 0 : work.filter().elements() + biases;
  }

  private LayerDescription description(Step.Layer layer, Shape input) {
    Shape filter = Shape.SCALAR;
    Shape output = Shape.SCALAR;
    int stride = layer.numbers().containsKey("stride") ? number(layer, "stride") : 0;
    List<Shape> inputs = new ArrayList<>(List.of(input));
    switch (layer.kind()) {
      case CONV -> {
        requireImage(layer, input);
        filter =
            Shape.of(number(layer, "filters"), height(layer, 1), width(layer, 1), input.dim(-1));
      }
      case DEPTHWISE -> {
        requireImage(layer, input);
        filter = Shape.of(1, height(layer, 3), width(layer, 3), input.dim(-1));
      }
      case DENSE -> filter = Shape.of(number(layer, "units"), (int) input.elements());
      case AVERAGE_POOL, MAX_POOL -> {
        requireImage(layer, input);
        filter = Shape.of(height(layer, 2), width(layer, 2));
      }
      case GLOBAL_AVERAGE_POOL -> {
        requireImage(layer, input);
        filter = Shape.of(input.dim(1), input.dim(2));
      }
      case FLATTEN -> output = Shape.of(1, (int) input.elements());
      case ADD, MUL -> inputs.add(other(layer, layer.with().getFirst(), input));
      case CONCAT -> {
        layer.with().forEach(name -> inputs.add(other(layer, name, input)));
        output = concatenated(inputs);
      }
      default -> output = input;
    }
    return new LayerDescription(
        layer.kind().operator().name(),
        inputs,
        filter,
        output,
        stride,
        stride,
        1,
        1,
        padding(layer),
        Optional.of(type),
        Optional.empty(),
        Optional.empty(),
        activation(layer),
        Optional.empty(),
        Optional.empty());
  }

  private Shape other(Step.Layer layer, String name, Shape input) {
    Shape found = named.get(name);
    if (found == null) {
      throw InputException.of("", "", "no layer '" + name + "' before it", "the 'as' of a layer");
    }
    boolean fits =
        layer.kind() == LayerKind.CONCAT ? found.rank() == input.rank() : found.equals(input);
    if (!fits) {
      throw InputException.of(
          "", "", "shapes " + input + " and " + found + " (" + name + ")", "shapes that fit");
    }
    return found;
  }

  private static Shape concatenated(List<Shape> inputs) {
    int[] dims = inputs.getFirst().toArray();
    dims[dims.length - 1] = inputs.stream().mapToInt(one -> one.dim(-1)).sum();
    return Shape.of(dims);
  }

  private static Optional<Padding> padding(Step.Layer layer) {
    boolean slides =
        layer.kind().operator() == Operator.CONV_2D
            || layer.kind().operator() == Operator.DEPTHWISE_CONV_2D;
    Padding usual = slides ? Padding.SAME : Padding.VALID;
    String word = layer.words().get("padding");
    return Optional.of(word == null ? usual : Padding.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Activation activation(Step.Layer layer) {
    String word = layer.words().get("activation");
    return word == null ? Activation.NONE : Activation.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static void requireImage(Step.Layer layer, Shape input) {
    if (input.rank() != 4) {
      throw InputException.of(
          "", "", layer.kind().label() + " on " + input, "an input of height x width x channels");
    }
  }

  private int height(Step.Layer layer, int usual) {
    return extent(layer, "height", usual);
  }

  private int width(Step.Layer layer, int usual) {
    return extent(layer, "width", usual);
  }

  private int extent(Step.Layer layer, String key, int usual) {
    String square = layer.kind().keys().contains("kernel") ? "kernel" : "size";
    for (String name : List.of(square + "-" + key, square)) {
      if (layer.numbers().containsKey(name)) {
        return number(layer, name);
      }
    }
    return usual;
  }

  private int number(Step.Layer layer, String key) {
    return whole(layer.numbers().get(key), 1, EXTENT_MAX, key);
  }

  private int extent(Expression expression, String place) {
    return whole(expression, 1, EXTENT_MAX, place);
  }

  private int whole(Expression expression, double min, double max, String place) {
    double value = value(expression, place);
    if (value != Math.rint(value) || value < min || value > max) {
      throw InputException.of(
          "",
          place,
          "'%s' is %s".formatted(expression, Labels.plain(value)),
          "a whole number from %s to %s".formatted(Labels.plain(min), Labels.plain(max)));
    }
    return (int) value;
  }

  private double value(Expression expression, String place) {
    try {
      return expression.value(values);
    } catch (ArithmeticException notFinite) {
      throw InputException.of("", place, notFinite.getMessage(), "a number").causedBy(notFinite);
    }
  }
}
