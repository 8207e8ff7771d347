package dev.thumbprint.explore.space;

/**
 * A battery.
 *
 * @param milliampereHours its charge in mAh
 * @param volts its mean voltage
 */
public record Battery(double milliampereHours, double volts) {}
