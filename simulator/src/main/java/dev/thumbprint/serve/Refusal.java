package dev.thumbprint.serve;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** A request that is wrong in itself: what a wrong command line is to a command. */
public final class Refusal extends RuntimeException {
  private final transient JsonNode id;

  /** A refusal of a request whose id is not known. */
  public Refusal(String message) {
    this(message, NullNode.getInstance());
  }

  Refusal(String message, JsonNode id) {
    super(message);
    this.id = id;
  }

  /** The id of the request, null where it could not be read. */
  JsonNode id() {
    return id;
  }

  /** This refusal of the request with an id. */
  Refusal of(JsonNode request) {
    return new Refusal(getMessage(), request);
  }
}
