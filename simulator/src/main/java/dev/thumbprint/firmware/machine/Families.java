package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.machine.MemoryMap.Family;

/**
 * Which devices a family of microcontrollers has at which address.
 *
 * @see <a href="https://github.com/STMicroelectronics/cmsis-device-f4">device headers of the
 *     vendors</a>
 */
final class Families {
  private static final int SIZE = 0x400;

  /** Takes the devices of a family one after the other. */
  interface Sink {
    void add(int base, int bytes, Device device);
  }

  private Families() {}

  static void place(Family family, Bus bus, Console console, Sink sink) {
    switch (family) {
      case STM32_OLD_USART -> stm32(bus, console, sink, Uart.Layout.STM32_OLD);
      case STM32_NEW_USART -> {
        stm32(bus, console, sink, Uart.Layout.STM32_NEW);
        // LPUART1 of L4 and U5
        sink.add(0x4000_8000, SIZE, new Uart(bus, console, Uart.Layout.STM32_NEW, 70));
        sink.add(0x4600_2400, SIZE, new Uart(bus, console, Uart.Layout.STM32_NEW, 66));
      }
      case NRF -> nrf(bus, console, sink);
      case RP2040 -> {
        sink.add(0x4003_4000, 0x1000, new Uart(bus, console, Uart.Layout.PL011, 20));
        sink.add(0x4003_8000, 0x1000, new Uart(bus, console, Uart.Layout.PL011, 21));
        sink.add(0x4005_4000, 0x1000, new Timer.Rp2040(bus));
      }
      case CMSDK -> {
        int[] uarts = {
          0x4000_4000, 0x4000_5000, 0x4000_6000, 0x5020_0000, 0x4930_3000, 0x4020_0000
        };
        for (int i = 0; i < uarts.length; i++) {
          sink.add(uarts[i], 0x1000, new Uart(bus, console, Uart.Layout.CMSDK, 2 * (i % 3)));
        }
        sink.add(0x4000_0000, 0x1000, new Timer.Cmsdk(bus));
        sink.add(0x4000_1000, 0x1000, new Timer.Cmsdk(bus));
      }
      case NONE -> {}
    }
  }

  private static void stm32(Bus bus, Console console, Sink sink, Uart.Layout layout) {
    sink.add(0x4001_3800, SIZE, new Uart(bus, console, layout, 37)); // USART1 of L4, G, U5
    sink.add(0x4001_1000, SIZE, new Uart(bus, console, layout, 37)); // USART1 of F2, F4, F7, H7
    sink.add(0x4001_1400, SIZE, new Uart(bus, console, layout, 71)); // USART6
    sink.add(0x4000_4400, SIZE, new Uart(bus, console, layout, 38)); // USART2
    sink.add(0x4000_4800, SIZE, new Uart(bus, console, layout, 39)); // USART3
    sink.add(0x4000_4c00, SIZE, new Uart(bus, console, layout, 52)); // UART4
    sink.add(0x4000_5000, SIZE, new Uart(bus, console, layout, 53)); // UART5
    int[] interrupts = {28, 29, 30, 50, 54, 55};
    for (int i = 0; i < interrupts.length; i++) { // TIM2 to TIM7; TIM2 and TIM5 have 32 bits
      boolean wide = i == 0 || i == 3;
      sink.add(0x4000_0000 + SIZE * i, SIZE, new Timer.Stm32(bus, interrupts[i], wide));
    }
  }

  private static void nrf(Bus bus, Console console, Sink sink) {
    sink.add(0x4000_2000, 0x1000, new NrfUarte(bus, console, 2));
    sink.add(0x4002_8000, 0x1000, new NrfUarte(bus, console, 40));
    sink.add(0x5000_8000, 0x1000, new NrfUarte(bus, console, 8)); // nRF5340, secure
    for (int base : new int[] {0x4000_8000, 0x4000_9000, 0x4000_a000, 0x4001_a000, 0x4001_b000}) {
      sink.add(base, 0x1000, new Timer.Nrf(bus));
    }
    sink.add(0x5000_f000, 0x1000, new Timer.Nrf(bus));
  }
}
