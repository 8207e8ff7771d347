package dev.thumbprint.cost.memory;

import java.util.Arrays;

/**
 * Least recently used over all lines, in constant time: a table finds the slot of a line, a linked
 * list of slots keeps the order of use.
 */
final class FullyAssociativeCache implements TagStore {
  private static final int NONE = -1;

  private final int[] slotOfLine;
  private final int[] lineOfSlot;
  private final int[] validSectors;
  private final int[] newer;
  private final int[] older;
  private int newest;
  private int oldest;

  FullyAssociativeCache(int lines, int lineNumbers) {
    slotOfLine = new int[lineNumbers];
    lineOfSlot = new int[lines];
    validSectors = new int[lines];
    newer = new int[lines];
    older = new int[lines];
    clear();
  }

  @Override
  public int use(int line, int sectorsMask) {
    int slot = slotOfLine[line];
    if (slot == NONE) {
      slot = oldest;
      if (lineOfSlot[slot] != NONE) {
        slotOfLine[lineOfSlot[slot]] = NONE;
      }
      lineOfSlot[slot] = line;
      slotOfLine[line] = slot;
      validSectors[slot] = 0;
    }
    if (slot != newest) {
      moveToFront(slot);
    }
    int missing = sectorsMask & ~validSectors[slot];
    validSectors[slot] |= missing;
    return missing;
  }

  private void moveToFront(int slot) {
    int before = newer[slot];
    int behind = older[slot];
    older[before] = behind;
    if (behind != NONE) {
      newer[behind] = before;
    } else {
      oldest = before;
    }
    newer[slot] = NONE;
    older[slot] = newest;
    newer[newest] = slot;
    newest = slot;
  }

  @Override
  public void clear() {
    Arrays.fill(slotOfLine, NONE);
    Arrays.fill(lineOfSlot, NONE);
    Arrays.fill(validSectors, 0);
    int last = lineOfSlot.length - 1;
    for (int slot = 0; slot <= last; slot++) {
      newer[slot] = slot - 1;
      older[slot] = slot < last ? slot + 1 : NONE;
    }
    newest = 0;
    oldest = last;
  }
}
