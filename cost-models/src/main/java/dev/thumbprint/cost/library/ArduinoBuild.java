package dev.thumbprint.cost.library;

import dev.thumbprint.cost.core.Core.SimdUnit;
import dev.thumbprint.cost.work.DataType;
import dev.thumbprint.cost.work.LayerWork;
import dev.thumbprint.cost.work.Operator;

/**
 * A library as it is compiled where {@code ARDUINO} is defined: TensorFlow Lite Micro then rounds
 * by the global {@code round}, which takes a double (tensorflow/lite/kernels/internal/cppmath.h).
 * Each float that QUANTIZE reads becomes a double and back, in software on every unit of single
 * precision. All other operators are the library's own.
 */
record ArduinoBuild(KernelLibrary plain) implements LibraryBuild {
  @Override
  public Decision decide(LayerWork work, SimdUnit build) {
    Decision decision = plain.decide(work, build);
    boolean rounds =
        work.operator() == Operator.QUANTIZE && work.inputType() == DataType.FLOAT32 && !coarse();
    return rounds && decision instanceof Trips trips
        ? trips.with(Term.QUANTIZE_DOUBLE, work.input().elements())
        : decision;
  }
}
