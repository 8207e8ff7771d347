/* IT blocks of one to four instructions, with every condition and with loads and stores inside. */
#include <stdint.h>

static volatile uint32_t sink;

#if __ARM_ARCH_ISA_THUMB >= 2 && !defined(__ARM_ARCH_8M_BASE__) && !defined(__ARM_ARCH_6M__)
static uint32_t select(int32_t a, int32_t b) {
  uint32_t r = 0;
  uint32_t cell[2] = {3, 4};
  __asm__ volatile(
      "cmp %1, %2\n"
      "itete lt\n addlt %0, #1\n addge %0, #2\n addlt %0, #4\n addge %0, #8\n"
      "itt eq\n ldreq %0, [%3]\n addeq %0, #16\n"
      "ite hi\n strhi %0, [%3, #4]\n strls %0, [%3]\n"
      "it vs\n addvs %0, #32\n"
      "ittt pl\n lslpl %0, #1\n eorpl %0, #5\n addpl %0, %0, #64\n"
      "it cc\n rsbcc %0, %0, #0\n"
      : "+r"(r)
      : "r"(a), "r"(b), "r"(cell)
      : "cc", "memory");
  return r + cell[0] * 3 + cell[1];
}
#else
static uint32_t select(int32_t a, int32_t b) {
  return a < b ? 5 : a == b ? 19 : (uint32_t)(a - b);
}
#endif

int main(void) {
  uint32_t sum = 0;
  for (int32_t a = -20; a < 20; a++) {
    for (int32_t b = -20; b < 20; b++) {
      sum = sum * 31 + select(a * 0x06000000, b * 0x05000000);
    }
  }
  sink = sum;
  return 0;
}
