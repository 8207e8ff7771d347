package dev.thumbprint.profile;

import dev.thumbprint.cost.Estimate;
import dev.thumbprint.cost.Metric;
import dev.thumbprint.cost.energy.DutyCycle;
import dev.thumbprint.cost.energy.PowerModel;
import dev.thumbprint.cost.energy.PowerTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One inference in every period, asleep in between.
 *
 * @param periodMs time from one inference to the next
 * @param averageMw mean power over a period
 * @param sleepMw power while asleep
 * @param batteryHours hours that a battery lasts
 */
public record Duty(
    double periodMs, Metric averageMw, Metric sleepMw, Map<Battery, Metric> batteryHours) {

  /** The duty cycle of a profiled network. */
  public static Duty of(Profile profile, double periodMs, List<Battery> batteries) {
    Metric sleep = PowerModel.of(profile.target()).sleepMw();
    Metric average =
        new DutyCycle(periodMs)
            .averageMw(profile.total().inferenceTimeMs(), profile.total().energyUj(), sleep);
    Map<Battery, Metric> hours = new LinkedHashMap<>();
    for (Battery battery : batteries) {
      hours.put(
          battery,
          DutyCycle.batteryHours(
              average, profile.target(), battery.milliampereHours(), battery.volts()));
    }
    return new Duty(periodMs, average, sleep, hours);
  }

  /**
   * A synthetic power trace of one inference: the layers one after another, then sleep for the rest
   * of the period where there is one. Its integral is the energy of the profile.
   *
   * @param duty the duty cycle, empty for the inference alone
   * @return empty where the power or the time of a layer is not known
   */
  public static Optional<PowerTrace> trace(Profile profile, Optional<Duty> duty) {
    List<PowerModel.LayerTime> times = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    double active = 0;
    for (LayerProfile layer : profile.layers()) {
      if (!(layer.inferenceTimeMs() instanceof Estimate time)) {
        return Optional.empty();
      }
      times.add(new PowerModel.LayerTime(layer.work(), time.value()));
      labels.add(layer.index() + " " + layer.work().operator());
      active += time.value();
    }
    Optional<PowerTrace> trace = PowerModel.of(profile.target()).trace(times, labels);
    if (trace.isEmpty() || duty.isEmpty()) {
      return trace;
    }
    if (!(duty.get().sleepMw() instanceof Estimate sleep) || active > duty.get().periodMs()) {
      return Optional.empty();
    }
    List<PowerTrace.Segment> segments = new ArrayList<>(trace.get().segments());
    segments.add(new PowerTrace.Segment("sleep", duty.get().periodMs() - active, sleep.value()));
    return Optional.of(new PowerTrace(segments));
  }
}
