/* More than ten million instructions: matrix products of bytes. */
#include <stdint.h>

static int8_t a[48][48], b[48][48];
static int32_t c[48][48];
volatile int32_t result;

int main(void) {
  uint32_t state = 1;
  int32_t sum = 0;
  for (int round = 0; round < 20; round++) {
    for (int i = 0; i < 48; i++) {
      for (int j = 0; j < 48; j++) {
        state = state * 1664525u + 1013904223u;
        a[i][j] = (int8_t)(state >> 24);
        b[i][j] = (int8_t)(state >> 16);
      }
    }
    for (int i = 0; i < 48; i++) {
      for (int j = 0; j < 48; j++) {
        int32_t s = 0;
        for (int k = 0; k < 48; k++) {
          s += a[i][k] * b[k][j];
        }
        c[i][j] = s;
        sum ^= s;
      }
    }
  }
  result = sum;
  return 0;
}
