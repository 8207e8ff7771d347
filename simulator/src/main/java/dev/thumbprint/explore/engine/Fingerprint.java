package dev.thumbprint.explore.engine;

import dev.thumbprint.explore.space.Inputs;
import dev.thumbprint.explore.space.SpaceRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** A hash of everything that the rows of an exploration depend on. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The hash of a request.
   *
   * @param inputs the files that were read for it
   * @param build version and commit of the program
   */
  public static String of(SpaceRequest request, Inputs inputs, String build) {
    MessageDigest digest = sha256();
    add(digest, build.getBytes(StandardCharsets.UTF_8));
    add(digest, request.yaml().getBytes(StandardCharsets.UTF_8));
    add(digest, new TreeMap<>(request.sweeps()).toString().getBytes(StandardCharsets.UTF_8));
    add(digest, new TreeMap<>(request.sampler()).toString().getBytes(StandardCharsets.UTF_8));
    add(digest, request.prices().getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(inputs.contents())
        .forEach(
            (name, content) -> {
              add(digest, name.getBytes(StandardCharsets.UTF_8));
              add(digest, content);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    // The length first: two texts cannot pass for one.
    digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) ':');
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
