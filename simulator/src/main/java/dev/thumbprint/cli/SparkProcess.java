package dev.thumbprint.cli;

import dev.thumbprint.model.InputException;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs this program again with Apache Spark on the class path. Spark is no part of the program: it
 * is fetched from Maven Central, with the module that speaks to it, on first use.
 */
final class SparkProcess {
  /** What Spark 4.2 asks of a JDK with modules (JavaModuleOptions), as far as JDK 25 has it. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.util.calendar");

  private final PrintWriter err;
  private final Path home;

  /** A process that is told of on a stream. */
  SparkProcess(PrintWriter err) {
    this.err = err;
    this.home = home();
  }

  /** The folder of the project, from where this class was loaded. */
  private static Path home() {
    try {
      Path place =
          Path.of(SparkProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // simulator/target/simulator.jar, or simulator/target/classes
      return place.toAbsolutePath().getParent().getParent().getParent();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Runs the program with the same arguments.
   *
   * @return its exit status
   * @throws IOException if it cannot be started
   */
  int run(List<String> arguments) throws IOException {
    Path target = home.resolve("cluster/target");
    Path jar = target.resolve("thumbprint-cluster.jar");
    Path spark = target.resolve("spark");
    if (!Files.isRegularFile(jar) || !Files.isDirectory(spark.resolve("jars")) || stale(jar)) {
      fetch(jar);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add(
        "--sun-misc-unsafe-memory-access=allow"); // Spark's own; else a warning on every run
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    String own = System.getenv("THUMBPRINT_JAVA_OPTIONS");
    if (own != null && !own.isBlank()) {
      command.addAll(List.of(own.strip().split("\\s+")));
    }
    command.add("-cp");
    command.add(jar + File.pathSeparator + spark.resolve("jars") + File.separator + "*");
    command.add(Main.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putIfAbsent("SPARK_HOME", spark.toString());
    builder.environment().putIfAbsent("SPARK_SCALA_VERSION", "2.13");
    return waitFor(builder.start());
  }

  /** Whether this program is newer than the jar. */
  private boolean stale(Path jar) throws IOException {
    Path own = home.resolve("simulator/target/simulator.jar");
    return Files.exists(own)
        && Files.getLastModifiedTime(own).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  private void fetch(Path jar) throws IOException {
    if (!Files.isRegularFile(home.resolve("cluster/pom.xml"))) {
      throw InputException.of(
          "", "--engine spark", "no module 'cluster' in " + home, "a checkout of the project");
    }
    err.println("thumbprint: fetching Apache Spark (280 MB, once) and building cluster/ ...");
    err.flush();
    Path log = Files.createDirectories(jar.getParent()).resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            "mvn",
            "-B",
            "-ntp",
            "-Pcluster",
            "-pl",
            "cluster",
            "-am",
            "-Dmaven.test.skip=true",
            "-Dthumbprint.lint.off",
            "-Dexec.skip",
            "package");
    builder.directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    int status;
    try {
      status = waitFor(builder.start());
    } catch (IOException missing) {
      throw new IOException(
          "mvn, which fetches Spark, cannot be run: " + missing.getMessage(), missing);
    }
    if (status != 0 || !Files.isRegularFile(jar)) {
      throw new IOException("Spark could not be fetched or built; the whole log: " + log);
    }
  }

  private static int waitFor(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("interrupted");
      stopped.initCause(interrupted);
      throw stopped;
    }
  }
}
