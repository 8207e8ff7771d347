/* Start-up handshakes and serial lines of a family of microcontrollers, chosen by FAMILY_..: clocks as vendors' start-up code
 * switches them on, then an echo by polling, by interrupt and, where there is one, through a DMA channel. */
#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(address))
#define COUNT 4 /* bytes received in each way */

static volatile uint32_t received;
static volatile char text[3 * COUNT + 2];
#if !defined(FAMILY_RP2040) && !defined(FAMILY_CMSDK)
static volatile char buffer[8];
#endif

#if !defined(FAMILY_NRF) && !defined(FAMILY_RP2040) && !defined(FAMILY_CMSDK) /* STM32 */
static volatile uint32_t completed;

#if defined(FAMILY_F4)
#define USART2 0x40004400u
#define STATUS (USART2 + 0x00)
#define DATA_IN (USART2 + 0x04)
#define DATA_OUT (USART2 + 0x04)
#define CONTROL (USART2 + 0x0c)
#define CONTROL3 (USART2 + 0x14)
#define INTERRUPT 38
#define DMA_INTERRUPT 16 /* DMA1 stream 5 */
static void clocks(void) {
  REG(0x40007000) |= 3u << 14;
  while (!(REG(0x40007004) & 1u << 14)) {
  }
  REG(0x40023800) |= 1u << 16;
  while (!(REG(0x40023800) & 1u << 17)) {
  }
  REG(0x40023800) |= 1u << 24;
  while (!(REG(0x40023800) & 1u << 25)) {
  }
  REG(0x40007000) |= 1u << 16;
  while (!(REG(0x40007004) & 1u << 16)) {
  }
  REG(0x40007000) |= 1u << 17;
  while (!(REG(0x40007004) & 1u << 17)) {
  }
  REG(0x40023C00) = 5;
  while ((REG(0x40023C00) & 15) != 5) {
  }
  REG(0x40023808) = (REG(0x40023808) & ~3u) | 2;
  while ((REG(0x40023808) >> 2 & 3) != 2) {
  }
}
static void start_dma(void) {
  REG(0x40026000 + 0x0c) = 0x0f40; /* flags of stream 5 */
  REG(0x40026088 + 0x08) = DATA_IN;
  REG(0x40026088 + 0x0c) = (uint32_t)buffer;
  REG(0x40026088 + 0x04) = COUNT;
  REG(0x40026088) = 4u << 25 | 1u << 10 | 1u << 4 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40026004) & 1u << 11) != 0 && REG(0x40026088 + 4) == 0;
  REG(0x4002600c) = 1u << 11;
}
#elif defined(FAMILY_F7)
#define USART2 0x40004400u
#define STATUS (USART2 + 0x1c)
#define DATA_IN (USART2 + 0x24)
#define DATA_OUT (USART2 + 0x28)
#define CONTROL (USART2 + 0x00)
#define CONTROL3 (USART2 + 0x08)
#define INTERRUPT 38
#define DMA_INTERRUPT 16 /* DMA1 stream 5 */
static void clocks(void) {
  REG(0x40023800) |= 1u << 16;
  while (!(REG(0x40023800) & 1u << 17)) {
  }
  REG(0x40007000) |= 3u << 14;
  REG(0x40023800) |= 1u << 24;
  REG(0x40007000) |= 1u << 16;
  while (!(REG(0x40007004) & 1u << 16)) {
  }
  REG(0x40007000) |= 1u << 17;
  while (!(REG(0x40007004) & 1u << 17)) {
  }
  REG(0x40023c00) = 1u << 9 | 1u << 8 | 7;
  while ((REG(0x40023c00) & 15) != 7) {
  }
  while (!(REG(0x40023800) & 1u << 25)) {
  }
  REG(0x40023808) = (REG(0x40023808) & ~3u) | 2;
  while ((REG(0x40023808) >> 2 & 3) != 2) {
  }
}
static void start_dma(void) {
  REG(0x40026000 + 0x0c) = 0x0f40; /* flags of stream 5 */
  REG(0x40026088 + 0x08) = DATA_IN;
  REG(0x40026088 + 0x0c) = (uint32_t)buffer;
  REG(0x40026088 + 0x04) = COUNT;
  REG(0x40026088) = 4u << 25 | 1u << 10 | 1u << 4 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40026004) & 1u << 11) != 0 && REG(0x40026088 + 4) == 0;
  REG(0x4002600c) = 1u << 11;
}
#elif defined(FAMILY_H7)
#define USART2 0x40004400u
#define STATUS (USART2 + 0x1c)
#define DATA_IN (USART2 + 0x24)
#define DATA_OUT (USART2 + 0x28)
#define CONTROL (USART2 + 0x00)
#define CONTROL3 (USART2 + 0x08)
#define INTERRUPT 38
#define DMA_INTERRUPT 16 /* DMA1 stream 5 */
static void clocks(void) {
  REG(0x5802480c) = (REG(0x5802480c) & ~7u) | 2; /* the regulator */
  while (!(REG(0x58024804) & 1u << 13)) {
  }
  REG(0x58024818) = 3u << 14;
  while (!(REG(0x58024818) & 1u << 13)) {
  }
  REG(0x58024400) |= 1u << 16;
  while (!(REG(0x58024400) & 1u << 17)) {
  }
  REG(0x58024400) |= 1u << 24;
  while (!(REG(0x58024400) & 1u << 25)) {
  }
  REG(0x52002000) = 0x24;
  while ((REG(0x52002000) & 15) != 4) {
  }
  REG(0x58024410) |= 3;
  while ((REG(0x58024410) >> 3 & 7) != 3) {
  }
}
static void start_dma(void) {
  REG(0x40020800 + 4 * 5) = 43; /* DMAMUX1: receiving of USART2 */
  REG(0x40020000 + 0x0c) = 0x0f40; /* flags of stream 5 */
  REG(0x40020088 + 0x08) = DATA_IN;
  REG(0x40020088 + 0x0c) = (uint32_t)buffer;
  REG(0x40020088 + 0x04) = COUNT;
  REG(0x40020088) = 1u << 10 | 1u << 4 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40020004) & 1u << 11) != 0 && REG(0x40020088 + 4) == 0;
  REG(0x4002000c) = 1u << 11;
}
#elif defined(FAMILY_G0) || defined(FAMILY_L5)
#define USART2 0x40004400u
#define STATUS (USART2 + 0x1c)
#define DATA_IN (USART2 + 0x24)
#define DATA_OUT (USART2 + 0x28)
#define CONTROL (USART2 + 0x00)
#define CONTROL3 (USART2 + 0x08)
#ifdef FAMILY_G0
#define INTERRUPT 28
#define DMA_INTERRUPT 9 /* DMA1 channel 1 */
#define SWITCH 7u       /* bits of SW, with those of SWS behind them */
#define SWITCH_BITS 3
#define PLL 2
#else
#define INTERRUPT 62
#define DMA_INTERRUPT 29 /* DMA1 channel 1 */
#define SWITCH 3u
#define SWITCH_BITS 2
#define PLL 3
#endif
static void clocks(void) {
  REG(0x40007000) = 1u << 9;
  while (REG(0x40007014) & 1u << 10) {
  }
  REG(0x40021000) |= 1u << 8;
  while (!(REG(0x40021000) & 1u << 10)) {
  }
  REG(0x40021000) |= 1u << 24;
  while (!(REG(0x40021000) & 1u << 25)) {
  }
  REG(0x40022000) = 2;
  while ((REG(0x40022000) & 7) != 2) {
  }
  REG(0x40021008) = (REG(0x40021008) & ~SWITCH) | PLL;
  while ((REG(0x40021008) >> SWITCH_BITS & SWITCH) != PLL) {
  }
}
static void start_dma(void) {
  REG(0x40020008 + 8) = DATA_IN;
  REG(0x40020008 + 12) = (uint32_t)buffer;
  REG(0x40020008 + 4) = COUNT;
  REG(0x40020008) = 1u << 7 | 1u << 1 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40020000) & 1u << 1) != 0;
  REG(0x40020004) = 15u;
}
#elif defined(FAMILY_L4)
#define USART2 0x40004400u
#define STATUS (USART2 + 0x1c)
#define DATA_IN (USART2 + 0x24)
#define DATA_OUT (USART2 + 0x28)
#define CONTROL (USART2 + 0x00)
#define CONTROL3 (USART2 + 0x08)
#define INTERRUPT 38
#define DMA_INTERRUPT 16 /* DMA1 channel 6 */
static void clocks(void) {
  REG(0x40007000) = 1u << 9;
  while (REG(0x40007014) & 1u << 10) {
  }
  REG(0x40021000) |= 1u << 8;
  while (!(REG(0x40021000) & 1u << 10)) {
  }
  REG(0x40021000) |= 1u << 24;
  while (!(REG(0x40021000) & 1u << 25)) {
  }
  REG(0x40022000) = 4;
  while ((REG(0x40022000) & 7) != 4) {
  }
  REG(0x40021008) |= 3;
  while ((REG(0x40021008) >> 2 & 3) != 3) {
  }
}
static void start_dma(void) {
  REG(0x40020000 + 0x08 + 0x14 * 5 + 8) = DATA_IN;
  REG(0x40020000 + 0x08 + 0x14 * 5 + 12) = (uint32_t)buffer;
  REG(0x40020000 + 0x08 + 0x14 * 5 + 4) = COUNT;
  REG(0x40020000 + 0x08 + 0x14 * 5) = 1u << 7 | 1u << 1 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40020000) & 1u << 21) != 0;
  REG(0x40020004) = 15u << 20;
}
#else
#define USART2 0x40004400u
#define STATUS (USART2 + 0x1c)
#define DATA_IN (USART2 + 0x24)
#define DATA_OUT (USART2 + 0x28)
#define CONTROL (USART2 + 0x00)
#define CONTROL3 (USART2 + 0x08)
#define INTERRUPT 62
#define DMA_INTERRUPT 30 /* GPDMA1 channel 1 */
static void clocks(void) {
  REG(0x4602080c) = 3u << 16 | 1u << 18;
  while ((REG(0x4602080c) >> 14 & 3) != 3) {
  }
  REG(0x46020c00) |= 1u << 16;
  while (!(REG(0x46020c00) & 1u << 17)) {
  }
  REG(0x46020c00) |= 1u << 24;
  while (!(REG(0x46020c00) & 1u << 25)) {
  }
  REG(0x46020c1c) |= 3;
  while ((REG(0x46020c1c) >> 2 & 3) != 3) {
  }
}
static void start_dma(void) {
  REG(0x40020000 + 0xd0 + 0x4c) = DATA_IN;
  REG(0x40020000 + 0xd0 + 0x50) = (uint32_t)buffer;
  REG(0x40020000 + 0xd0 + 0x48) = COUNT;
  REG(0x40020000 + 0xd0 + 0x14) = 1u << 8 | 1;
}
static void dma_handler(void) {
  completed = (REG(0x40020000 + 0xd0 + 0x10) & 1u << 8) != 0;
  REG(0x40020000 + 0xd0 + 0x0c) = 1u << 8;
}
#endif
static void start_serial(void) { REG(CONTROL) = 0x0d; }
static int waits(void) { return (REG(STATUS) & 0x20) != 0; }
static char get(void) { return (char)REG(DATA_IN); }
static void put(char c) {
  while (!(REG(STATUS) & 0x80)) {
  }
  REG(DATA_OUT) = (uint8_t)c;
}
static void listen(int on) { REG(CONTROL) = on ? 0x2d : 0x0d; }
static void listen_by_dma(void) {
  start_dma();
  REG(CONTROL3) = 0x40;
}
#elif defined(FAMILY_NRF)
#define INTERRUPT 2
#define UARTE 0x40002000u
static void clocks(void) {
  REG(0x40000100) = 0;
  REG(0x40000000) = 1;
  while (!REG(0x40000100)) {
  }
  while (!REG(0x4001e400)) {
  }
}
static void start_serial(void) { REG(UARTE + 0x500) = 8; }
static void begin(uint32_t count) {
  REG(UARTE + 0x110) = 0;
  REG(UARTE + 0x534) = (uint32_t)buffer;
  REG(UARTE + 0x538) = count;
  REG(UARTE + 0x53c) = 0;
  REG(UARTE) = 1;
}
static int waits(void) {
  begin(1);
  while (!REG(UARTE + 0x110)) {
  }
  return 1;
}
static char get(void) {
  REG(UARTE + 0x110) = 0;
  return buffer[0];
}
static void put(char c) {
  static volatile char out;
  out = c;
  REG(UARTE + 0x120) = 0;
  REG(UARTE + 0x544) = (uint32_t)&out;
  REG(UARTE + 0x548) = 1;
  REG(UARTE + 0x008) = 1;
  while (!REG(UARTE + 0x120)) {
  }
}
static void listen(int on) {
  if (on) {
    REG(UARTE + 0x304) = 1u << 4;
    begin(1);
  } else {
    REG(UARTE + 0x308) = 1u << 4;
  }
}
#elif defined(FAMILY_RP2040)
#define INTERRUPT 20
#define UART0 0x40034000u
static void clocks(void) {
  REG(0x4000c000 + 0x3000) = 1u << 22 | 1u << 12; /* atomic clear: UART0 and PLL out of reset */
  while ((REG(0x4000c008) & (1u << 22 | 1u << 12)) != (1u << 22 | 1u << 12)) {
  }
  REG(0x40024000 + 0x2000) = 0xfab << 12;
  while (!(REG(0x40024004) & 1u << 31)) {
  }
  REG(0x40028000) = 1;
  while (!(REG(0x40028000) & 1u << 31)) {
  }
  REG(0x40008030) = 2;
  while (!(REG(0x40008038) & 1u << 2)) {
  }
  REG(0x4000803c) = 1;
  while (!(REG(0x40008044) & 1u << 1)) {
  }
}
static void start_serial(void) { REG(UART0 + 0x30) = 0x301; }
static int waits(void) { return !(REG(UART0 + 0x18) & 0x10); }
static char get(void) { return (char)REG(UART0); }
static void put(char c) {
  while (REG(UART0 + 0x18) & 0x20) {
  }
  REG(UART0) = (uint8_t)c;
}
static void listen(int on) { REG(UART0 + 0x38) = on ? 0x10 : 0; }
#elif defined(FAMILY_CMSDK)
#define INTERRUPT 0
#define UART0 0x40004000u
static void clocks(void) {}
static void start_serial(void) { REG(UART0 + 8) = 3; }
static int waits(void) { return (REG(UART0 + 4) & 2) != 0; }
static char get(void) { return (char)REG(UART0); }
static void put(char c) {
  while (REG(UART0 + 4) & 1) {
  }
  REG(UART0) = (uint8_t)c;
}
static void listen(int on) { REG(UART0 + 8) = on ? 0xb : 3; }
#endif

static void serial_handler(void) {
#if !defined(FAMILY_NRF)
  if (!waits()) {
    return;
  }
#endif
  text[COUNT + received++] = get();
  if (received == COUNT) {
    listen(0);
#if defined(FAMILY_NRF)
  } else {
    begin(1);
#endif
  }
}

__attribute__((section(".ramvectors"), aligned(512))) static void *table[128];
extern void *const vectors[];

static void enable(uint32_t number, void (*handler)(void)) {
  table[16 + number] = handler;
  REG(0xE000E100 + 4 * (number / 32)) = 1u << (number % 32);
}

int main(void) {
  for (int i = 0; i < 19; i++) {
    table[i] = vectors[i];
  }
  REG(0xE000ED08) = (uint32_t)table;
  clocks();
  start_serial();
  for (int i = 0; i < COUNT; i++) {
    while (!waits()) {
    }
    text[i] = get();
  }
  enable(INTERRUPT, serial_handler);
  listen(1);
  while (received < COUNT) {
    __asm__ volatile("wfi");
  }
#if defined(DMA_INTERRUPT)
  enable(DMA_INTERRUPT, dma_handler);
  listen_by_dma();
  while (!completed) {
    __asm__ volatile("wfi");
  }
  for (int i = 0; i < COUNT; i++) {
    text[2 * COUNT + i] = buffer[i];
  }
#endif
  for (int i = 0; text[i]; i++) {
    put(text[i]);
  }
  put('\n');
  return 0;
}
