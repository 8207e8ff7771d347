package dev.thumbprint.explore.space;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A step of a template: a layer, or something that repeats or leaves out layers. */
sealed interface Step {

  /**
   * A layer.
   *
   * @param kind its kind
   * @param numbers its numbers, by key
   * @param words its words, by key
   * @param with names of further inputs
   * @param from name of its input, empty for the layer before
   * @param as name of its output, empty where nothing refers to it
   * @param place where it stands, for messages
   */
  record Layer(
      LayerKind kind,
      Map<String, Expression> numbers,
      Map<String, String> words,
      List<String> with,
      Optional<String> from,
      Optional<String> as,
      String place)
      implements Step {
    public Layer {
      numbers = Map.copyOf(numbers);
      words = Map.copyOf(words);
      with = List.copyOf(with);
    }
  }

  /**
   * Layers that come several times.
   *
   * @param count how often
   * @param index name that counts from 0, empty where nothing needs it
   * @param steps the layers
   * @param place where it stands
   */
  record Repeat(Expression count, Optional<String> index, List<Step> steps, String place)
      implements Step {
    public Repeat {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Layers that come once for each row of a table.
   *
   * @param columns names and their values, row by row
   * @param steps the layers
   * @param place where it stands
   */
  record Each(Map<String, List<Expression>> columns, List<Step> steps, String place)
      implements Step {
    public Each {
      columns = Map.copyOf(columns);
      steps = List.copyOf(steps);
    }

    int rows() {
      return columns.values().iterator().next().size();
    }
  }

  /**
   * Layers that come under a condition.
   *
   * @param condition not 0
   * @param steps the layers
   * @param otherwise the layers where it does not hold
   */
  record When(Expression condition, List<Step> steps, List<Step> otherwise) implements Step {
    public When {
      steps = List.copyOf(steps);
      otherwise = List.copyOf(otherwise);
    }
  }
}
