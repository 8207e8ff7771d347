package dev.thumbprint.serve;

import dev.thumbprint.cost.board.Boards;
import dev.thumbprint.cost.library.KernelLibraries;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.model.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The page at {@code /}: a model, a board, a profile. */
public final class StartPage {
  private StartPage() {}

  /** The page, with the names of what is built in. */
  public static String html(String tool) {
    return resource("start.html")
        .replace("{{style}}", resource("start.css"))
        .replace("{{script}}", resource("start.js"))
        .replace("{{tool}}", tool)
        .replace("{{models}}", options(Zoo.list().stream().map(Zoo.Entry::example).toList()))
        .replace("{{boards}}", options(Boards.names()))
        .replace("{{kernels}}", options(kernels()))
        .replace("{{levels}}", options(levels()));
  }

  private static List<String> kernels() {
    return KernelLibraries.all().stream().map(library -> library.id().toString()).toList();
  }

  private static List<String> levels() {
    return Arrays.stream(OptLevel.values()).map(OptLevel::label).toList();
  }

  private static String options(List<String> names) {
    return names.stream()
        .map(name -> "<option>" + name + "</option>")
        .collect(Collectors.joining("\n"));
  }

  private static String resource(String name) {
    try (InputStream in = StartPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
