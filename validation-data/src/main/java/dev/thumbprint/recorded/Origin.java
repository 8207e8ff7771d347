package dev.thumbprint.recorded;

/**
 * Where a figure was published.
 *
 * @param source key of the study or repository, as in {@code sources.csv}; a reader's own file
 *     gives the text before the first colon of its column {@code source}
 * @param campaign the run within the source (a date, a round and submitter, a sheet), empty where
 *     there is but one
 * @param place public repository with commit and path, or paper with table
 */
public record Origin(String source, String campaign, String place) {}
