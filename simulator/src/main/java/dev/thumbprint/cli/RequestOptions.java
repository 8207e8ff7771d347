package dev.thumbprint.cli;

import dev.thumbprint.serve.CommandLanguage;
import dev.thumbprint.serve.Refusal;
import dev.thumbprint.serve.Setting;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The options of a board and its configuration, for requests: the same words, the same checks. */
final class RequestOptions implements CommandLanguage {
  private final boolean files;

  /** Options of which {@code --board} and {@code --kernels} may name files, or may not. */
  RequestOptions(boolean files) {
    this.files = files;
  }

  @Override
  public List<String> optionNames() {
    return line(new Holder()).getCommandSpec().options().stream()
        .map(option -> option.longestName().substring(2))
        .toList();
  }

  @Override
  public Setting setting(SortedMap<String, String> options) throws IOException {
    Holder holder = new Holder();
    try {
      line(holder)
          .parseArgs(
              options.entrySet().stream()
                  .flatMap(option -> Stream.of("--" + option.getKey() + "=" + option.getValue()))
                  .toArray(String[]::new));
    } catch (ParameterException wrong) {
      throw new Refusal(wrong.getMessage());
    }
    if (!files && holder.target.namesFiles()) {
      throw new Refusal("board and kernels: expected built-in names, no files");
    }
    return new Setting(holder.target.target(), holder.target.model(), holder.target.periodMs());
  }

  private static CommandLine line(Holder holder) {
    return new CommandLine(holder)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false);
  }

  @Override
  public Failure failure(Exception exception) {
    return new Failure(Failures.statusOf(exception), Failures.messageOf(exception));
  }

  @Override
  public String version() {
    return Version.version();
  }

  @Override
  public String commit() {
    return Version.commit();
  }

  @Command(name = "request")
  private static final class Holder {
    @Mixin TargetMixin target;
  }
}
