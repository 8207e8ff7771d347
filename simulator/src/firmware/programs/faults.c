/* Things that go wrong, chosen by the test through a variable. */
#include <stdint.h>

volatile uint32_t fault_kind;
volatile uint32_t sink;

__attribute__((noinline)) static uint32_t deeper(uint32_t n) {
  volatile uint32_t frame[16];
  frame[n & 15] = n;
  return deeper(n + 1) + frame[n & 15];
}

__attribute__((noinline)) static void go_wrong(uint32_t kind) {
  switch (kind) {
    case 0: sink = *(volatile uint32_t *)0x60000000u; break;
    case 1: *(volatile uint32_t *)0x70000004u = 1; break;
    case 2: ((void (*)(void))0x60000001u)(); break;
    case 3: sink = deeper(0); break;
    case 4: for (;;) { __asm__ volatile(""); }
    case 5: __asm__ volatile("udf 7"); break;
    case 6: ((void (*)(void))((uint32_t)&go_wrong & ~1u))(); break;
    case 7: __asm__ volatile("cpsid i\n wfi"); for (;;) { __asm__ volatile("wfi"); }
    case 8: __asm__ volatile("bkpt 3"); break;
    case 9: *(volatile uint32_t *)0x00000004u = 1; break;
    default: break;
  }
}

int main(void) {
  go_wrong(fault_kind);
  return 0;
}
