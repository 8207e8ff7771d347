package dev.thumbprint.firmware.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thumbprint.firmware.count.Meter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicesTest {
  private static final int USART = 0x4000_4400;
  private final Meter meter = new Meter();
  private final byte[] memory = new byte[256];
  private final List<Integer> interrupts = new ArrayList<>();
  private Bus bus;

  @BeforeEach
  void makeBus() {
    bus =
        new Bus() {
          @Override
          public Meter meter() {
            return meter;
          }

          @Override
          public long clockHz() {
            return 80_000_000;
          }

          @Override
          public void interrupt(int number) {
            interrupts.add(number);
          }

          @Override
          public byte[] read(int address, int bytes) {
            byte[] data = new byte[bytes];
            System.arraycopy(memory, address, data, 0, bytes);
            return data;
          }

          @Override
          public void write(int address, byte[] data) {
            System.arraycopy(data, 0, memory, address, data.length);
          }
        };
  }

  private void passByteTime(Device device) {
    meter.advance(7000);
    device.tick();
  }

  @ParameterizedTest
  @CsvSource({
    // make, count register, peripheral, memory, control, control value, flags register, complete
    "streams, 0x14, 0x18, 0x1c, 0x10, 0x519, 0x0, 0x20",
    "channels, 0x0c, 0x10, 0x14, 0x08, 0xa7, 0x0, 0x2",
  })
  void shouldReceiveInCircleAndTellHalves(
      String make,
      int count,
      int peripheral,
      int store,
      int control,
      int value,
      int flags,
      int complete) {
    Dma dma = new Dma();
    DmaController controller =
        make.equals("streams")
            ? DmaController.streams(bus, List.of(11))
            : DmaController.channels(bus, List.of(11));
    dma.add(controller);
    Console console = new Console();
    Uart uart = new Uart(bus, console, Uart.Layout.STM32_NEW, 38, dma, USART);
    controller.write(peripheral, USART + 0x24);
    controller.write(store, 16);
    controller.write(count, 4);
    controller.write(control, value);
    uart.write(8, 0x40);
    console.send("abcdef".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 6; i++) {
      passByteTime(uart);
    }
    assertThat(new String(memory, 16, 4, StandardCharsets.US_ASCII)).isEqualTo("efcd");
    assertThat(controller.read(count) & 0xffff).isEqualTo(2);
    assertThat(controller.read(flags) & complete).isEqualTo(complete);
    assertThat(interrupts).containsOnly(11);
    assertThat(interrupts.size()).as("half, whole, half").isEqualTo(3);
  }

  @Test
  void shouldClearFlagsOfDma() {
    DmaController controller = DmaController.channels(bus, List.of(11));
    controller.write(0x10, USART + 0x24);
    controller.write(0x14, 0);
    controller.write(0x0c, 1);
    controller.write(0x08, 0x83);
    assertThat(controller.put(USART + 0x24, 'x')).isTrue();
    assertThat(controller.put(USART + 0x24, 'y')).as("one byte was asked for").isFalse();
    assertThat(controller.read(0) & 2).isEqualTo(2);
    controller.write(4, 0xf);
    assertThat(controller.read(0)).isZero();
  }

  @Test
  void shouldTransmitFromMemory() {
    Dma dma = new Dma();
    DmaController controller = DmaController.channels(bus, List.of(11));
    dma.add(controller);
    Console console = new Console();
    Uart uart = new Uart(bus, console, Uart.Layout.STM32_NEW, 38, dma, USART);
    System.arraycopy("hello".getBytes(StandardCharsets.US_ASCII), 0, memory, 32, 5);
    controller.write(0x10, USART + 0x28);
    controller.write(0x14, 32);
    controller.write(0x0c, 5);
    controller.write(0x08, 0x93);
    uart.write(8, 0x80);
    uart.tick();
    assertThat(new String(console.output(), StandardCharsets.US_ASCII)).isEqualTo("hello");
    assertThat(interrupts).containsExactly(11);
  }

  @Test
  void shouldTellOfPauseBehindLastByte() {
    Console console = new Console();
    Uart uart = new Uart(bus, console, Uart.Layout.STM32_NEW, 38, new Dma(), USART);
    uart.write(0, 0x10);
    console.send(new byte[] {'a'});
    passByteTime(uart);
    assertThat(uart.read(0x24)).isEqualTo('a');
    assertThat(interrupts).isEmpty();
    assertThat(uart.nextEvent()).isEqualTo(meter.cycles() + 6944);
    passByteTime(uart);
    assertThat(interrupts).containsExactly(38);
    assertThat(uart.read(0x1c) & 0x10).isEqualTo(0x10);
    uart.write(0x20, 0x10);
    assertThat(uart.read(0x1c) & 0x10).isZero();
  }

  @Test
  void shouldAskForMoreToSend() {
    Uart uart = new Uart(bus, new Console(), Uart.Layout.STM32_OLD, 38, new Dma(), USART);
    assertThat(uart.nextEvent()).isEqualTo(Long.MAX_VALUE);
    uart.write(0xc, 0x80);
    assertThat(uart.nextEvent()).isEqualTo(meter.cycles());
    uart.tick();
    assertThat(interrupts).containsExactly(38);
  }

  @Test
  void shouldFollowRulesOfStatusRegisters() {
    StatusRegisters clocks =
        new StatusRegisters(
            "0x00@0x83 0x00:16>17 0x08:0-1>2 0x04:=0x4000 0x04:0x00.16>16 0x10:~0x00"
                + " 0x38:1<<0x30.0-1 0x20!0x24=1");
    assertThat(clocks.read(0)).isEqualTo(0x83);
    assertThat(clocks.read(4)).isEqualTo(0x4000);
    clocks.write(0, 0x1_0083);
    assertThat(clocks.read(0)).isEqualTo(0x3_0083);
    assertThat(clocks.read(4)).isEqualTo(0x1_4000);
    assertThat(clocks.read(0x10)).isEqualTo(~0x1_0083);
    clocks.write(8, 2);
    assertThat(clocks.read(8)).isEqualTo(2 | 2 << 2);
    clocks.write(0x30, 2);
    assertThat(clocks.read(0x38)).isEqualTo(4);
    assertThat(clocks.read(0x24)).isZero();
    clocks.write(0x20, 1);
    assertThat(clocks.read(0x24)).isEqualTo(1);
    assertThatThrownBy(() -> new StatusRegisters("0x00:16")).hasMessageContaining("0x00:16");
  }

  @Test
  void shouldCountWithTimersOfEveryMake() {
    meter.advance(800_000); // 10 ms at 80 MHz
    Timer timer = new Timer.Stm32(bus, 28, true);
    timer.write(0x28, 79);
    timer.write(0, 1);
    meter.advance(8_000);
    assertThat(timer.read(0x24)).isEqualTo(100);
    assertThat(new Timer.Rp2040(bus).read(0x28)).isEqualTo(10_100);
    Timer nrf = new Timer.Nrf(bus);
    nrf.write(0x00c, 1);
    meter.advance(80_000);
    nrf.write(0x040, 1);
    assertThat(nrf.read(0x540)).isEqualTo(1000);
    Timer cmsdk = new Timer.Cmsdk(bus);
    cmsdk.write(8, 999);
    cmsdk.write(4, 999);
    cmsdk.write(0, 1);
    meter.advance(100);
    assertThat(cmsdk.read(4)).isEqualTo(899);
  }

  @Test
  void shouldInterruptWhenTimerPassesItsReload() {
    Timer timer = new Timer.Stm32(bus, 50, true);
    timer.write(0x2c, 999);
    timer.write(0xc, 1);
    timer.write(0, 1);
    assertThat(timer.nextEvent()).isEqualTo(1000);
    meter.advance(1000);
    timer.tick();
    assertThat(interrupts).containsExactly(50);
    assertThat(timer.read(0x10) & 1).isEqualTo(1);
    timer.write(0x10, 0);
    assertThat(timer.read(0x10) & 1).isZero();
  }
}
