/* Layers of 8-bit integers, written for this project: NHWC activations, weights as TensorFlow Lite lays them out. */
#ifndef LAYERS_H
#define LAYERS_H
#include <stdint.h>

typedef struct {
  int32_t height, width, channels;
} shape;

typedef struct {
  shape input, output;
  int32_t filter_height, filter_width, stride, pad_top, pad_left;
  int32_t input_zero, output_zero, minimum, maximum;
  const int32_t *bias, *multiplier, *shift;
} layer;

void convolve(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output);
void depthwise(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output);
void fully_connected(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output);

#endif
