package dev.thumbprint.cli;

import dev.thumbprint.cost.Unavailable;
import dev.thumbprint.profile.Profile;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** A network with a layer that cannot be priced is reported all the same, and refused. */
final class NoTotal {
  private NoTotal() {}

  /** Says on standard error why there is no total; false where there is one. */
  static boolean refused(CommandSpec spec, Profile profile) {
    if (!(profile.total().cycles() instanceof Unavailable none)) {
      return false;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("thumbprint: no total: " + none.reason());
    if (!SharedOptions.of(spec).quiet()) {
      err.println("  hint: --ignore-unknown gives a total without such layers, marked partial");
    }
    return true;
  }
}
