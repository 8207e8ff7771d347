package dev.thumbprint.report;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.profile.Duty;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A duty cycle as text and as JSON. */
public final class DutyReport {
  private static final double HOURS_OF_DAY = 24;

  private DutyReport() {}

  /** Average power and battery life, a line each. */
  public static String text(Duty duty) {
    StringBuilder text =
        new StringBuilder(
            "\nOne inference every %s ms, asleep in between\n"
                .formatted(Numbers.significant(duty.periodMs())));
    line(text, "sleep", duty.sleepMw(), 1, "mW");
    line(text, "average", duty.averageMw(), 1, "mW");
    duty.batteryHours()
        .forEach(
            (battery, hours) ->
                line(
                    text,
                    "%s (%s mAh, %s V)"
                        .formatted(
                            battery.name(),
                            Numbers.significant(battery.milliampereHours()),
                            Numbers.significant(battery.volts())),
                    hours,
                    1 / HOURS_OF_DAY,
                    "days"));
    return text.toString();
  }

  private static void line(
      StringBuilder text, String name, Metric metric, double factor, String unit) {
    text.append("  ").append(name).append(": ");
    switch (metric) {
      case Estimate e ->
          text.append(
              "%s %s  (90 %%: %s .. %s)\n"
                  .formatted(
                      Numbers.significant(e.value() * factor),
                      unit,
                      Numbers.significant(e.low() * factor),
                      Numbers.significant(e.high() * factor)));
      case Unavailable none -> text.append("not available: ").append(none.reason()).append('\n');
    }
  }

  /** Adds the key {@code duty_cycle}. */
  public static void addTo(ObjectNode root, Duty duty) {
    ObjectNode node = root.putObject("duty_cycle");
    node.put("period_ms", duty.periodMs());
    JsonReport.metric(node.putObject("sleep_power"), duty.sleepMw(), "mW");
    JsonReport.metric(node.putObject("average_power"), duty.averageMw(), "mW");
    ArrayNode batteries = node.putArray("batteries");
    duty.batteryHours()
        .forEach(
            (battery, hours) -> {
              ObjectNode one =
                  batteries
                      .addObject()
                      .put("name", battery.name())
                      .put("charge_mah", battery.milliampereHours())
                      .put("volts", battery.volts());
              JsonReport.metric(one.putObject("life"), hours, "h");
            });
  }
}
