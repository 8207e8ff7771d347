package dev.thumbprint.report;

import dev.thumbprint.profile.Profile;

/** A profile as Markdown: the layer table, then the totals as the terminal shows them. */
public final class MarkdownReport {
  private final Profile profile;

  public MarkdownReport(Profile profile) {
    this.profile = profile;
  }

  /** The whole report. */
  public String render() {
    return "## %s on %s\n\n%s\n"
            .formatted(
                profile.model().name(),
                profile.target().board().title(),
                TableForms.markdown(LayerTable.of(profile)))
        + "```\n"
        + new TableReport(profile).summary()
        + "```\n";
  }
}
