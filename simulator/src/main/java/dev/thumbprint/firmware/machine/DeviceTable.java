package dev.thumbprint.firmware.machine;

import dev.thumbprint.firmware.machine.MemoryMap.Family;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which devices a family of microcontrollers has at which address: {@code devices.csv}, every row
 * with the vendor's header it was taken from.
 */
final class DeviceTable {
  private static final String TABLE = "devices.csv";
  private static final List<Row> ROWS = read();
  private static final int SIZE = 0x400;
  private static final int LARGE_SIZE = 0x1000;

  /**
   * A row of the table.
   *
   * @param kind of device
   * @param interrupts numbers in the NVIC
   * @param rules of status registers, otherwise empty
   */
  record Row(
      Family family,
      String kind,
      int address,
      List<Integer> interrupts,
      String rules,
      String source) {}

  /** Takes the devices of a family one after the other. */
  interface Sink {
    void add(int base, int bytes, Device device);
  }

  private DeviceTable() {}

  static List<Row> rows() {
    return ROWS;
  }

  static void place(Family family, Bus bus, Console console, Sink sink) {
    Dma dma = new Dma();
    for (Row row : ROWS) {
      if (row.family == family) {
        sink.add(row.address, bytes(row), device(row, bus, console, dma));
      }
    }
  }

  /** A device ends where the next one begins, at the latest. */
  private static int bytes(Row row) {
    boolean small = Stream.of("usart", "timer", "dma").anyMatch(row.kind::startsWith);
    return ROWS.stream()
        .filter(other -> other.family == row.family)
        .mapToInt(other -> other.address - row.address)
        .filter(distance -> distance > 0)
        .reduce(small ? SIZE : LARGE_SIZE, Math::min);
  }

  private static Device device(Row row, Bus bus, Console console, Dma dma) {
    int interrupt = row.interrupts.isEmpty() ? -1 : row.interrupts.getFirst();
    return switch (row.kind) {
      case "usart-old" -> uart(row, Uart.Layout.STM32_OLD, bus, console, dma);
      case "usart-new" -> uart(row, Uart.Layout.STM32_NEW, bus, console, dma);
      case "pl011" -> uart(row, Uart.Layout.PL011, bus, console, dma);
      case "cmsdk-uart" -> uart(row, Uart.Layout.CMSDK, bus, console, dma);
      case "uarte" -> new NrfUarte(bus, console, interrupt);
      case "timer16" -> new Timer.Stm32(bus, interrupt, false);
      case "timer32" -> new Timer.Stm32(bus, interrupt, true);
      case "nrf-timer" -> new Timer.Nrf(bus);
      case "rp2040-timer" -> new Timer.Rp2040(bus);
      case "cmsdk-timer" -> new Timer.Cmsdk(bus);
      case "dma-streams" -> added(DmaController.streams(bus, row.interrupts), dma);
      case "dma-channels" -> added(DmaController.channels(bus, row.interrupts), dma);
      case "gpdma" -> added(DmaController.general(bus, row.interrupts), dma);
      case "status" -> new StatusRegisters(row.rules);
      default -> throw new IllegalStateException("no device of kind " + row.kind);
    };
  }

  private static Uart uart(Row row, Uart.Layout layout, Bus bus, Console console, Dma dma) {
    return new Uart(bus, console, layout, row.interrupts.getFirst(), dma, row.address);
  }

  private static Device added(DmaController controller, Dma dma) {
    dma.add(controller);
    return controller;
  }

  private static List<Row> read() {
    try (InputStream in = DeviceTable.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(DeviceTable::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split(",", 6);
    List<Integer> interrupts = new ArrayList<>();
    Arrays.stream(cells[3].split(" "))
        .filter(text -> !text.isEmpty())
        .forEach(text -> interrupts.add(Integer.parseInt(text)));
    return new Row(
        Family.valueOf(cells[0]),
        cells[1],
        (int) (long) Long.decode(cells[2]),
        List.copyOf(interrupts),
        cells[4],
        cells[5]);
  }
}
