/* Floats to int8 as QUANTIZE makes them; with WIDE each is rounded as a double, as where ARDUINO is defined. */
#include <math.h>
#include <stdint.h>

enum { COUNT = 2000 };

typedef struct {
  double scale;
  int32_t zero_point;
} Scaling;

static float input[COUNT];
static int8_t output[COUNT];

__attribute__((noinline)) static void quantize(const Scaling *scaling, const float *from, int8_t *to) {
  const double scale = scaling->scale; /* read once, as the runtime does */
  const int32_t zero_point = scaling->zero_point;
  for (int i = 0; i < COUNT; i++) {
    float steps = from[i] / (float)scale;
#ifdef WIDE
    float whole = (float)round((double)steps);
#else
    float whole = roundf(steps);
#endif
    int32_t value = (int32_t)whole + zero_point;
    to[i] = (int8_t)(value < -128 ? -128 : value > 127 ? 127 : value);
  }
}

int main(void) {
  const Scaling scaling = {.scale = 0.0234375, .zero_point = -3};
  uint32_t random = 1;
  for (int i = 0; i < COUNT; i++) {
    random = random * 1664525u + 1013904223u;
    input[i] = (float)(int32_t)random / 536870912.0f;
  }
  quantize(&scaling, input, output);
  for (int i = 0; i < COUNT; i++) {
    int32_t expected = (int32_t)floorf(fabsf(input[i]) / 0.0234375f + 0.5f);
    expected = (input[i] < 0 ? -expected : expected) - 3;
    expected = expected < -128 ? -128 : expected > 127 ? 127 : expected;
    if (output[i] != expected) {
      return 1;
    }
  }
  return 0;
}
