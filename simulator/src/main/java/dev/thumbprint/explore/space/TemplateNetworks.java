package dev.thumbprint.explore.space;

import dev.thumbprint.profile.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The networks of a template: every combination of the parameters that are varied. */
final class TemplateNetworks implements NetworkSource {
  private final Template template;
  private final List<String> varied = new ArrayList<>();
  private final List<List<Double>> values = new ArrayList<>();
  private final List<Axis> axes = new ArrayList<>();

  /**
   * Networks of a template.
   *
   * @param parameters values of each parameter that is told, at least one each
   */
  TemplateNetworks(Template template, SequencedMap<String, List<Double>> parameters) {
    this.template = template;
    parameters.forEach(
        (name, all) -> {
          varied.add(name);
          values.add(List.copyOf(all));
          axes.add(new Axis(name, all.stream().map(Labels::plain).toList()));
        });
  }

  @Override
  public String name() {
    return template.name();
  }

  @Override
  public List<Axis> axes() {
    return axes;
  }

  @Override
  public Subject network(long index) {
    Map<String, Double> all = new LinkedHashMap<>();
    long rest = index;
    for (int i = varied.size() - 1; i >= 0; i--) {
      int size = values.get(i).size();
      all.put(varied.get(i), values.get(i).get((int) (rest % size)));
      rest /= size;
    }
    return new Subject(template.network(template.name(), all), Optional.empty());
  }
}
