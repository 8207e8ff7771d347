package dev.thumbprint.cli;

import dev.thumbprint.profile.Subject;
import dev.thumbprint.serve.LineServer;
import dev.thumbprint.serve.LoopbackServer;
import dev.thumbprint.serve.ModelFiles;
import dev.thumbprint.serve.ProfileService;
import dev.thumbprint.serve.Refusal;
import dev.thumbprint.serve.StartPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve --stdio | --port N}: profiles for programs, without a start for each. */
@Command(
    name = "serve",
    description = {
      "Answer requests for profiles: JSON Lines on the standard streams, or HTTP on loopback.",
      "A request is a JSON object: model (a zoo name, a file, or a layer list), the options of",
      "profile as keys, id (repeated in the answer), detail (full, layers or total). Example:",
      "{\"id\": 1, \"model\": \"kws\", \"board\": \"nucleo-l4r5zi\", \"clock\": \"80MHz\"}"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  @Spec CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  Way way;

  /** How requests come. */
  static final class Way {
    @Option(
        names = "--stdio",
        required = true,
        description = "A request on each line of standard input, an answer on each line of output.")
    boolean stdio;

    @Option(
        names = "--port",
        required = true,
        paramLabel = "N",
        description = "HTTP on this port of the loopback, with a page at /; 0: a free port.")
    Integer port;
  }

  @Override
  public Integer call() throws IOException {
    int threads = SharedOptions.of(spec).threads();
    PrintWriter out = spec.commandLine().getOut();
    if (way.stdio) {
      ProfileService service =
          new ProfileService(new RequestOptions(true), ServeCommand::fileButNotInput);
      new LineServer(service, threads).serve(System.in, out);
      return ExitStatus.FINE;
    }
    if (way.port < 0 || way.port > PORT_MAX) {
      throw new ParameterException(
          spec.commandLine(), "--port: found %d, expected 0 to 65535".formatted(way.port));
    }
    ProfileService service = new ProfileService(new RequestOptions(false), ModelFiles.NONE);
    try (LoopbackServer server =
        new LoopbackServer(service, way.port, threads, StartPage.html(Version.describe()))) {
      out.println("http://127.0.0.1:" + server.port() + "/");
      out.flush();
      Thread.currentThread().join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.FINE;
  }

  /** Standard input is where the requests come from. */
  static Subject fileButNotInput(String name) throws IOException {
    if (name.equals("-")) {
      throw new Refusal("model: '-' is where the requests come from");
    }
    return ModelArgument.read(name);
  }
}
