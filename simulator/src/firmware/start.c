/* Start-up code without any vendor library: vector table, data, bss, main, exit through semihosting. */
#include <stdint.h>

extern uint32_t __stack_end, __data_load, __data_start, __data_end, __bss_start, __bss_end;
int main(void);

/* Ends the emulation. Armv6-M to v8-M: BKPT 0xAB with SYS_EXIT (0x18) in r0; 0x20026 means success. */
__attribute__((noreturn)) void exit_with(int status) {
  register uint32_t operation __asm__("r0") = 0x18;
  register uint32_t reason __asm__("r1") = status == 0 ? 0x20026u : 0x20023u;
  __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(reason) : "memory");
  for (;;) {
  }
}

/* Writes a string through semihosting: SYS_WRITE0 (0x04). */
void put_string(const char *text) {
  register uint32_t operation __asm__("r0") = 0x04;
  register const char *argument __asm__("r1") = text;
  __asm__ volatile("bkpt 0xab" : "+r"(operation) : "r"(argument) : "memory");
}

static void fault(void) {
  exit_with(1);
}

__attribute__((noreturn)) void reset(void) {
#if defined(__ARM_FP)
  *(volatile uint32_t *)0xE000ED88 |= 0xFu << 20; /* CPACR: full access to the floating-point unit */
  __asm__ volatile("dsb\n isb" : : : "memory");
#endif
  uint32_t *from = &__data_load;
  for (uint32_t *to = &__data_start; to < &__data_end; to++) {
    *to = *from++;
  }
  for (uint32_t *to = &__bss_start; to < &__bss_end; to++) {
    *to = 0;
  }
  exit_with(main());
}

__attribute__((weak)) void svc_handler(void) { fault(); }
__attribute__((weak)) void pendsv_handler(void) { fault(); }
__attribute__((weak)) void systick_handler(void) { fault(); }
__attribute__((weak)) void irq0_handler(void) { fault(); }
__attribute__((weak)) void irq1_handler(void) { fault(); }
__attribute__((weak)) void irq2_handler(void) { fault(); }

__attribute__((section(".vectors"), used)) void *const vectors[] = {
    &__stack_end, reset, fault, fault, fault, fault, fault, 0,
    0, 0, 0, svc_handler, fault, 0, pendsv_handler, systick_handler,
    irq0_handler, irq1_handler, irq2_handler,
};
