package dev.thumbprint.profile;

/**
 * Whether what a network needs of a memory region fits.
 *
 * @param kind {@code ram} or {@code flash}
 * @param region name of the region
 * @param neededBytes what the network and its runtime need there
 * @param availableBytes size of the region
 */
public record RegionFit(String kind, String region, long neededBytes, long availableBytes) {

  /** Whether there is room. */
  public boolean fits() {
    return neededBytes <= availableBytes;
  }
}
