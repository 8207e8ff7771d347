package dev.thumbprint.firmware.retime;

/**
 * Time of a part of a run.
 *
 * @param name of the part
 * @param entries how often it began
 * @param instructions executed
 * @param pipelineCycles of the instructions with everything in zero-wait memory
 * @param mispredictCycles behind branches that were predicted wrongly
 * @param exceptionCycles of entering and leaving handlers
 * @param codeStallCycles of waiting for code
 * @param codeMisses reads of memory for code
 * @param dataStallCycles of waiting for data
 * @param dataMisses sectors brought in for data
 * @param cacheStall of what the code cache serves: code, and data where one cache serves both
 * @param cacheStallLow the same with the code cache, a few lines larger or smaller, that waits
 *     least
 * @param cacheStallHigh the same with the one that waits most
 * @param unalignedCycles added by accesses that are not aligned
 * @param sleptCycles in WFI
 */
public record PartTime(
    String name,
    long entries,
    long instructions,
    long pipelineCycles,
    long mispredictCycles,
    long exceptionCycles,
    long codeStallCycles,
    long codeMisses,
    long dataStallCycles,
    long dataMisses,
    long cacheStall,
    long cacheStallLow,
    long cacheStallHigh,
    long unalignedCycles,
    long sleptCycles) {

  /** Both together, under the name and the entries of this. */
  public PartTime plus(PartTime other) {
    return new PartTime(
        name,
        entries,
        instructions + other.instructions,
        pipelineCycles + other.pipelineCycles,
        mispredictCycles + other.mispredictCycles,
        exceptionCycles + other.exceptionCycles,
        codeStallCycles + other.codeStallCycles,
        codeMisses + other.codeMisses,
        dataStallCycles + other.dataStallCycles,
        dataMisses + other.dataMisses,
        cacheStall + other.cacheStall,
        cacheStallLow + other.cacheStallLow,
        cacheStallHigh + other.cacheStallHigh,
        unalignedCycles + other.unalignedCycles,
        sleptCycles + other.sleptCycles);
  }

  /** All of them together. */
  public long cycles() {
    return pipelineCycles
        + mispredictCycles
        + exceptionCycles
        + codeStallCycles
        + dataStallCycles
        + unalignedCycles
        + sleptCycles;
  }
}
