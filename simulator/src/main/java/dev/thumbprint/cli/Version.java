package dev.thumbprint.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and commit of this build, written by the build into a resource. */
public final class Version {
  private static final Properties BUILD = load();

  private Version() {}

  /** Version of this build, such as {@code 0.1.0}. */
  public static String version() {
    return BUILD.getProperty("version", "unknown");
  }

  /** Commit this build was made from, abbreviated, or {@code unknown} outside a git checkout. */
  public static String commit() {
    return BUILD.getProperty("commit", "unknown");
  }

  /** Version and commit in one phrase. */
  public static String describe() {
    return "thumbprint " + version() + ", commit " + commit();
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/dev/thumbprint/build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return properties;
  }

  /** Feeds {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {describe()};
    }
  }
}
