/* SVC, PendSV and two external interrupts that nest by priority, all raised by software. */
#include <stdint.h>

#define ICSR (*(volatile uint32_t *)0xE000ED04)
#define SHPR2 (*(volatile uint32_t *)0xE000ED1C)
#define SHPR3 (*(volatile uint32_t *)0xE000ED20)
#define ISER (*(volatile uint32_t *)0xE000E100)
#define ISPR (*(volatile uint32_t *)0xE000E200)
#define IPR0 (*(volatile uint32_t *)0xE000E400)

static volatile uint32_t trail; /* the order of what happened, a digit for each step */
#if defined(__ARM_FP)
static volatile float quotient;
#endif

static void step(uint32_t digit) {
  trail = trail * 10 + digit;
}

static inline void synchronise(void) {
  __asm__ volatile("dsb\n isb" : : : "memory");
}

void svc_handler(void) {
  step(1);
  ICSR = 1u << 28; /* PendSV has the lowest priority: it runs when everything else is done */
  synchronise();
  step(2);
}

void pendsv_handler(void) {
#if defined(__ARM_FP)
  quotient = quotient / 3.0f;
#endif
  step(5);
}

void irq0_handler(void) { /* low priority, interrupted by 1 */
  step(6);
  ISPR = 1u << 1;
  synchronise();
  step(8);
}

void irq1_handler(void) { /* high priority; 0 pends again and must wait */
  step(7);
  ISPR = 1u << 2;
  synchronise();
}

void irq2_handler(void) {
  step(9);
}

int main(void) {
  SHPR2 = 0x40u << 24;
  SHPR3 = 0xC0u << 16;
  IPR0 = 0x80u | 0x40u << 8 | 0x80u << 16;
  ISER = 7;
  uint32_t total = 0;
  for (int i = 0; i < 50; i++) {
    trail = 0;
#if defined(__ARM_FP)
    quotient = 6.0f;
    float kept = (float)i * 0.5f;
    __asm__ volatile("" : "+t"(kept));
#endif
    register uint32_t argument __asm__("r0") = (uint32_t)i;
    __asm__ volatile("svc 3" : "+r"(argument) : : "memory");
    synchronise();
    ISPR = 1;
    synchronise();
#if defined(__ARM_FP)
    if (kept != (float)i * 0.5f || quotient != 2.0f) {
      return 1;
    }
#endif
    total += trail;
    if (trail != 1256789 && trail != 1256798) {
      return 1;
    }
  }
  __asm__ volatile("cpsid i" : : : "memory");
  trail = 0;
  ISPR = 4;
  synchronise();
  if (trail != 0) {
    return 1;
  }
  __asm__ volatile("cpsie i" : : : "memory");
  synchronise();
  return trail == 9 && total != 0 ? 0 : 1;
}
