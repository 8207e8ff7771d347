package dev.thumbprint.run;

import dev.thumbprint.kernels.KernelTier;
import dev.thumbprint.kernels.ScalarTier;
import dev.thumbprint.kernels.plain.PlainTier;
import dev.thumbprint.kernels.vector.VectorTier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** The ways to compute the hot layers. None changes a bit. */
public enum Tier {
  /** The reference loops: slow, and the oracle of the others. */
  SCALAR,
  /** Loops that the just-in-time compiler vectorises: the default. */
  PLAIN,
  /** The Vector API: fastest once warm, for thousands of inferences. */
  VECTOR;

  private static final Logger LOG = System.getLogger(Tier.class.getName());
  private static final String MODULE = "jdk.incubator.vector";

  /**
   * Its kernels; those of {@link #PLAIN}, with one line in the log, where this JVM has no others.
   */
  public KernelTier kernels() {
    return switch (this) {
      case SCALAR -> new ScalarTier();
      case PLAIN -> new PlainTier();
      case VECTOR -> vector();
    };
  }

  private static KernelTier vector() {
    String reason = whyNoVectors();
    if (reason.isEmpty()) {
      return new VectorTier();
    }
    LOG.log(Level.WARNING, "no vector kernels, plain ones are used: " + reason);
    return new PlainTier();
  }

  /** Empty where the vector tier can be used, else the reason and what to do. */
  public static String whyNoVectors() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the Java virtual machine was started without --add-modules " + MODULE;
    }
    return VectorTier.supported()
        ? ""
        : "vectors of %d bits; 256 or 512 are supported".formatted(VectorTier.vectorBits());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
