package dev.thumbprint.serve;

import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.explain.Advisor;
import dev.thumbprint.memory.Fit;
import dev.thumbprint.profile.Battery;
import dev.thumbprint.profile.Duty;
import dev.thumbprint.profile.Profile;
import dev.thumbprint.profile.Profiler;
import dev.thumbprint.profile.Subject;
import dev.thumbprint.report.DutyReport;
import dev.thumbprint.report.HtmlReport;
import dev.thumbprint.report.JsonReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests. A request is a JSON object with {@code model} (a zoo name, a path where files
 * are allowed, or a layer list), the options of {@code profile} as keys, and an {@code id} that the
 * answer repeats. An answer has {@code id}, {@code status} (the exit status of the command), and
 * {@code profile} (what {@code profile --json} prints) or {@code error}, or both where the model
 * does not fit. Boards, settings and zoo models are read once. Safe for several threads.
 */
public final class ProfileService {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int SETTINGS_KEPT = 256;
  private static final int WRONG_REQUEST = 2;
  private static final int BAD_INPUT = 3;

  private final CommandLanguage language;
  private final RequestReader reader;
  private final Models models;
  private final Recent<SortedMap<String, String>, Setting> settings = new Recent<>(SETTINGS_KEPT);

  /** A service that reads files which a request names, as commands do. */
  public ProfileService(CommandLanguage language, ModelFiles files) {
    this.language = language;
    this.reader = new RequestReader(language.optionNames());
    this.models = new Models(files);
  }

  /** The answer to a request, one line of JSON without its end; never throws. */
  public String answer(String request) {
    return MAPPER.writeValueAsString(answerNode(request));
  }

  /** The answer to what is no request at all. */
  String refusal(String message) {
    return MAPPER.writeValueAsString(failed(null, WRONG_REQUEST, message));
  }

  /** The answer to a request as a tree. */
  ObjectNode answerNode(String text) {
    JsonNode id = null;
    try {
      Request request = reader.read(text);
      id = request.id();
      return answer(request, models.of(request));
    } catch (Refusal refusal) {
      return failed(id == null ? refusal.id() : id, WRONG_REQUEST, refusal.getMessage());
    } catch (IOException | RuntimeException failure) {
      return failed(id, failure);
    } catch (StackOverflowError | OutOfMemoryError tooMuch) {
      return failed(id, BAD_INPUT, "the request takes more memory than there is");
    }
  }

  /** The answer for a model that came with the request. */
  ObjectNode answer(Request request, Subject subject) {
    try {
      Setting setting = setting(request);
      Profile profile = profile(request, subject, setting);
      Optional<String> defect = defect(profile);
      ObjectNode answer = MAPPER.createObjectNode();
      answer.set("id", request.id());
      answer.put("status", defect.isPresent() ? BAD_INPUT : 0);
      defect.ifPresent(message -> answer.put("error", message));
      answer.set("profile", document(request, profile, setting));
      return answer;
    } catch (Refusal refusal) {
      return failed(request.id(), WRONG_REQUEST, refusal.getMessage());
    } catch (IOException | RuntimeException failure) {
      return failed(request.id(), failure);
    }
  }

  /**
   * The page that {@code profile --format html} writes.
   *
   * @throws IOException if a file cannot be read
   */
  String page(Request request, Subject subject) throws IOException {
    Setting setting = setting(request);
    Profile profile = profile(request, subject, setting);
    return HtmlReport.of(
            subject,
            profile.target(),
            setting.prices(),
            request.ignoreUnknown(),
            duty(profile, setting),
            "thumbprint %s, commit %s".formatted(language.version(), language.commit()))
        .render();
  }

  /** Reads a request; see {@link RequestReader#read}. */
  Request request(String text) {
    return reader.read(text);
  }

  /** The model that a request names. */
  Subject subject(Request request) throws IOException {
    return models.of(request);
  }

  /** The answer where a request failed. */
  ObjectNode failed(JsonNode id, Exception failure) {
    if (failure instanceof Refusal refusal) {
      return failed(refusal.id(), WRONG_REQUEST, refusal.getMessage());
    }
    CommandLanguage.Failure found = language.failure(failure);
    return failed(id, found.status(), found.message());
  }

  private static ObjectNode failed(JsonNode id, int status, String message) {
    ObjectNode answer = MAPPER.createObjectNode();
    if (id == null) {
      answer.putNull("id");
    } else {
      answer.set("id", id);
    }
    return answer.put("status", status).put("error", message);
  }

  private Setting setting(Request request) throws IOException {
    return settings.get(request.options(), () -> language.setting(request.options()));
  }

  private static Profile profile(Request request, Subject subject, Setting setting) {
    Profile plain =
        Profiler.profile(subject, setting.target(), setting.prices(), request.ignoreUnknown());
    return request.detail() == Detail.FULL
        ? Advisor.advised(plain, subject, setting.prices())
        : plain;
  }

  private ObjectNode document(Request request, Profile profile, Setting setting) {
    JsonReport report = new JsonReport(profile, language.version(), language.commit());
    ObjectNode document = request.detail() == Detail.TOTAL ? report.summaryNode() : report.toNode();
    duty(profile, setting).ifPresent(cycle -> DutyReport.addTo(document, cycle));
    return document;
  }

  private static Optional<Duty> duty(Profile profile, Setting setting) {
    return setting.periodMs().isPresent()
        ? Optional.of(Duty.of(profile, setting.periodMs().getAsDouble(), Battery.USUAL))
        : Optional.empty();
  }

  /** Why a profile, though given in full, is no good: what {@code profile} ends with status 3. */
  private static Optional<String> defect(Profile profile) {
    if (profile.total().cycles() instanceof Unavailable none) {
      return Optional.of("no total: " + none.reason());
    }
    if (profile.fits() || profile.fit().isEmpty()) {
      return Optional.empty();
    }
    List<Fit.Region> full =
        profile.fit().get().regions().stream().filter(region -> !region.fits()).toList();
    return Optional.of(
        full.stream()
            .map(
                region ->
                    String.format(
                        Locale.ROOT,
                        "does not fit: needs %,d bytes of %s, which has %,d",
                        region.neededBytes(),
                        region.name(),
                        region.availableBytes()))
            .collect(Collectors.joining("; ")));
  }
}
