/* Sieve, sort, checksum, recursion, 64-bit division: ordinary integer code. */
#include <stdint.h>

static uint8_t sieve[2000];
static int32_t values[300];
volatile uint32_t result;

static uint32_t next(uint32_t *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state;
}

static uint32_t primes(void) {
  uint32_t count = 0;
  for (uint32_t i = 2; i < sizeof sieve; i++) {
    if (!sieve[i]) {
      count++;
      for (uint32_t j = i * 2; j < sizeof sieve; j += i) {
        sieve[j] = 1;
      }
    }
  }
  return count;
}

static void sort(int32_t *v, int n) {
  for (int i = 1; i < n; i++) {
    int32_t x = v[i];
    int j = i;
    while (j > 0 && v[j - 1] > x) {
      v[j] = v[j - 1];
      j--;
    }
    v[j] = x;
  }
}

static uint32_t crc(const uint8_t *data, uint32_t n) {
  uint32_t c = 0xffffffffu;
  while (n--) {
    c ^= *data++;
    for (int k = 0; k < 8; k++) {
      c = c >> 1 ^ (c & 1 ? 0xedb88320u : 0);
    }
  }
  return ~c;
}

__attribute__((noinline)) static uint32_t fibonacci(uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

int main(void) {
  uint32_t state = 7;
  uint32_t sum = primes();
  for (int i = 0; i < 300; i++) {
    values[i] = (int32_t)next(&state);
  }
  sort(values, 300);
  sum += crc((const uint8_t *)values, sizeof values);
  sum += fibonacci(14);
  uint64_t wide = 0x123456789abcdefull;
  for (int i = 1; i < 40; i++) {
    wide = wide / (uint32_t)(i * 3) + ((uint64_t)next(&state) << 20);
  }
  result = sum ^ (uint32_t)wide;
  for (int i = 1; i < 300; i++) {
    if (values[i - 1] > values[i]) {
      return 1;
    }
  }
  return 0;
}
