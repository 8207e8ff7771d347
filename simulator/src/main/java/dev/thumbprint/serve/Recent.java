package dev.thumbprint.serve;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values asked for last, by key; safe for several threads. */
final class Recent<K, V> {
  private static final float LOAD = 0.75f;

  private final Map<K, V> values;

  /** Keeps at most {@code kept} values. */
  Recent(int kept) {
    this.values =
        new LinkedHashMap<>(16, LOAD, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > kept;
          }
        };
  }

  /** The value of a key, made where it is not known; two threads may make the same one. */
  V get(K key, Maker<V> maker) throws IOException {
    synchronized (values) {
      V known = values.get(key);
      if (known != null) {
        return known;
      }
    }
    V made = maker.make();
    synchronized (values) {
      values.put(key, made);
    }
    return made;
  }

  /** Makes a value. */
  @FunctionalInterface
  interface Maker<V> {
    V make() throws IOException;
  }
}
