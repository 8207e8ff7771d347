package dev.thumbprint.study.batch;

import dev.thumbprint.cost.board.Board;
import dev.thumbprint.cost.board.Target;
import dev.thumbprint.cost.board.TargetOptions;
import dev.thumbprint.cost.library.LibraryId;
import dev.thumbprint.cost.library.OptLevel;
import dev.thumbprint.train.NumberForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One combination of a plan.
 *
 * @param model zoo name or file
 * @param form number form
 * @param board built-in name or file
 * @param kernels kernel library
 * @param opt optimisation level
 * @param fpu whether the floating-point unit is used
 */
record BatchCell(
    String model, NumberForm form, String board, LibraryId kernels, OptLevel opt, boolean fpu) {
  /** Bytes of a hash that tell two contents apart. */
  private static final int HASH_BYTES = 8;

  /** All combinations, models outermost: what is slow to prepare is prepared once. */
  static List<BatchCell> of(BatchPlan plan) {
    List<BatchCell> cells = new ArrayList<>();
    for (String model : plan.models()) {
      for (NumberForm form : plan.forms()) {
        for (String board : plan.boards()) {
          for (LibraryId kernels : plan.kernels()) {
            for (OptLevel opt : plan.opts()) {
              for (boolean fpu : plan.fpus()) {
                cells.add(new BatchCell(model, form, board, kernels, opt, fpu));
              }
            }
          }
        }
      }
    }
    return cells;
  }

  /** The machine and build. */
  Target target(Board description) {
    return Target.of(
        description,
        TargetOptions.builder().kernels(kernels).opt(opt).fpu(fpu ? null : Boolean.FALSE).build());
  }

  /**
   * What tells this combination from every other one.
   *
   * @throws IOException if a file that it names cannot be read
   */
  String key() throws IOException {
    return String.join(
        "|",
        fingerprint(model),
        form.label(),
        fingerprint(board),
        kernels.toString(),
        opt.label(),
        fpu ? "fpu" : "no-fpu");
  }

  /** A name; that of a file with its contents, so that a changed file is another combination. */
  private static String fingerprint(String name) throws IOException {
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      return name;
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return name + "#" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
