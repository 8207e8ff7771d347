/* Floating point, by the unit where there is one and by the library elsewhere. */
#include <stdint.h>

static volatile float results[4];
static volatile double wide;

static float root(float x) {
  float r = x > 1 ? x : 1;
  for (int i = 0; i < 12; i++) {
    r = 0.5f * (r + x / r);
  }
  return r;
}

int main(void) {
  float sum = 0, product = 1;
  for (int i = 1; i < 400; i++) {
    sum += root((float)i);
    product *= 1.0f + 1.0f / (float)(i * i);
  }
  double d = 0;
  for (int i = 1; i < 60; i++) {
    d += 1.0 / ((double)i * i);
  }
  results[0] = sum;
  results[1] = product;
  wide = d;
  return sum > 5300 && sum < 5400 && product > 3.5f && product < 3.8f && d > 1.62 && d < 1.65 ? 0 : 1;
}
