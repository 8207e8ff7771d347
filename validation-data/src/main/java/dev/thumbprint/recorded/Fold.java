package dev.thumbprint.recorded;

import java.util.List;

/**
 * One division of recordings into those a model may be fitted to and those it is judged by.
 *
 * @param split which rule divides: {@code sweep}, {@code network}, {@code board}, {@code source},
 *     {@code build}, {@code version}
 * @param name what is held out, such as {@code 3 of 5}, {@code lenet}, {@code nucleo-f446re}
 * @param fit rows that may be fitted to; never of trust C
 * @param test rows held out. Those of {@link Splits#apart(Recording)} are scored apart
 * @param aside rows of neither side: they would tell the answer, or say nothing about this split
 */
public record Fold(
    String split, String name, List<Recording> fit, List<Recording> test, List<Recording> aside) {
  public Fold {
    fit = List.copyOf(fit);
    test = List.copyOf(test);
    aside = List.copyOf(aside);
  }
}
