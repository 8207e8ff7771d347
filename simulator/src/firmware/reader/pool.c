#include "pool.h"

static int8_t mean(const layer *l, const int8_t *input, int32_t top, int32_t left, int32_t channel) {
  int32_t sum = 0, count = 0;
  for (int32_t y = top; y < top + l->filter_height; y++) {
    for (int32_t x = left; x < left + l->filter_width; x++) {
      if (y >= 0 && y < l->input.height && x >= 0 && x < l->input.width) {
        sum += input[(y * l->input.width + x) * l->input.channels + channel];
        count++;
      }
    }
  }
  int32_t value = count == 0 ? 0 : (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
  return (int8_t)(value < l->minimum ? l->minimum : value > l->maximum ? l->maximum : value);
}

void average_pool(const layer *l, int32_t across, const int8_t *input, int8_t *output) {
  for (int32_t y = 0; y < l->output.height; y++) {
    for (int32_t x = 0; x < l->output.width; x++) {
      for (int32_t c = 0; c < l->output.channels; c++) {
        *output++ = mean(l, input, y * l->stride - l->pad_top, x * across - l->pad_left, c);
      }
    }
  }
}
