/* Three layers on numbers from a generator: a convolution, a depthwise convolution and a dense layer. Their outputs stay
 * in memory, where a test compares them with the kernels in Java. */
#include "layers.h"

void put_string(const char *text);

#define SIZE 10
#define CHANNELS 7
#define FILTERS 8
#define CLASSES 11

int8_t input[SIZE * SIZE * CHANNELS];
int8_t conv_filter[FILTERS * 3 * 3 * CHANNELS];
int8_t conv_output[SIZE * SIZE * FILTERS];
int8_t depthwise_filter[3 * 3 * FILTERS];
int8_t depthwise_output[5 * 5 * FILTERS];
int8_t dense_filter[CLASSES * 5 * 5 * FILTERS];
int8_t dense_output[CLASSES];
int32_t bias[3][CLASSES], multiplier[3][CLASSES], shift[3][CLASSES];

static uint32_t state = 2026;

static uint32_t next(void) {
  state = state * 1664525u + 1013904223u;
  return state >> 8;
}

static void bytes(int8_t *to, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    to[i] = (int8_t)(next() & 0xff);
  }
}

static void words(void) {
  for (int l = 0; l < 3; l++) {
    for (int i = 0; i < CLASSES; i++) {
      bias[l][i] = (int32_t)(next() % 20001) - 10000;
      multiplier[l][i] = (int32_t)(0x40000000u + next() % 0x3fffffffu);
      shift[l][i] = -7 - (int32_t)(next() % 3);
    }
  }
}

static layer layer_of(int index, shape in, shape out, int32_t filter, int32_t stride, int32_t pad) {
  layer l = {in, out, filter, filter, stride, pad, pad, 3 - index * 20, index * 5 - 4, -128, 127,
             bias[index], multiplier[index], shift[index]};
  return l;
}

int main(void) {
  bytes(input, sizeof input);
  bytes(conv_filter, sizeof conv_filter);
  bytes(depthwise_filter, sizeof depthwise_filter);
  bytes(dense_filter, sizeof dense_filter);
  words();
  shape whole = {SIZE, SIZE, CHANNELS}, middle = {SIZE, SIZE, FILTERS}, half = {5, 5, FILTERS};
  shape flat = {1, 1, 5 * 5 * FILTERS}, classes = {1, 1, CLASSES};
  layer first = layer_of(0, whole, middle, 3, 1, 1);
  layer second = layer_of(1, middle, half, 3, 2, 0);
  layer third = layer_of(2, flat, classes, 1, 1, 0);
  convolve(&first, input, conv_filter, conv_output);
  depthwise(&second, conv_output, depthwise_filter, depthwise_output);
  fully_connected(&third, depthwise_output, dense_filter, dense_output);
  put_string("layers done\n");
  return 0;
}
