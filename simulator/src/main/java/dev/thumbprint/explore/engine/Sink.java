package dev.thumbprint.explore.engine;

import java.io.IOException;
import java.util.List;

/** Where designs go, part by part, in order. */
public interface Sink {
  /** A sink for a caller that wants nothing but the tally. */
  Sink NONE =
      new Sink() {
        @Override
        public boolean wantsText() {
          return false;
        }

        @Override
        public void write(List<Design> designs, byte[] text) {}
      };

  /** Whether lines of CSV are wanted. */
  boolean wantsText();

  /**
   * Takes a part.
   *
   * @param designs its designs
   * @param text their lines in UTF-8; empty where no text is wanted
   * @throws IOException if it cannot be written
   */
  void write(List<Design> designs, byte[] text) throws IOException;
}
