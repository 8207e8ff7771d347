package dev.thumbprint.firmware.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Finds the native library of the Unicorn engine. In this order: the file that the system property
 * {@value #PROPERTY} names ({@code system} for the one installed on this machine); the one inside
 * the Maven artifact {@value #ARTIFACT}, when that is on the class path; the one installed on this
 * machine.
 */
final class UnicornLibrary {
  /** System property: a library file, or {@code system}. */
  static final String PROPERTY = "thumbprint.unicorn";

  private static final String ARTIFACT = "com.github.zhkl0228:unidbg-unicorn2:0.9.8";
  private static final String SYSTEM = "system";

  private UnicornLibrary() {}

  /** A loaded library and where it came from. */
  record Loaded(SymbolLookup symbols, String origin) {}

  static Loaded load() {
    String wanted = System.getProperty(PROPERTY, "");
    StringBuilder tried = new StringBuilder();
    if (!wanted.isEmpty() && !wanted.equals(SYSTEM)) {
      return open(Path.of(wanted).toAbsolutePath(), wanted);
    }
    if (wanted.isEmpty()) {
      String resource = "/natives/" + platform() + "/" + fileName();
      try (InputStream in = UnicornLibrary.class.getResourceAsStream(resource)) {
        if (in != null) {
          return open(extract(in.readAllBytes()), ARTIFACT);
        }
        tried.append("no ").append(resource.substring(1)).append(" on the class path; ");
      } catch (IOException e) {
        tried
            .append("cannot extract ")
            .append(resource)
            .append(": ")
            .append(e.getMessage())
            .append("; ");
      }
    }
    try {
      String name = System.mapLibraryName("unicorn");
      return new Loaded(
          SymbolLookup.libraryLookup(systemName(name), Arena.global()), "system " + name);
    } catch (IllegalArgumentException e) {
      tried.append("no Unicorn library installed on this machine");
      throw new EngineUnavailableException(unavailable(tried.toString()), e);
    }
  }

  private static Loaded open(Path file, String origin) {
    try {
      return new Loaded(SymbolLookup.libraryLookup(file, Arena.global()), origin);
    } catch (IllegalArgumentException e) {
      throw new EngineUnavailableException(unavailable("cannot load " + file), e);
    }
  }

  private static String unavailable(String tried) {
    return "executing firmware needs the native library of the Unicorn engine, version 2, and none could be loaded ("
        + tried
        + "). Put the Maven artifact "
        + ARTIFACT
        + " on the class path, or install libunicorn 2.x and start with -D"
        + PROPERTY
        + "=system or -D"
        + PROPERTY
        + "=/path/to/"
        + fileName()
        + ". Everything but `emulate` works without it.";
  }

  /** Debian and Fedora install {@code libunicorn.so} with the development package only. */
  private static String systemName(String name) {
    for (String directory :
        new String[] {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64"}) {
      Path versioned = Path.of(directory, name + ".2");
      if (Files.exists(versioned)) {
        return versioned.toString();
      }
    }
    return name;
  }

  /** The directory names of the artifact. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    if (os.contains("win")) {
      return "windows_64";
    }
    return (os.contains("mac") ? "osx" : "linux") + (arm ? "_arm64" : "_64");
  }

  private static String fileName() {
    String name = System.mapLibraryName("unicorn");
    return name.endsWith(".dll") ? "unicorn.dll" : name;
  }

  /**
   * Writes the library to a cache directory, once per content, so that every start after the first
   * only loads it.
   */
  private static Path extract(byte[] library) throws IOException {
    Path directory = cacheDirectory().resolve("unicorn-" + fingerprint(library));
    Path file = directory.resolve(fileName());
    if (Files.exists(file) && Files.size(file) == library.length) {
      return file;
    }
    Files.createDirectories(directory);
    Path part = Files.createTempFile(directory, "part", null);
    Files.write(part, library);
    return Files.move(
        part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path cacheDirectory() throws IOException {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    Path cache = base.resolve("thumbprint");
    try {
      return Files.createDirectories(cache);
    } catch (IOException e) {
      System.getLogger(UnicornLibrary.class.getName())
          .log(System.Logger.Level.DEBUG, "no cache at {0}, using a temporary directory", cache);
      return Files.createTempDirectory("thumbprint");
    }
  }

  private static String fingerprint(byte[] library) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(library);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
