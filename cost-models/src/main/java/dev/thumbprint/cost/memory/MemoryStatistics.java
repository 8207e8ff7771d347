package dev.thumbprint.cost.memory;

/**
 * What a memory system did since its last reset.
 *
 * @param codeStallCycles added by fetching code
 * @param codeMisses reads of memory for code that the core had to wait for
 * @param codeLinesCrossed times that code entered another line of the code cache
 * @param dataStallCycles added by loads and stores
 * @param dataMisses sectors brought in for data
 * @param unmappedAccesses accesses outside every region, which cost nothing
 */
public record MemoryStatistics(
    long codeStallCycles,
    long codeMisses,
    long codeLinesCrossed,
    long dataStallCycles,
    long dataMisses,
    long unmappedAccesses) {}
