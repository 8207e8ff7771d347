package dev.thumbprint.cost.library;

/** A library as one build compiles it: its own but for the operators that the build changes. */
interface LibraryBuild extends KernelLibrary {
  /** The library as it is without what this build changes. */
  KernelLibrary plain();

  @Override
  default LibraryId id() {
    return plain().id();
  }

  @Override
  default String origin() {
    return plain().origin();
  }

  @Override
  default boolean coarse() {
    return plain().coarse();
  }
}
