/* Runs the network that lies at an address: a .tflite file of 8-bit integers, read in place. Prints the CRC-32 of what every
 * operator gives, where a test compares it with the kernels in Java. Names are those that a compiler gives to functions of
 * TensorFlow Lite Micro, so that the operator monitor finds them. */
#include "network.h"
#include "pool.h"

void put_string(const char *text);
__attribute__((noreturn)) void exit_with(int status);

extern const uint8_t model[], model_end[], network_input[];

static void put_word(uint32_t value) {
  char text[9];
  for (int i = 0; i < 8; i++) {
    text[i] = "0123456789ABCDEF"[value >> (28 - 4 * i) & 15];
  }
  text[8] = 0;
  put_string(text);
}

void refuse(const char *reason, uint32_t value) {
  put_string("model refused: ");
  put_string(reason);
  put_string(" 0x");
  put_word(value);
  put_string("\n");
  exit_with(1);
}

static uint32_t crc32(const int8_t *bytes, uint32_t n) {
  uint32_t crc = ~0u;
  for (uint32_t i = 0; i < n; i++) {
    crc ^= (uint8_t)bytes[i];
    for (int k = 0; k < 8; k++) {
      crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
    }
  }
  return ~crc;
}

static void require(int holds, const char *what, uint32_t value) {
  if (!holds) {
    refuse(what, value);
  }
}

/* The window must have been slid over the input as often as the output has places. */
static void require_window(const layer *l, int32_t across, int padding_same) {
  int32_t slack_y = padding_same ? l->stride - 1 : l->stride - l->filter_height;
  int32_t slack_x = padding_same ? across - 1 : across - l->filter_width;
  require((l->input.height + slack_y) / l->stride == l->output.height && (l->input.width + slack_x) / across == l->output.width,
          "an output that does not fit window and stride; rows", (uint32_t)l->output.height);
}

typedef int Kernel(void *context, void *node);

static int convolution(table node, int depthwise_layer) {
  tensor in = network_activation(network_tensor(node, 1, 0));
  tensor filter = network_constant(network_tensor(node, 1, 1), 1);
  tensor bias = network_constant(network_tensor(node, 1, 2), 4);
  tensor out = network_activation(network_tensor(node, 2, 0));
  table options = flat_table(node, 4);
  uint32_t dilation_slot = depthwise_layer ? 5 : 4;
  require(flat_number(options, dilation_slot, 4, 1) == 1 && flat_number(options, dilation_slot + 1, 4, 1) == 1, "dilation, operator", 0);
  require(filter.dims[depthwise_layer ? 3 : 0] == out.dims[3] && filter.dims[3] == in.dims[3] && in.dims[0] == 1 && out.dims[0] == 1,
          "channels or batches that do not fit the filter; outputs", (uint32_t)out.dims[3]);
  layer l = {.filter_height = filter.dims[1], .filter_width = filter.dims[2]};
  int32_t across = network_layer(&l, &in, &filter, &bias, &out, options, 1, depthwise_layer ? 4 : 3);
  require(across == l.stride, "strides that differ; in a row", (uint32_t)across);
  require_window(&l, across, flat_number(options, 0, 1, 0) == 0);
  (depthwise_layer ? depthwise : convolve)(&l, in.data, filter.data, (int8_t *)out.data);
  return 0;
}

int conv(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_18ConvEvalEP13TfLiteContextP10TfLiteNode");
int conv(void *context, void *node) {
  (void)context;
  return convolution(*(table *)node, 0);
}

int depthwise_conv(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_117DepthwiseConvEvalEP13TfLiteContextP10TfLiteNode");
int depthwise_conv(void *context, void *node) {
  (void)context;
  return convolution(*(table *)node, 1);
}

int dense(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_118FullyConnectedEvalEP13TfLiteContextP10TfLiteNode");
int dense(void *context, void *node) {
  (void)context;
  table t = *(table *)node;
  tensor in = network_activation(network_tensor(t, 1, 0));
  tensor filter = network_constant(network_tensor(t, 1, 1), 1);
  tensor bias = network_constant(network_tensor(t, 1, 2), 4);
  tensor out = network_activation(network_tensor(t, 2, 0));
  require(in.elements == (uint32_t)filter.dims[3] && out.elements == (uint32_t)filter.dims[2] && out.dims[3] == filter.dims[2],
          "a dense layer of more than one row, or that does not fit; inputs", in.elements);
  layer l = {0};
  network_layer(&l, &in, &filter, &bias, &out, flat_table(t, 4), -1, 0);
  l.input.channels = (int32_t)in.elements;
  fully_connected(&l, in.data, filter.data, (int8_t *)out.data);
  return 0;
}

int pool(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_111AverageEvalEP13TfLiteContextP10TfLiteNode");
int pool(void *context, void *node) {
  (void)context;
  table t = *(table *)node, options = flat_table(t, 4);
  tensor in = network_activation(network_tensor(t, 1, 0)), out = network_activation(network_tensor(t, 2, 0));
  layer l = {.filter_height = flat_number(options, 4, 4, 0), .filter_width = flat_number(options, 3, 4, 0)};
  require(l.filter_height > 0 && l.filter_width > 0 && in.dims[3] == out.dims[3] && in.dims[0] == 1 && out.dims[0] == 1, "a pool without a window, or of batches; outputs", out.elements);
  int32_t across = network_layer(&l, &in, 0, 0, &out, options, 1, 5);
  require_window(&l, across, flat_number(options, 0, 1, 0) == 0);
  average_pool(&l, across, in.data, (int8_t *)out.data);
  return 0;
}

int reshape(void *context, void *node) __asm__("_ZN6tflite12_GLOBAL__N_115EvalReshapeReferenceEP13TfLiteContextP10TfLiteNode");
int reshape(void *context, void *node) {
  (void)context;
  table t = *(table *)node;
  tensor in = network_activation(network_tensor(t, 1, 0)), out = network_activation(network_tensor(t, 2, 0));
  require(in.elements == out.elements, "a reshape to another number of elements:", out.elements);
  for (uint32_t i = 0; i < in.elements; i++) {
    ((int8_t *)out.data)[i] = in.data[i];
  }
  return 0;
}

static Kernel *kernel_of(int32_t code) {
  switch (code) {
    case OPERATOR_AVERAGE_POOL: return pool;
    case OPERATOR_CONV: return conv;
    case OPERATOR_DEPTHWISE: return depthwise_conv;
    case OPERATOR_DENSE: return dense;
    case OPERATOR_RESHAPE: return reshape;
    default: refuse("an operator that this program does not have: code", (uint32_t)code);
  }
}

__attribute__((noinline)) int invoke_subgraph(int number) __asm__("_ZN6tflite21MicroInterpreterGraph14InvokeSubgraphEi");
int invoke_subgraph(int number) {
  for (uint32_t i = 0; i < network_operators(); i++) {
    table node = network_operator(i);
    Kernel *kernel = kernel_of(network_code(node));
    number |= kernel(0, &node);
    tensor out = network_activation(network_tensor(node, 2, 0));
    put_word(crc32(out.data, out.elements));
    put_string("\n");
  }
  return number;
}

int main(void) {
  network_open(model, (uint32_t)((uintptr_t)model_end - (uintptr_t)model));
  tensor in = network_activation(network_first_input());
  for (uint32_t i = 0; i < in.elements; i++) {
    ((int8_t *)in.data)[i] = (int8_t)network_input[i];
  }
  int status = invoke_subgraph(0);
  put_string("network done\n");
  return status;
}
