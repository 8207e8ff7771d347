/* Speaks the text protocol of a benchmark runner over USART2 of an STM32L4: commands end with %, answers are lines. The times it
 * prints come from its own timer, TIM2 at 1 MHz. */
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define USART2 0x40004400u
#define TIM2 0x40000000u

static volatile uint32_t sink;

static void put(const char *text) {
  while (*text) {
    while (!(REG(USART2 + 0x1c) & 0x80)) {
    }
    REG(USART2 + 0x28) = (uint8_t)*text++;
  }
}

static void put_number(uint32_t value) {
  char digits[11];
  int at = 10;
  digits[10] = 0;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  put(digits + at);
}

static void lap(void) {
  put("m-lap-us-");
  put_number(REG(TIM2 + 0x24));
  put("\r\n");
}

static char get(void) {
  while (!(REG(USART2 + 0x1c) & 0x20)) {
  }
  return (char)REG(USART2 + 0x24);
}

static int starts(const char *text, const char *with) {
  while (*with) {
    if (*text++ != *with++) {
      return 0;
    }
  }
  return 1;
}

__attribute__((noinline)) static void infer(void) {
  uint32_t sum = 0;
  for (uint32_t i = 0; i < 20000; i++) {
    sum += i ^ sum >> 1;
  }
  sink = sum;
}

int main(void) {
  static char command[64];
  REG(USART2) = 0x0d;
  REG(TIM2 + 0x28) = TIMER_MHZ - 1;
  REG(TIM2) = 1;
  put("m-ready\r\n");
  for (;;) {
    uint32_t length = 0;
    for (char c = get(); c != '%'; c = get()) {
      if (length < sizeof command - 1) {
        command[length++] = c;
      }
    }
    command[length] = 0;
    if (starts(command, "name")) {
      put("m-name-runner-[none]\r\n");
    } else if (starts(command, "timestamp")) {
      lap();
    } else if (starts(command, "infer ")) {
      uint32_t times = 0;
      for (const char *c = command + 6; *c >= '0' && *c <= '9'; c++) {
        times = times * 10 + (uint32_t)(*c - '0');
      }
      lap();
      for (uint32_t i = 0; i < times; i++) {
        infer();
      }
      lap();
    } else if (starts(command, "silence")) {
      for (;;) {
        __asm__ volatile("wfi");
      }
    } else {
      put("e-[unknown command]\r\n");
    }
    put("m-ready\r\n");
  }
}
