package dev.thumbprint.firmware.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * All controllers of a part that move data between a device and memory. Which channel serves a
 * device is found by the address of the device's register in the channel, so that the request
 * multiplexers of the families need no model.
 */
final class Dma {
  private final List<DmaController> controllers = new ArrayList<>();

  void add(DmaController controller) {
    controllers.add(controller);
  }

  /** Whether a channel waits for data of this register. */
  boolean wants(int register) {
    return controllers.stream().anyMatch(controller -> controller.wants(register));
  }

  /** Stores a byte from a device through the channel that waits for it; false where none does. */
  boolean put(int register, int value) {
    return controllers.stream().anyMatch(controller -> controller.put(register, value));
  }

  /** Fetches the next byte for a device; -1 where no channel has one. */
  int take(int register) {
    for (DmaController controller : controllers) {
      int value = controller.take(register);
      if (value >= 0) {
        return value;
      }
    }
    return -1;
  }
}
