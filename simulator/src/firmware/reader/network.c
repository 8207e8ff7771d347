/* Slots and codes follow the schema of .tflite files, version 3 (tensorflow/lite/schema/schema.fbs). */
#include "network.h"

enum { TYPE_INT32 = 2, TYPE_INT8 = 9, TENSORS_MAX = 128, ELEMENTS_MAX = 1 << 20, STRIDE_MAX = 1024, ARENA_BYTES = 104 * 1024, RELU = 1 };

static table subgraph;
static vector operators, tensors, buffers, codes;
static int8_t arena[ARENA_BYTES] __attribute__((aligned(16)));
static uint32_t arena_used;
static int8_t *places[TENSORS_MAX];
static int32_t multipliers[CHANNELS_MAX], shifts[CHANNELS_MAX];

void network_open(const uint8_t *model, uint32_t size) {
  table root = flat_root(model, size, "TFL3");
  codes = flat_vector(root, 1, 4);
  buffers = flat_vector(root, 4, 4);
  subgraph = flat_element(flat_vector(root, 2, 4), 0);
  tensors = flat_vector(subgraph, 0, 4);
  operators = flat_vector(subgraph, 3, 4);
}

uint32_t network_operators(void) { return operators.count; }

table network_operator(uint32_t index) { return flat_element(operators, index); }

int32_t network_code(table operation) {
  table code = flat_element(codes, (uint32_t)flat_number(operation, 0, 4, 0));
  int32_t narrow = flat_number(code, 0, 1, 0), wide = flat_number(code, 3, 4, 0);
  return narrow > wide ? narrow : wide;
}

int32_t network_first_input(void) { return flat_word(flat_vector(subgraph, 1, 4), 0); }

int32_t network_tensor(table operation, uint32_t slot, uint32_t index) {
  return flat_word(flat_vector(operation, slot, 4), index);
}

static tensor describe(table described, int32_t type) {
  vector shape = flat_vector(described, 0, 4);
  if (flat_number(described, 1, 1, 0) != type) {
    refuse("a tensor of another type than int8 (bias: int32): type", (uint32_t)flat_number(described, 1, 1, 0));
  }
  if (shape.count > 4) {
    refuse("a tensor of more than 4 dimensions:", shape.count);
  }
  tensor t = {.dims = {1, 1, 1, 1}, .elements = 1};
  for (uint32_t i = 0; i < shape.count; i++) {
    uint32_t extent = (uint32_t)flat_word(shape, i);
    if (extent == 0 || extent > 65536 || t.elements > ELEMENTS_MAX / extent) {
      refuse("a tensor of a size that is not handled: extent", extent);
    }
    t.dims[4 - shape.count + i] = (int32_t)extent;
    t.elements *= extent;
  }
  table quantization = flat_table(described, 4);
  t.scales = flat_vector(quantization, 2, 4);
  vector zeros = flat_vector(quantization, 3, 8);
  t.zero = zeros.count == 0 ? 0 : (int32_t)((uint32_t)zeros.data[0] | (uint32_t)zeros.data[1] << 8 | (uint32_t)zeros.data[2] << 16 | (uint32_t)zeros.data[3] << 24);
  return t;
}

tensor network_activation(int32_t index) {
  tensor t = describe(flat_element(tensors, (uint32_t)index), TYPE_INT8);
  if (index >= TENSORS_MAX) {
    refuse("more tensors than are handled:", (uint32_t)index);
  }
  if (t.scales.count == 0) {
    refuse("no scale of tensor", (uint32_t)index);
  }
  if (places[index] == 0) {
    if (t.elements > ARENA_BYTES - arena_used) {
      refuse("the arena is too small for tensor", (uint32_t)index);
    }
    places[index] = arena + arena_used;
    arena_used += (t.elements + 15) & ~15u;
  }
  t.data = places[index];
  return t;
}

tensor network_constant(int32_t index, uint32_t element_bytes) {
  table described = flat_element(tensors, (uint32_t)index);
  tensor t = describe(described, element_bytes == 4 ? TYPE_INT32 : TYPE_INT8);
  table buffer = flat_element(buffers, (uint32_t)flat_number(described, 2, 4, 0));
  vector bytes = flat_vector(buffer, 0, 1);
  if (bytes.count != t.elements * element_bytes || (uintptr_t)bytes.data % element_bytes != 0) {
    refuse("a constant of another size than its shape, or not aligned: bytes", bytes.count);
  }
  t.data = (const int8_t *)bytes.data;
  return t;
}

static float scale_of(vector scales, uint32_t index) {
  union { int32_t bits; float value; } u = {flat_word(scales, scales.count == 1 ? 0 : index)};
  if (!(u.value > 0) || u.value > 1e30f) {
    refuse("a scale that is not positive and finite: bits", (uint32_t)u.bits);
  }
  return u.value;
}

/* A positive real as multiplier * 2^(shift - 31), rounded to nearest, half away from zero. */
static void quantize(double real, int32_t *multiplier, int32_t *shift) {
  union { double value; uint64_t bits; } u = {real};
  int32_t exponent = (int32_t)(u.bits >> 52) - 1022;
  uint64_t mantissa = (u.bits & ((1ull << 52) - 1)) | 1ull << 52;
  uint32_t fixed = (uint32_t)((mantissa + (1u << 21)) >> 22);
  if (fixed >> 31 != 0) {
    fixed >>= 1;
    exponent++;
  }
  if (exponent > 0) {
    refuse("an output scale smaller than that of a product: shift", (uint32_t)exponent);
  }
  *multiplier = exponent < -31 ? 0 : (int32_t)fixed;
  *shift = exponent < -31 ? 0 : exponent;
}

static int32_t pad(int padding_same, int32_t in, int32_t out, int32_t window, int32_t stride) {
  int32_t missing = (out - 1) * stride + window - in;
  return padding_same && missing > 0 ? missing / 2 : 0;
}

int32_t network_layer(layer *l, tensor *in, tensor *filter, tensor *bias, tensor *out, table options, int stride_slot, int activation_slot) {
  int32_t activation = flat_number(options, (uint32_t)activation_slot, 1, 0);
  if (activation > RELU) {
    refuse("an activation that is not handled: code", (uint32_t)activation);
  }
  l->input = (shape){in->dims[1], in->dims[2], in->dims[3]};
  l->output = (shape){out->dims[1], out->dims[2], out->dims[3]};
  int32_t across = 1;
  l->stride = 1;
  if (stride_slot >= 0) {
    int same = flat_number(options, 0, 1, 0) == 0;
    across = flat_number(options, (uint32_t)stride_slot, 4, 1);
    l->stride = flat_number(options, (uint32_t)stride_slot + 1, 4, 1);
    if (l->stride < 1 || l->stride > STRIDE_MAX || across < 1 || across > STRIDE_MAX) {
      refuse("strides that are not handled:", (uint32_t)l->stride);
    }
    l->pad_top = pad(same, l->input.height, l->output.height, l->filter_height, l->stride);
    l->pad_left = pad(same, l->input.width, l->output.width, l->filter_width, across);
  }
  l->input_zero = in->zero;
  l->output_zero = out->zero;
  l->minimum = activation == RELU && out->zero > -128 ? out->zero : -128;
  l->maximum = 127;
  if (filter == 0) {
    return across;
  }
  uint32_t channels = (uint32_t)out->dims[3];
  if (channels > CHANNELS_MAX || bias->elements != channels || (filter->scales.count != 1 && filter->scales.count != channels)) {
    refuse("channels that do not fit bias, scales or this program:", channels);
  }
  l->bias = (const int32_t *)bias->data;
  l->multiplier = multipliers;
  l->shift = shifts;
  /* One scale of a dense layer is multiplied in single precision, as TensorFlow Lite does. */
  int single = stride_slot < 0 && filter->scales.count == 1;
  float input_scale = scale_of(in->scales, 0), output_scale = scale_of(out->scales, 0);
  for (uint32_t c = 0; c < channels; c++) {
    float weight = scale_of(filter->scales, c);
    double product = single ? (double)(input_scale * weight) : (double)input_scale * weight;
    quantize(product / output_scale, &multipliers[c], &shifts[c]);
  }
  return across;
}
