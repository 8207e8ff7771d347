package dev.thumbprint.kernels;

/**
 * TFLite_Detection_PostProcess: boxes decoded from anchors, then non-maximum suppression (source:
 * tensorflow/tflite-micro 90b983c2, kernels/detection_postprocess.cc).
 *
 * <p>Single precision; boxes are decoded in double precision with {@code exp} of fdlibm, which is
 * newlib's. One instance serves one thread and allocates nothing once made.
 */
public final class Detection {
  /**
   * Extents and thresholds.
   *
   * @param boxes number of boxes
   * @param stride elements of one box encoding, at least 4
   * @param columns scores of a box: the classes, and possibly the background before them
   * @param classes number of classes
   * @param detectionsMax greatest number of detections
   * @param classesPerDetection classes reported for each detection of the fast way
   * @param detectionsPerClass detections of one class of the regular way
   * @param regular suppression class by class instead of on the best class of each box
   * @param scoreThreshold least score
   * @param overlapThreshold greatest intersection over union, above 0, at most 1
   */
  public record Settings(
      int boxes,
      int stride,
      int columns,
      int classes,
      int detectionsMax,
      int classesPerDetection,
      int detectionsPerClass,
      boolean regular,
      float scoreThreshold,
      float overlapThreshold) {}

  /**
   * Divisors of the encodings.
   *
   * @param y of the centre's row
   * @param x of the centre's column
   * @param height of the height's logarithm
   * @param width of the width's logarithm
   */
  public record Scales(float y, float x, float height, float width) {}

  private static final int CORNERS = 4;

  private final Settings settings;
  private final Scales scales;
  private final float[] corners;
  private final float[] scores;
  private final boolean[] active;
  private final int[] order;
  private final int[] selected;
  private final int[] classOrder;
  private final int[] bestClasses;
  private final float[] kept;
  private final int[] keptAt;
  private int keptCount;

  /** Reserves all memory. */
  public Detection(Settings settings, Scales scales) {
    this.settings = settings;
    this.scales = scales;
    int boxes = settings.boxes;
    int candidates = settings.detectionsMax + Math.min(settings.detectionsPerClass, boxes);
    corners = new float[CORNERS * boxes];
    scores = new float[boxes];
    active = new boolean[boxes];
    order = new int[Math.max(candidates, boxes)];
    selected = new int[boxes];
    classOrder = new int[settings.classes];
    bestClasses = new int[boxes * Math.min(settings.classesPerDetection, settings.classes)];
    kept = new float[candidates];
    keptAt = new int[candidates];
  }

  /**
   * Finds detections.
   *
   * @param encodings centre row and column, height and width of each box, relative to its anchor
   * @param predictions scores, {@code columns} for each box
   * @param anchors centre row and column, height and width of each anchor
   * @param boxes corners of the detections: top, left, bottom, right
   * @param classes class of each detection
   * @param detectionScores score of each detection
   * @return number of detections
   * @throws IllegalStateException if a decoded box is empty, or the fast way would write behind an
   *     output: the runtime fails there
   */
  public int run(
      float[] encodings,
      float[] predictions,
      float[] anchors,
      float[] boxes,
      float[] classes,
      float[] detectionScores) {
    decode(encodings, anchors);
    requireBoxes();
    return settings.regular
        ? regular(predictions, boxes, classes, detectionScores)
        : fast(predictions, boxes, classes, detectionScores);
  }

  private void decode(float[] encodings, float[] anchors) {
    for (int i = 0; i < settings.boxes; i++) {
      int from = i * settings.stride;
      int at = CORNERS * i;
      double anchorHeight = anchors[at + 2];
      double anchorWidth = anchors[at + 3];
      float y = (float) ((double) encodings[from] / scales.y * anchorHeight + anchors[at]);
      float x = (float) ((double) encodings[from + 1] / scales.x * anchorWidth + anchors[at + 1]);
      float halfHeight = half(encodings[from + 2], scales.height, anchorHeight);
      float halfWidth = half(encodings[from + 3], scales.width, anchorWidth);
      corners[at] = y - halfHeight;
      corners[at + 1] = x - halfWidth;
      corners[at + 2] = y + halfHeight;
      corners[at + 3] = x + halfWidth;
    }
  }

  private static float half(float encoding, float scale, double anchor) {
    return (float) (0.5 * StrictMath.exp((double) encoding / scale) * anchor);
  }

  private void requireBoxes() {
    for (int at = 0; at < corners.length; at += CORNERS) {
      if (corners[at] >= corners[at + 2] || corners[at + 1] >= corners[at + 3]) {
        throw new IllegalStateException("box " + at / CORNERS + " has no extent");
      }
    }
  }

  private int fast(float[] predictions, float[] boxes, float[] classes, float[] outputScores) {
    int background = settings.columns - settings.classes;
    int best = Math.min(settings.classesPerDetection, settings.classes);
    for (int row = 0; row < settings.boxes; row++) {
      int from = row * settings.columns + background;
      sortDescending(predictions, from, settings.classes, classOrder);
      System.arraycopy(classOrder, 0, bestClasses, row * best, best);
      scores[row] = predictions[from + classOrder[0]];
    }
    int count = suppress(settings.detectionsMax);
    int written = 0;
    for (int i = 0; i < count; i++) {
      int row = selected[i];
      for (int c = 0; c < best; c++) {
        // The runtime multiplies a count that already counts every class.
        int at = best * written + c;
        if (at >= classes.length || at >= outputScores.length || CORNERS * at >= boxes.length) {
          throw new IllegalStateException(
              "detection " + at + " of outputs for " + classes.length + " would be written");
        }
        int label = bestClasses[row * best + c];
        System.arraycopy(corners, CORNERS * row, boxes, CORNERS * at, CORNERS);
        classes[at] = label;
        outputScores[at] = predictions[row * settings.columns + background + label];
        written++;
      }
    }
    return written;
  }

  private int regular(float[] predictions, float[] boxes, float[] classes, float[] outputScores) {
    int background = settings.columns - settings.classes;
    keptCount = 0;
    for (int label = 0; label < settings.classes; label++) {
      for (int row = 0; row < settings.boxes; row++) {
        scores[row] = predictions[row * settings.columns + label + background];
      }
      int count = suppress(settings.detectionsPerClass);
      for (int i = 0; i < count; i++) {
        keptAt[keptCount + i] = selected[i] * settings.columns + label + background;
        kept[keptCount + i] = scores[selected[i]];
      }
      keepBest(keptCount + count);
    }
    for (int i = 0; i < settings.detectionsMax; i++) {
      boolean found = i < keptCount;
      int row = found ? keptAt[i] / settings.columns : 0;
      for (int c = 0; c < CORNERS; c++) {
        boxes[CORNERS * i + c] = found ? corners[CORNERS * row + c] : 0;
      }
      classes[i] = found ? keptAt[i] - row * settings.columns - background : 0;
      outputScores[i] = found ? kept[i] : 0;
    }
    return keptCount;
  }

  /** Sorts the first candidates by falling score and keeps as many as may be reported. */
  private void keepBest(int candidates) {
    for (int i = 1; i < candidates; i++) {
      float score = kept[i];
      int at = keptAt[i];
      int to = i;
      for (; to > 0 && kept[to - 1] < score; to--) {
        kept[to] = kept[to - 1];
        keptAt[to] = keptAt[to - 1];
      }
      kept[to] = score;
      keptAt[to] = at;
    }
    keptCount = Math.min(candidates, settings.detectionsMax);
  }

  /** Non-maximum suppression on {@link #scores}; the boxes found are in {@link #selected}. */
  private int suppress(int limit) {
    int candidates = 0;
    for (int i = 0; i < settings.boxes; i++) {
      if (scores[i] >= settings.scoreThreshold) {
        order[candidates++] = i;
      }
    }
    sortBoxes(candidates);
    for (int i = 0; i < candidates; i++) {
      active[i] = true;
    }
    int count = 0;
    for (int i = 0; i < candidates && count < Math.min(candidates, limit); i++) {
      if (active[i]) {
        selected[count++] = order[i];
        for (int j = i + 1; j < candidates; j++) {
          active[j] &= !(overlap(order[i], order[j]) > settings.overlapThreshold);
        }
      }
    }
    return count;
  }

  /** Stable, by falling score. */
  private void sortBoxes(int count) {
    for (int i = 1; i < count; i++) {
      int box = order[i];
      int to = i;
      for (; to > 0 && scores[order[to - 1]] < scores[box]; to--) {
        order[to] = order[to - 1];
      }
      order[to] = box;
    }
  }

  private static void sortDescending(float[] values, int from, int count, int[] indices) {
    for (int i = 0; i < count; i++) {
      int to = i;
      for (; to > 0 && values[from + indices[to - 1]] < values[from + i]; to--) {
        indices[to] = indices[to - 1];
      }
      indices[to] = i;
    }
  }

  /** Intersection over union of two boxes. */
  private float overlap(int a, int b) {
    int i = CORNERS * a;
    int j = CORNERS * b;
    float areaA = (corners[i + 2] - corners[i]) * (corners[i + 3] - corners[i + 1]);
    float areaB = (corners[j + 2] - corners[j]) * (corners[j + 3] - corners[j + 1]);
    if (areaA <= 0 || areaB <= 0) {
      return 0;
    }
    float top = Math.max(corners[i], corners[j]);
    float left = Math.max(corners[i + 1], corners[j + 1]);
    float bottom = Math.min(corners[i + 2], corners[j + 2]);
    float right = Math.min(corners[i + 3], corners[j + 3]);
    float common = Math.max(bottom - top, 0) * Math.max(right - left, 0);
    return common / (areaA + areaB - common);
  }
}
