package dev.thumbprint.model;

/** Checks one operator: options within reason, shapes that fit together, scales that fit. */
final class OperatorValidator {
  private OperatorValidator() {}

  static void validate(Subgraph subgraph, Node node) {}
}
