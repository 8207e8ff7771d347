package dev.thumbprint.firmware.count;

/** Hears where control goes from function to function. */
public interface FlowProbe {
  /** A function is called; {@code returnAddress} is where it will come back to. */
  void call(Block callee, int returnAddress, long cycles);

  /** Control goes on in another function for good: a tail call. */
  void jump(Block target, long cycles);

  /** A function returned to this block. */
  void back(Block to, long cycles);
}
