/* Two tasks with stacks of their own that PendSV switches between, as a real-time kernel does. */
#include <stdint.h>

#define ICSR (*(volatile uint32_t *)0xE000ED04)
#define SHPR3 (*(volatile uint32_t *)0xE000ED20)

static uint32_t stack[2][128] __attribute__((aligned(8)));
static uint32_t *top[2];
static volatile uint32_t running, started;
static volatile uint32_t counts[2];
static volatile uint32_t finished;

void exit_with(int status);

__attribute__((noinline)) static void yield(void) {
  ICSR = 1u << 28;
  __asm__ volatile("dsb\n isb" : : : "memory");
}

static void task(uint32_t id) {
  for (int i = 0; i < 200; i++) {
    uint32_t before = counts[id];
    yield();
    if (counts[id] != before) {
      exit_with(1);
    }
    counts[id] = before + id + 1;
  }
  finished++;
  for (;;) {
    if (finished == 2) {
      exit_with(counts[0] == 200 && counts[1] == 400 ? 0 : 1);
    }
    yield();
  }
}

uint32_t *switch_stack(uint32_t *sp) {
  if (started) {
    top[running] = sp;
    running ^= 1;
  }
  started = 1;
  return top[running];
}

__attribute__((naked)) void pendsv_handler(void) {
  __asm__ volatile(
      "mrs r0, psp\n"
      "sub r0, #32\n"
      "mov r1, r0\n"
      "stmia r1!, {r4-r7}\n"
      "mov r4, r8\n mov r5, r9\n mov r6, r10\n mov r7, r11\n"
      "stmia r1!, {r4-r7}\n"
      "push {r3, lr}\n"
      "bl switch_stack\n"
      "pop {r2, r3}\n"
      "mov r2, r0\n"
      "add r2, #16\n"
      "ldmia r2!, {r4-r7}\n"
      "mov r8, r4\n mov r9, r5\n mov r10, r6\n mov r11, r7\n"
      "msr psp, r2\n"
      "ldmia r0!, {r4-r7}\n"
      "bx r3\n");
}

static void prepare(uint32_t id) {
  uint32_t *sp = &stack[id][128 - 16];
  sp[8] = id;                    /* r0 */
  sp[14] = (uint32_t)task;       /* pc */
  sp[15] = 0x01000000u;          /* xpsr */
  top[id] = sp;
}

int main(void) {
  SHPR3 = 0xC0u << 16;
  prepare(0);
  prepare(1);
  __asm__ volatile("msr psp, %0" : : "r"(&stack[0][64]));
  __asm__ volatile("msr control, %0\n isb" : : "r"(2) : "memory");
  yield();
  return 1;
}
