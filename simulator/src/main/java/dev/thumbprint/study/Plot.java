package dev.thumbprint.study;

/**
 * A picture of a row.
 *
 * @param name stable name, used for files
 * @param title what it shows
 * @param svg the picture
 */
public record Plot(String name, String title, String svg) {}
