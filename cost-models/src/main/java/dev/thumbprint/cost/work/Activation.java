package dev.thumbprint.cost.work;

/** Activation fused into an operator. */
public enum Activation {
  NONE,
  RELU,
  RELU_N1_TO_1,
  RELU6,
  TANH,
  SIGN_BIT
}
