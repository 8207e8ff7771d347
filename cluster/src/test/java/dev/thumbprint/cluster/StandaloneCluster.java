package dev.thumbprint.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real standalone cluster of Spark on loopback: one master and some workers, each a process. */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("spark://127\\.0\\.0\\.1:[0-9]+");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path home;
  private final Process master;
  private final String address;
  private final List<Process> workers = new ArrayList<>();

  /**
   * Starts a cluster.
   *
   * @param folder where it keeps its files
   */
  StandaloneCluster(Path folder, int workerCount) throws Exception {
    home = sparkHome(folder.resolve("spark-home"));
    master =
        start(
            folder,
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--webui-port",
            "0");
    address = said(master, ADDRESS);
    for (int i = 0; i < workerCount; i++) {
      Process worker =
          start(
              folder,
              "org.apache.spark.deploy.worker.Worker",
              "--host",
              "127.0.0.1",
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "1g",
              "--work-dir",
              folder.resolve("work" + i).toString(),
              address);
      workers.add(worker);
      said(worker, REGISTERED);
    }
  }

  /** A folder of the form that an executor's launcher looks for: jars/ with all of Spark. */
  private static Path sparkHome(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : classPath()) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry);
        Path link = jars.resolve(jar.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, jar);
        }
      }
    }
    return home;
  }

  static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private Process start(Path folder, String... mainAndArguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // What is waited for is said at a level that the program itself keeps quiet.
    command.add("-Dlog4j2.configurationFile=classpath:org/apache/spark/log4j2-defaults.properties");
    List.of(System.getProperty("thumbprint.spark.opens").split(" ")).forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(mainAndArguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** Waits until a process says something; reads the rest of what it says for ever. */
  private static String said(Process process, Pattern pattern) throws Exception {
    CompletableFuture<String> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              StringBuilder log = new StringBuilder();
              try (BufferedReader reader =
                  new BufferedReader(
                      new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  Matcher matcher = pattern.matcher(line);
                  if (matcher.find()) {
                    found.complete(matcher.group());
                  } else if (!found.isDone()) {
                    log.append(line).append('\n');
                  }
                }
              } catch (IOException closed) {
                log.append(closed);
              }
              found.completeExceptionally(new AssertionError("ended without it:\n" + log));
            });
    return found.get(120, TimeUnit.SECONDS);
  }

  /** Where the master is, as {@code --master} takes it. */
  String address() {
    return address;
  }

  /** Kills a worker and the executor that it started, as a power cut would. */
  void killWorker(int index) {
    Process worker = workers.get(index);
    List<ProcessHandle> executors = worker.descendants().toList();
    worker.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    for (int i = 0; i < workers.size(); i++) {
      killWorker(i);
    }
    master.destroyForcibly();
    master.onExit().join();
  }
}
