package dev.thumbprint.study;

/** The two networks of the study in the types in which they were measured. */
public enum StudyNetwork {
  LENET_FLOAT("LeNet float", "lenet-float", "lenet", "float32", "LeNet5-mnist-f32"),
  LENET_INT8("LeNet int8", "lenet", "heim/lenet-int8", "int8", "LeNet5-mnist-int8"),
  RESNET_FLOAT("ResNet-20 float", "resnet20-float", "resnet20", "float32", "ResNet20-cifar10-f32"),
  RESNET_INT8("ResNet-20 int8", "resnet20", "heim/resnet20-int8", "int8", "ResNet20-cifar10-int8"),
  /** int8 weights, float activations; no network of the zoo. */
  RESNET_MIXED("ResNet-20 mixed", "", "resnet20", "hybrid", "");

  private final String title;
  private final String zoo;
  private final String network;
  private final String type;
  private final String layerModel;

  StudyNetwork(String title, String zoo, String network, String type, String layerModel) {
    this.title = title;
    this.zoo = zoo;
    this.network = network;
    this.type = type;
    this.layerModel = layerModel;
  }

  /** Name in the zoo, empty where it is not there. */
  public String zoo() {
    return zoo;
  }

  /** Key of the whole network in the recordings. */
  String network() {
    return network;
  }

  /** Data type in the recordings. */
  String type() {
    return type;
  }

  /** Model name of the recordings of single layers. */
  String layerModel() {
    return layerModel;
  }

  /** Whether the activations are float. */
  public boolean floating() {
    return !type.equals("int8");
  }

  /** Whether this is the LeNet. */
  public boolean lenet() {
    return layerModel.startsWith("LeNet");
  }

  @Override
  public String toString() {
    return title;
  }
}
