package dev.thumbprint.recorded;

/**
 * A study or repository that recordings come from.
 *
 * @param key its name in {@link Origin#source()}
 * @param title what it is
 * @param url where it is published
 */
public record RecordedSource(String key, String title, String url) {}
