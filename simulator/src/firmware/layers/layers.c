/* Every layer comes to one inner product. With the DSP extension two products are made at once; without, one. */
#include "layers.h"

#if defined(__ARM_FEATURE_DSP)
#include <arm_acle.h>
#endif

/* Scales an accumulator by multiplier * 2^(shift - 31), rounding twice as TensorFlow Lite does. */
static int32_t scale(int32_t x, int32_t multiplier, int32_t shift) {
  int32_t left = shift > 0 ? shift : 0;
  int32_t right = shift > 0 ? 0 : -shift;
  int64_t product = (int64_t)((int32_t)((uint32_t)x << left)) * multiplier;
  int64_t nudge = product >= 0 ? 1 << 30 : 1 - (1 << 30);
  int32_t high = (int32_t)((product + nudge) / (1ll << 31));
  int32_t mask = (int32_t)((1u << right) - 1);
  int32_t remainder = high & mask;
  int32_t threshold = (mask >> 1) + (high < 0);
  return (high >> right) + (remainder > threshold);
}

static int8_t finish(const layer *l, int32_t sum, int32_t channel) {
  int32_t y = scale(sum, l->multiplier[channel], l->shift[channel]) + l->output_zero;
  return (int8_t)(y < l->minimum ? l->minimum : y > l->maximum ? l->maximum : y);
}

#if defined(__ARM_FEATURE_DSP)
static inline uint32_t four(const int8_t *p) {
  uint32_t word;
  __builtin_memcpy(&word, p, 4);
  return word;
}

static inline uint32_t both(int32_t value) {
  return (uint32_t)(value & 0xffff) | (uint32_t)value << 16;
}

static inline uint32_t rotate(uint32_t value) {
  return value >> 8 | value << 24;
}

/* Four products in two instructions: bytes 0 and 2 in one pair of halves, 1 and 3 in the other. */
__attribute__((noinline)) static int32_t inner(
    const int8_t *x, const int8_t *w, int32_t n, int32_t zero, int32_t sum) {
  uint32_t zeros = both(-zero);
  for (; n >= 4; n -= 4, x += 4, w += 4) {
    uint32_t a = four(x);
    uint32_t b = four(w);
    uint32_t even = __sxtab16(zeros, a);
    uint32_t odd = __sxtab16(zeros, rotate(a));
    sum = __smlad(even, __sxtb16(b), sum);
    sum = __smlad(odd, __sxtb16(rotate(b)), sum);
  }
  while (n-- > 0) {
    sum += (*x++ - zero) * *w++;
  }
  return sum;
}
#else
__attribute__((noinline)) static int32_t inner(
    const int8_t *x, const int8_t *w, int32_t n, int32_t zero, int32_t sum) {
  while (n-- > 0) {
    sum += (*x++ - zero) * *w++;
  }
  return sum;
}
#endif

void convolve(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output) {
  int32_t channels = l->input.channels;
  for (int32_t y = 0; y < l->output.height; y++) {
    for (int32_t x = 0; x < l->output.width; x++) {
      for (int32_t c = 0; c < l->output.channels; c++) {
        int32_t sum = l->bias[c];
        const int8_t *w = filter + c * l->filter_height * l->filter_width * channels;
        for (int32_t ky = 0; ky < l->filter_height; ky++) {
          int32_t row = y * l->stride - l->pad_top + ky;
          for (int32_t kx = 0; kx < l->filter_width; kx++, w += channels) {
            int32_t column = x * l->stride - l->pad_left + kx;
            if (row >= 0 && row < l->input.height && column >= 0 && column < l->input.width) {
              const int8_t *from = input + (row * l->input.width + column) * channels;
              sum = inner(from, w, channels, l->input_zero, sum);
            }
          }
        }
        *output++ = finish(l, sum, c);
      }
    }
  }
}

void depthwise(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output) {
  int32_t channels = l->output.channels;
  for (int32_t y = 0; y < l->output.height; y++) {
    for (int32_t x = 0; x < l->output.width; x++) {
      for (int32_t c = 0; c < channels; c++) {
        int32_t sum = l->bias[c];
        for (int32_t ky = 0; ky < l->filter_height; ky++) {
          int32_t row = y * l->stride - l->pad_top + ky;
          for (int32_t kx = 0; kx < l->filter_width; kx++) {
            int32_t column = x * l->stride - l->pad_left + kx;
            if (row >= 0 && row < l->input.height && column >= 0 && column < l->input.width) {
              int32_t value = input[(row * l->input.width + column) * channels + c];
              sum += (value - l->input_zero) * filter[(ky * l->filter_width + kx) * channels + c];
            }
          }
        }
        *output++ = finish(l, sum, c);
      }
    }
  }
}

void fully_connected(const layer *l, const int8_t *input, const int8_t *filter, int8_t *output) {
  int32_t n = l->input.channels;
  for (int32_t c = 0; c < l->output.channels; c++) {
    output[c] = finish(l, inner(input, filter + c * n, n, l->input_zero, l->bias[c]), c);
  }
}
