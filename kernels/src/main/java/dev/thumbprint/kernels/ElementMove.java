package dev.thumbprint.kernels;

/** Copies elements by a table of {@link IndexMap}, for every element type. */
public final class ElementMove {
  private ElementMove() {}

  /** output[i] = input[map[i]], or {@code fill} where the table says so. */
  public static void apply(byte[] input, int[] map, byte fill, byte[] output) {
    for (int i = 0; i < map.length; i++) {
      int from = map[i];
      output[i] = from == IndexMap.FILL ? fill : input[from];
    }
  }

  /** output[i] = input[map[i]], or {@code fill} where the table says so. */
  public static void apply(short[] input, int[] map, short fill, short[] output) {
    for (int i = 0; i < map.length; i++) {
      int from = map[i];
      output[i] = from == IndexMap.FILL ? fill : input[from];
    }
  }

  /** output[i] = input[map[i]], or {@code fill} where the table says so. */
  public static void apply(int[] input, int[] map, int fill, int[] output) {
    for (int i = 0; i < map.length; i++) {
      int from = map[i];
      output[i] = from == IndexMap.FILL ? fill : input[from];
    }
  }

  /** output[i] = input[map[i]], or {@code fill} where the table says so. */
  public static void apply(long[] input, int[] map, long fill, long[] output) {
    for (int i = 0; i < map.length; i++) {
      int from = map[i];
      output[i] = from == IndexMap.FILL ? fill : input[from];
    }
  }

  /** output[i] = input[map[i]], or {@code fill} where the table says so. */
  public static void apply(float[] input, int[] map, float fill, float[] output) {
    for (int i = 0; i < map.length; i++) {
      int from = map[i];
      output[i] = from == IndexMap.FILL ? fill : input[from];
    }
  }
}
