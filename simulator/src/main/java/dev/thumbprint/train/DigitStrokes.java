package dev.thumbprint.train;

/** The strokes of the ten digits as polylines in the unit square, y downwards: x, y, x, y, ... */
final class DigitStrokes {
  private static final int ARC_STEPS = 10;

  private static final float[][][] STROKES = {
    {arc(0.5f, 0.5f, 0.45f, 0.5f, 0, 360)},
    {{0.25f, 0.2f, 0.55f, 0, 0.55f, 1}},
    {join(arc(0.5f, 0.28f, 0.42f, 0.28f, -170, 40), 0.05f, 1, 0.95f, 1)},
    {arc(0.45f, 0.26f, 0.4f, 0.26f, -150, 90), arc(0.45f, 0.74f, 0.45f, 0.26f, -90, 150)},
    {{0.65f, 0, 0.05f, 0.65f, 0.95f, 0.65f}, {0.65f, 0, 0.65f, 1}},
    {{0.9f, 0, 0.2f, 0, 0.15f, 0.45f}, arc(0.45f, 0.68f, 0.45f, 0.32f, -120, 140)},
    {{0.75f, 0, 0.35f, 0.25f, 0.1f, 0.6f}, arc(0.5f, 0.7f, 0.4f, 0.3f, 0, 360)},
    {{0.05f, 0, 0.95f, 0, 0.4f, 1}},
    {arc(0.5f, 0.25f, 0.35f, 0.25f, 0, 360), arc(0.5f, 0.74f, 0.42f, 0.26f, 0, 360)},
    {arc(0.5f, 0.3f, 0.4f, 0.3f, 0, 360), {0.9f, 0.35f, 0.75f, 0.75f, 0.55f, 1}}
  };

  private DigitStrokes() {}

  static float[][] of(int digit) {
    return STROKES[digit];
  }

  /** Part of an ellipse; degrees run clockwise from the right. */
  private static float[] arc(float cx, float cy, float rx, float ry, int from, int to) {
    float[] points = new float[2 * (ARC_STEPS + 1)];
    for (int i = 0; i <= ARC_STEPS; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * (double) i / ARC_STEPS);
      points[2 * i] = cx + rx * (float) StrictMath.cos(angle);
      points[2 * i + 1] = cy + ry * (float) StrictMath.sin(angle);
    }
    return points;
  }

  private static float[] join(float[] first, float... rest) {
    float[] points = java.util.Arrays.copyOf(first, first.length + rest.length);
    System.arraycopy(rest, 0, points, first.length, rest.length);
    return points;
  }
}
